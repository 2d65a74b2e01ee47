"""The picture that other sites show with a link: the painted scene of a post, or the colours of many, with
the title over it. The same facts make the same picture, to the byte."""

import io
from collections.abc import Sequence

from PIL import Image
from resvg_py import svg_to_bytes

from moments.arc.arc import Arc
from moments.feelings import Bar
from moments.graphics.artwork import artwork
from moments.graphics.share_card import (
    HEIGHT,
    MARGIN,
    NIGHT,
    WIDTH,
    ShareCard,
    Words,
    colours_on,
    foot_on,
    png_of,
    share_card,
)
from moments.graphics.text import drawable, fitted

TITLE_BASE = 500  # the baseline of the title's last line
FACTS_SIZE = ((28, 1),)  # and how many lines


def scene_picture(titles: Sequence[str], facts: str, colours: Sequence[str], seed: int) -> bytes:
    """The scene of a post with its title.

    Args:
        titles: the best one first; the first that the faces have letters for is written, or none.
        facts: a line above the title.
        colours, seed: as of `artwork`.
    Returns:
        A PNG of 1200 by 630 pixels.
    """
    scene = svg_to_bytes(
        svg_string=artwork(colours, seed, width=WIDTH, height=HEIGHT), skip_system_fonts=True
    )
    card = Image.open(io.BytesIO(scene)).convert("RGB")
    words = Words(titles, _line(facts), TITLE_BASE)
    _darken(card, words.top)
    words.write_on(card)
    foot_on(card, Bar())
    return png_of(card)


def stripes_picture(
    titles: Sequence[str], facts: str, palettes: Sequence[Sequence[str]], arc: Arc | None = None, feelings=()
) -> bytes:
    """The colours of many as a barcode, with a title: for films, members, tags, feelings and lists.

    Args:
        titles, facts: as of `scene_picture`.
        palettes: as of `barcode.stripes`.
        arc, feelings: of a year; the arc is drawn below the title.
    Returns:
        A PNG of 1200 by 630 pixels.
    """
    palettes, facts = [palette for palette in palettes if palette], _line(facts)
    if arc:
        return share_card(ShareCard(titles, facts, palettes, arc, None, Bar(feelings)))
    card = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    words = Words(titles, facts, TITLE_BASE)
    colours_on(card, palettes, words.top)
    words.write_on(card)
    foot_on(card, Bar(feelings))
    return png_of(card)


def _line(facts: str) -> str:
    """The line as far as it can be written, on the width of the picture."""
    line = drawable(facts, "figtree")
    return fitted(line, "figtree", WIDTH - 2 * MARGIN, FACTS_SIZE)[1][0] if line else ""


def _darken(card: Image.Image, words: int) -> None:
    """Let the scene melt into the night from above the words on, so that they can be read on any colours."""
    veil = Image.new("L", (1, HEIGHT))
    veil.putdata([round(208 * min(1, max(0, (y - words + 190) / 230))) for y in range(HEIGHT)])
    card.paste(Image.new("RGB", card.size, NIGHT), mask=veil.resize(card.size))
