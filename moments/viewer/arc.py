"""A film's arc as its pages show it, with the viewer's own line, and where on it a moment stands.

The arc of a film with few moments is made of them, in one query. That of a film with many is made of the runs
that are stored with it, however many moments they stand for.
"""

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from moments.graphics.arc import ArcDrawing
from moments.models import Moment
from moments.viewer.long_story import LongStory
from moments.viewer.short_story import ShortStory


@dataclass(frozen=True)
class ArcOfFilm:
    """The drawing with the viewer's own line; for a moment's page its rank in the story and its neighbours.

    `best` are the moments that the page offers besides, where reading the story has read them all.
    `feelings` counts the moments of this film at which the viewer had each feeling, `reacted_to` all of them.
    """

    drawing: ArcDrawing
    feelings: Counter = field(default_factory=Counter)
    reacted_to: int = 0
    place: str = ""
    previous: Moment | None = None
    next: Moment | None = None
    best: list[Moment] | None = None


def film_arc(film, viewer, here=None):
    """The film's arc for this viewer. Moments that nobody has placed yet are not on it, nor are, where it has
    few, those that the viewer filters or that members wrote whom they muted.

    Args:
        here: the moment to mark, which is on it in any case where it has a place.
    """
    story = (ShortStory if film.runs is None else LongStory)(film, viewer, here)
    own = story.own_feelings
    rank = _rank(story, here) if here else {}
    drawing = ArcDrawing(
        story.arc,
        prefix=f"arc-{film.pk}",
        here=story.key_of_here,
        mine=story.mine or None,
        place=rank.get("place", ""),
        told=story.told,
    )
    feelings = Counter(slug for slugs in own.values() for slug in slugs)
    return ArcOfFilm(drawing, feelings, len(own), **rank, best=story.best if here else None)


def _rank(story, here):
    """Where the moment stands, in words, and its neighbours as the viewer may see them; one query."""
    if not here.is_placed:
        return {"place": _("Not placed yet")}
    if not story.number:
        return {}
    rank = {"place": _("Moment %(number)s of %(all)s") % {"number": story.number, "all": story.count}}
    for moment in story.beside:
        moment.film = story.film
        is_before = (moment.position, moment.pk) < (here.position, here.pk)
        rank["previous" if is_before else "next"] = moment
    return rank
