"""What pages show beside their subject, kept in the memory of this process until something changes.

It is for what depends on few things that a key can name, and on rows. Of these the mark of the page cache
tells when any was changed: by a form of a member, on this machine or another one. What changes in another
way, by a task or a program, shows seconds later, as it does on the pages that are kept for visitors. A page
without a mark gets everything anew: on a site that keeps no pages, and on one of several machines while they
cannot be told of changes elsewhere.
"""

from collections.abc import Callable, Hashable, Mapping
from time import monotonic
from typing import Any

from django.conf import settings

from reelive.page_cache import AS_OF, MARK, Mark

MOST = 50
MOST_SECONDS = 5


class UntilChanged:
    """So many pieces and no more; all of them go with the next change."""

    def __init__(self, most: int):
        self.most, self.mark = most, None
        self.kept: dict[Hashable, tuple[float, Any]] = {}  # until when, in seconds of the monotonic clock

    def get(self, environ: Mapping[str, Any], key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gives, or what it gave a moment ago for the same key. Nobody may change it.

        Args:
            environ: of the request.
            key: all that the answer depends on but rows and the time of now; None for what is not kept.
        """
        mark: Mark | None = environ.get(MARK)
        if mark is None or key is None:
            return make()
        if mark != self.mark:
            self.clear(mark)
        until, value = self.kept.get(key, (0, None))
        return value if monotonic() < until else self._keep(environ, key, make())

    def _keep(self, environ: Mapping[str, Any], key: Hashable, value: Any) -> Any:
        self.kept.pop(key, None)
        while len(self.kept) >= self.most:
            self.kept.pop(next(iter(self.kept)))
        seconds = min(settings.PAGE_SECONDS, MOST_SECONDS)
        self.kept[key] = environ.get(AS_OF, monotonic()) + seconds, value
        return value

    def clear(self, mark: Mark | None = None) -> None:
        self.kept.clear()
        self.mark = mark


until_changed = UntilChanged(MOST)
