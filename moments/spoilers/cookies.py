"""The two cookies that decide what is veiled: how far a visitor has seen each film, signed by the site, and
which posts a member or visitor asked to see."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.core import signing

from moments.spoilers.rules import ProgressPoint
from reelive.cookies import REVEALED, packed, unpacked

PROGRESS = "horizons"  # by this name browsers have kept it from the start
FILMS_KEPT, REVEALED_KEPT = 60, 60
SALT = "moments.sight"  # as old as the cookies that are signed with it


@dataclass(frozen=True)
class SpoilerCookies:
    """Progress by the film's id, and the ids of the posts that were revealed, oldest first."""

    progress_by_film: dict[int, ProgressPoint] = field(default_factory=dict)
    revealed: tuple[int, ...] = ()

    @classmethod
    def read(cls, sent: Mapping[str, str]) -> "SpoilerCookies":
        """From the cookies as they were sent; what is garbled or not signed by this site counts as unset."""
        return cls(_progress_in(sent.get(PROGRESS, "")), _revealed(sent.get(REVEALED, "")))

    def with_progress(self, film: int, progress: ProgressPoint | None) -> "SpoilerCookies":
        """With this progress in the film, or none; the oldest films beyond FILMS_KEPT are forgotten."""
        others = {key: value for key, value in self.progress_by_film.items() if key != film}
        if progress is not None:
            others[film] = progress
        return replace(self, progress_by_film=dict(list(others.items())[-FILMS_KEPT:]))

    def with_revealed(self, post: int) -> "SpoilerCookies":
        others = tuple(pk for pk in self.revealed if pk != post)
        return replace(self, revealed=(*others, post)[-REVEALED_KEPT:])

    def cookies(self) -> dict[str, str]:
        """The value of each cookie; an empty one is to be dropped."""
        rows = [[film, *progress] for film, progress in self.progress_by_film.items()]
        return {
            PROGRESS: signing.dumps(rows, salt=SALT, compress=True) if rows else "",
            REVEALED: packed((pk,) for pk in self.revealed),
        }


def _progress_in(cookie: str) -> dict[int, ProgressPoint]:
    try:
        rows = signing.loads(cookie, salt=SALT) if cookie else []
    except signing.BadSignature:
        return {}
    return {film: ProgressPoint(place, story_time) for film, place, story_time in rows}


def _revealed(cookie: str) -> tuple[int, ...]:
    return tuple(pk for (pk,) in unpacked(cookie, 1, REVEALED_KEPT))
