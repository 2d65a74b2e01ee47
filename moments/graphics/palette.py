"""The five colours of a moment: sky top, horizon, light, mid ground, deep shadow. Its artwork, its stripes in
the film's barcode and its card are made of them. Mixing is done in OKLab so that blends stay clean."""

import re
from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

HEX = re.compile(r"#[0-9a-fA-F]{6}\Z")

# Björn Ottosson, "A perceptual color space for image processing" (2020): linear sRGB to LMS, LMS' to OKLab.
_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = (
    (1.0, 0.3963377774, 0.2158037573),
    (1.0, -0.1055613458, -0.0638541728),
    (1.0, -0.0894841775, -1.2914855480),
)
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)

# Hand-made skies for what has no colours of its own.
_PLEASING = (
    ("#141033", "#6a3fa0", "#ffc15e", "#3a2566", "#0b0820"),
    ("#1b2a52", "#e8836b", "#ffe0a3", "#54406f", "#14142b"),
    ("#0a1a33", "#2e6f95", "#f4d58d", "#1d3f5c", "#06101f"),
    ("#2a1136", "#c8446c", "#ffb38a", "#5a2150", "#14081d"),
    ("#0d2b2e", "#4f9d8f", "#f2e2a0", "#22504b", "#071719"),
    ("#7fb7d9", "#f6d6b8", "#fff3d1", "#6f8f86", "#2b3f4a"),
    ("#3b1d1f", "#d9643a", "#ffd27a", "#6b2f2a", "#170b0d"),
    ("#20204a", "#8f7fd0", "#f3d9ff", "#4a4189", "#0f0e26"),
)


class Roles(NamedTuple):
    """The five colours by what they paint."""

    sky: str
    horizon: str
    light: str
    ground: str
    shadow: str


def checked(palette: Sequence[str]) -> tuple[str, ...]:
    """The colours in lower case. Raises ValueError unless each one is `#rrggbb`."""
    for colour in palette:
        if not isinstance(colour, str) or not HEX.match(colour):
            raise ValueError(f"{colour!r:.40} is not a colour like #1a2b3c")
    return tuple(colour.lower() for colour in palette)


def palette_from(seed: str) -> list[str]:
    """Five colours that go together, the same for the same seed."""
    return list(_PLEASING[blake2b(seed.encode(), digest_size=1).digest()[0] % len(_PLEASING)])


def completed(palette: Sequence[str], seed: str) -> list[str]:
    """The first five colours, or `palette_from(seed)` when there are fewer. Raises as `checked`."""
    colours = checked(palette)
    return list(colours[:5]) if len(colours) >= 5 else palette_from(seed)


def roles(palette: Sequence[str]) -> Roles:
    """Which colour paints what. The given order is kept as long as its light is brighter than its shadow.

    Colours that were read from a picture come in any order: then the darkest is the shadow and the brightest
    the light.
    """
    given = Roles(*palette)
    bright = {colour: lightness(colour) for colour in palette}
    by_lightness = sorted(palette, key=bright.__getitem__)
    if given.shadow in by_lightness[:2] and bright[given.light] > bright[given.ground] + 0.08:
        return given
    shadow, light = by_lightness[0], max(by_lightness[2:], key=lambda c: bright[c] + 0.7 * chroma(c))
    rest = [colour for colour in palette if colour not in (shadow, light)]
    rest += [mix(shadow, light, 0.4)] * (3 - len(rest))
    return Roles(rest[0], rest[1], light, rest[2], shadow)


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0 to 1) of `other`, blended in OKLab."""
    a, b = _lab(one), _lab(other)
    return _hex(tuple(x + (y - x) * share for x, y in zip(a, b, strict=True)))


def at_most(colour: str, top: float) -> str:
    """The colour, darkened when it is lighter than `top` (OKLab lightness, 0 to 1)."""
    light, a, b = _lab(colour)
    return colour if light <= top else _hex((top, a * top / light, b * top / light))


def at_least(colour: str, floor: float) -> str:
    """The colour, lightened when it is darker than `floor` (OKLab lightness, 0 to 1)."""
    light, a, b = _lab(colour)
    return colour if light >= floor else _hex((floor, a, b))


def lightness(colour: str) -> float:
    """OKLab lightness: 0 is black, 1 is white."""
    return _lab(colour)[0]


def chroma(colour: str) -> float:
    """OKLab chroma: 0 is grey, about 0.3 the most vivid that a screen shows."""
    _, a, b = _lab(colour)
    return (a * a + b * b) ** 0.5


def _lab(colour: str) -> tuple[float, ...]:
    rgb = [_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5)]
    return _times(_TO_LAB, [value ** (1 / 3) for value in _times(_TO_LMS, rgb)])


def _hex(lab: Sequence[float]) -> str:
    rgb = _times(_FROM_LMS, [value**3 for value in _times(_FROM_LAB, lab)])
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, value)))):02x}" for value in rgb)


def _times(matrix, vector) -> tuple[float, ...]:
    return tuple(sum(m * v for m, v in zip(row, vector, strict=True)) for row in matrix)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
