"""What a visitor felt in relive mode: it waits in their session until they have an account.

Signing in takes over what the session of a visitor holds, and so does signing up. The new member is then
asked, at `visitor-reactions`, whether to keep it.
"""

from contextlib import suppress

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from moments.feelings import FEELINGS
from moments.models import Moment
from moments.models.refusals import Gone

FELT_KEY = "felt"  # by this name sessions have kept them from the start
MOMENTS_KEPT = 400
REACTIONS_AT_ONCE = 100  # reactions that one request takes over; each of them is counted at its moment


class SessionReactions:
    """The reactions in one session, by the moment's id in the order in which they came."""

    def __init__(self, session: SessionBase):
        self.session = session

    def by_moment(self) -> dict[int, list[str]]:
        return {int(key): slugs for key, slugs in self.session.get(FELT_KEY, {}).items()}

    def add(self, moment: int, feeling: str) -> None:
        """Note that the visitor felt this; doing it twice changes nothing."""
        self._write(moment, [*(slug for slug in self._of(moment) if slug != feeling), feeling])

    def remove(self, moment: int, feeling: str) -> None:
        self._write(moment, [slug for slug in self._of(moment) if slug != feeling])

    def discard(self) -> None:
        self.session.pop(FELT_KEY, None)

    def give_to(self, member) -> int:
        """Make them reactions of the member, as many as one request may.

        Returns:
            How many are left for the next request. Those to a moment that is gone are dropped.
        """
        pairs = [(moment, slug) for moment, slugs in sorted(self.by_moment().items()) for slug in slugs]
        now, later = pairs[:REACTIONS_AT_ONCE], pairs[REACTIONS_AT_ONCE:]
        moments = Moment.objects.open_to(member).in_bulk({moment for moment, _ in now})
        with transaction.atomic():
            for key, slug in now:
                if key in moments and slug in FEELINGS:
                    with suppress(Gone):
                        moments[key].feel(member, slug)
        self._keep(later)
        return len(later)

    def _of(self, moment: int) -> list[str]:
        return self.by_moment().get(moment, [])

    def _write(self, moment: int, slugs: list[str]) -> None:
        others = {key: felt for key, felt in self.session.get(FELT_KEY, {}).items() if key != str(moment)}
        kept = others | ({str(moment): slugs} if slugs else {})
        self.session[FELT_KEY] = dict(list(kept.items())[-MOMENTS_KEPT:])

    def _keep(self, pairs: list[tuple[int, str]]) -> None:
        if not pairs:
            self.discard()
            return
        kept: dict[str, list[str]] = {}
        for moment, slug in pairs:
            kept.setdefault(str(moment), []).append(slug)
        self.session[FELT_KEY] = kept
