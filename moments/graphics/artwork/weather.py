"""What tells two pictures of one scene apart: from how high and how near it is seen, weather, foreground."""

from collections.abc import Callable

from moments.graphics.artwork.canvas import WIDTH, Canvas
from moments.graphics.artwork.outdoors import birds
from moments.graphics.palette import mix

# What of the canvas is in the picture. Titles stand at the left, so that is where there is less of it.
LOW, NEAR = "0 40 568 320", "30 44 512 288"
COMPOSITIONS = 3


def snow(canvas: Canvas) -> None:
    for size, opacity in ((1.8, 0.5), (3.2, 0.75)):
        canvas.dots(scattered(canvas, 34, 0, 350), canvas.white, size, opacity=opacity)


def showers(canvas: Canvas) -> None:
    d = "".join(f"M{x:.0f} {y:.0f}l-6 19" for x, y in scattered(canvas, 48, -20, 340))
    canvas.line(d, canvas.white, 1.1, opacity=0.34)


def leaves(canvas: Canvas) -> None:
    """Leaves of autumn, or petals: in the colour of the light."""
    for colour in (canvas.light, mix(canvas.light, canvas.horizon, 0.6)):
        d = "".join(f"M{x:.0f} {y:.0f}q5-6 10 0q-5 6-10 0z" for x, y in scattered(canvas, 13, 20, 340))
        canvas.path(d, colour, opacity=0.85)


def haze(canvas: Canvas) -> None:
    colour = mix(canvas.horizon, canvas.light, 0.3)
    for y, depth in ((228, 50), (306, 34)):
        stops = [(0, colour, 0), (0.5, colour, 0.42), (1, colour, 0)]
        canvas.rect(0, y - depth, WIDTH, depth * 2, canvas.linear(stops, 0, y - depth, 0, y + depth))


def fireflies(canvas: Canvas) -> None:
    places = scattered(canvas, 20, 210, 330)
    canvas.dots(places, canvas.light, 11.0, opacity=0.2)
    canvas.dots(places, canvas.white, 2.6, opacity=0.9)


def motes(canvas: Canvas) -> None:
    """Dust in the light of a room."""
    canvas.dots(scattered(canvas, 36, 30, 300), canvas.white, 1.6, opacity=0.4)


def shafts(canvas: Canvas) -> None:
    """Light that falls in slantwise, as through a window, water or clouds."""
    left = canvas.dice.between(330, 420)
    paint = canvas.linear([(0, canvas.light, 0.28), (1, canvas.light, 0)], 0, 30, 0, 340)
    for x, wide in ((left, 74), (left + 130, 40)):
        canvas.path(f"M{x:.0f} 30h{wide}L{x + wide - 150:.0f} 346h{-2 * wide}z", paint)


def branch(canvas: Canvas) -> None:
    """A branch that hangs into the picture from above."""
    dice = canvas.dice
    d = "M40 30Q160 62 270 58M120 50q30 30 62 34M190 58q26-16 60-14"
    canvas.line(d, canvas.deep, 4)
    tufts = [(60 + 210 * dice.unit(), 40 + 54 * dice.unit()) for _ in range(30)]
    canvas.dots(tufts, canvas.deep, 13.0)


def grass(canvas: Canvas) -> None:
    dice = canvas.dice
    d = ""
    for _ in range(34):
        x, tall = dice.between(50, 590), dice.between(16, 54)
        bend, tip = dice.between(-5, 5), dice.between(-14, 14)
        d += f"M{x:.0f} 338q{bend:.0f} {-tall * 0.6:.0f} {tip:.0f} {-tall:.0f}"
    canvas.line(d, canvas.deep, 2.2)


def fence(canvas: Canvas) -> None:
    posts = "".join(f"M{x} 346v-46" for x in range(70, 590, 46))
    canvas.line(f"M50 308Q320 316 600 304M50 324Q320 332 600 322{posts}", canvas.deep, 4)


def flock(canvas: Canvas) -> None:
    birds(canvas, canvas.dice.between(170, 400), canvas.dice.between(80, 130))


WEATHER: tuple[Callable[[Canvas], None], ...] = (snow, showers, leaves, haze, fireflies)
FOREGROUNDS: tuple[Callable[[Canvas], None], ...] = (branch, grass, fence, flock)


def scattered(canvas: Canvas, count: int, top: float, bottom: float) -> list[tuple[float, float]]:
    dice = canvas.dice
    return [(dice.between(0, WIDTH), dice.between(top, bottom)) for _ in range(count)]


def compose(canvas: Canvas, composition: int, *, outdoors: bool) -> None:
    """Finish a scene as one of its three compositions: as it is, from further down, or from near by."""
    if composition == 1:
        canvas.view = LOW
        (canvas.dice.pick(WEATHER) if outdoors else motes)(canvas)
    elif composition == 2:
        canvas.view = NEAR
        (canvas.dice.pick(FOREGROUNDS) if outdoors else shafts)(canvas)
