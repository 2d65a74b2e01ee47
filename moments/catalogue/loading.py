"""Loading a file into the catalogue: as a stream, with progress, and on from where it was stopped."""

import gzip
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection

from moments.catalogue.sources import Source
from reelive.formats import span
from reelive.progress_bar import BAR_WIDTH, PAUSE, ProgressBar

ROWS_A_BATCH = 10_000  # rows: each batch writes many pages of an index anew, and has to fit into memory
NOTED_AFTER = 100_000  # pieces that are left out, after which the place is noted as well
AMPLE = {"cache_size": -73_728, "mmap_size": 0, "wal_autocheckpoint": 16_384}
LOADS_FOLDER = "catalogue-loads"


@dataclass
class Outcome:
    """What became of the pieces of a file."""

    written: Counter = field(default_factory=Counter)
    left_out: Counter = field(default_factory=Counter)
    place: int = 0

    @property
    def pieces(self) -> int:
        return self.written.total() + self.left_out.total()


class FileProgress(ProgressBar):
    """How much of a file is read, how fast, and how long it may still take."""

    def __init__(self, label: str, file: BinaryIO, size: int):
        super().__init__(label, size)
        self.file, self.begun, self.pieces = file, file.tell(), 0

    def at(self, pieces: int) -> None:
        self.pieces, self.done = pieces, self.file.tell()
        self.step(0)

    def draw(self) -> None:
        self.drawn = time.monotonic()
        spent = max(self.drawn - self.started, 0.001)
        share = min(1.0, self.done / self.total) if self.total else 1.0
        read = self.done - self.begun
        left = f", {span(spent * (self.total - self.done) / read)} left" if read and spent > PAUSE else ""
        bar = "█" * round(BAR_WIDTH * share)
        self.stream.write(
            f"\r{self.label:<20} {bar:·<{BAR_WIDTH}} {share:4.0%}  {self.pieces:,}"
            f" ({self.pieces / spent:,.0f}/s{left})\x1b[K"
        )
        self.stream.flush()


@contextmanager
def opened(path: Path) -> Iterator[tuple[BinaryIO, BinaryIO]]:
    """The content of a file, unpacked where it is gzip, and the file itself, which tells how much is read."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if is_packed:
            with gzip.open(file, "rb") as content:
                yield content, file
        else:
            yield file, file


def first_bytes(path: Path) -> bytes:
    with opened(path) as (content, _file):
        return content.readline(1 << 16)


def load(path: Path, source: Source, again: bool = False) -> Outcome:
    """Load a file, from where a load of it was stopped. What is loaded stays when it is stopped now.

    Args:
        again: from its beginning, whatever was loaded of it.

    Raises Unreadable, and OSError and EOFError for a file that is cut short.
    """
    note = Note(path, source)
    outcome = Outcome() if again else note.read()
    with opened(path) as (content, file), _much_at_once():
        progress = FileProgress(path.name[:20], file, path.stat().st_size)
        with progress:
            for _part in _parts(source, content, outcome):
                note.write(outcome)
                progress.at(outcome.pieces)
    note.drop()
    return outcome


def _parts(source: Source, content: BinaryIO, outcome: Outcome) -> Iterator[None]:
    """Write the rows of a file, many at a time, and stop behind each part of it for a note."""
    batch: list = []
    left_out: Counter = Counter()
    place = outcome.place
    for place, piece in source.read(content, outcome.place):
        if isinstance(piece, str):
            left_out[piece] += 1
        else:
            batch.append(piece)
        if len(batch) * source.weight >= ROWS_A_BATCH or (not batch and left_out.total() >= NOTED_AFTER):
            _write_batch(source, batch, left_out, outcome, place)
            batch, left_out = [], Counter()
            yield
    _write_batch(source, batch, left_out, outcome, place)
    yield


def _write_batch(source: Source, batch: list, left_out: Counter, outcome: Outcome, place: int) -> None:
    if batch:
        outcome.written += source.write(batch)
    outcome.left_out += left_out
    outcome.place = place


@contextmanager
def _much_at_once() -> Iterator[None]:
    """SQLite keeps more of the index in its own memory meanwhile, and nothing of the file beside that."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in AMPLE}
        for name, value in AMPLE.items():
            cursor.execute(f"PRAGMA {name}={value}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for name, value in before.items():
                cursor.execute(f"PRAGMA {name}={value}")


def finish() -> None:
    """What the database does after many rows: PostgreSQL counts them and puts its index in order."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE) moments_cataloguetitle")


class Note:
    """How far a file is loaded, on the disk: another file under its name is another one."""

    def __init__(self, path: Path, source: Source):
        facts = path.stat()
        name = repr((str(path.resolve()), facts.st_size, facts.st_mtime_ns, source.name))
        self.path = Path(settings.DATA_DIR, LOADS_FOLDER, f"{sha256(name.encode()).hexdigest()[:32]}.json")

    def read(self) -> Outcome:
        try:
            held = json.loads(self.path.read_text())
            return Outcome(Counter(held["written"]), Counter(held["left_out"]), int(held["place"]))
        except (OSError, ValueError, KeyError, TypeError):
            return Outcome()

    def write(self, outcome: Outcome) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        held = {"written": outcome.written, "left_out": outcome.left_out, "place": outcome.place}
        beside = self.path.with_suffix(".new")
        beside.write_text(json.dumps(held))
        os.replace(beside, self.path)

    def drop(self) -> None:
        self.path.unlink(missing_ok=True)


def sentences(outcome: Outcome, say: Callable[[str], None]) -> None:
    """Say what became of the file."""
    written = outcome.written
    say(f"New: {written['new']:,}. Changed: {written['changed']:,}. The same as before: {written['same']:,}.")
    for reason, number in outcome.left_out.most_common():
        say(f"Left out: {number:,} {reason}.")
