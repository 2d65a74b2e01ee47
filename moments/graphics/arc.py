"""The arc as an inline SVG. Heights and places are percentages and sizes are pixels, so that one drawing fits
a phone and a wide page without dots or letters shrinking; colours come from feeling.css by class."""

from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise
from math import sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext_lazy

from moments.arc.arc import Arc, Point
from moments.arc.shapes import Curve
from moments.graphics import arc_text
from moments.graphics.arc_text import describe_arc, point_name
from reelive.formats import counted

MARGIN = 2.4  # percent of the width that is left free on both sides
REACH = 40.0  # percent of the height from the middle to the happiest or saddest
HEIGHTS = {"wide": 260, "small": 132}
RADII = {"wide": (5.0, 9.0), "small": (2.8, 4.8)}
LEAST_ROOM_AHEAD = 0.25  # of the width: less of it cannot hold the words that say what lies ahead
ENDS = (0.16, 0.05)  # of the width: where no mark of time has room
# Percent of the width between two dots: no link is wider, and closer dots are smaller.
WIDEST, CROWDED = 12.0, 2.7
MOMENTS = ngettext_lazy("%(count)s moment", "%(count)s moments", "number")


class ArcDrawing:
    """An arc with everything that `templates/arc/_arc.html` shows of it.

    Args:
        arc: everybody's arc; prefix, here, mine and label as of `draw`.
        place: where `here` stands, in words.
        told: what the arcs come from, by which the drawing is kept; None where nobody keeps it.
    """

    def __init__(
        self,
        arc: Arc,
        prefix: str = "arc",
        *,
        here: Hashable = None,
        mine: Arc | None = None,
        place: str = "",
        label: str = "",
        told: Hashable = None,
    ):
        self.arc, self.prefix, self.here, self.mine = arc, prefix, here, mine
        self.place, self.label, self.told = place, label, told

    @property
    def shown(self) -> Hashable:
        """What tells it from other drawings."""
        if self.told is None:
            return self
        return self.told, self.prefix, self.here, self.place, self.label

    def __bool__(self) -> bool:
        return bool(self.arc) or self.arc.ahead > 0

    @property
    def source_note(self) -> str:
        return arc_text.source_note(self.arc)

    @property
    def short_source_note(self) -> str:
        return arc_text.short_source_note(self.arc)

    @property
    def ahead_note(self) -> str:
        return arc_text.ahead_note(self.arc)

    @property
    def unfelt_note(self) -> str:
        return arc_text.unfelt_note(self.arc)

    @property
    def shape_note(self) -> str:
        return arc_text.shape_note(self.arc)

    @property
    def shape_name(self) -> str:
        return arc_text.shape_name(self.arc)

    @property
    def wide(self) -> SafeString:
        return self._draw("wide")

    @property
    def small(self) -> SafeString:
        return self._draw("small")

    @property
    def rows(self) -> list[tuple[Point, Point | None]]:
        """Every dot with the viewer's own at the same place, for the table."""
        own = self.arc.under(self.mine) if self.mine else {}
        return [(point, own.get(i)) for i, point in enumerate(self.arc.points)]

    def _draw(self, size: str) -> SafeString:
        return draw(self.arc, self.prefix, size=size, here=self.here, mine=self.mine, label=self.label)


def draw(
    arc: Arc,
    prefix: str = "arc",
    *,
    size: str = "wide",
    here: Hashable = None,
    mine: Arc | None = None,
    links: bool | None = None,
    label: str = "",
) -> SafeString:
    """The arc as an `<svg>`; an empty text when nothing has been felt yet and nothing lies ahead.

    Args:
        arc: everybody's arc.
        prefix: begins every id in the drawing; two drawings of one page need two.
        size: "wide" for a page, "small" for a side panel.
        here: the key of a moment to mark as the place where we are.
        mine: one member's own arc, drawn as a second line over a fainter first.
        links: whether dots lead to their moments; by default those of the wide one do. A drawing with links
            is a labelled group, one without is a single image.
        label: the accessible name, "Emotional arc" unless another is given.
    """
    if not arc and not arc.ahead:
        return SafeString("")
    linked = links if links is not None else size == "wide"
    own = arc.under(mine) if mine else {}
    parts = [
        _opening(arc, prefix, size, label or gettext("Emotional arc"), here, linked=linked, two=bool(own)),
        '<line class="arc-zero" x2="100%" y1="50%" y2="50%"/>',
        _ahead(arc, prefix),
        _lines(arc, prefix, own),
        _here(arc, here, size),
        _axis(),
        _times(arc) if size == "wide" else "",
        *_dots(arc, size, here, linked=linked),
        _own_dots(own, arc, size) if own else "",
        "</svg>",
    ]
    # Titles, addresses and the label are escaped where they enter.
    return mark_safe("".join(parts))  # noqa: S308


def _opening(arc: Arc, prefix: str, size: str, label: str, here: Hashable, *, linked: bool, two: bool) -> str:
    key, name = escape(prefix), escape(label)
    classes = f"arc arc-{escape(size)}" + (" arc-two" if two else "")
    box = f'<svg class="{classes}" width="100%" height="{HEIGHTS[size]}"'
    desc = f'<desc id="{key}-d">{escape(describe_arc(arc, here))}</desc>'
    if linked:
        return f'{box} role="group" aria-label="{name}" aria-describedby="{key}-d">{desc}'
    title = f'<title id="{key}-t">{name}</title>'
    return f'{box} role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d">{title}{desc}'


def _axis() -> str:
    """What is up and what is down."""
    return (
        f'<g class="arc-labels" aria-hidden="true"><text x="2" y="12">{escape(gettext("happier"))}</text>'
        f'<text x="2" y="100%" dy="-4">{escape(gettext("sadder"))}</text></g>'
    )


def _times(arc: Arc) -> str:
    """The marks of the time axis, but for those at the ends, where words stand."""
    start, end = ENDS
    pieces = []
    for mark in arc.axis.marks if arc.axis else ():
        if start <= mark.share <= arc.seen - end:
            x, name = _at(mark.share), escape(arc_text.mark_name(mark))
            pieces.append(
                f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="100%" y2="97%"/>'
                f'<text x="{x:.2f}%" y="97%" dy="-4" text-anchor="middle">{name}</text>'
            )
    return f'<g class="arc-labels arc-times" aria-hidden="true">{"".join(pieces)}</g>' if pieces else ""


def _ahead(arc: Arc, prefix: str) -> str:
    """The part of the story that the viewer has still ahead: its length, and nothing of what happens."""
    if not arc.ahead:
        return ""
    key, start = escape(prefix), _at(arc.seen) if arc else 0.0
    words = ""
    if 1 - arc.seen >= LEAST_ROOM_AHEAD:
        middle = (start + 100) / 2
        words = (
            f'<text x="{middle:.2f}%" y="50%" dy="-9">{escape(gettext("still ahead"))}</text>'
            f'<text x="{middle:.2f}%" y="50%" dy="19">{escape(counted(arc.ahead, MOMENTS))}</text>'
        )
    return (
        f'<g class="arc-ahead" aria-hidden="true"><defs><pattern id="{key}-p" width="7" height="7"'
        ' patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0V7"/></pattern></defs>'
        f'<rect x="{start:.2f}%" width="{100 - start:.2f}%" height="100%" fill="url(#{key}-p)"/>'
        f'<line x1="{start:.2f}%" x2="{start:.2f}%" y2="100%"/>{words}</g>'
    )


def _lines(arc: Arc, prefix: str, own: dict[int, Point]) -> str:
    """The part that is stretched: the coloured line, the light below, and the viewer's own line over both."""
    if len(arc.points) < 2:
        return ""
    key, places = escape(prefix), [_x(arc, point) for point in arc.points]
    stops = "".join(
        f'<stop offset="{x:.1f}%" class="{point.feeling.css}"/>'
        for x, point in zip(places, arc.points, strict=True)
    )
    line = _path(arc, arc.points)
    area = f"{line}V100H{places[0] * 10:.0f}z"
    second = _path(arc, list(own.values())) if len(own) > 1 else ""
    return (
        '<svg viewBox="0 0 1000 100" width="100%" height="100%" preserveAspectRatio="none" aria-hidden="true"'
        f' overflow="visible"><defs><linearGradient id="{key}-h" gradientUnits="userSpaceOnUse" x2="1000">'
        f'{stops}</linearGradient><linearGradient id="{key}-f" x2="0" y2="1"><stop stop-color="#fff"'
        ' stop-opacity=".38"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>'
        f'<mask id="{key}-m"><path d="M0 0H1000V100H0z" fill="url(#{key}-f)"/></mask></defs>'
        f'<path class="arc-area" d="{area}" fill="url(#{key}-h)" mask="url(#{key}-m)"/>'
        f'<path class="arc-line" d="{line}" fill="none" stroke="url(#{key}-h)" stroke-width="3"'
        f' vector-effect="non-scaling-stroke"/>{_own_line(second)}</svg>'
    )


def _own_line(d: str) -> str:
    if not d:
        return ""
    return (
        f'<path class="arc-mine" d="{d}" fill="none" stroke-width="2.5" vector-effect="non-scaling-stroke"/>'
    )


def _here(arc: Arc, here: Hashable, size: str) -> str:
    """The place where we are; of a moment that has no dot only how far into the story it is."""
    share = arc.fraction_of(here)
    if share is None:
        return ""
    index = arc.index(here)
    if index is None:
        x = _at(share)
        return f'<g class="arc-here" aria-hidden="true"><line x1="{x:.2f}%" x2="{x:.2f}%" y2="100%"/></g>'
    x, y = _x(arc, arc.points[index]), _y(arc.points[index].valence)
    return (
        f'<g class="arc-here {arc.points[index].feeling.css}" aria-hidden="true">'
        f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{y:.1f}%" y2="100%"/>'
        f'<circle cx="{x:.2f}%" cy="{y:.1f}%" r="{RADII[size][1] + 4}"/></g>'
    )


def _dots(arc: Arc, size: str, here: Hashable, *, linked: bool) -> Iterable[str]:
    places = [_x(arc, point) for point in arc.points]
    heaviest = max((point.weight for point in arc.points), default=0)
    for x, strip, point in zip(places, _gaps(arc), arc.points, strict=True):
        small, big = (radius * _crowd(strip) for radius in RADII[size])
        r = small + (big - small) * (sqrt(point.weight / heaviest) if heaviest else 0.5)
        dot = f'<circle class="arc-dot" cx="{x:.2f}%" cy="{_y(point.valence):.1f}%" r="{r:.1f}"/>'
        if not linked or not point.url:
            yield f'<g class="{point.feeling.css}">{dot}</g>'
            continue
        name = escape(point_name(point))
        now = ' aria-current="true"' if here is not None and here in point.keys else ""
        yield (
            f'<a class="arc-point {point.feeling.css}" href="{escape(point.url)}" aria-label="{name}"{now}>'
            f"<title>{name}</title>"
            f'<rect class="arc-hit" x="{x - strip / 2:.2f}%" width="{strip:.2f}%" height="100%"/>{dot}</a>'
        )


def _gaps(arc: Arc) -> list[float]:
    """The room of each dot, as percent of the width: the same for all where they are evenly apart."""
    places = [_x(arc, point) for point in arc.points]
    gaps = [WIDEST, *(min(WIDEST, b - a) for a, b in pairwise(places)), WIDEST]
    return [min(gaps[place : place + 2] if arc.axis else gaps) for place in range(len(places))]


def _crowd(gap: float) -> float:
    """By how much the dots shrink where they are close."""
    return min(1.0, gap / CROWDED)


def _own_dots(own: dict[int, Point], arc: Arc, size: str) -> str:
    r = RADII[size][0] * 0.8 * _crowd(min(_gaps(arc)))
    places = [(_x(arc, point), _y(point.valence), point.feeling.css) for point in own.values()]
    dots = "".join(f'<circle cx="{x:.2f}%" cy="{y:.1f}%" r="{r:.1f}" class="{css}"/>' for x, y, css in places)
    return f'<g class="arc-mine-dots" aria-hidden="true">{dots}</g>'


def _path(arc: Arc, points: Sequence[Point]) -> str:
    curve = Curve([10 * _x(arc, point) for point in points], [_y(point.valence) for point in points])
    pieces = "".join(
        f"C{a:.1f} {b:.2f} {c:.1f} {d:.2f} {x:.1f} {y:.2f}" for a, b, c, d, x, y in curve.beziers()
    )
    return f"M{curve.xs[0]:.1f} {curve.ys[0]:.2f}{pieces}"


def _x(arc: Arc, point: Point) -> float:
    """Percent of the width."""
    return _at(arc.fraction(point.step))


def _at(share: float) -> float:
    """Percent of the width at a share of the story's length."""
    return MARGIN + (100 - 2 * MARGIN) * share


def _y(valence: float) -> float:
    """Percent of the height."""
    return 50 - REACH * valence
