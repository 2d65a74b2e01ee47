"""Scenes by the water: a sail on a path of light, a pier with lamps."""

from moments.graphics.artwork import sky
from moments.graphics.artwork.canvas import HEIGHT, WIDTH, Canvas
from moments.graphics.palette import mix


def sea(canvas: Canvas) -> None:
    """A sail on a path of light."""
    sail(canvas, water(canvas))


def pier(canvas: Canvas) -> None:
    """Boards that run out over the water on posts, with lamps along them."""
    water(canvas)
    glow = canvas.soft(mix(canvas.light, "#ffe6b0", 0.5), 0.7)
    canvas.path("M-10 330L250 226H292L190 380H-10z", canvas.deep)
    posts = "".join(f"M{x} {226 + (292 - x) * 0.4:.0f}v{12 + (292 - x) * 0.2:.0f}" for x in (262, 240, 214))
    canvas.line(posts, canvas.deep, 3)
    for x, foot, tall in ((60, 303, 130), (142, 270, 84), (192, 250, 58), (224, 237, 40), (245, 229, 29)):
        sky.paint_lamps(canvas, [(x, foot)], tall, glow)


def water(canvas: Canvas) -> float:
    """Sea and sky with the light low between them; returns the height of the horizon."""
    dice = canvas.dice
    line = 212
    sky.paint_sky(canvas, line + 20)
    x, r = dice.between(300, 420), dice.between(20, 30)
    sky.paint_orb(canvas, x, line - dice.between(6, 80), r)
    sky.paint_clouds(canvas, 4, 70, 185, 0.24)
    headland(canvas, line)
    paint = canvas.down(line, HEIGHT, mix(canvas.horizon, canvas.ground, 0.45), canvas.ground, canvas.deep)
    canvas.rect(0, line, WIDTH, HEIGHT - line, paint)
    canvas.ellipse(x, line, 260, 70, canvas.soft(canvas.light, 0.35))
    glitter(canvas, x, line, r)
    ripples(canvas, line)
    return line


def headland(canvas: Canvas, line: float) -> None:
    dice = canvas.dice
    edge, way = dice.pick(((-10, 1), (WIDTH + 10, -1)))
    for size, colour in ((1.0, sky.layered(canvas, 1, 5)[0]), (0.62, sky.layered(canvas, 2, 5)[0])):
        long, tall = round(way * 210 * size * dice.between(0.8, 1.2)), round(46 * size)
        slope = f"q{long * 2 // 5}-10 {long * 3 // 5} {tall // 2}t{long * 3 // 5} {tall // 2}"
        canvas.path(f"M{edge} {line + 2}v{-tall}{slope}z", colour, stroke=canvas.shine)


def glitter(canvas: Canvas, x: float, line: float, r: float) -> None:
    """The sun's path: dashes that widen and part towards the shore."""
    dice = canvas.dice
    for width, colour, opacity in ((1.3, canvas.white, 0.85), (2.2, canvas.light, 0.6)):
        d = ""
        for i in range(22):
            near = (i + dice.unit()) / 22
            y, wide = line + 3 + 140 * near**1.5, r * (0.5 + 2.2 * near)
            dash = wide * dice.between(0.15, 0.8)
            d += f"M{x + dice.between(-wide, wide) - dash / 2:.0f} {y:.0f}h{dash:.0f}"
        canvas.line(d, colour, width, opacity=opacity)


def ripples(canvas: Canvas, line: float) -> None:
    dice = canvas.dice
    d = ""
    for i in range(22):
        y = line + 6 + 145 * (i / 22) ** 1.3
        d += f"M{dice.between(-20, WIDTH):.0f} {y:.0f}h{dice.between(14, 40 + y - line):.0f}"
    canvas.line(d, mix(canvas.horizon, canvas.light, 0.4), 1, opacity=0.26)


def sail(canvas: Canvas, line: float) -> None:
    x, y = canvas.dice.between(200, 260), line + 12
    canvas.path(
        f"M{x:.0f} {y:.0f}v-46q20 18 25 41zm-3 1v-36q-13 14-17 33z", mix(canvas.white, canvas.horizon, 0.25)
    )
    canvas.path(f"M{x - 24:.0f} {y + 3:.0f}h54q-5 9-12 9h-30q-8 0-12-9z", canvas.deep)


SCENES = {"sea": sea, "pier": pier}
