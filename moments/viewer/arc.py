"""A film's arc as its pages show it, with the viewer's own line, and where on it a moment stands."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, Value
from django.utils.translation import gettext as _

from moments.arc.arc import Arc, ArcMoment
from moments.graphics.arc import ArcDrawing
from moments.models import FeelingTally, Kind, Moment, Reaction, State
from moments.models.post_queryset import STORY

COLUMNS = (
    "kind", "film", "title", "slug", "state", "position", "spoiler", "felt_by", "relive_count",
    "palette", "still", "still_alt", "still_widths",
)  # fmt: skip


@dataclass(frozen=True)
class ArcOfFilm:
    """The drawing with the viewer's own line; for a moment's page its rank in the story and its neighbours.

    `feelings` counts the moments of this film at which the viewer had each feeling, `reacted_to` all of them.
    """

    drawing: ArcDrawing
    feelings: Counter = field(default_factory=Counter)
    reacted_to: int = 0
    place: str = ""
    previous: Moment | None = None
    next: Moment | None = None


def film_arc(film, viewer, here=None):
    """The film's arc for this viewer; two queries. Moments that they filter, and of members whom they muted,
    are not on it, nor are those that nobody has placed yet.

    Args:
        here: the moment to mark, which is on it in any case where it has a place.
    """
    shown = Moment.objects.listed().placed().filter(film=film)
    shown = shown.without_filtered(viewer, film, also=here and Q(pk=here.pk))
    moments = list(shown.veiled_for(viewer).order_by(*STORY).only(*COLUMNS))
    for moment in moments:
        moment.film = film
    tallies, own = _tallies_and_own(film, viewer)
    arc = Arc(_rows(moments, tallies, own))
    seen = [moment for moment in moments if moment.pk in own and not moment.is_veiled]
    mine = Arc(ArcMoment(moment.pk, moment.position, dict.fromkeys(own[moment.pk], 1)) for moment in seen)
    rank = _neighbours(moments, here)
    drawing = ArcDrawing(
        arc,
        prefix=f"arc-{film.pk}",
        here=here and here.pk,
        mine=mine or None,
        place=rank.get("place", ""),
    )
    feelings = Counter(slug for moment in moments for slug in own.get(moment.pk, ()))
    return ArcOfFilm(drawing, feelings, sum(moment.pk in own for moment in moments), **rank)


def _tallies_and_own(film, viewer):
    """The house's and the members' tally of every moment of the film, and what the viewer felt there."""
    tallies, own = defaultdict(lambda: ({}, {})), defaultdict(list)
    rows = FeelingTally.objects.filter(
        moment__film=film, moment__kind=Kind.MOMENT, moment__state=State.VISIBLE
    )
    rows = rows.annotate(mine=_is_mine(viewer)).values_list("moment", "feeling", "house", "count", "mine")
    for moment, feeling, house, count, mine in rows:
        tallies[moment][0][feeling] = house
        tallies[moment][1][feeling] = count
        if mine:
            own[moment].append(feeling)
    return tallies, own if viewer.is_authenticated else viewer.reactions(film)


def _is_mine(viewer):
    # Where somebody felt something there is a tally of it: the viewer's feelings cost no query of their own.
    if not viewer.is_authenticated:
        return Value(False)
    return Exists(
        Reaction.objects.filter(moment=OuterRef("moment"), member=viewer.pk, feeling=OuterRef("feeling"))
    )


def _rows(moments, tallies, own):
    """Where nothing may be said of a moment yet it is as high as the viewer felt it, for their line."""
    for moment in moments:
        if moment.is_veiled:
            yield ArcMoment.of_veiled(moment.pk, moment.position)
            continue
        yield ArcMoment.of(
            moment.pk,
            moment.position,
            *tallies[moment.pk],
            moment.felt_by,
            own=dict.fromkeys(own.get(moment.pk, ()), 1),
            weight=moment.relive_count,
            title=moment.shown_title,
            url=moment.link,
        )


def _neighbours(moments, here):
    places = [moment.pk for moment in moments]
    if here is None or here.pk not in places:
        return {"place": _("Not placed yet")} if here and not here.is_placed else {}
    index = places.index(here.pk)
    return {
        "place": _("Moment %(number)s of %(all)s") % {"number": index + 1, "all": len(moments)},
        "previous": moments[index - 1] if index else None,
        "next": moments[index + 1] if index + 1 < len(moments) else None,
    }
