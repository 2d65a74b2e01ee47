"""What is sent is taken in whole before its turn, within a time limit and so much at a time.

Whoever sends slowly, a phone in a tunnel or an attacker, so keeps one thread waiting and not the site.
"""

import threading
from time import monotonic
from typing import IO, Any

from django.conf import settings

BODY_SECONDS = 30
BYTES_A_SECOND = 32 * 1024  # bytes a second: a large picture from a telephone gets the time that it takes
BYTES_BETWEEN_LOOKS = 1024  # bytes; between two pieces the clock is looked at
IN_MEMORY = 64 * 1024  # bytes of one body; what is longer waits on the disk
ON_DISK = 256 * 1024 * 1024  # bytes of all long bodies that a process takes in at a time
REFUSED = "reelive.refused"  # in the environ: the status with which the door refuses the body


class BodyRefused(Exception):
    """The body is not taken in; `status` is the answer."""

    def __init__(self, status: int):
        super().__init__(status)
        self.status = status


def length_of(environ: dict[str, Any]) -> int:
    """Bytes of the body. 0 also for a length that is none, or too long: the site refuses that unread."""
    said = environ.get("CONTENT_LENGTH")
    if not said:
        return 0
    length = int(said) if said.isdecimal() and len(said) <= 20 else 0
    return length if length <= settings.MAX_BODY_BYTES else 0


class Intake:
    """Where the bodies of a process are taken in."""

    def __init__(self):
        self.on_disk, self.lock = 0, threading.Lock()

    def take_in(self, source: Any, body: IO[bytes], length: int) -> None:
        """Write the whole body. Raises BodyRefused when it stalls, breaks off or finds no room."""
        start, arrived, is_long = monotonic(), 0, length > IN_MEMORY
        try:
            while arrived < length:
                piece = source.read(min(BYTES_BETWEEN_LOOKS, length - arrived))
                if not piece or monotonic() > start + BODY_SECONDS + arrived / BYTES_A_SECOND:
                    raise BodyRefused(408)
                body.write(piece)
                arrived += len(piece)
                self.count(len(piece) * is_long)
                if self.on_disk > ON_DISK:
                    raise BodyRefused(503)
        finally:
            self.count(-arrived * is_long)
        body.seek(0)

    def count(self, size: int) -> None:
        if size:
            with self.lock:
                self.on_disk += size
