"""A film's arc as its pages show it, and where on it a moment stands."""

from collections import defaultdict
from dataclasses import dataclass

from moments.arc import Arc, Row
from moments.arc_svg import Drawing
from moments.models import FeelingTally, Moment
from moments.models.feed import STORY

VEILED_TITLE = "A moment later in the story"
COLUMNS = (
    "kind", "film", "title", "slug", "position", "spoiler", "felt_by", "relive_count",
    "palette", "still", "still_alt", "still_widths",
)  # fmt: skip


@dataclass(frozen=True)
class ArcOfFilm:
    """The drawing, and for a moment's own page its rank in the story and its neighbours."""

    drawing: Drawing
    place: str = ""
    previous: Moment | None = None
    next: Moment | None = None


def film_arc(film, member, here=None):
    """The film's arc for this reader, with the moment `here` marked; two queries."""
    moments = Moment.objects.listed().filter(film=film).veiled_for(member).order_by(*STORY).only(*COLUMNS)
    moments = list(moments)
    tallies = defaultdict(lambda: ({}, {}))
    rows = FeelingTally.objects.filter(moment__in=[moment.pk for moment in moments])
    for moment, feeling, house, count in rows.values_list("moment", "feeling", "house", "count"):
        tallies[moment][0][feeling] = house
        tallies[moment][1][feeling] = count
    for moment in moments:
        moment.film = film
    arc = Arc(_row(moment, *tallies[moment.pk]) for moment in moments)
    drawing = Drawing(arc, prefix=f"arc-{film.pk}", here=here and here.pk)
    return ArcOfFilm(drawing, **_neighbours(moments, here))


def _row(moment, house, members):
    title = VEILED_TITLE if moment.is_veiled else moment.title
    return Row.of(
        moment.pk,
        moment.position,
        house,
        members,
        moment.felt_by,
        weight=moment.relive_count,
        title=title,
        url=moment.get_absolute_url(),
    )


def _neighbours(moments, here):
    places = [moment.pk for moment in moments]
    if here is None or here.pk not in places:
        return {}
    index = places.index(here.pk)
    return {
        "place": f"moment {index + 1} of {len(moments)}",
        "previous": moments[index - 1] if index else None,
        "next": moments[index + 1] if index + 1 < len(moments) else None,
    }
