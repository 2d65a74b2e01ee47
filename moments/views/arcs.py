"""A film's arc as its pages show it, with the reader's own line, and where on it a moment stands."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.conf import settings
from django.db.models import Exists, OuterRef, Value

from moments.arc import Arc, Row
from moments.arc_svg import Drawing
from moments.felt import felt_in
from moments.models import FeelingTally, Kind, Moment, Reaction, State
from moments.models.feed import STORY

COLUMNS = (
    "kind", "film", "title", "slug", "state", "position", "spoiler", "felt_by", "relive_count",
    "palette", "still", "still_alt", "still_widths",
)  # fmt: skip


@dataclass(frozen=True)
class ArcOfFilm:
    """The drawing with the reader's own line; for a moment's page its rank in the story and its neighbours.

    `felt` counts the moments of this film at which the reader had each feeling, `felt_at` those with any.
    """

    drawing: Drawing
    felt: Counter = field(default_factory=Counter)
    felt_at: int = 0
    place: str = ""
    previous: Moment | None = None
    next: Moment | None = None


def film_arc(film, reader, here=None, felt=None):
    """The film's arc for this reader; two queries.

    Args:
        here: the moment to mark.
        felt: what a visitor felt, as `felt_by_visitor` gives it; a member's feelings are looked up.
    """
    moments = Moment.objects.listed().filter(film=film).veiled_for(reader).order_by(*STORY).only(*COLUMNS)
    moments = list(moments)
    for moment in moments:
        moment.film = film
    tallies, own = _felt(film, reader)
    own = own if reader.is_authenticated else felt or {}
    arc = Arc(_rows(moments, tallies, own))
    seen = [moment for moment in moments if moment.pk in own and not moment.is_veiled]
    mine = Arc(Row(moment.pk, moment.position, dict.fromkeys(own[moment.pk], 1)) for moment in seen)
    rank = _neighbours(moments, here)
    drawing = Drawing(
        arc,
        prefix=f"arc-{film.pk}",
        here=here and here.pk,
        mine=mine or None,
        place=rank.get("place", ""),
    )
    told = Counter(slug for moment in moments for slug in own.get(moment.pk, ()))
    return ArcOfFilm(drawing, told, sum(moment.pk in own for moment in moments), **rank)


def felt_by_visitor(request):
    """What a visitor felt in relive mode, feelings by the moment's id; nobody is given a session for it."""
    if request.user.is_authenticated or settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return {}
    return felt_in(request)


def _felt(film, reader):
    """The house's and the members' tally of every moment of the film, and what the reader felt there."""
    tallies, own = defaultdict(lambda: ({}, {})), defaultdict(list)
    rows = FeelingTally.objects.filter(
        moment__film=film, moment__kind=Kind.MOMENT, moment__state=State.VISIBLE
    )
    rows = rows.annotate(mine=_is_mine(reader)).values_list("moment", "feeling", "house", "count", "mine")
    for moment, feeling, house, count, mine in rows:
        tallies[moment][0][feeling] = house
        tallies[moment][1][feeling] = count
        if mine:
            own[moment].append(feeling)
    return tallies, own


def _is_mine(reader):
    # Where somebody felt something there is a tally of it: the reader's feelings cost no query of their own.
    if not reader.is_authenticated:
        return Value(False)
    return Exists(
        Reaction.objects.filter(moment=OuterRef("moment"), member=reader, feeling=OuterRef("feeling"))
    )


def _rows(moments, tallies, own):
    """A moment that only this visitor has felt is as high as that, so that it has a dot for their line."""
    for moment in moments:
        if moment.is_veiled:
            yield Row.behind_veil(moment.pk, moment.position)
            continue
        house, members = tallies[moment.pk]
        if not any(house.values()) and not any(members.values()):
            members = dict.fromkeys(own.get(moment.pk, ()), 1)
        yield Row.of(
            moment.pk,
            moment.position,
            house,
            members,
            moment.felt_by,
            weight=moment.relive_count,
            title=moment.shown_title,
            url=moment.link,
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
