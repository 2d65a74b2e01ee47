"""Scenes far from any house: a forest, a lake, dunes, a meadow, a storm, northern lights, a cliff."""

from math import sin

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas, grounded, jagged, rolling
from moments.graphics.artwork.outdoors import birds, pine
from moments.graphics.palette import at_least, at_most, mix


def forest(canvas: Canvas) -> None:
    """Trunks behind trunks, and light that falls between them."""
    dice = canvas.dice
    pale = mix(canvas.horizon, canvas.light, 0.45)
    canvas.fill(canvas.down(0, HEIGHT, mix(canvas.sky, canvas.horizon, 0.5), pale, canvas.ground))
    x = dice.between(300, 400)
    canvas.fill(canvas.glow(canvas.light, x, 150, 330, 0.95))
    sky.catch_light(canvas, x, 170, 300)
    for i, (count, wide) in enumerate(((16, 7), (10, 13), (6, 24))):
        colour = mix(mix(canvas.ground, pale, 0.55 - i * 0.27), canvas.deep, i * 0.42)
        trunks(canvas, count, wide, colour, clear=x if i == 2 else None)
        if i < 2:
            sky.paint_mist(canvas, 292 + i * 14, 44, 0.36)
    for lean in (-80, 10, 90):
        paint = canvas.fade(canvas.light, 0, 320, 0.34)
        canvas.path(f"M{x + lean - 6:.0f} -10h22l{70 + lean // 2} 340h-96z", paint)
    sky.paint_ridge(canvas, rolling(dice, 330, 8, 2), canvas.deep, canvas.deep)


def trunks(canvas: Canvas, count: int, wide: float, colour: str, clear: float | None = None) -> None:
    dice = canvas.dice
    d = ""
    for i in range(count):
        x = (i + dice.between(0.1, 0.9)) * WIDTH / count
        if clear is not None and abs(x - clear) < 110:
            continue
        half, lean = wide * dice.between(0.35, 0.6), dice.between(-8, 8)
        d += f"M{x - half:.0f} 350L{x + lean - half * 0.7:.0f} -10h{1.4 * half:.0f}L{x + half:.0f} 350z"
    canvas.path(d, colour, stroke=canvas.shine)


def lake(canvas: Canvas) -> None:
    """Mountains that stand on their heads in still water."""
    dice = canvas.dice
    shore = 214
    sky.paint_sky(canvas, shore + 10)
    x = dice.between(290, 400)
    sky.paint_orb(canvas, x, dice.between(84, 130), dice.between(16, 24))
    sky.paint_clouds(canvas, 3, 50, 150)
    for i, (base, swing) in enumerate(((190, 88), (206, 44))):
        colour, haze = sky.layered(canvas, i, 4)
        line = grounded_at(jagged(dice, base, swing), shore)
        canvas.path(line, canvas.below(colour, haze, 0.9), stroke=canvas.shine)
        canvas.path(
            line,
            mix(colour, canvas.ground, 0.4),
            opacity=0.5,
            transform=f"translate(0 {2 * shore})scale(1 -1)",
        )
    canvas.rect(0, shore, WIDTH, 160, canvas.fade(canvas.deep, shore, HEIGHT, 0.15, 0.85))
    canvas.ellipse(x, 262, 70, 44, canvas.soft(canvas.light, 0.5))
    d = "".join(
        f"M{x + dice.between(-90, 90):.0f} {shore + 6 + i * 7}h{dice.between(10, 60):.0f}" for i in range(18)
    )
    canvas.line(d, canvas.white, 1, opacity=0.35)
    sky.paint_mist(canvas, shore, 16, 0.5)
    reeds(canvas)


def grounded_at(dots, floor: float) -> str:
    first, last = dots[0], dots[-1]
    inner = "L".join(f"{x:.0f} {min(y, floor):.0f}" for x, y in dots)
    return f"M{first[0]:.0f} {floor}L{inner}L{last[0]:.0f} {floor}z"


def reeds(canvas: Canvas) -> None:
    dice = canvas.dice
    d = ""
    for _ in range(26):
        x = dice.pick((dice.between(-5, 150), dice.between(520, 645)))
        bend, tip, tall = dice.between(-8, 8), dice.between(-14, 14), dice.between(50, 100)
        d += f"M{x:.0f} 366q{bend:.0f} {-tall * 0.4:.0f} {tip:.0f} {-tall:.0f}"
    canvas.line(d, canvas.deep, 2)


def desert(canvas: Canvas) -> None:
    """Dunes, each with a side in the light and one in the dark, and somebody who crosses them."""
    dice = canvas.dice
    sky.paint_sky(canvas, 240)
    x = dice.between(280, 420)
    sky.paint_orb(canvas, x, dice.between(90, 150), dice.between(20, 36))
    for i, base in enumerate((214, 246, 286, 330)):
        colour, haze = sky.layered(canvas, i, 5)
        dots = rolling(dice, base, 20 + 5 * i, dice.between(1.2, 2))
        sky.paint_ridge(canvas, dots, mix(colour, canvas.light, 0.22 - i * 0.05), haze)
        peak = min(dots, key=lambda dot: dot[1])
        shade = (
            f"M{peak[0]:.0f} {peak[1]:.0f}q{dice.between(30, 70):.0f} 40 {dice.between(-20, 40):.0f} 130"
            f"h190L{peak[0] + 150:.0f} {peak[1] + 40:.0f}z"
        )
        canvas.path(shade, mix(colour, canvas.deep, 0.55), opacity=0.5)
        if i == 2:
            wanderer(canvas, 330, min(y for px, y in dots if 290 < px < 380) + 2, 26)


def wanderer(canvas: Canvas, x: float, foot: float, tall: float) -> None:
    """Somebody from behind, in a long coat."""
    at, low, unit = round(x), round(foot), tall / 10
    d = (
        f"M{at - 2 * unit:.0f} {low}l{unit:.0f} {-6 * unit:.0f}q{unit:.0f} {-1.6 * unit:.0f} {2 * unit:.0f} 0"
        f"l{unit:.0f} {6 * unit:.0f}z"
    )
    canvas.path(d, canvas.deep)
    canvas.dots([(at, low - 8 * unit)], canvas.deep, 2.6 * unit)


def meadow(canvas: Canvas) -> None:
    """High grass and flowers before a wide sky."""
    dice = canvas.dice
    sky.paint_sky(canvas, 270)
    sky.paint_orb(canvas, dice.between(290, 420), dice.between(120, 190), dice.between(22, 34))
    sky.paint_clouds(canvas, 4, 50, 160, 0.3)
    sky.paint_hills(canvas, 3, 236, 286, 18)
    canvas.rect(
        0, 296, WIDTH, 70, canvas.down(290, HEIGHT, mix(canvas.ground, canvas.horizon, 0.25), canvas.deep)
    )
    for colour, low, high, wide in (
        (mix(canvas.ground, canvas.deep, 0.4), 34, 70, 1.4),
        (canvas.deep, 50, 120, 2.2),
    ):
        d = ""
        for _ in range(34):
            x, tall = dice.between(-10, 650), dice.between(low, high)
            bend, tip = dice.between(-6, 6), dice.between(-18, 18)
            d += f"M{x:.0f} 366q{bend:.0f} {-tall * 0.6:.0f} {tip:.0f} {-tall:.0f}"
        canvas.line(d, colour, wide)
    for colour, size in ((canvas.light, 6.0), (canvas.white, 4.0), (canvas.horizon, 8.0)):
        places = [(dice.between(0, WIDTH), 250 + 90 * dice.unit()) for _ in range(7)]
        canvas.dots(places, colour, size, opacity=0.9)


def storm(canvas: Canvas) -> None:
    """A wall of cloud over the plain, and one bolt."""
    dice = canvas.dice
    top, low = at_most(canvas.sky, 0.3), at_most(mix(canvas.horizon, canvas.ground, 0.3), 0.5)
    canvas.fill(canvas.down(0, 290, top, low, mix(canvas.horizon, canvas.light, 0.35)))
    x = dice.between(290, 390)
    canvas.fill(canvas.glow(canvas.light, x, 190, 320, 0.85))
    sky.catch_light(canvas, x, 250, 320)
    for i in range(4):
        colour = mix(top, canvas.deep, 0.25 + i * 0.2)
        d = f"M-20-20V{96 - i * 20:.0f}"
        at = -20
        while at < 660:
            wide = dice.whole(46, 96)
            d += f"q{wide // 2} {dice.whole(26, 52)} {wide} {dice.whole(-8, 8)}"
            at += wide
        canvas.path(f"{d}V-20z", canvas.below(colour, mix(colour, canvas.horizon, 0.3), 1))
    bolt(canvas, x)
    sky.paint_hills(canvas, 3, 282, 330, 12)
    canvas.line(slant(dice, 60), canvas.white, 1, opacity=0.25)


def bolt(canvas: Canvas, x: float) -> None:
    dice = canvas.dice
    at, y, d = x, 92.0, f"M{x:.0f} 92"
    while y < 284:
        at, y = at + dice.between(-26, 26), y + dice.between(18, 36)
        d += f"L{at:.0f} {y:.0f}"
        if dice.chance(0.3):
            d += f"l{dice.between(-40, 40):.0f} 26M{at:.0f} {y:.0f}"
    for width, opacity, colour in ((9, 0.25, canvas.light), (2.6, 1.0, canvas.white)):
        canvas.line(d, colour, width, opacity=opacity)


def slant(dice, count: int) -> str:
    """Rain, seen from afar."""
    return "".join(f"M{dice.between(0, 680):.0f} {dice.between(90, 350):.0f}l-7 22" for _ in range(count))


def aurora(canvas: Canvas) -> None:
    """Curtains of light over snow and firs; night whatever the palette."""
    dice = canvas.dice
    night = at_most(mix(canvas.sky, canvas.deep, 0.4), 0.24)
    canvas.fill(canvas.down(0, 330, night, at_most(canvas.sky, 0.34), at_most(canvas.horizon, 0.5)))
    sky.paint_stars(canvas, 60, 240)
    sky.catch_light(canvas, 330, 240, 330)
    glow = mix(canvas.light, canvas.horizon, 0.5)
    for place, colour in enumerate((canvas.horizon, glow)):
        curtain(canvas, at_least(colour, 0.55), 150 + 54 * place)
    for i in range(3):
        colour, _haze = sky.layered(canvas, i, 3)
        snow = mix(colour, canvas.white, 0.3 - i * 0.1)
        sky.paint_ridge(canvas, rolling(dice, 268 + 30 * i, 16, 2), snow, mix(snow, canvas.deep, 0.4))
        d = "".join(
            pine(dice.between(-10, 650), 286 + 32 * i, dice.between(26, 44) + 22 * i) for _ in range(7)
        )
        canvas.path(d, mix(colour, canvas.deep, 0.6 + 0.2 * i))


def curtain(canvas: Canvas, colour: str, base: float) -> None:
    """One band of northern lights: rays that stand on a winding line."""
    dice = canvas.dice
    phase, swing, d = dice.between(0, 6), dice.between(22, 40), ""
    for x in range(-10, 651, 15):
        foot = base + swing * sin(x / 84 + phase) + 12 * sin(x / 37 + phase)
        d += f"M{x} {foot:.0f}v{-dice.between(80, 150):.0f}"
    stops = [(0, colour, 0), (0.66, colour, 0.6), (1, colour, 0)]
    paint = canvas.linear(stops, 0, base - 140, 0, base + 46)
    canvas.line(d, paint, 15.5, stroke_linecap="butt")


def cliff(canvas: Canvas) -> None:
    """The edge of the land, and somebody who has come as far as one can."""
    dice = canvas.dice
    sky.paint_sky(canvas, 280)
    x = dice.between(330, 430)
    sky.paint_orb(canvas, x, dice.between(130, 190), dice.between(24, 40))
    sky.paint_clouds(canvas, 3, 50, 160, 0.26)
    canvas.rect(
        0, 262, WIDTH, 100, canvas.down(262, HEIGHT, mix(canvas.horizon, canvas.ground, 0.5), canvas.deep)
    )
    d = "".join(f"M{dice.between(240, 660):.0f} {266 + i * 6}h{dice.between(14, 70):.0f}" for i in range(15))
    canvas.line(d, mix(canvas.light, canvas.horizon, 0.3), 1.4, opacity=0.5)
    for far, colour in ((60, sky.layered(canvas, 2, 5)[0]), (0, canvas.deep)):
        edge = 286 - far
        face = f"M-10 {232 - far}q120-22 {edge - 40} -6l14 8l-10 30l8 26l-22 40l6 60H-10z"
        canvas.path(face, colour, stroke=canvas.shine)
    wanderer(canvas, 246, 232, 46)
    birds(canvas, x - 60, 100)


def moonrise(canvas: Canvas) -> None:
    """A moon as large as the hill, and two before it."""
    dice = canvas.dice
    sky.paint_sky(canvas, 300)
    x, r = dice.between(300, 360), dice.between(84, 112)
    canvas.fill(canvas.glow(canvas.light, x, 196, 360, 0.7))
    canvas.circle(x, 196, r, canvas.ball(canvas.white, mix(canvas.light, canvas.white, 0.2)))
    for _ in range(6):
        canvas.circle(
            x + dice.between(-50, 50),
            180 + dice.between(-50, 40),
            dice.between(6, 18),
            canvas.light,
            opacity=0.16,
        )
    sky.catch_light(canvas, x, 210, 260)
    sky.paint_clouds(canvas, 3, 120, 230, 0.3)
    sky.paint_hills(canvas, 2, 268, 290, 14)
    canvas.path(grounded(f"M-70 340Q{x:.0f} 218 710 340"), canvas.deep, stroke=canvas.shine)
    wanderer(canvas, x - 13, 284, 44), wanderer(canvas, x + 9, 284, 38)


SCENES = {
    "forest": forest,
    "lake": lake,
    "desert": desert,
    "meadow": meadow,
    "storm": storm,
    "aurora": aurora,
    "cliff": cliff,
    "moonrise": moonrise,
}
