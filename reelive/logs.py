"""One event is one line in the log, whatever a visitor put into it."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def spelled_out(found: re.Match) -> str:
    return found[0].encode("unicode_escape").decode()


class LineFormatter(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Spells control characters out, so that a path can neither forge a line nor colour a terminal."""
        return CONTROL.sub(spelled_out, super().formatMessage(record))
