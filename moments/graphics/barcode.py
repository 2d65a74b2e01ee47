"""A film's barcode: the colours of its moments as stripes in story order. It is the film's face in lists and
the hero of its page."""

from collections.abc import Sequence
from hashlib import shake_128
from itertools import accumulate

from moments.graphics.palette import checked, mix, palette_from

MOST_STRIPES = 150  # stripes; with more of them a film of many moments would be noise
SAMPLED = 40  # stripes of such a film
FEWEST_STRIPES = 100  # stripes; fewer look like a flag, so few moments show their colours in several blends


def barcode(palettes: Sequence[Sequence[str]], *, width: int = 1360, height: int = 420, fallback=()) -> str:
    """The stripes as an SVG document that stretches to any box.

    Args:
        palettes: each moment's colours in story order; every moment gets the same width, so that its place
            under the arc is its place in the barcode. Empty ones are passed over.
        width, height: the document's own size in pixels.
        fallback: the film's own colours, shown in turn when no moment has any.
    Returns:
        An SVG document, about 55 bytes a stripe, at most 150 stripes; the same for the same colours.
    Raises:
        ValueError: when a colour is not `#rrggbb`.
    """
    edges = stripes(palettes, fallback)
    shapes = "".join(f'<path fill="{colour}" d="M{x:.1f} 0H1000V1H{x:.1f}z"/>' for x, colour in edges)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 1000 1" preserveAspectRatio="none">{shapes}</svg>'
    )


def stripes(palettes: Sequence[Sequence[str]], fallback=()) -> list[tuple[float, str]]:
    """Left edge (0 to 1000) and colour of each stripe, from left to right; arguments as of `barcode`."""
    known = [colours for colours in map(checked, palettes) if colours]
    return _sampled(_stripes(known or [checked(fallback) or palette_from("")]))


def _stripes(known: Sequence[Sequence[str]]) -> list[tuple[float, str]]:
    """Left edge (0 to 1000) and colour of each stripe; the widths within a moment vary by its hash."""
    rounds = max(1, round(FEWEST_STRIPES / sum(map(len, known))))
    wide, stripes = 1000 / len(known), []
    for i, colours in enumerate(known):
        dice = _bytes(f"{i}{colours}", 3 * rounds * len(colours))
        shown = [colour for turn in range(rounds) for colour in _blend(colours, turn, dice)]
        weights = [140 + byte for byte in dice[: len(shown)]]
        for colour, before in zip(shown, accumulate(weights, initial=0), strict=False):
            stripes.append((i * wide + wide * before / sum(weights), colour))
    return stripes


def _blend(colours: Sequence[str], turn: int, dice: bytes) -> list[str]:
    """The colours as they are at first; in later turns shuffled, each with something of another in it."""
    if turn == 0:
        return list(colours)
    rolls = dice[-turn * len(colours) :]
    order = sorted(range(len(colours)), key=lambda i: (rolls[i], i))
    return [mix(colours[i], colours[i - turn % len(colours)], rolls[i] / 600) for i in order]


def _sampled(stripes: list[tuple[float, str]]) -> list[tuple[float, str]]:
    """SAMPLED of the stripes when there are more than MOST_STRIPES, one from each run of neighbours.

    A mean would turn grey, and always the same one of a run would fall into step with the five of a moment.
    """
    if len(stripes) <= MOST_STRIPES:
        return stripes
    run = len(stripes) / SAMPLED
    dice = _bytes(f"{len(stripes)}", SAMPLED)
    return [(1000 * i / SAMPLED, stripes[int((i + dice[i] / 256) * run)][1]) for i in range(SAMPLED)]


def _bytes(text: str, count: int) -> bytes:
    return shake_128(text.encode()).digest(count)
