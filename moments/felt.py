"""What a visitor felt in relive mode: kept in the session until there is an account that it can go to."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.http import HttpRequest

from moments.feelings import FEELINGS
from moments.models import Moment

KEY = "felt"
MOMENTS_KEPT = 400
AT_ONCE = 100  # feelings that one request takes over; each of them is counted at its moment


def felt_in(request: HttpRequest) -> dict[int, list[str]]:
    """The feelings of this visitor by the moment's id, in the order in which they came."""
    return {int(key): slugs for key, slugs in request.session.get(KEY, {}).items()}


def feel(request: HttpRequest, moment: int, feeling: str) -> None:
    """Note that the visitor felt this; doing it twice changes nothing."""
    slugs = felt_in(request).get(moment, [])
    _write(request, moment, [*(slug for slug in slugs if slug != feeling), feeling])


def unfeel(request: HttpRequest, moment: int, feeling: str) -> None:
    slugs = felt_in(request).get(moment, [])
    _write(request, moment, [slug for slug in slugs if slug != feeling])


def throw_away(request: HttpRequest) -> None:
    request.session.pop(KEY, None)


def take_over(request: HttpRequest) -> int:
    """Make what was felt in this session the member's own, as much as one request may.

    Returns:
        How many feelings are left for the next one. What was felt at a moment that is gone is dropped.
    """
    pairs = [(moment, slug) for moment, slugs in sorted(felt_in(request).items()) for slug in slugs]
    now, later = pairs[:AT_ONCE], pairs[AT_ONCE:]
    moments = Moment.objects.open_to(request.user).in_bulk({moment for moment, _ in now})
    with transaction.atomic():
        for key, slug in now:
            if key in moments and slug in FEELINGS:
                moments[key].feel(request.user, slug)
    request.session[KEY] = _by_moment(later)
    if not later:
        throw_away(request)
    return len(later)


def _write(request: HttpRequest, moment: int, slugs: list[str]) -> None:
    others: Mapping[str, list[str]] = request.session.get(KEY, {})
    kept = {key: felt for key, felt in others.items() if key != str(moment)}
    if slugs:
        kept[str(moment)] = slugs
    request.session[KEY] = dict(list(kept.items())[-MOMENTS_KEPT:])


def _by_moment(pairs: Iterable[tuple[int, str]]) -> dict[str, list[str]]:
    kept: dict[str, list[str]] = {}
    for moment, slug in pairs:
        kept.setdefault(str(moment), []).append(slug)
    return kept
