"""What a browser carries for its viewer in cookies, so that reading a page writes nothing on the site.

Each cookie is read when it is first asked for, and what a view has changed is sent back with the answer.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property

from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from moments.spoilers.cookies import PROGRESS, REVEALED, SpoilerCookies
from moments.spoilers.rules import ProgressPoint
from moments.viewer import filter_cookie
from moments.viewer.filter_cookie import FILTERS
from reelive.cookies import VISITS, keep_cookie, packed, unpacked

BOOKMARKS = "bookmarks"
FILMS_KEPT = 60


class Browser:
    """The cookies of one request, and what changes in them.

    Args:
        cookies: as they were sent. What is garbled counts as not sent.
    """

    def __init__(self, cookies: Mapping[str, str]):
        self._sent = cookies
        self._changed: dict[str, str] = {}

    @cached_property
    def spoilers(self) -> SpoilerCookies:
        """How far a visitor has seen each film, and which posts were revealed."""
        return SpoilerCookies.read(self._sent)

    def set_progress(self, film: int, progress: ProgressPoint | None) -> None:
        """The visitor has seen the film of this id so far; None takes back what they said."""
        self._set_spoilers(self.spoilers.with_progress(film, progress))

    def forget_progress(self) -> None:
        self._set_spoilers(SpoilerCookies(revealed=self.spoilers.revealed))

    def reveal(self, post: int) -> None:
        """The post of this id stays unveiled in this browser."""
        self._set_spoilers(self.spoilers.with_revealed(post))

    def bookmark(self, film: int) -> int | None:
        """The id of the moment at which the visitor stopped reliving the film of this id."""
        return self._bookmarks().get(film)

    def set_bookmark(self, film: int, moment: int) -> None:
        """The visitor stopped at this moment; the oldest films beyond FILMS_KEPT are forgotten."""
        others = {key: place for key, place in self._bookmarks().items() if key != film}
        self._changed[BOOKMARKS] = packed([*others.items(), (film, moment)][-FILMS_KEPT:])

    @cached_property
    def filters(self) -> dict[tuple[str, int | str], datetime | None]:
        """What a visitor filters: until when, by the column of Filter and its value; the oldest first."""
        return filter_cookie.read(self._value(FILTERS))

    def set_filters(self, filters: dict[tuple[str, int | str], datetime | None]) -> None:
        """Raises TooManyFilters."""
        self._changed[FILTERS] = filter_cookie.written(filters)
        self.filters = filters

    def write_to(self, response: HttpResponse) -> None:
        """Send what has changed, and drop what an earlier release kept.

        A page that depends on some of them is kept for nobody else.
        """
        for name, value in ({VISITS: ""} | self._changed).items():
            if value and value != self._sent.get(name):
                keep_cookie(response, name, value)
            elif not value and name in self._sent:
                response.delete_cookie(name, samesite="Lax")
        if any(name in self._sent or name in self._changed for name in (PROGRESS, REVEALED, FILTERS)):
            patch_cache_control(response, private=True)

    def _set_spoilers(self, spoilers: SpoilerCookies) -> None:
        before, self.spoilers = self.spoilers, spoilers
        cookies = spoilers.cookies()
        if spoilers.progress_by_film != before.progress_by_film:
            self._changed[PROGRESS] = cookies[PROGRESS]
        if spoilers.revealed != before.revealed:
            self._changed[REVEALED] = cookies[REVEALED]

    def _bookmarks(self) -> dict[int, int]:
        """The moment's id by the film's. Whatever a cookie may name is looked up anyway."""
        return dict(unpacked(self._value(BOOKMARKS), 2, FILMS_KEPT))

    def _value(self, name: str) -> str:
        return self._changed.get(name, self._sent.get(name, ""))
