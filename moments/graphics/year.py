"""A year as an inline SVG: twelve months on a line, each dot as high as the month felt and as large as what
was relived in it. As in the arc of a film places are percentages, so that one drawing fits every width."""

from datetime import date
from math import sqrt

from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from moments.arc.arc import Arc, Curve, Point
from moments.graphics.arc_text import extremes, point_name

REACH, MIDDLE = 36.0, 46.0  # percent of the height: from the middle to the happiest, and where the middle is
MONTHS = 12
SMALL_DOT, BIG_DOT = 5.0, 10.0  # radii in pixels


def draw_year(arc: Arc, year: int) -> SafeString:
    """The arc of a year as an `<svg>` whose dots lead to their months; empty when nothing was felt."""
    if not arc:
        return SafeString("")
    parts = [
        '<svg class="arc arc-wide year-arc" width="100%" height="260" role="group"'
        f' aria-label="{escape(_("The arc of %(year)s") % {"year": year})}" aria-describedby="year-d">'
        f'<desc id="year-d">{escape(describe_year(arc))}</desc>',
        f'<line class="arc-zero" x2="100%" y1="{MIDDLE}%" y2="{MIDDLE}%"/>',
        _line(arc),
        _months(arc),
        *_dots(arc),
        "</svg>",
    ]
    return mark_safe("".join(parts))  # noqa: S308 -- numbers and names of ours; what is not is escaped above


def describe_year(arc: Arc) -> str:
    """The year in a sentence or two, for those who do not see it."""
    return " ".join(extremes(arc))


def _line(arc: Arc) -> str:
    """The part that is stretched: the coloured line and the light below it."""
    if len(arc.points) < 2:
        return ""
    xs = [10 * _x(point) for point in arc.points]
    curve = Curve(xs, [_y(point) for point in arc.points])
    pieces = "".join(
        f"C{a:.1f} {b:.2f} {c:.1f} {d:.2f} {x:.1f} {y:.2f}" for a, b, c, d, x, y in curve.beziers()
    )
    line = f"M{xs[0]:.1f} {curve.ys[0]:.2f}{pieces}"
    stops = "".join(
        f'<stop offset="{x / 10:.1f}%" class="{point.feeling.css}"/>'
        for x, point in zip(xs, arc.points, strict=True)
    )
    return (
        '<svg viewBox="0 0 1000 100" width="100%" height="100%" preserveAspectRatio="none"'
        ' aria-hidden="true"><defs><linearGradient id="year-h" gradientUnits="userSpaceOnUse" x2="1000">'
        f'{stops}</linearGradient><linearGradient id="year-f" x2="0" y2="1"><stop stop-color="#fff"'
        ' stop-opacity=".38"/><stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>'
        '<mask id="year-m"><path d="M0 0H1000V90H0z" fill="url(#year-f)"/></mask></defs>'
        f'<path d="{line}V90H{xs[0]:.0f}z" fill="url(#year-h)" mask="url(#year-m)"/>'
        f'<path class="arc-line" d="{line}" fill="none" stroke="url(#year-h)" stroke-width="3"'
        ' vector-effect="non-scaling-stroke"/></svg>'
    )


def _months(arc: Arc) -> str:
    drawn = {point.place for point in arc.points}
    names = "".join(
        f'<text x="{_at(number):.2f}%" y="100%" dy="-5" text-anchor="middle"'
        f"{'' if number in drawn else ' class=is-silent'}>{_month(number)}</text>"
        for number in range(1, MONTHS + 1)
    )
    return (
        f'<g class="arc-labels" aria-hidden="true"><text x="2" y="12">{escape(_("happier"))}</text>'
        f'<text x="2" y="90%" dy="-6">{escape(_("sadder"))}</text>{names}</g>'
    )


def _month(number: int) -> str:
    """The name of a month in a few letters."""
    return escape(date_format(date(2000, number, 1), "M"))


def _dots(arc: Arc) -> list[str]:
    heaviest = max(point.weight for point in arc.points)
    strip = 100 / MONTHS
    return [
        f'<a class="arc-point {point.feeling.css}" href="{escape(point.url)}"'
        f' aria-label="{escape(point_name(point))}"><title>{escape(point_name(point))}</title>'
        f'<rect class="arc-hit" x="{_x(point) - strip / 2:.2f}%" width="{strip:.2f}%" height="100%"/>'
        f'<circle class="arc-dot" cx="{_x(point):.2f}%" cy="{_y(point):.1f}%"'
        f' r="{SMALL_DOT + (BIG_DOT - SMALL_DOT) * sqrt(point.weight / heaviest):.1f}"/></a>'
        for point in arc.points
    ]


def _x(point: Point) -> float:
    return _at(point.place)


def _at(month: float) -> float:
    """Percent of the width: the middle of the month's twelfth."""
    return 100 * (month - 0.5) / MONTHS


def _y(point: Point) -> float:
    """Percent of the height."""
    return MIDDLE - REACH * point.valence
