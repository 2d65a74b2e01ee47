"""A record: one thing that another place holds of somebody, such as an evening with a film or a rating.

What it is about is a Work, which names a whole film, a series, a season or an episode. A work that has the
title of an episode and no number of it is that one episode, and not the season.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from moments.catalogue.works import Work

NOWHERE = Work()
RECORD_PARTS = (
    "diary", "seen", "rating", "review", "like", "favourite", "watchlist", "list", "list entry", "comment",
    "feeling", "follow",
)  # fmt: skip

# Comments on what others wrote there, and notes on films of a watchlist, which has none here.
UNKEPT = COMMENTS, NOTES = "comments", "notes"


@dataclass(frozen=True, slots=True)
class Record:
    """One of them; what is not said is empty.

    Args:
        part: one of RECORD_PARTS. "diary" is a film seen on a day; "seen" an episode, or a film on no day.
        day: the day that the place says; where it says a time, that of UTC.
        time: with its zone, UTC.
        rating: half stars, 1 to 10.
        text: a review, a comment or the note of an entry, as plain text or the markup of its place.
        list_name: of the list that it is, or that it stands in.
        feeling: one of ours, where the feeling of the place means one.
        raw: what the place itself says, where that is more than the record can: the number of a feeling, the
            name of a profile, a state such as "dropped".
        key: what the place calls the entry, such as its address; the same in each of its files.
        is_up_to: all episodes before it were seen as well.
        is_private: the place shows it to nobody else.
    """

    part: str
    work: Work = NOWHERE
    day: date | None = None
    time: datetime | None = None
    rating: int | None = None
    is_rewatch: bool = False
    text: str = ""
    tags: Sequence[str] = ()
    is_spoiler: bool = False
    list_name: str = ""
    feeling: str = ""
    raw: str = ""
    key: str = ""
    is_up_to: bool = False
    is_private: bool = False


@dataclass
class Found:
    """What a file was found to hold.

    Args:
        source: the slug of the place.
        not_read: a sentence on what is never read, or empty.
        opened: the names of the files in it that were read.
        skipped: why each of the others was not, by its name.
        counts: how many records by part.
        left_out: how many rows say nothing that can be kept.
        unkept: how much of other rows has no place here, by what it is, one of UNKEPT.
    """

    source: str = ""
    not_read: str = ""
    opened: list[str] = field(default_factory=list)
    skipped: dict[str, str] = field(default_factory=dict)
    counts: Counter = field(default_factory=Counter)
    left_out: int = 0
    unkept: Counter = field(default_factory=Counter)


def watched(work, day=None, time=None, **said):
    """The record of a film or episode that was seen, on this day or on no known one."""
    is_entry = day is not None and work.season is None and work.medium != "series"
    return Record("diary" if is_entry else "seen", work, day, time, **said)


class Once:
    """Tells what was met before. It keeps a number for each, so that a hundred thousand take little room."""

    def __init__(self):
        self.met = set()

    def __call__(self, *key):
        """Whether this is met for the first time."""
        number, before = hash(key), len(self.met)
        self.met.add(number)
        return len(self.met) > before
