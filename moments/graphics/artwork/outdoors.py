"""Scenes under the open sky: hills at dusk, sunrise, a night of stars, banks of cloud, a ravine."""

from math import cos, pi, sin

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import WIDTH, Canvas, Dice, jagged, number, rolling
from moments.graphics.palette import at_most, mix


def hills(canvas: Canvas) -> None:
    """Ridge behind ridge under a low sun or moon, and something to stand by in front."""
    dice = canvas.dice
    sky.paint_sky(canvas, 260)
    x, y = dice.between(320, 420), dice.between(105, 160)
    sky.paint_orb(canvas, x, y, dice.between(17, 27))
    sky.paint_clouds(canvas, 3, 70, 190)
    peaks = dice.chance(0.5)
    if peaks:
        sky.paint_ridge(canvas, jagged(dice, 222, 62), *sky.layered(canvas, 0, 5), sharp=True)
    sky.paint_hills(canvas, 4 if peaks else 5, 226, 312, 24)
    sky.paint_mist(canvas, 262, 34, 0.28)
    front = rolling(dice, 334, 13, 1.2)
    sky.paint_ridge(canvas, front, canvas.deep, canvas.deep)
    dice.pick((lamp_and_bench, pines, lone_tree))(canvas)


def lamp_and_bench(canvas: Canvas, foot: int = 338) -> None:
    x = canvas.dice.between(435, 462)
    glow = canvas.soft(mix(canvas.light, "#ffe6b0", 0.5), 0.75)
    sky.paint_lamps(canvas, [(x, foot)], 112, glow)
    seat = round(x) - 66
    legs = f"M{seat + 4} {foot - 25}v25M{seat + 42} {foot - 25}v25"
    canvas.line(f"M{seat} {foot - 16}h46M{seat} {foot - 25}h46{legs}", canvas.deep, 3)


def overlook(canvas: Canvas) -> None:
    """The town as a carpet of lights below a hillside road, a lamp, a bench and two who dance."""
    dice = canvas.dice
    sky.paint_sky(canvas, 236)
    sky.paint_orb(canvas, dice.between(300, 370), dice.between(96, 130), dice.between(12, 19))
    sky.paint_clouds(canvas, 3, 80, 190, 0.26)
    sky.paint_ridge(canvas, rolling(dice, 222, 22, 2.2), *sky.layered(canvas, 0, 5))
    sky.paint_ridge(canvas, rolling(dice, 240, 9, 1.6), *sky.layered(canvas, 2, 5))
    carpet(canvas, 246, 304)
    sky.paint_mist(canvas, 246, 26, 0.4)
    sky.paint_ridge(canvas, rolling(dice, 318, 6, 1.2), canvas.deep, canvas.deep)
    lamp_and_bench(canvas, 320)
    couple(canvas, dice.between(318, 345), 320)


def carpet(canvas: Canvas, top: float, bottom: float) -> None:
    """Street lights in rows that thin out towards the horizon."""
    dice = canvas.dice
    canvas.ellipse(340, top + 24, 420, 56, canvas.soft(canvas.light, 0.3))
    for size, count, colour in ((1.0, 36, canvas.light), (1.6, 24, canvas.white), (2.4, 10, canvas.light)):
        places = [
            (
                dice.whole(0, 40) * 16 + dice.between(-4, 4),
                top + (bottom - top) * dice.unit() ** (2.6 - size * 0.5),
            )
            for _ in range(count)
        ]
        canvas.dots(places, colour, size, opacity=0.8)


def couple(canvas: Canvas, x: float, foot: float) -> None:
    """Two dancers hand in hand, one turning under the other's arm."""
    at = round(x)
    coat = f"M{at - 14} {foot - 38}q5-3 8 0l2 15l4 23h-4l-6-19l-5 19h-4l3-24z"
    dress = f"M{at + 15} {foot - 36}q4-3 7 0l-1 11q9 7 12 15q-13 5-24 0q5-9 6-15z"
    canvas.path(coat + dress, canvas.deep, stroke=canvas.shine, stroke_width=0.8)
    arms = f"M{at - 8} {foot - 36}l11-8l4-4l10 11M{at - 12} {foot - 36}l-8 9M{at + 21} {foot - 35}l10 2"
    canvas.line(f"{arms}M{at + 17} {foot - 10}l-3 10M{at + 22} {foot - 10}l5 7", canvas.deep, 2)
    canvas.dots([(at - 10, foot - 43), (at + 18, foot - 41)], canvas.deep, 7)


def pines(canvas: Canvas) -> None:
    dice = canvas.dice
    d = ""
    for group in (dice.between(-10, 30), dice.between(560, 600)):
        for _ in range(6):
            x, tall = group + dice.between(-30, 70), dice.between(46, 112)
            d += pine(x, 348, tall)
    canvas.path(d, canvas.deep)


def pine(x: float, foot: float, tall: float) -> str:
    """A fir of three skirts, as one closed path."""
    wide = tall * 0.17
    half = (0.55, 0.32), (-0.25, 0), (0.6, 0.32), (-0.3, 0), (0.6, 0.36)
    right = "".join(f"l{wide * out:.0f} {tall * down:.0f}" for out, down in half)
    left = "".join(f"l{wide * out:.0f} {-tall * down:.0f}" for out, down in reversed(half))
    return f"M{x:.0f} {foot - tall:.0f}{right}h{-2.4 * wide:.0f}{left}z"


def lone_tree(canvas: Canvas) -> None:
    """A broad old tree: a trunk that forks, and a crown of round leaves."""
    dice = canvas.dice
    x = dice.between(150, 190)
    canvas.line(f"M{x:.0f} 348q5-30 0-52M{x:.0f} 312q-14-12-26-20M{x:.0f} 306q14-14 28-18", canvas.deep, 5)
    crown = ""
    for i in range(13):
        angle, out = i * 2.4, 44 * (i / 12) ** 0.5
        crown += (
            f"M{x + cos(angle) * out * 1.3 + dice.between(-3, 3):.0f} {266 + sin(angle) * out * 0.62:.0f}h0"
        )
    canvas.line(crown, canvas.deep, dice.between(32, 38))


def sunrise(canvas: Canvas) -> None:
    """Rays from behind the mountains: something begins."""
    dice = canvas.dice
    sky.paint_sky(canvas, 250)
    x, y = dice.between(300, 400), dice.between(192, 212)
    rays = canvas.glow(canvas.light, x, y, 420, dice.pick((0.5, 0.5, 0.24)))
    turn = dice.between(0, pi)
    d = ""
    for i in range(15):
        start, end = turn + i * pi / 7.5, turn + (i + dice.between(0.35, 0.6)) * pi / 7.5
        d += f"M{x:.0f} {y:.0f}L" + "L".join(
            f"{x + 700 * cos(a):.0f} {y + 700 * sin(a):.0f}" for a in (start, end)
        )
    canvas.path(d, rays)
    sky.paint_orb(canvas, x, y, dice.between(28, 52))
    sky.paint_clouds(canvas, 3, 60, 175, 0.26)
    sky.paint_ridge(canvas, jagged(dice, 232, 50), *sky.layered(canvas, 0, 4), sharp=True)
    sky.paint_mist(canvas, 240, 30)
    sky.paint_hills(canvas, 4, 252, 336, 18)
    birds(canvas, x - 120, y - 75)


def birds(canvas: Canvas, x: float, y: float) -> None:
    dice = canvas.dice
    d = ""
    for i in range(dice.whole(4, 6)):
        wing = dice.whole(4, 7)
        d += f"M{x + i * dice.between(9, 17):.0f} {y + dice.between(-16, 16):.0f}"
        d += f"q{wing - 2}{-wing} {wing} 0q2{-wing} {wing} 0"
    canvas.line(d, canvas.deep, 1.4, opacity=0.75)


def stars(canvas: Canvas) -> None:
    """The sky itself, night whatever the palette: a band of stars or their trails, over a dome on a hill."""
    dice = canvas.dice
    canvas.horizon = at_most(canvas.horizon, 0.5)
    night = at_most(mix(canvas.sky, canvas.deep, 0.3), 0.24)
    canvas.fill(
        canvas.down(0, 330, night, at_most(mix(canvas.sky, canvas.horizon, 0.5), 0.38), canvas.horizon)
    )
    x, y = dice.between(340, 410), dice.between(115, 150)
    canvas.fill(canvas.glow(canvas.horizon, x, y, 380, 0.5))
    sky.catch_light(canvas, x, 250, 360)
    sky.paint_stars(canvas, 70, 290)
    dice.pick((band, trails))(canvas, x, y)
    sparkles(canvas, 5)
    canvas.fill(canvas.glow(canvas.light, x, 310, 250, 0.5))
    sky.paint_hills(canvas, 2, 284, 306, 13)
    dome(canvas, dice.between(395, 440), 324)
    sky.paint_ridge(canvas, rolling(dice, 330, 7, 1.2), canvas.deep, canvas.deep)


def band(canvas: Canvas, x: float, y: float) -> None:
    """A river of light across the sky."""
    dice = canvas.dice
    tilt = dice.between(-38, -22)
    place = f"rotate({tilt:.0f} {x:.0f} {y:.0f})"
    pale, warm = mix(canvas.horizon, canvas.white, 0.35), mix(canvas.light, canvas.horizon, 0.3)
    for _ in range(3):
        canvas.ellipse(
            x + dice.between(-90, 90),
            y,
            dice.between(300, 420),
            dice.between(42, 66),
            canvas.soft(pale, 0.3),
            transform=place,
        )
    canvas.ellipse(x, y + 4, 300, 22, canvas.soft(warm, 0.5), transform=place)
    d = "".join(
        f"M{x + dice.between(-380, 380):.0f} {y + 46 * (dice.unit() + dice.unit() - 1):.0f}h0"
        for _ in range(70)
    )
    canvas.line(d, canvas.white, 1.1, opacity=0.7, transform=place)


def trails(canvas: Canvas, x: float, y: float) -> None:
    """An hour of the sky turning: rings of broken arcs around the pole."""
    dice = canvas.dice
    for i in range(14):
        r = 34 + i * 21 + dice.between(-5, 5)
        dashes = " ".join(f"{r * dice.between(*span):.0f}" for span in ((0.5, 1.3), (0.5, 1.9)) * 2)
        colour = dice.pick((canvas.white, canvas.light, canvas.white))
        canvas.circle(
            x, y, r, "none", stroke=colour, stroke_dasharray=dashes, opacity=dice.between(0.25, 0.8)
        )


def sparkles(canvas: Canvas, count: int) -> None:
    """A few near stars with four points."""
    dice = canvas.dice
    d = ""
    for _ in range(count):
        x, y, r = dice.between(40, 600), dice.between(24, 190), dice.between(5, 10)
        a, b = number(r), number(-r)
        d += f"M{x:.0f} {y - r:.0f}q0 {a} {a} {a}q{b} 0 {b} {a}q0 {b} {b} {b}q{a} 0 {a} {b}"
    canvas.path(d, canvas.white, opacity=0.92)


def dome(canvas: Canvas, x: float, foot: float) -> None:
    """An observatory: one great dome between two small ones."""
    d = f"M{x - 62:.0f} {foot + 14:.0f}v-28h124v50h-124z"
    for dx, r, base in ((0, 21, 22), (-48, 9, 16), (48, 9, 16)):
        d += f"M{x + dx - r:.0f} {foot - base + 12:.0f}v-{12}a{r} {r} 0 0 1 {2 * r} 0v12z"
    canvas.path(d, canvas.deep, stroke=canvas.shine, stroke_width=1.2)
    canvas.line(
        f"M{x - 55:.0f} {foot - 3:.0f}h112", canvas.light, 7, stroke_dasharray="3 9", stroke_linecap="butt"
    )


def clouds(canvas: Canvas) -> None:
    """Above the weather: banks of cloud to walk on."""
    dice = canvas.dice
    sky.paint_sky(canvas, 270)
    x = dice.between(320, 400)
    sky.paint_orb(canvas, x, dice.between(112, 150), dice.between(22, 34))
    sky.paint_clouds(canvas, 3, 60, 170, 0.3)
    for i in range(5):
        near = i / 4
        crest = mix(mix(canvas.horizon, canvas.white, 0.6 - near * 0.25), canvas.ground, near * 0.4)
        belly = mix(mix(canvas.horizon, canvas.ground, 0.3 + near * 0.7), canvas.shadow, near * 0.5)
        base = 206 + 122 * near**1.1
        canvas.path(cloud_bank(dice, base, 17 + 20 * near), canvas.below(crest, belly, 0.55 - near * 0.1))


def cloud_bank(dice: Dice, base: float, size: float) -> str:
    """Rounded heaps from edge to edge: towers of big puffs between flats of small ones."""
    x, y, phase = -40, round(base), dice.between(0, 2 * pi)
    d = f"M{x} {y}"
    while x < WIDTH + 40:
        swell = sin(x / 70 + phase) + 0.5 * sin(x / 29 + phase * 2)
        wide = round(size * dice.between(0.8, 1.5) * (1.5 + 0.5 * swell))
        rise = round(base - size * 1.1 * swell + dice.between(-4, 4)) - y
        d += f"a{wide * 0.56:.0f} {wide * 0.5:.0f} 0 0 1 {wide} {rise}"
        x, y = x + wide, y + rise
    return d + "V380H-40z"


def gorge(canvas: Canvas) -> None:
    """A light at the end of a ravine, embers or fireflies on the way to it."""
    dice = canvas.dice
    x = dice.between(320, 370)
    pale = mix(canvas.horizon, canvas.light, 0.3)
    canvas.fill(
        canvas.down(0, 330, mix(canvas.sky, canvas.deep, 0.2), mix(canvas.sky, canvas.horizon, 0.6), pale)
    )
    canvas.fill(canvas.glow(canvas.light, x, 235, 330, 0.95))
    sky.catch_light(canvas, x, 230, 330)
    for i in range(4):
        near = i / 3
        colour = mix(mix(canvas.ground, canvas.horizon, 0.5 * (1 - near)), canvas.deep, 0.2 + near * 0.75)
        paint = canvas.below(colour, mix(colour, canvas.light, 0.32 * (1 - near)), 0.9)
        for side in (-1, 1):
            canvas.path(cliff(dice, x, side, 56 + 62 * i, 20 + 34 * i), paint, stroke=canvas.shine)
    canvas.ellipse(x, 352, 190, 46, canvas.soft(canvas.light, 0.85))
    for size in (1.6, 2.6, 4.2):
        places = [(x + 210 * (dice.unit() + dice.unit() - 1), 330 * dice.unit()) for _ in range(20)]
        canvas.dots(places, mix(canvas.light, canvas.white, 0.3), size, opacity=1.05 - size / 7)


def cliff(dice: Dice, x: float, side: int, top: float, foot: float) -> str:
    """One wall of the ravine: `top` away from x at the upper edge, `foot` away at the lower."""
    at, y = round(x + side * top), -10
    d = f"M{at} {y}l"
    while y < 350:
        down, ledge = dice.whole(22, 60), dice.whole(3, 12)
        target = x + side * (foot + (top - foot) * (1 - (y + down) / 360) ** 0.8 if y + down < 360 else foot)
        out = round(target - at + dice.between(-9, 9)) - side * ledge
        d += f"{out} {down} {side * ledge} {ledge // 3} "
        at, y = at + out + side * ledge, y + down + ledge // 3
    return f"{d}0 40H{-30 if side < 0 else 670}V-10z"


SCENES = {
    "hills": hills,
    "overlook": overlook,
    "sunrise": sunrise,
    "stars": stars,
    "clouds": clouds,
    "gorge": gorge,
}
