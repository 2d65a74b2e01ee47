"""Scenes at home and at table: a room with a tall window, a table for two."""

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas, jagged, rolling
from moments.graphics.palette import at_most, mix


def window(canvas: Canvas) -> None:
    """A dark room, a tall window with the evening in it, and an armchair under a lamp."""
    room(canvas)
    armchair(canvas)


def study(canvas: Canvas) -> None:
    """The same kind of room with an upright piano."""
    room(canvas)
    upright_piano(canvas)


def room(canvas: Canvas) -> None:
    """Walls around a window, and the window's light on the floor."""
    dice = canvas.dice
    wall = at_most(mix(canvas.shadow, canvas.ground, 0.35), 0.27)
    sky.paint_sky(canvas, 250)
    sky.paint_orb(canvas, dice.between(330, 420), dice.between(90, 130), dice.between(15, 22))
    view = jagged(dice, 236, 34) if dice.chance(0.4) else rolling(dice, 222, 18, 3)
    sky.paint_ridge(canvas, view, *sky.layered(canvas, 1, 4))
    left, right, top, foot = 226, 466, 40, 258
    arch = dice.chance(0.5)
    hole = (
        f"M{left} {foot}V{top + 90}a120 90 0 0 1 240 0V{foot}z"
        if arch
        else f"M{left} {foot}V{top}H{right}V{foot}z"
    )
    paint = canvas.glow(mix(wall, canvas.horizon, 0.42), 346, 170, 420, 1.0)
    for colour in (wall, paint):
        canvas.path(f"M0 0V360H640V0z{hole}", colour, fill_rule="evenodd")
    across = "".join(f"M{left} {y}H{right}" for y in (top + 92, top + 160))
    bars = across + "".join(f"M{x} {y}V{foot}" for x, y in ((286, top + 4), (346, top), (406, top + 4)))
    canvas.line(bars, mix(wall, canvas.deep, 0.5), 3)
    canvas.line(hole, mix(wall, canvas.deep, 0.6), 7)
    spill(canvas, left, right)


def spill(canvas: Canvas, left: float, right: float) -> None:
    """Floor, and the window's light lying on it in panes."""
    canvas.rect(
        0, 296, WIDTH, 70, canvas.down(296, HEIGHT, mix(canvas.deep, canvas.horizon, 0.2), canvas.deep)
    )
    paint = canvas.fade(mix(canvas.horizon, canvas.light, 0.6), 296, 372, 0.6, 0.05)
    for i in range(4):
        a, b = left + i * 60 + 4, left + (i + 1) * 60 - 4
        canvas.path(f"M{a} 298H{b}L{b + (b - 346) * 0.7 - 40:.0f} 366H{a + (a - 346) * 0.7 - 40:.0f}z", paint)


def upright_piano(canvas: Canvas) -> None:
    case = "M60 340V214q0-8 8-8h124q8 0 8 8v56h22q8 0 8 8v10h-12v52h-9v-52h-13v52z"
    canvas.path(case, canvas.deep, stroke=canvas.shine, stroke_width=1.5)
    canvas.line("M202 271h24", canvas.white, 2.6, opacity=0.85)
    canvas.line("M258 344l3-46M292 344l-3-46M250 296h50", canvas.deep, 5)
    canvas.circle(124, 166, 88, canvas.soft(mix(canvas.light, "#ffe6b0", 0.4), 0.6))
    canvas.path("M121 180h6v20h10v6h-26v-6h10z", canvas.deep)
    canvas.path("M112 148h24l14 32h-52z", mix(canvas.light, canvas.white, 0.3))


def armchair(canvas: Canvas) -> None:
    canvas.path(
        "M92 344v-66q-2-52 18-62q40-10 70 0q16 8 14 46q24-4 24 18v64h-10v-10h-106v10z",
        canvas.deep,
        stroke=canvas.shine,
        stroke_width=1.5,
    )
    canvas.line("M528 344V180M508 344h40", canvas.deep, 4)
    canvas.circle(528, 176, 96, canvas.soft(mix(canvas.light, "#ffe6b0", 0.4), 0.65))
    canvas.path("M510 150h36l16 40h-68z", mix(canvas.light, canvas.white, 0.3))


def table(canvas: Canvas) -> None:
    """A table for two under hanging lamps, the street out of focus behind the glass."""
    dice = canvas.dice
    wall = at_most(mix(canvas.shadow, canvas.ground, 0.3), 0.25)
    canvas.fill(canvas.down(0, 280, canvas.sky, mix(canvas.sky, canvas.horizon, 0.7), canvas.ground))
    sky.catch_light(canvas, 330, 210, 300)
    for _ in range(20):
        colour = dice.pick((canvas.light, canvas.horizon, canvas.white))
        canvas.circle(
            dice.between(40, 600),
            dice.between(110, 262),
            dice.between(6, 22),
            colour,
            opacity=dice.between(0.12, 0.4),
        )
    canvas.path(
        "M0 0V360H640V0zM44 268V46H218V268zM232 268V46H408V268zM422 268V46H596V268z",
        wall,
        fill_rule="evenodd",
        stroke=canvas.shine,
    )
    glow, shade = canvas.soft(canvas.light, 0.55), mix(canvas.deep, canvas.light, 0.12)
    for x, y in ((132, 84), (320, 112), (508, 84)):
        canvas.path(f"M{x - 8} {y}h16L{x + 130} 320H{x - 130}z", canvas.fade(canvas.light, y, 320, 0.34))
        canvas.circle(x, y + 12, 78, glow)
        canvas.line(f"M{x} 0V{y - 24}", canvas.deep, 2)
        canvas.path(f"M{x - 30} {y + 8}q2-28 30-34q28 6 30 34z", shade, stroke=canvas.shine)
        canvas.ellipse(x, y + 8, 13, 5, canvas.white)
    canvas.ellipse(320, 296, 116, 15, mix(canvas.ground, canvas.light, 0.3))
    setting(canvas)


def setting(canvas: Canvas) -> None:
    """The table, two chairs drawn back, two cups and a candle."""
    dark = canvas.deep
    canvas.path("M204 296a116 15 0 0 0 232 0v7a116 15 0 0 1-232 0zM313 312h14l4 60h-22z", dark)
    chair = "M150 372l4-60h44l6 60M152 312l-14-78"
    canvas.line(chair, dark, 6)
    canvas.line(chair, dark, 6, transform="translate(640)scale(-1 1)")
    canvas.path("M262 284h20q0 12-10 12t-10-12zM358 284h20q0 12-10 12t-10-12z", canvas.white, opacity=0.9)
    canvas.circle(320, 276, 44, canvas.soft(canvas.light, 0.9))
    canvas.path("M320 264q7 9 0 14q-7-5 0-14zM316 279h8v14h-8z", canvas.white)


SCENES = {"window": window, "study": study, "table": table}
