"""The card to share at the end of relive mode: the film's colours, the viewer's own arc over everybody's, and
what they felt most, as a picture of the size that other sites show with a link."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw

from moments.arc.arc import Arc, Point
from moments.arc.shapes import Curve
from moments.feelings import Bar, Feeling
from moments.graphics.barcode import stripes
from moments.graphics.text import drawable, fitted, width, write

WIDTH, HEIGHT, MARGIN = 1200, 630, 64
TITLE_SIZES = ((112, 1), (100, 1), (88, 1), (78, 1), (74, 2), (66, 2), (58, 2), (52, 2))  # and how many lines
TITLE_BASE = 292  # the baseline of the title's last line
LEADING = 1.04
ARC_BOX = (MARGIN, 330, WIDTH - MARGIN, 520)
FOOT = 584  # the baseline of the last line
FINE = 2  # the arc is drawn so many times larger, for smooth edges
SAMPLES = 240
DOT = 18  # pixels
REACH = 0.44  # of the arc's height, from the middle to the happiest or saddest
NIGHT, INK, SOFT, GOLD = "#0b0a17", "#f5f1ea", "#ccccd8", "#fac547"
SCRIM = (12, 9, 26)
MOST_FEELINGS = 3
# The fills of static/css/feeling.css in the dark theme; a test compares.
COLOURS = {
    "joy": "#f9d544",
    "laughter": "#bee349",
    "wonder": "#54dcf2",
    "love": "#ff77a2",
    "hope": "#58da98",
    "triumph": "#ffa733",
    "nostalgia": "#cea9eb",
    "longing": "#8e93f3",
    "tension": "#fb784f",
    "fear": "#1b9690",
    "anger": "#f94047",
    "heartbreak": "#3986e4",
}


@dataclass(frozen=True)
class ShareCard:
    """What the card tells.

    Args:
        titles: the film's, the best one first; the first that the faces have letters for is written.
        facts: a line above the title.
        palettes: of its moments in story order, as for the barcode.
        arc: everybody's, without what is veiled for the viewer; mine is the viewer's own, or None.
        feelings: the viewer's own, in shares.
    """

    titles: Sequence[str]
    facts: str
    palettes: Sequence[Sequence[str]]
    arc: Arc
    mine: Arc | None
    feelings: Bar


def share_card(shown: ShareCard) -> bytes:
    """The card as a PNG of 1200 by 630 pixels."""
    card = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    words = Words(shown.titles, shown.facts, TITLE_BASE)
    colours_on(card, shown.palettes, words.top)
    _arc(card, shown)
    words.write_on(card)
    foot_on(card, shown.feelings)
    return png_of(card)


class Words:
    """The title and the line above it, placed before they are written: what is painted below depends on it.

    Args:
        titles: the best one first; the first that the faces have letters for is written, or none.
        facts: a line above the title.
        base: the baseline of the title's last line.
    """

    def __init__(self, titles: Sequence[str], facts: str, base: int):
        title = next(filter(None, (drawable(text, "fraunces") for text in titles)), "")
        self.size, self.lines = (
            fitted(title, "fraunces", WIDTH - 2 * MARGIN, TITLE_SIZES) if title else (0, [])
        )
        self.facts, self.base = facts, base

    @property
    def top(self) -> int:
        """The baseline of the line above the title, or in its place."""
        height = len(self.lines) * round(self.size * LEADING)
        return self.base - height + round(self.size * 0.3) - 26 * bool(self.lines)

    def write_on(self, card: Image.Image) -> None:
        draw = ImageDraw.Draw(card)
        for number, line in enumerate(reversed(self.lines)):
            place = (MARGIN - 3, self.base - number * round(self.size * LEADING))
            write(draw, place, line, "fraunces", self.size, INK)
        write(draw, (MARGIN, self.top), self.facts, "figtree", 28 if self.lines else 40, GOLD)


def png_of(card: Image.Image) -> bytes:
    target = io.BytesIO()
    card.save(target, "PNG", compress_level=3)
    return target.getvalue()


def colours_on(card: Image.Image, palettes: Sequence[Sequence[str]], facts: int) -> None:
    """The barcode, melting into the night from above the words on."""
    draw = ImageDraw.Draw(card)
    for x, colour in stripes(palettes):
        draw.rectangle((round(x * WIDTH / 1000), 0, WIDTH, HEIGHT), fill=colour)
    veil = Image.new("L", (1, HEIGHT))
    veil.putdata([_scrim(y - facts) for y in range(HEIGHT)])
    card.paste(Image.new("RGB", card.size, NIGHT), mask=veil.resize(card.size))


def _scrim(below: int) -> int:
    """How dark it is so far below the first words: light above them, dark enough to read from there on."""
    rise = min(1, max(0, (below + 150) / 116))
    return min(255, round(40 + 136 * rise + 0.445 * max(0, below + 34)))


def foot_on(card: Image.Image, feelings: Bar) -> None:
    draw = ImageDraw.Draw(card)
    write(draw, (WIDTH - MARGIN - width("Reelive", "fraunces", 40), FOOT), "Reelive", "fraunces", 40, GOLD)
    x = MARGIN
    for share in sorted(feelings, key=lambda share: -share.weight)[:MOST_FEELINGS]:
        words = share.feeling.with_share(share.percent)
        _dot(card, (round(x), FOOT - 19), share.feeling)
        write(draw, (x + 30, FOOT), words, "figtree", 28, SOFT)
        x += 30 + width(words, "figtree", 28) + 44


def _dot(card: Image.Image, corner: tuple[int, int], feeling: Feeling) -> None:
    """Drawn larger, for a smooth edge."""
    mask = Image.new("L", (8 * DOT, 8 * DOT))
    ImageDraw.Draw(mask).ellipse((0, 0, 8 * DOT - 1, 8 * DOT - 1), fill=255)
    smooth = mask.resize((DOT, DOT), Image.Resampling.BOX)
    card.paste(_colour(feeling), (*corner, corner[0] + DOT, corner[1] + DOT), smooth)


def _arc(card: Image.Image, shown: ShareCard) -> None:
    left, top, right, bottom = ARC_BOX
    size = (FINE * (right - left), FINE * (bottom - top))
    layer = Image.new("RGBA", size, (*SCRIM, 0))
    draw = ImageDraw.Draw(layer)
    for x in range(0, size[0], 18 * FINE):
        draw.line((x, size[1] / 2, x + 6 * FINE, size[1] / 2), fill=(255, 255, 255, 70), width=FINE)
    everybody = [(shown.arc.fraction(point.step), point) for point in shown.arc.points]
    own = (
        [(shown.arc.fraction(point.step), point) for point in shown.arc.under(shown.mine).values()]
        if shown.mine
        else []
    )
    _everybody(layer, everybody, faint=bool(own))
    _own(draw, own, size)
    small = layer.resize((right - left, bottom - top), Image.Resampling.BOX)
    card.paste(small, (left, top), small)


def _everybody(layer: Image.Image, places: Sequence[tuple[float, Point]], *, faint: bool) -> None:
    """The line in the colours of its feelings, and their light below it."""
    if not places:
        return
    size, line = layer.size, _line(places, layer.size)
    colours = _gradient(places, size)
    glow, stroke = Image.new("L", size), Image.new("L", size)
    ImageDraw.Draw(glow).polygon([*line, (line[-1][0], size[1]), (line[0][0], size[1])], fill=255)
    fade = Image.linear_gradient("L").rotate(180).point(lambda light: light * 0.3).resize(size)
    _lay(layer, colours, Image.composite(fade, Image.new("L", size), glow))
    light = 150 if faint else 255
    pen = ImageDraw.Draw(stroke)
    pen.line(line, fill=light, width=4 * FINE, joint="curve")
    for share, point in places:
        pen.circle(_spot(share, point.valence, size), 6 * FINE, fill=light)
    _lay(layer, colours, stroke)


def _lay(layer: Image.Image, colours: Image.Image, mask: Image.Image) -> None:
    colours.putalpha(mask)
    layer.alpha_composite(colours)


def _own(draw: ImageDraw.ImageDraw, places: Sequence[tuple[float, Point]], size: tuple[int, int]) -> None:
    if len(places) > 1:
        draw.line(_line(places, size), fill=INK, width=4 * FINE, joint="curve")
    for share, point in places:
        spot = _spot(share, point.valence, size)
        draw.circle(spot, 8 * FINE, fill=_colour(point.feeling), outline=INK, width=2 * FINE)


def _line(places: Sequence[tuple[float, Point]], size: tuple[int, int]) -> list[tuple[float, float]]:
    shares = [share for share, _ in places]
    curve = Curve(shares, [point.valence for _, point in places])
    wide = shares[-1] - shares[0]
    at = [shares[0] + wide * i / SAMPLES for i in range(SAMPLES + 1)]
    return [_spot(share, curve.at(share), size) for share in at]


def _spot(share: float, valence: float, size: tuple[int, int]) -> tuple[float, float]:
    edge = 10 * FINE  # a dot at the end of the story is seen whole
    return edge + share * (size[0] - 2 * edge), size[1] * (0.5 - REACH * valence)


def _gradient(places: Sequence[tuple[float, Point]], size: tuple[int, int]) -> Image.Image:
    """The feelings' colours, one running into the next."""
    row = Image.new("RGB", (SAMPLES, 1))
    shares = [share for share, _ in places]
    channels = [
        Curve(shares, [int(COLOURS[point.feeling.slug][i : i + 2], 16) for _, point in places])
        for i in (1, 3, 5)
    ]
    for x in range(SAMPLES):
        row.putpixel((x, 0), tuple(round(channel.at(x / (SAMPLES - 1))) for channel in channels))
    return row.resize(size, Image.Resampling.BILINEAR)


def _colour(feeling: Feeling) -> str:
    return COLOURS[feeling.slug]
