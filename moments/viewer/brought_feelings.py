"""What a member felt elsewhere at a whole film or episode: offered again at its moments, to them alone."""

from dataclasses import dataclass

from django.db.models import Exists, Q

from moments.feelings import FEELINGS, Feeling
from moments.models import BroughtRow

MOST_OFFERED = 3


@dataclass(frozen=True)
class FeltBefore:
    """One feeling; `is_of_episode` where it was felt at the episode of the moment, not at the whole."""

    feeling: Feeling
    is_of_episode: bool


def has_any(viewer):
    """Whether the member brought any feeling at all, as a condition of another query."""
    return Exists(BroughtRow.objects.filter(member=viewer.pk, kind=BroughtRow.Kind.FEELING))


def felt_before(viewer, moment, mine):
    """What they felt that is not among what they feel at the moment. Asks nothing where they brought none.

    Args:
        moment: as it was found for its page.
        mine: the slugs of what they feel there.
    """
    if not getattr(moment, "has_felt_before", False):
        return []
    parts, offered = Q(season=None), {}
    if moment.episode is not None:
        parts |= Q(season=moment.season, episode=moment.episode)
    entries = BroughtRow.objects.felt(viewer, moment.film_id, parts)
    for entry in sorted(entries, key=lambda entry: entry.season is None):
        for slug in entry.feelings:
            if slug in FEELINGS and slug not in mine:
                offered.setdefault(slug, FeltBefore(FEELINGS[slug], entry.season is not None))
    return list(offered.values())[:MOST_OFFERED]
