"""Scenes under a high roof: a corridor, a library, a chapel, a ballroom, a boxing ring, two on a stage."""

from math import cos, pi, sin

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas
from moments.graphics.artwork.outdoors import couple
from moments.graphics.artwork.stages import beam, head, spotlit
from moments.graphics.palette import at_most, mix


def corridor(canvas: Canvas) -> None:
    """A long passage, and light behind the door at its end."""
    dice = canvas.dice
    wall = at_most(mix(canvas.shadow, canvas.ground, 0.5), 0.3)
    x, y, wide, tall = 330, 176, 34, 76
    canvas.fill(canvas.down(0, HEIGHT, wall, mix(wall, canvas.horizon, 0.3), canvas.deep))
    far = f"M{x - wide} {y - tall}H{x + wide}V{y + tall}H{x - wide}z"
    sides = (
        f"M-40-60L{x - wide} {y - tall}V{y + tall}L-40 420zM700-60L{x + wide} {y - tall}V{y + tall}L700 420z"
    )
    canvas.path(
        sides,
        canvas.linear([(0, wall, 1), (0.5, mix(wall, canvas.horizon, 0.65), 1), (1, wall, 1)], 0, 0, 660, 0),
    )
    floor = f"M{x - wide} {y + tall}h{2 * wide}L760 420H-100z"
    canvas.path(floor, canvas.down(y + tall, HEIGHT, mix(wall, canvas.light, 0.55), canvas.deep))
    doors = ""
    for near in (0.16, 0.34, 0.62):
        for side in (-1, 1):
            a, b = (x + side * (wide + 420 * near * at) for at in (1.0, 1.42))
            foot, top = (y + tall + 240 * near * 0.86), (y - tall - 200 * near * 0.3)
            doors += (
                f"M{a:.0f} {foot:.0f}V{top + 46 * near:.0f}L{b:.0f} {top:.0f}V{foot + 100 * near * 0.9:.0f}z"
            )
    canvas.path(doors, canvas.deep, opacity=0.75, stroke=canvas.light, stroke_opacity=0.25)
    canvas.path(far, canvas.white)
    canvas.circle(x, y, 190, canvas.soft(canvas.light, 0.9))
    canvas.path(
        f"M{x - wide} {y + tall}h{2 * wide}L{x + 150} 380H{x - 150}z",
        canvas.fade(canvas.light, y + tall, 372, 0.7),
    )
    lamp_line = [(x, y - tall - 10 - 66 * near) for near in (0.1, 0.5, 1.3)]
    for i, (lx, ly) in enumerate(lamp_line):
        canvas.ellipse(lx, ly, 8 + 16 * i, 2.5 + 4 * i, canvas.white, opacity=0.85)
    if dice.chance(0.6):
        canvas.path(f"M{x - 7} {y + tall + 6}l3-44q4-8 8 0l3 44z", canvas.deep)
        canvas.dots([(x, y + tall - 48)], canvas.deep, 12.0)


def library(canvas: Canvas) -> None:
    """Shelves to the ceiling, a ladder, and a lamp on the desk."""
    dice = canvas.dice
    wood = at_most(mix(canvas.shadow, canvas.ground, 0.4), 0.24)
    canvas.fill(canvas.down(0, HEIGHT, wood, mix(wood, canvas.horizon, 0.35), wood))
    tints = (
        canvas.ground,
        canvas.horizon,
        mix(canvas.light, wood, 0.35),
        mix(canvas.sky, canvas.horizon, 0.4),
    )
    for number, tint in enumerate(tints):
        books = ""
        for shelf in range(6):
            x = dice.whole(0, 30)
            while x < WIDTH:
                wide, tall = dice.whole(5, 11), dice.whole(26, 42)
                if dice.whole(0, 3) == number:
                    books += f"M{x} {12 + shelf * 52 + 44}v-{tall}h{wide}v{tall}z"
                x += wide + dice.whole(1, 22)
        canvas.path(books, at_most(tint, 0.55), opacity=0.9)
    canvas.line("".join(f"M-10 {58 + i * 52}H650" for i in range(6)), canvas.deep, 5)
    canvas.line("".join(f"M{x} 0V330" for x in (16, 150, 284, 418, 552)), canvas.deep, 7)
    canvas.circle(330, 250, 210, canvas.soft(canvas.light, 0.75))
    sky.catch_light(canvas, 330, 250, 240)
    canvas.line("M440 340L492-10M474 340L526-10", canvas.deep, 4)
    canvas.line("".join(f"M{443 + i * 7.4:.0f} {316 - i * 50}h34" for i in range(7)), canvas.deep, 3)
    canvas.path(
        "M190 300h280v10h-14v60h-10v-60H214v60h-10v-60h-14z",
        canvas.deep,
        stroke=canvas.shine,
        stroke_width=1.4,
    )
    canvas.path("M318 298h24v-4h-8v-34h-8v34h-8z", canvas.deep)
    canvas.path("M298 262q4-26 32-26t32 26z", mix(canvas.light, canvas.white, 0.3))
    canvas.path("M232 298v-10q20-8 34 0q14-8 34 0v10q-20-6-34 0q-16-6-34 0z", canvas.white, opacity=0.85)


def chapel(canvas: Canvas) -> None:
    """A rose of coloured glass over the pews."""
    dice = canvas.dice
    stone = at_most(mix(canvas.shadow, canvas.sky, 0.4), 0.22)
    canvas.fill(
        canvas.down(0, HEIGHT, mix(stone, canvas.horizon, 0.16), mix(stone, canvas.horizon, 0.3), stone)
    )
    x, y, r = 330, 124, 84
    canvas.fill(canvas.glow(canvas.light, x, y, 330, 0.55))
    tints = (canvas.light, canvas.horizon, mix(canvas.sky, canvas.light, 0.4), canvas.white, canvas.ground)
    turn = dice.unit()
    for ring, (inner, outer, count) in enumerate(((0.0, 0.3, 6), (0.36, 0.66, 12), (0.72, 1.0, 18))):
        for shade in range(3):
            d = ""
            for i in range(shade, count, 3):
                a, b = (turn + (i + edge) * 2 * pi / count for edge in (0.06, 0.94))
                dots = [(inner, a), (outer, a), (outer, b), (inner, b)]
                d += (
                    "M"
                    + "L".join(f"{x + r * s * cos(at):.0f} {y + r * s * sin(at):.0f}" for s, at in dots)
                    + "z"
                )
            canvas.path(d, mix(tints[(ring + shade) % 5], canvas.white, 0.15), opacity=0.95)
    canvas.circle(x, y, r + 5, "none", stroke=canvas.deep, stroke_width=7)
    canvas.path(
        f"M{x - 50} {y + 60}h100L560 372H100z",
        canvas.fade(mix(canvas.light, canvas.horizon, 0.4), y, 372, 0.5),
    )
    for side in (-1, 1):
        columns = "".join(
            f"M{x + side * at} 370V{-10 + dip}" for at, dip in ((150, 40), (224, 10), (316, -10))
        )
        canvas.line(columns, canvas.deep, 16), canvas.line(columns, canvas.shine, 1)
    for i, (low, wide) in enumerate(((288, 90), (312, 140), (342, 210))):
        pew = (
            f"M{x - wide} {low + 40}v-{14 + 5 * i}h{wide - 24}v{14 + 5 * i}zM{x + 24} {low + 40}"
            f"v-{14 + 5 * i}h{wide - 24}v{14 + 5 * i}z"
        )
        canvas.path(pew, canvas.deep, stroke=canvas.shine)


def ballroom(canvas: Canvas) -> None:
    """A chandelier, tall windows, and two who dance."""
    dice = canvas.dice
    wall = at_most(mix(canvas.ground, canvas.shadow, 0.4), 0.34)
    canvas.fill(canvas.down(0, 290, mix(wall, canvas.deep, 0.3), mix(wall, canvas.light, 0.22)))
    view = canvas.down(70, 270, canvas.sky, canvas.horizon)
    for x in (70, 190, 310, 430, 550):
        glass = f"M{x} 268V128a30 40 0 0 1 60 0V268z"
        canvas.path(glass, view, stroke=canvas.deep, stroke_width=4)
        canvas.line(f"M{x + 30} 90V268M{x} 150h60M{x} 208h60", canvas.deep, 2, opacity=0.7)
    canvas.rect(0, 276, WIDTH, 90, canvas.down(276, HEIGHT, mix(wall, canvas.light, 0.35), canvas.deep))
    x = 330
    canvas.circle(x, 84, 210, canvas.soft(canvas.light, 0.85))
    sky.catch_light(canvas, x, 180, 280)
    canvas.line(f"M{x} 0V60M{x - 66} 92q66 40 132 0M{x - 44} 70q44 26 88 0M{x} 60v58", canvas.deep, 2.4)
    flames = [(x + dx, 88 - abs(dx) * 0.02) for dx in (-66, -44, -22, 0, 22, 44, 66)] + [
        (x + dx, 64) for dx in (-44, -18, 18, 44)
    ]
    canvas.dots(flames, canvas.white, 6.0), canvas.dots(flames, canvas.light, 18.0, opacity=0.4)
    canvas.ellipse(x, 322, 210, 26, canvas.soft(canvas.light, 0.7))
    canvas.ellipse(x + 4, 330, 40, 6, canvas.deep, opacity=0.5)
    couple(canvas, x - dice.between(0, 14), 330)


def ring(canvas: Canvas) -> None:
    """A boxing ring under its lamps, heads all around."""
    dice = canvas.dice
    dark = at_most(mix(canvas.shadow, canvas.sky, 0.4), 0.2)
    canvas.fill(canvas.down(0, HEIGHT, dark, mix(dark, canvas.horizon, 0.35), dark))
    for x in (230, 330, 430):
        beam(canvas, x, -20, x + (330 - x) * 0.2, 262, 120)
        canvas.path(f"M{x - 20} 18h40l-8-22h-24z", canvas.deep)
    floor = "M150 296L220 232H440L510 296z"
    canvas.path(
        floor,
        canvas.down(232, 296, mix(canvas.light, canvas.white, 0.3), mix(canvas.light, canvas.ground, 0.35)),
    )
    canvas.path("M150 296h360v30H150z", mix(canvas.ground, canvas.deep, 0.4))
    canvas.line("M220 234V158M440 234V158M150 298V196M510 298V196", canvas.deep, 6)
    for i, colour in enumerate((canvas.white, canvas.light, canvas.horizon)):
        canvas.line(f"M150 {206 + 26 * i}L220 {166 + 20 * i}H440L510 {206 + 26 * i}z", colour, 2, opacity=0.9)
    fighter(canvas, 296, 1), fighter(canvas, 366, -1)
    crowd, x = "", -20.0
    while x < WIDTH + 30:
        crowd += head(x, 336 + dice.between(-6, 8), 21)
        x += dice.between(38, 52)
    canvas.path(f"{crowd}M-10 352H650V380H-10z", canvas.deep, stroke=canvas.shine)


def fighter(canvas: Canvas, x: int, side: int) -> None:
    d = (
        f"M{x - 8 * side} 280l{4 * side}-36l-{4 * side}-30q{2 * side}-10 {12 * side}-8"
        f"l{8 * side} 36l{8 * side} 38h{-7 * side}l-{9 * side}-30l-{6 * side} 30"
        f"z"
    )
    canvas.path(d.replace("--", ""), canvas.deep, stroke=canvas.shine)
    canvas.line(
        f"M{x + 2 * side} 214l{12 * side} 8l{10 * side}-12M{x} 216l{8 * side} 16l{12 * side}-4",
        canvas.deep,
        5,
    )
    canvas.dots([(x + 24 * side, 210), (x + 20 * side, 228)], canvas.deep, 9.0)
    canvas.dots([(x + 4 * side, 200)], canvas.deep, 13.0)


def solo(canvas: Canvas) -> None:
    """A guitar on its stand in the light."""
    spotlit(canvas, guitar)


def guitar(canvas: Canvas, x: float, floor: float) -> None:
    at, low = round(x), round(floor)
    lean = f"rotate(9 {at} {low})"
    body = (
        f"M{at} {low - 6}c-34 0-36-40-16-50c10-6 4-14-2-22c-8-16 4-30 18-30"
        f"s26 14 18 30c-6 8-12 16-2 22c20 10 18 50-16 50z"
    )
    canvas.path(
        body, mix(canvas.ground, canvas.light, 0.35), stroke=canvas.deep, stroke_width=3, transform=lean
    )
    canvas.path(
        f"M{at - 4} {low - 66}V{low - 186}h8v120zM{at - 7} {low - 186}h14l-2-22h-10z",
        canvas.deep,
        transform=lean,
    )
    canvas.circle(at, low - 62, 9, canvas.deep, transform=lean)
    canvas.line(
        f"M{at - 30} {low + 2}l16-40M{at + 20} {low + 2}l-8-36M{at - 14} {low - 8}h30", canvas.deep, 3
    )


def gramophone(canvas: Canvas) -> None:
    """A gramophone in the light, and its horn."""
    spotlit(canvas, horn)


def horn(canvas: Canvas, x: float, floor: float) -> None:
    at, low = round(x), round(floor)
    canvas.path(
        f"M{at - 60} {low}h120l8-6v-42h-136v42z",
        mix(canvas.ground, canvas.deep, 0.5),
        stroke=canvas.shine,
        stroke_width=1.4,
    )
    canvas.ellipse(at - 4, low - 52, 52, 9, canvas.deep, stroke=canvas.light, stroke_opacity=0.7)
    canvas.ellipse(at - 4, low - 52, 14, 3, canvas.light)
    flare = f"M{at + 46} {low - 50}q22-40-10-62q-40-16-64-66q60-22 116 22q30 30 6 70q-14 26-34 38z"
    canvas.path(flare, mix(canvas.light, canvas.ground, 0.3), stroke=canvas.deep, stroke_width=2)
    canvas.ellipse(
        at + 8,
        low - 146,
        58,
        30,
        mix(canvas.deep, canvas.light, 0.2),
        transform=f"rotate(28 {at + 8} {low - 146})",
        stroke=canvas.light,
    )


SCENES = {
    "corridor": corridor,
    "library": library,
    "chapel": chapel,
    "ballroom": ballroom,
    "ring": ring,
    "solo": solo,
    "gramophone": gramophone,
}
