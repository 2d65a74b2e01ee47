"""The arc as an inline SVG. Heights and places are percentages and sizes are pixels, so that one drawing fits
a phone and a wide page without dots or letters shrinking; colours come from feeling.css by class."""

from collections.abc import Hashable, Iterable
from math import sqrt

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from moments.arc import Arc, Curve, Point

MARGIN = 2.4  # percent of the width that is left free on both sides
REACH = 40.0  # percent of the height from the middle to elation or heartbreak
HEIGHTS = {"wide": 260, "small": 132}
RADII = {"wide": (5.0, 9.0), "small": (2.8, 4.8)}
LABELS = (
    '<g class="arc-labels" aria-hidden="true"><text x="2" y="12">elation</text>'
    '<text x="2" y="100%" dy="-4">heartbreak</text></g>'
)


class Drawing:
    """An arc with everything that `templates/arc/_arc.html` shows of it.

    Args:
        arc: everybody's arc; prefix, here and mine as of `draw`.
    """

    def __init__(self, arc: Arc, prefix: str = "arc", *, here: Hashable = None, mine: Arc | None = None):
        self.arc, self.prefix, self.here, self.mine = arc, prefix, here, mine

    def __bool__(self) -> bool:
        return bool(self.arc)

    @property
    def wide(self) -> SafeString:
        return draw(self.arc, self.prefix, here=self.here, mine=self.mine)

    @property
    def small(self) -> SafeString:
        return draw(self.arc, self.prefix, size="small", here=self.here, mine=self.mine)

    @property
    def rows(self) -> list[tuple[Point, Point | None]]:
        """Every dot with one's own at the same place, for the table."""
        own = _own_points(self.arc, self.mine) if self.mine else {}
        return [(point, own.get(i)) for i, point in enumerate(self.arc.points)]


def draw(
    arc: Arc,
    prefix: str = "arc",
    *,
    size: str = "wide",
    here: Hashable = None,
    mine: Arc | None = None,
    links: bool | None = None,
    label: str = "Emotional arc",
) -> SafeString:
    """The arc as an `<svg>`; an empty text when nothing has been felt yet.

    Args:
        arc: everybody's arc.
        prefix: begins every id in the drawing; two drawings of one page need two.
        size: "wide" for a page, "small" for a side panel.
        here: the key of a moment to mark as the place where we are.
        mine: one member's own arc, drawn as a second line over a fainter first.
        links: whether dots lead to their moments; by default those of the wide one do. A drawing with links
            is a labelled group, one without is a single image.
        label: the accessible name.
    """
    if not arc:
        return SafeString("")
    linked = links if links is not None else size == "wide"
    parts = [
        _opening(arc, prefix, size, label, linked=linked, two=bool(mine)),
        '<line class="arc-zero" x2="100%" y1="50%" y2="50%"/>',
        _lines(arc, prefix, mine),
        _here(arc, here, size),
        LABELS,
        *_dots(arc, size, here, linked=linked),
        _own_dots(arc, mine) if mine else "",
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 -- titles, addresses and the label are escaped where they enter


def describe(arc: Arc) -> str:
    """The arc in a sentence or two, for those who do not see it."""
    if not arc:
        return "Nobody has felt anything here yet."
    high, low = arc.highest, arc.lowest
    count = f"{arc.moments} moments" if arc.moments != 1 else "1 moment"
    text = f"{count} in story order. Brightest: {high.title}, {high.feeling.name.lower()} {high.height}."
    if low is not high:
        text += f" Darkest: {low.title}, {low.feeling.name.lower()} {low.height}."
    if arc.shape:
        text += f" Closest basic shape: {arc.shape.name} ({arc.shape.turns})."
    return text


def _opening(arc: Arc, prefix: str, size: str, label: str, *, linked: bool, two: bool) -> str:
    key, name = escape(prefix), escape(label)
    classes = f"arc arc-{escape(size)}" + (" arc-two" if two else "")
    box = f'<svg class="{classes}" width="100%" height="{HEIGHTS[size]}"'
    told = f'<desc id="{key}-d">{escape(describe(arc))}</desc>'
    if linked:
        return f'{box} role="group" aria-label="{name}" aria-describedby="{key}-d">{told}'
    title = f'<title id="{key}-t">{name}</title>'
    return f'{box} role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d">{title}{told}'


def _lines(arc: Arc, prefix: str, mine: Arc | None) -> str:
    """The part that is stretched: the coloured line, the light below it, and one's own line over both."""
    key, count = escape(prefix), len(arc.points)
    if count < 2:
        return ""
    stops = "".join(
        f'<stop offset="{_x(i, count):.1f}%" class="{point.feeling.css}"/>'
        for i, point in enumerate(arc.points)
    )
    line = _path([_x(i, count) for i in range(count)], [point.valence for point in arc.points])
    area = f"{line}V100H{_x(0, count) * 10:.0f}z"
    own = _own_places(arc, mine) if mine else []
    second = _path([x for x, _ in own], [point.valence for _, point in own]) if len(own) > 1 else ""
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
    index = arc.index(here) if here is not None else None
    if index is None:
        return ""
    x, y = _x(index, len(arc.points)), _y(arc.points[index].valence)
    return (
        f'<g class="arc-here {arc.points[index].feeling.css}" aria-hidden="true">'
        f'<line x1="{x:.2f}%" x2="{x:.2f}%" y1="{y:.1f}%" y2="100%"/>'
        f'<circle cx="{x:.2f}%" cy="{y:.1f}%" r="{RADII[size][1] + 4}"/></g>'
    )


def _dots(arc: Arc, size: str, here: Hashable, *, linked: bool) -> Iterable[str]:
    count = len(arc.points)
    crowd = min(1.0, 36 / count)
    small, big = (radius * crowd for radius in RADII[size])
    heaviest = max(point.weight for point in arc.points)
    strip = min(12.0, (100 - 2 * MARGIN) / max(1, count - 1))
    for i, point in enumerate(arc.points):
        x, r = _x(i, count), small + (big - small) * (sqrt(point.weight / heaviest) if heaviest else 0.5)
        dot = f'<circle class="arc-dot" cx="{x:.2f}%" cy="{_y(point.valence):.1f}%" r="{r:.1f}"/>'
        if not linked or not point.url:
            yield f'<g class="{point.feeling.css}">{dot}</g>'
            continue
        name = escape(_name(point))
        now = ' aria-current="true"' if here is not None and here in point.keys else ""
        yield (
            f'<a class="arc-point {point.feeling.css}" href="{escape(point.url)}" aria-label="{name}"{now}>'
            f"<title>{name}</title>"
            f'<rect class="arc-hit" x="{x - strip / 2:.2f}%" width="{strip:.2f}%" height="100%"/>{dot}</a>'
        )


def _name(point: Point) -> str:
    return f"{point.title}: {point.feeling.name.lower()}, {point.height}"


def _own_dots(arc: Arc, mine: Arc) -> str:
    dots = "".join(
        f'<circle cx="{x:.2f}%" cy="{_y(point.valence):.1f}%" r="4" class="{point.feeling.css}"/>'
        for x, point in _own_places(arc, mine)
    )
    return f'<g class="arc-mine-dots" aria-hidden="true">{dots}</g>'


def _own_places(arc: Arc, mine: Arc) -> list[tuple[float, Point]]:
    count = len(arc.points)
    return [
        (_x(index, count), point)
        for index, point in sorted(_own_points(arc, mine).items(), key=lambda item: item[0])
    ]


def _own_points(arc: Arc, mine: Arc) -> dict[int, Point]:
    """One's own points by the dots under which they lie; the first where several share a dot."""
    where = {key: i for i, point in enumerate(arc.points) for key in point.keys}
    places: dict[int, Point] = {}
    for point in mine.points:
        index = next((where[key] for key in point.keys if key in where), None)
        if index is not None:
            places.setdefault(index, point)
    return places


def _path(xs: list[float], heights: list[float]) -> str:
    curve = Curve([10 * x for x in xs], [_y(height) for height in heights])
    pieces = "".join(
        f"C{a:.1f} {b:.2f} {c:.1f} {d:.2f} {x:.1f} {y:.2f}" for a, b, c, d, x, y in curve.beziers()
    )
    return f"M{curve.xs[0]:.1f} {curve.ys[0]:.2f}{pieces}"


def _x(index: int, count: int) -> float:
    """Percent of the width."""
    return MARGIN + (100 - 2 * MARGIN) * index / (count - 1) if count > 1 else 50.0


def _y(valence: float) -> float:
    """Percent of the height."""
    return 50 - REACH * valence
