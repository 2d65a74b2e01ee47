"""What a browser carries of its reader's horizon: how far a visitor has seen each film, in a signed cookie,
and which veils the reader has lifted. It hangs on the request's user as `sight`, for members and visitors."""

from dataclasses import dataclass, field, replace
from typing import Any

from django.core import signing

from moments.spoilers import Horizon
from reelive.cookies import packed, unpacked

HORIZONS, REVEALED = "horizons", "revealed"
FILMS_KEPT, REVEALED_KEPT = 60, 60
SALT = "moments.sight"


@dataclass(frozen=True)
class Sight:
    """Horizons by the film's id, and the ids of the posts whose veil was lifted, oldest first."""

    horizons: dict[int, Horizon] = field(default_factory=dict)
    revealed: tuple[int, ...] = ()

    @classmethod
    def read(cls, cookies: dict[str, str]) -> "Sight":
        """From the cookies as they were sent; what is garbled or not signed by this site counts as unset."""
        return cls(_horizons(cookies.get(HORIZONS, "")), _revealed(cookies.get(REVEALED, "")))

    def reaching(self, film: int, horizon: Horizon | None) -> "Sight":
        """With this horizon for the film, or none; the oldest beyond FILMS_KEPT are forgotten."""
        others = {key: value for key, value in self.horizons.items() if key != film}
        if horizon is not None:
            others[film] = horizon
        return replace(self, horizons=dict(list(others.items())[-FILMS_KEPT:]))

    def lifting(self, post: int) -> "Sight":
        others = tuple(pk for pk in self.revealed if pk != post)
        return replace(self, revealed=(*others, post)[-REVEALED_KEPT:])

    def cookies(self) -> dict[str, str]:
        """The value of each cookie; an empty one is to be dropped."""
        rows = [[film, *horizon] for film, horizon in self.horizons.items()]
        return {
            HORIZONS: signing.dumps(rows, salt=SALT, compress=True) if rows else "",
            REVEALED: packed((pk,) for pk in self.revealed),
        }


NOTHING = Sight()


def sight_of(viewer: Any) -> Sight:
    return getattr(viewer, "sight", NOTHING)


def _horizons(cookie: str) -> dict[int, Horizon]:
    try:
        rows = signing.loads(cookie, salt=SALT) if cookie else []
    except signing.BadSignature:
        return {}
    return {film: Horizon(place, clock) for film, place, clock in rows}


def _revealed(cookie: str) -> tuple[int, ...]:
    return tuple(pk for (pk,) in unpacked(cookie, 1, REVEALED_KEPT))
