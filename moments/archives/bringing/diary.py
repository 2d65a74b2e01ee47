"""The member's diary as far as a batch is about it: entries of whole films, seasons and episodes.

What the member wrote or changed here stays as it is; what was brought along and left alone may be added to.
"""

from collections import defaultdict

from django.db.models import Q

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.packing import number_of
from moments.models import DiaryEntry
from moments.models.brought_row import mark_of
from moments.models.diary_entry import NO_ANNIVERSARY, NOTE_LIMIT, PARAGRAPH
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from reelive import markdown
from reelive.upserts import change_each, taken, upsert

AMENDED = ("note", "note_html", "public", "audience", "feelings", "rating")
WHICH = ("id", "film_id", "season", "episode", "date", "rewatch")
CUT_OFF = "…"


def state_of(entry):
    """Its columns as far as its member may change them."""
    return [
        entry.date.isoformat(), entry.note, bool(entry.public), str(entry.audience), list(entry.feelings),
        bool(entry.rewatch), entry.rating, bool(entry.liked), list(entry.tags),
    ]  # fmt: skip


class Diary:
    """The entries of some films, read once, changed together, and written together."""

    def __init__(self, batch, items):
        self.batch, self.new, self.changed = batch, [], {}
        self.by_work, self.brought = defaultdict(list), {}
        films = {item.film for item in items}
        self._read(DiaryEntry.objects.filter(member=batch.member, whole_film__in=films), items)

    def _read(self, entries, items):
        parts = {(item.season, item.episode) for item in items}
        seasons, episodes = ({part[place] for part in parts} for place in (0, 1))
        entries = entries.filter(_among("season", seasons), _among("episode", episodes)).defer("note_html")
        for entry in entries.order_by("date", "id"):
            self.by_work[work_of(entry)].append(entry)
        found = [entry.pk for of_work in self.by_work.values() for entry in of_work]
        self.brought = self.batch.brought(Kind.ENTRY, found)

    def is_untouched(self, entry):
        """Whether it was brought along, and its member has left it alone since."""
        row = self.brought.get(entry.pk)
        return entry.pk is None or (row is not None and row.mark == mark_of(self._before(entry)))

    def is_of_now(self, entry):
        """Whether this very homecoming made it."""
        row = self.brought.get(entry.pk)
        return entry.pk is None or (row is not None and row.number == self.batch.number)

    def _before(self, entry):
        return self.changed[entry.pk][1] if entry.pk in self.changed else state_of(entry)

    def like(self, work, date, rewatch):
        """The entry that says the same as one of this day would; None where there is none.

        Of one evening two places may tell, one of which says that it was seen before. Who says no day tells
        nothing new of what is there already.
        """
        entries = self.by_work[work]
        exact = next((entry for entry in entries if (entry.date, entry.rewatch) == (date, rewatch)), None)
        if exact:
            return exact
        if date == SOME_TIME_AGO:
            return entries[0] if entries and not rewatch else None
        return next((each for each in entries if each.date == date and not self.is_of_now(each)), None)

    def add(self, work, date, **said):
        """A new entry, which is written with the others."""
        film, season, episode = work
        entry = DiaryEntry(
            member=self.batch.member, whole_film_id=film, season=season, episode=episode, date=date,
            returns=NO_ANNIVERSARY, **said,
        )  # fmt: skip
        entry.note_html = markdown.render(entry.note) if entry.note else ""
        self.by_work[work].append(entry)
        self.new.append(entry)
        return entry

    def amend(self, entry, **said):
        """Say more in an entry. What it said before is kept, so that this can be undone."""
        if entry.pk is not None:
            self.changed.setdefault(entry.pk, (entry, state_of(entry)))
        for name, value in said.items():
            setattr(entry, name, value)
        if "note" in said:
            entry.note_html = markdown.render(entry.note)

    def write(self):
        """Write what is new and what is changed. Returns the new entries that are there now."""
        rows = upsert(self.new, (), {}, WHICH)
        keys = {_which(*which): pk for pk, *which in rows}
        for entry in self.new:
            which = (entry.whole_film_id, entry.season, entry.episode, entry.date, entry.rewatch)
            entry.pk = keys.get(_which(*which))
        written = [entry for entry in self.new if entry.pk]
        for entry in written:
            self.batch.logs[entry.whole_film_id] += 1
        self._write_changed()
        return written

    def _write_changed(self):
        rows = [
            (pk, *(getattr(entry, name) for name in AMENDED)) for pk, (entry, _was) in self.changed.items()
        ]
        change_each(DiaryEntry, AMENDED, rows)
        changed = [(pk, entry) for pk, (entry, _was) in self.changed.items() if pk in self.brought]
        self.batch.mark_anew([(self.brought[pk], state_of(entry)) for pk, entry in changed])
        others = [each for each in self.changed.values() if not self.is_of_now(each[0])]
        upsert([self._amendment(*each) for each in others], ("member_id", "key"), taken("mark"))

    def _amendment(self, entry, before):
        """How an entry was that another homecoming made, or the member: the first time in this one."""
        said = dict(zip(("note", "public", "audience", "feelings", "rating"), _kept(before), strict=True))
        key = number_of(str(self.batch.number), "amended", str(entry.pk))
        return self.batch.row_of(key, Kind.AMENDED, entry.pk, state_of(entry), said)


def _kept(state):
    _date, note, public, audience, feelings, _rewatch, rating, _liked, _tags = state
    return note, public, audience, feelings, rating


def _among(column, values):
    """A condition: one of these, of which one may be none."""
    some = sorted(value for value in values if value is not None)
    return Q((f"{column}__in", some)) | (Q((column, None)) if None in values else Q(pk__in=()))


def _which(film, season, episode, date, rewatch):
    return film, season, episode, str(date), bool(rewatch)


def work_of(row):
    """What an entry is of, to be compared with what a record is about."""
    return row.whole_film_id, row.season, row.episode


def joined(note, text):
    """Both texts as one note, cut where there is no room for more."""
    both = f"{note}{PARAGRAPH}{text}" if note and not note.endswith(text) else note or text
    return both if len(both) <= NOTE_LIMIT else both[: NOTE_LIMIT - len(CUT_OFF)] + CUT_OFF
