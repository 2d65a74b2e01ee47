"""One event is one line in the log, whatever a visitor put into it."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST = 1_000  # letters
# The signature in an address that acts by it alone, such as the link in a letter that stops more of them.
SIGNATURE = re.compile(r"(?<=\.)[0-9a-f]{32}(?![0-9a-f])")
# The same in the address of a private feed: all that stands there, whatever it is.
FEED_TOKEN = re.compile(r"(?<=/feeds/)[^/\s?]+")


def spelled_out(found: re.Match) -> str:
    return found[0].encode("unicode_escape").decode()


class LineFormatter(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Spells control characters out, so that a path can neither forge a line nor colour a terminal.

        An address may have 32 kB, the line that tells of it has no more than LONGEST. Who reads here
        of an address that acts by its signature cannot use it.
        """
        line = SIGNATURE.sub("…", super().formatMessage(record)[:LONGEST])
        line = FEED_TOKEN.sub("…", line)
        return CONTROL.sub(spelled_out, line)
