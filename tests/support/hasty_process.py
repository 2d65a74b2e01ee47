"""The site as the web server loads it, with a shorter patience: for tests of slow connections."""

import os

from reelive import connections

connections.SECONDS, connections.EVERY = int(os.environ["HASTE"]), 0.2

from reelive.web_process import application  # noqa: E402

__all__ = ["application"]
