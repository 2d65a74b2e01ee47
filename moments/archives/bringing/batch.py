"""A batch: records that are written together, and what came of each."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from accounts.models import User
from moments.archives.bringing.choices import Audience, Choices
from moments.archives.bringing.packing import number_of
from moments.archives.bringing.tally import Tally
from moments.archives.homecoming.records import Record
from moments.models import BroughtRow
from moments.models.brought_row import mark_of
from reelive.upserts import change_each, upsert

Kind = BroughtRow.Kind


@dataclass(frozen=True, slots=True)
class Item:
    """A record of which the film is known.

    Args:
        key: of the record, the same whenever it comes.
        film: the key of the film; None for a list, which is of none.
        season, episode: numbers, where it is of a part of a series.
    """

    key: int
    record: Record
    film: int | None = None
    season: int | None = None
    episode: int | None = None

    @property
    def work(self):
        return self.film, self.season, self.episode


@dataclass
class Batch:
    """What the writers share.

    Args:
        number: of the homecoming.
        films: the films of the records by their keys, locked.
        rows: what came of the records, to be written with them.
        tally: the same in numbers.
        logs: by the film how many entries it has more.
        stars: by the film, pairs of the half stars of a rating before and after.
    """

    member: User
    number: int
    source: str
    choices: Choices
    now: datetime
    zone: ZoneInfo
    films: dict = field(default_factory=dict)
    rows: list = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)
    logs: Counter = field(default_factory=Counter)
    stars: list = field(default_factory=list)

    @property
    def today(self):
        return self.now.astimezone(self.zone).date()

    def audience_of(self, record):
        """Who sees an entry or rating; empty for whoever sees the diary."""
        is_private = record.is_private or self.choices.audience == Audience.ME
        return User.DiaryAudience.ME if is_private else ""

    def came_to(self, item, kind, row=None, state=None, said=None):
        """Note what came of a record.

        Args:
            kind: of BroughtRow.Kind.
            row: the key of what was made.
            state: the columns as they were left, of which the mark is made.
        """
        self.rows.append(self.row_of(item.key, kind, row, state, said))
        self.tally.came_to(item.record.part, kind)

    def row_of(self, key, kind, row=None, state=None, said=None):
        mark = None if state is None else mark_of(state)
        facts = {"kind": kind, "row": row, "mark": mark, "said": said}
        return BroughtRow(member_id=self.member.pk, number=self.number, key=key, **facts)

    def brought(self, kind, keys):
        """The rows of this kind by what they made, the latest of each, those of this batch among them."""
        mine = BroughtRow.objects.filter(member=self.member, kind=kind, row__in=keys).order_by("pk")
        here = {row.row: row for row in self.rows if row.kind == kind}
        return {row.row: row for row in mine} | {key: here[key] for key in keys if key in here}

    @staticmethod
    def mark_anew(rows):
        """Note how what was brought is left now; `rows` are pairs of a row and the state of what it made."""
        for row, state in rows:
            row.mark = mark_of(state)
        change_each(BroughtRow, ("mark",), [(row.pk, row.mark) for row, _state in rows if row.pk])

    def key_for(self, *names):
        """The key of a row that is no record's own, such as how far a film was seen."""
        return number_of(str(self.number), *map(str, names))

    def write_rows(self):
        upsert(self.rows, (), {})
