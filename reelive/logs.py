"""One event is one line in the log, whatever a visitor put into it: as text, or as JSON for programs."""

import json
import logging
import re
from datetime import UTC, datetime
from functools import cache

from django.apps import apps

from reelive.declared import declared
from reelive.request_facts import request_id

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_LINE = 1_000  # letters
# The signature in an address that acts by it alone, such as the link in a letter that stops more of them.
SIGNATURE_IN_ADDRESS = re.compile(r"(?<=\.)[0-9a-f]{32}(?![0-9a-f])")
# What an event may say of itself beside its message; nothing else that hangs on a record is written down.
LOGGED_FACTS = ("method", "route", "status", "ms", "queries", "kept", "task")


def spelled_out(found: re.Match) -> str:
    return found[0].encode("unicode_escape").decode()


def masked(line: str) -> str:
    """A line without what would let its reader act.

    An address may have 32 kB, the line that tells of it has no more than LONGEST_LINE. Whoever reads here of
    an address that acts by its signature cannot use it.
    """
    line = SIGNATURE_IN_ADDRESS.sub("…", line[:LONGEST_LINE])
    # Nobody has been asked for an address before the apps are there.
    return _secrets(declared("secret_paths")).sub("…", line) if apps.ready else line


@cache
def _secrets(paths: tuple[str, ...]) -> re.Pattern:
    """What stands behind these, whatever it is; the pages of accounts about them hold no secret."""
    behind = "|".join(f"(?<!/accounts{path})(?<={path})" for path in paths)
    return re.compile(rf"(?:{behind or '(?!)'})[^/\s?]+")


class LineFormatter(logging.Formatter):
    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Spells control characters out, so that a path can neither forge a line nor colour a terminal."""
        return CONTROL.sub(spelled_out, masked(super().formatMessage(record)))


class JsonFormatter(logging.Formatter):
    """An object a line: when, how bad, who says what; of a request its id, and at its end what it was."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if name := getattr(record, "request_id", "") or request_id.get():
            event["request"] = name
        event |= {fact: getattr(record, fact) for fact in LOGGED_FACTS if hasattr(record, fact)}
        if record.exc_info:
            event["trace"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=True, default=str)
