"""What the scenes are painted with: dice that fall the same everywhere, and a canvas that collects SVG."""

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from itertools import pairwise
from math import pi, sin
from typing import TypeVar

from moments.graphics.palette import Roles, at_most, lightness, mix

WIDTH, HEIGHT = 640, 360
NIGHT = 0.42  # OKLab lightness of a sky below which stars come out

T = TypeVar("T")
Dot = tuple[float, float]


class Dice:
    """Numbers from a hash of the seed, so that a moment looks the same in every Python there will be."""

    def __init__(self, *seed: str):
        self._seed = "\0".join(seed).encode()
        self._pool: list[int] = []
        self._rolls = 0

    def unit(self) -> float:
        """A number in [0, 1)."""
        if not self._pool:
            digest = blake2b(self._seed + b"\0%d" % self._rolls).digest()
            self._pool = [int.from_bytes(digest[i : i + 4], "big") for i in range(0, 64, 4)]
            self._rolls += 1
        return self._pool.pop() / 2**32

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.unit()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def chance(self, share: float) -> bool:
        return self.unit() < share

    def pick(self, choices: Sequence[T]) -> T:
        return choices[int(self.unit() * len(choices))]


class Canvas:
    """Collects definitions and shapes of one picture; colours by what they paint, gradients by name."""

    def __init__(self, colours: Roles, dice: Dice):
        self.sky, self.horizon, self.light, self.ground, self.shadow = colours
        self.deep = at_most(
            mix(self.shadow, self.ground, 0.12), 0.26
        )  # near silhouettes, dark in any palette
        self.white = mix(self.light, "#ffffff", 0.65)
        self.dice = dice
        self.shine = "none"  # a paint that fades with the distance to the light
        self.view = f"0 0 {WIDTH} {HEIGHT}"  # the part of the canvas that is in the picture
        self._defs: list[str] = []
        self._shapes: list[str] = []

    @property
    def is_night(self) -> bool:
        return lightness(self.sky) < NIGHT

    def add(self, name: str, **attributes: object) -> None:
        self._shapes.append(_element(name, attributes))

    def path(self, d: str, fill: str, **attributes: object) -> None:
        self.add("path", d=d, fill=fill, **attributes)

    def line(self, d: str, stroke: str, width: float, **attributes: object) -> None:
        self.add("path", d=d, stroke=stroke, stroke_width=width, **attributes)

    def dots(self, places: Iterable[Dot], colour: str, size: float, **attributes: object) -> None:
        """Round dots of one size as a single path."""
        self.line("".join(f"M{x:.0f} {y:.0f}h0" for x, y in places), colour, size, **attributes)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, **attributes: object) -> None:
        self.add("rect", x=x, y=y, width=width, height=height, fill=fill, **attributes)

    def circle(self, x: float, y: float, r: float, fill: str, **attributes: object) -> None:
        self.add("circle", cx=x, cy=y, r=r, fill=fill, **attributes)

    def ellipse(self, x: float, y: float, rx: float, ry: float, fill: str, **attributes: object) -> None:
        self.add("ellipse", cx=x, cy=y, rx=rx, ry=ry, fill=fill, **attributes)

    def fill(self, paint: str, **attributes: object) -> None:
        self.path(f"M0 0H{WIDTH}V{HEIGHT}H0z", paint, **attributes)

    def down(self, top: float, bottom: float, *colours: str) -> str:
        """A paint that runs evenly through the colours from height `top` to height `bottom`."""
        stops = [(i / (len(colours) - 1), colour, 1.0) for i, colour in enumerate(colours)]
        return self.linear(stops, 0, top, 0, bottom)

    def fade(self, colour: str, top: float, bottom: float, start: float = 1.0, end: float = 0.0) -> str:
        """A paint of one colour whose opacity goes from `start` at `top` to `end` at `bottom`."""
        return self.linear([(0, colour, start), (1, colour, end)], 0, top, 0, bottom)

    def below(self, colour: str, haze: str, share: float) -> str:
        """A paint that fits any shape it fills: `colour` at its top, `haze` from `share` of its height on."""
        place = {"gradientUnits": "", "x2": 0, "y2": 1}
        return self._define("linearGradient", place, [(0, colour, 1), (share, haze, 1)])

    def linear(self, stops: list[tuple], x1: float, y1: float, x2: float, y2: float, spread: str = "") -> str:
        place = {"x1": x1 or "", "y1": y1 or "", "x2": x2, "y2": y2 or "", "spreadMethod": spread}
        return self._define("linearGradient", place, stops)

    def glow(self, colour: str, x: float, y: float, r: float, strength: float = 1.0) -> str:
        """A paint that shines at (x, y) and is gone at distance r."""
        stops = [(0, colour, strength), (0.32, colour, strength * 0.4), (1, colour, 0)]
        return self.radial(stops, {"cx": x, "cy": y, "r": r})

    def radial(self, stops: list[tuple], place: dict[str, object]) -> str:
        return self._define("radialGradient", place, stops)

    def soft(self, colour: str, strength: float = 1.0) -> str:
        """A round paint that fits any shape it fills: bright in the middle, gone at the rim."""
        stops = [(0, colour, strength), (0.35, colour, strength * 0.4), (1, colour, 0)]
        return self._define("radialGradient", {"gradientUnits": ""}, stops)

    def ball(self, inner: str, outer: str) -> str:
        """A round, opaque paint that fits any shape it fills, lit from above."""
        return self._define(
            "radialGradient", {"gradientUnits": "", "cy": 0.35}, [(0, inner, 1), (1, outer, 1)]
        )

    def document(self, width: int, height: int) -> str:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
            f'viewBox="{self.view}" preserveAspectRatio="xMidYMid slice" '
            f'fill="none" stroke-linecap="round" stroke-linejoin="round">'
            f"<defs>{''.join(self._defs)}</defs>{''.join(self._shapes)}</svg>"
        )

    def _define(self, name: str, place: dict, stops: list[tuple]) -> str:
        key = chr(ord("a") + len(self._defs))
        inner = "".join(
            _element(
                "stop",
                {"offset": at or "", "stop-color": colour, "stop-opacity": "" if opacity == 1 else opacity},
            )
            for at, colour, opacity in stops
        )
        opening = _element(name, {"id": key, "gradientUnits": "userSpaceOnUse"} | place)
        self._defs.append(f"{opening[:-2]}>{inner}</{name}>")
        return f"url(#{key})"


def _element(name: str, attributes: dict) -> str:
    written = (
        f' {key.replace("_", "-")}="{number(value)}"' for key, value in attributes.items() if value != ""
    )
    return f"<{name}{''.join(written)}/>"


def number(value: object) -> str:
    """A number as short as its size allows (whole from 20, tenths from 1, hundredths below), or any text."""
    if not isinstance(value, float):
        return str(value)
    places = 0 if abs(value) >= 20 else 1 if abs(value) >= 1 else 2
    text = f"{value:.{places}f}"
    text = text.rstrip("0").rstrip(".") if places else text
    return {"": "0", "-0": "0"}.get(text, text.replace("0.", ".", 1) if abs(value) < 1 else text)


def smooth(dots: Sequence[Dot]) -> str:
    """A line through the dots without corners (Catmull–Rom tangents), from M to the last s."""
    x0, y0 = round(dots[0][0]), round(dots[0][1])
    d = f"M{x0} {y0}"
    for i in range(1, len(dots)):
        (bx, by), (x, y), (ax, ay) = dots[i - 1], dots[i], dots[min(i + 1, len(dots) - 1)]
        d += "s" + _steps(x - (ax - bx) / 6 - x0, y - (ay - by) / 6 - y0, x - x0, y - y0)
        x0, y0 = x0 + round(x - x0), y0 + round(y - y0)
    return d


def straight(dots: Sequence[Dot]) -> str:
    x0, y0 = round(dots[0][0]), round(dots[0][1])
    d = f"M{x0} {y0}l"
    for x, y in dots[1:]:
        d += _steps(x - x0, y - y0) + " "
        x0, y0 = x0 + round(x - x0), y0 + round(y - y0)
    return d.rstrip()


def _steps(*values: float) -> str:
    """Whole numbers in the fewest characters that a path allows."""
    text = str(round(values[0]))
    for value in values[1:]:
        text += str(round(value)) if round(value) < 0 else f" {round(value)}"
    return text


def grounded(line: str) -> str:
    """The line closed below the lower edge, beyond the sides, so that a stroke shows on the ridge alone."""
    return f"{line}V380H-70z"


def rolling(dice: Dice, base: float, swing: float, waves: float = 2.0, step: int = 59) -> list[Dot]:
    """A gentle ridge from edge to edge: three sines of falling size with random phases."""
    phases = [dice.between(0, 2 * pi) for _ in range(3)]
    sizes = ((waves, 0.6), (waves * 2.3, 0.28), (waves * 4.3, 0.12))

    def height(x: float) -> float:
        return sum(
            size * sin(rate * x / WIDTH * pi + phase)
            for (rate, size), phase in zip(sizes, phases, strict=True)
        )

    return [(x, base - swing * height(x)) for x in range(-step, WIDTH + step + 1, step)]


def jagged(dice: Dice, base: float, swing: float, depth: int = 4) -> list[Dot]:
    """A mountain ridge by midpoint displacement."""
    heights = [dice.between(-0.2, 0.6), dice.between(0.2, 1.0), dice.between(-0.2, 0.6)]
    rough = 0.5
    for _ in range(depth):
        doubled = [heights[0]]
        for left, right in pairwise(heights):
            doubled += [(left + right) / 2 + dice.between(-rough, rough), right]
        heights, rough = doubled, rough * 0.52
    step = (WIDTH + 40) / (len(heights) - 1)
    return [(-20 + i * step, base - swing * height) for i, height in enumerate(heights)]
