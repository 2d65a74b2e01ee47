"""The site as the web server loads it, where time stands still for slow connections until a test says so.

From then on its patience with them is short.
"""

import os
from time import monotonic

from reelive import connections

connections.MOVES_WITHIN, connections.LOOKED_EVERY = 5, 0.2


class Time:
    """Seconds since the file was first there."""

    began = None

    def now(self):
        if self.began is None and os.path.exists(os.environ["TIME_PASSES"]):
            self.began = monotonic()
        return 0.0 if self.began is None else monotonic() - self.began


connections.monotonic = Time().now

from reelive.web_process import application  # noqa: E402

__all__ = ["application"]
