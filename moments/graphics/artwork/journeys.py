"""Scenes on the way: a viaduct, a bridge, a flight, balloons, a planet, a fair, a castle, a lighthouse."""

from math import cos, pi, sin

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas, rolling
from moments.graphics.artwork.city import water as river
from moments.graphics.artwork.outdoors import cloud_bank
from moments.graphics.artwork.seaside import water
from moments.graphics.palette import at_most, mix


def viaduct(canvas: Canvas) -> None:
    """A train with lit windows, high over a valley."""
    dice = canvas.dice
    sky.paint_sky(canvas, 270)
    sky.paint_orb(canvas, dice.between(290, 420), dice.between(80, 130), dice.between(16, 26))
    sky.paint_clouds(canvas, 3, 50, 150)
    sky.paint_hills(canvas, 3, 206, 262, 24)
    sky.paint_mist(canvas, 290, 40, 0.4)
    stone = mix(canvas.deep, canvas.ground, 0.3)
    arches = "".join(f"M{x} 380V262a32 40 0 0 1 64 0V380z" for x in range(-58, 660, 82))
    canvas.path(f"M-10 208H650V380H-10z{arches}", stone, fill_rule="evenodd", stroke=canvas.shine)
    train(canvas, dice.between(60, 150), 206)
    sky.paint_hills(canvas, 2, 326, 346, 10)


def train(canvas: Canvas, x: float, rail: float) -> None:
    at, low = round(x), round(rail)
    for i in range(5):
        start = at + i * 86
        nose = "q-4-30 20-32" if i == 0 else "v-32h6"
        canvas.path(f"M{start} {low}{nose}h{60 if i == 0 else 74}v32z", canvas.deep, stroke=canvas.shine)
    canvas.line(
        f"M{at + 22} {low - 19}h{390}",
        canvas.white,
        9,
        stroke_dasharray="11 7",
        stroke_linecap="butt",
        opacity=0.92,
    )
    canvas.ellipse(at - 20, low - 8, 60, 16, canvas.soft(canvas.light, 0.8))
    puffs = [(at + 20 + i * 22, low - 44 - i * 7) for i in range(6)]
    canvas.dots(puffs, canvas.white, 22.0, opacity=0.16)


def bridge(canvas: Canvas) -> None:
    """A hanging bridge, its lights in the water, the town behind it."""
    dice = canvas.dice
    sky.paint_sky(canvas, 290)
    sky.paint_orb(canvas, dice.between(280, 380), dice.between(76, 120), dice.between(15, 24))
    sky.paint_clouds(canvas, 3, 50, 160)
    sky.paint_hills(canvas, 3, 236, 266, 16)
    river(canvas, 268)
    left, right, deck = 150, 490, 250
    cables = f"M-60 170Q60 262 {left} 96Q320 330 {right} 96Q580 262 700 170"
    canvas.line(cables, canvas.deep, 3)
    hangers = ""
    for x in range(left + 20, right, 20):
        t = (x - left) / (right - left)
        top = (1 - t) ** 2 * 96 + 2 * t * (1 - t) * 330 + t * t * 96
        hangers += f"M{x} {top:.0f}V{deck}"
    canvas.line(hangers, canvas.deep, 1)
    for x in (left, right):
        canvas.path(
            f"M{x - 9} 300V92h5v-6h8v6h5V300h-5v-60h-8v60zM{x - 4} 130v34h8v-34z",
            canvas.deep,
            fill_rule="evenodd",
            stroke=canvas.shine,
        )
    canvas.rect(-10, deck, 660, 9, canvas.deep)
    lights = [(x, deck - 6) for x in range(10, 640, 34)]
    canvas.dots(lights, canvas.white, 3.4)
    canvas.dots(lights, canvas.light, 12.0, opacity=0.35)


def flight(canvas: Canvas) -> None:
    """An aeroplane over the clouds, and the line that it leaves."""
    dice = canvas.dice
    sky.paint_sky(canvas, 300)
    x = dice.between(340, 430)
    sky.paint_orb(canvas, x, dice.between(150, 200), dice.between(26, 40))
    px, py = 330, round(dice.between(96, 120))
    canvas.line(f"M{px - 16} {py + 8}L-20 {py + 150}", canvas.white, 5, opacity=0.3)
    canvas.line(f"M{px - 16} {py + 8}L-20 {py + 150}", canvas.white, 1.6, opacity=0.8)
    plane = (
        f"M{px + 44} {py - 20}q8 2 2 8l-30 14l-4 40l-8 2l-6-36l-26 12l-4 14"
        f"l-5 1v-17l-9-14l5-2l13 6l26-13l-24-26l8-4l32 18z"
    )
    canvas.path(plane, canvas.deep, stroke=canvas.shine, stroke_width=1.2)
    for i in range(4):
        near = i / 3
        crest = mix(mix(canvas.horizon, canvas.white, 0.5), canvas.ground, near * 0.45)
        belly = mix(mix(canvas.horizon, canvas.ground, 0.4 + near * 0.6), canvas.shadow, near * 0.5)
        canvas.path(cloud_bank(dice, 246 + 96 * near, 16 + 20 * near), canvas.below(crest, belly, 0.5))


def balloons(canvas: Canvas) -> None:
    """Three balloons at dawn."""
    dice = canvas.dice
    sky.paint_sky(canvas, 280)
    sky.paint_orb(canvas, dice.between(300, 420), 216, dice.between(22, 32))
    sky.paint_clouds(canvas, 4, 40, 180, 0.28)
    sky.paint_hills(canvas, 4, 244, 326, 22)
    sky.paint_mist(canvas, 266, 30, 0.34)
    for x, y, r in ((330, 128, 50), (dice.between(130, 180), 90, 24), (dice.between(470, 520), 180, 32)):
        balloon(canvas, x, y, r)


def balloon(canvas: Canvas, x: float, y: float, r: float) -> None:
    at, top, low = x, y - r, y + r * 1.3
    skin = (
        f"M{at:.0f} {top:.0f}c{r * 1.36:.0f} 0 {r * 1.3:.0f} {r * 1.3:.0f} {r * 0.3:.0f} {r * 2.3:.0f}"
        f"h{-0.6 * r:.0f}c{-r:.0f} {-r:.0f} {-r * 1.06:.0f} {-2.3 * r:.0f} {r * 0.3:.0f} {-2.3 * r:.0f}"
        f"z"
    )
    canvas.path(
        skin, canvas.ball(mix(canvas.light, canvas.horizon, 0.3), mix(canvas.ground, canvas.horizon, 0.3))
    )
    for wide in (0.36 * r, 0.8 * r):
        seam = (
            f"M{at:.0f} {top:.0f}c{wide:.0f} 0 {wide:.0f} {r * 1.2:.0f} {wide * 0.3:.0f} {r * 2.3:.0f}"
            f"M{at:.0f} {top:.0f}c{-wide:.0f} 0 {-wide:.0f} {r * 1.2:.0f} {-wide * 0.3:.0f} {r * 2.3:.0f}"
        )
        canvas.line(seam, canvas.deep, 1, opacity=0.4)
    canvas.path(
        f"M{at - r * 0.17:.0f} {low + r * 0.28:.0f}h{r * 0.34:.0f}v{r * 0.26:.0f}h{-r * 0.34:.0f}z",
        canvas.deep,
    )
    canvas.line(
        f"M{at - r * 0.26:.0f} {low:.0f}l{r * 0.1:.0f} {r * 0.3:.0f}M{at + r * 0.26:.0f} {low:.0f}"
        f"l{-r * 0.1:.0f} {r * 0.3:.0f}",
        canvas.deep,
        1,
    )


def planet(canvas: Canvas) -> None:
    """A world with a ring; night whatever the palette."""
    dice = canvas.dice
    night = at_most(mix(canvas.sky, canvas.deep, 0.5), 0.2)
    canvas.fill(
        canvas.down(0, HEIGHT, night, at_most(canvas.sky, 0.3), at_most(mix(canvas.horizon, night, 0.4), 0.4))
    )
    sky.paint_stars(canvas, 110, 350)
    x, y, r = dice.between(300, 370), dice.between(140, 170), dice.between(70, 88)
    canvas.fill(canvas.glow(canvas.horizon, x, y, 330, 0.5))
    tilt = f"rotate({dice.between(-24, -12):.0f} {x:.0f} {y:.0f})"
    ring = f"M{x - 2.1 * r:.0f} {y:.0f}a{2.1 * r:.0f} {0.5 * r:.0f} 0 0 {{}} {4.2 * r:.0f} 0"
    for width, colour in ((9, canvas.light), (3, canvas.white)):
        canvas.line(ring.format(1), colour, width, opacity=0.4, transform=tilt)
    canvas.circle(
        x, y, r, canvas.ball(mix(canvas.light, canvas.horizon, 0.35), mix(canvas.ground, canvas.deep, 0.4))
    )
    for share, wide in ((-0.4, 0.85), (-0.05, 0.98), (0.35, 0.9)):
        canvas.ellipse(x, y + share * r, wide * r, 0.07 * r, canvas.horizon, opacity=0.28, transform=tilt)
    for width, colour in ((9, canvas.light), (3, canvas.white)):
        canvas.line(ring.format(0), colour, width, opacity=0.8, transform=tilt)
    sky.catch_light(canvas, x, 300, 300)
    sky.paint_hills(canvas, 2, 318, 340, 16)


def wheel(canvas: Canvas) -> None:
    """A fair by night: the great wheel, tents and strings of bulbs."""
    dice = canvas.dice
    sky.paint_sky(canvas, 300)
    x, y, r = 330, 158, 118
    canvas.fill(canvas.glow(canvas.light, x, y, 300, 0.5))
    sky.catch_light(canvas, x, 240, 300)
    spokes, cabins, turn = "", [], dice.between(0, 0.5)
    for i in range(12):
        a = turn + i * pi / 6
        spokes += f"M{x} {y}L{x + r * cos(a):.0f} {y + r * sin(a):.0f}"
        cabins.append((x + r * cos(a), y + r * sin(a)))
    canvas.line(spokes, canvas.deep, 1.6)
    for radius, width in ((r, 3), (r * 0.82, 1.6)):
        canvas.circle(x, y, radius, "none", stroke=canvas.deep, stroke_width=width)
    canvas.circle(x, y, r * 0.91, "none", stroke=canvas.white, stroke_width=3, stroke_dasharray="0 15")
    canvas.dots(cabins, canvas.deep, 17.0), canvas.dots(cabins, canvas.light, 7.0)
    canvas.line(f"M{x} {y}L{x - 62} 330M{x} {y}L{x + 62} 330", canvas.deep, 6)
    sky.paint_hills(canvas, 2, 300, 322, 8)
    tents(canvas)


def tents(canvas: Canvas) -> None:
    dice = canvas.dice
    for x in (90, 190, 470, 560):
        wide, top = dice.whole(34, 52), dice.whole(258, 276)
        canvas.path(
            f"M{x} {top}q{wide // 3} 30 {wide} 38v50h{-2 * wide}v-50q{2 * wide // 3}-8 {wide}-38z",
            canvas.deep,
            stroke=canvas.shine,
        )
        canvas.line(f"M{x} {top}v-14l14 5l-14 5", canvas.light, 2)
        canvas.line(f"M{x - wide + 6} {top + 44}h{2 * wide - 10}", canvas.light, 4, stroke_dasharray="0 11")
    canvas.rect(0, 334, WIDTH, 30, canvas.deep)


def castle(canvas: Canvas) -> None:
    """A castle on its hill, one window lit."""
    dice = canvas.dice
    sky.paint_sky(canvas, 280)
    sky.paint_orb(canvas, dice.between(250, 300), dice.between(90, 130), dice.between(24, 40))
    sky.paint_clouds(canvas, 4, 50, 190, 0.26)
    sky.paint_hills(canvas, 2, 236, 262, 24)
    wall = mix(canvas.ground, canvas.deep, 0.6)
    canvas.path("M120 340Q250 250 340 226Q440 250 560 340z", wall, stroke=canvas.shine)
    towers = (
        "M270 244V150l14-30l14 30v26h10v-8h8v8h8v-8h8v8h6V120l18-44l18 44"
        "v56h6v-8h8v8h8v-8h8v8h8V160l13-28l13 28V252z"
    )
    canvas.path(towers, wall, stroke=canvas.shine, stroke_width=1.4)
    canvas.line("M357 76v-16l16 5l-16 5M284 120v-10M431 132v-10", wall, 1.6)
    canvas.dots([(357, 136), (284, 172), (431, 182), (340, 206)], canvas.light, 5.0, stroke_linecap="square")
    canvas.circle(357, 136, 26, canvas.soft(canvas.light, 0.7))
    sky.paint_mist(canvas, 286, 34, 0.4)
    sky.paint_hills(canvas, 2, 306, 336, 14)


def lighthouse(canvas: Canvas) -> None:
    """A tower on a rock, and its beam over the water."""
    dice = canvas.dice
    water(canvas)
    for side in (-1, 1):
        end = 330 + side * 420
        paint = canvas.linear([(0, canvas.light, 0.75), (1, canvas.light, 0)], 330, 0, end, 0)
        canvas.path(f"M330 106L{end} {60 - side * 10}V{170 - side * 10}z", paint)
    canvas.circle(330, 106, 60, canvas.soft(canvas.white, 0.9))
    canvas.path("M316 282l6-158h16l6 158z", mix(canvas.white, canvas.ground, 0.25), stroke=canvas.shine)
    for y in (150, 194, 238):
        canvas.path(
            f"M{321 - (y - 124) * 0.04:.0f} {y}h{18 + (y - 124) * 0.08:.0f}v20h{-18 - (y - 104) * 0.08:.0f}z",
            canvas.deep,
            opacity=0.8,
        )
    canvas.path("M314 124h32v-5h-4V98l-12-13l-12 13v21h-4z", canvas.deep)
    canvas.rect(323, 100, 14, 16, canvas.white)
    rock = [(x, 300 - 26 * sin(max(0, min(1, (x - 190) / 280)) * pi)) for x in range(190, 471, 28)]
    line = "L".join(f"{x} {y + dice.between(-4, 4):.0f}" for x, y in rock)
    canvas.path(f"M150 380L{line}L520 380z", canvas.deep, stroke=canvas.shine)


def field(canvas: Canvas) -> None:
    """Rows of a ploughed field that meet at the horizon, and a windmill."""
    dice = canvas.dice
    sky.paint_sky(canvas, 240)
    sky.paint_orb(canvas, dice.between(380, 440), dice.between(120, 180), dice.between(20, 32))
    sky.paint_clouds(canvas, 4, 40, 150, 0.28)
    sky.paint_ridge(canvas, rolling(dice, 232, 8, 2), *sky.layered(canvas, 1, 4))
    canvas.rect(
        0,
        240,
        WIDTH,
        130,
        canvas.down(240, HEIGHT, mix(canvas.ground, canvas.light, 0.3), canvas.ground, canvas.deep),
    )
    rows = "".join(f"M{330 + i * 14} 240L{330 + i * 110} 372" for i in range(-11, 12))
    canvas.line(rows, canvas.deep, 3, opacity=0.45)
    canvas.line(rows, canvas.shine, 1)
    canvas.path("M232 246l8-74h22l8 74z", canvas.deep, stroke=canvas.shine)
    canvas.path("M238 172q13-22 26 0z", canvas.deep)
    turn = dice.between(0, 1.5)
    for i in range(4):
        angle = 90 * i + turn * 57
        canvas.path(
            "M250 168l7-6v-70h-12v70z", canvas.deep, opacity=0.94, transform=f"rotate({angle:.0f} 251 168)"
        )


SCENES = {
    "viaduct": viaduct,
    "bridge": bridge,
    "flight": flight,
    "balloons": balloons,
    "planet": planet,
    "wheel": wheel,
    "castle": castle,
    "lighthouse": lighthouse,
    "field": field,
}
