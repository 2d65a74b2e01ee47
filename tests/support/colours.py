"""The colours of the style sheets: CSS Color 4 for OKLCH, WCAG 2.2 for contrast."""

import re
from math import cos, radians, sin
from pathlib import Path

CSS = Path(__file__).parents[2] / "static" / "css"


def srgb(light, chroma, hue):
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    cones = (
        light + 0.3963377774 * a + 0.2158037573 * b,
        light - 0.1055613458 * a - 0.0638541728 * b,
        light - 0.0894841775 * a - 1.2914855480 * b,
    )
    long, medium, short = (value**3 for value in cones)
    rgb = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return tuple(min(1.0, max(0.0, value)) for value in rgb)


def contrast(one, other):
    dark, bright = sorted(0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (srgb(*one), srgb(*other)))
    return (bright + 0.05) / (dark + 0.05)


def themes(css, name):
    """The value of a custom property in the light and in the dark theme."""
    value = re.search(rf"{re.escape(name)}:\s*([^;]+);", css).group(1)
    colours = [tuple(map(float, found.split())) for found in re.findall(r"oklch\(([\d. ]+)\)", value)]
    return {"light": colours[0], "dark": colours[-1]}


def of_feeling(slug):
    css = (CSS / "feeling.css").read_text(encoding="utf-8")
    return re.search(rf"\.feeling-{slug} {{(.*?)}}", css, re.DOTALL).group(1)
