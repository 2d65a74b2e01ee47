"""Rows into the catalogue, many at a time: new ones, and what they add to those that are there.

What is known stays: a row fills in what is missing and brings further titles. So the same file changes
nothing when it is loaded again, and of two sources the first one has the say. What TMDB says may not stay as
long as the rest: to a title that is there it brings nothing but its id, and another source takes its place.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from operator import itemgetter

from django.db import connection, transaction

from moments.catalogue.index import TITLES, entering_anew, entering_new, of_years
from moments.catalogue.names import key_of, words_of
from moments.catalogue.rows import CatalogueRow, other_titles
from moments.catalogue.works import ID_PLACES
from moments.models import CatalogueSource, CatalogueTitle
from reelive.bulk import Table

ADDED, MENDED, UNCHANGED = "new", "changed", "same"
NEAR_RUNTIME = 3  # minutes
_FIELDS = CatalogueRow._fields
_NAMES = ", ".join(("id", "key", "source", *_FIELDS))
_PLACES = tuple((place, _FIELDS.index(place)) for place in ID_PLACES)
_FILLED = ("director", "runtime", *ID_PLACES, "genres")
_UPDATE = ("others", "original_title", "director", "runtime", *ID_PLACES, "known", "genres", "words")


class Batch:
    """Rows that are written together, beside those that are there and may be about the same."""

    def __init__(self, rows: Sequence[CatalogueRow], source: str):
        self.rows, self.source = rows, source
        self.keys = [key_of(row.title) for row in rows]
        # The places whose ids these rows have.
        self.places = [(place, number) for place, number in _PLACES if any(row[number] for row in rows)]
        self.stored: dict[int, CatalogueRow] = {}  # by primary key, as they are; new ones have negative keys
        self.by_id: dict[tuple[str, str, str], int] = {}
        self.by_key: dict[tuple[str, int, str], list[int]] = {}
        self.changed: set[int] = set()
        self.of_tmdb: set[int] = set()
        self.replaced: set[int] = set()
        self._read_those_with_ids()
        self._read_namesakes()

    def _read_those_with_ids(self) -> None:
        for place, number in self.places:
            self._know_all(_stored(place, {row[number] for row in self.rows if row[number]}))

    def _read_namesakes(self) -> None:
        pairs = zip(self.rows, self.keys, strict=True)
        asked = {(key, row.year) for row, key in pairs if self._with_its_id(row) is None}
        self._know_all(_rows(*of_years(_NAMES, asked)) if asked else ())

    def _know_all(self, found: Iterable[tuple]) -> None:
        for pk, key, source, *facts in found:
            if pk not in self.stored:
                self._know(pk, key, CatalogueRow(*facts))
                if source == CatalogueSource.TMDB:
                    self.of_tmdb.add(pk)

    def _know(self, pk: int, key: str, row: CatalogueRow) -> None:
        self.stored[pk] = row
        self._know_ids(pk, row)
        self.by_key.setdefault((key, row.year, row.medium), []).append(pk)

    def _know_ids(self, pk: int, row: CatalogueRow) -> None:
        for place, number in self.places:
            if row[number]:
                self.by_id.setdefault((place, row[number], row.medium), pk)

    def _with_its_id(self, row: CatalogueRow) -> int | None:
        for place, number in self.places:
            if row[number] and (pk := self.by_id.get((place, row[number], row.medium))):
                return pk
        return None

    def _row_of_the_same(self, row: CatalogueRow, key: str) -> int | None:
        """The row that is about the same: by an id, else by title, year and who made it or how long it is."""
        pk = self._with_its_id(row)
        if pk is not None:
            return pk
        for pk in self.by_key.get((key, row.year, row.medium), ()):
            if _are_one(self.stored[pk], row):
                return pk
        return None

    def write(self) -> Counter:
        """Decide what becomes of each row, and write it. Answers how many are new, changed and the same."""
        outcome: Counter = Counter()
        for row, key in zip(self.rows, self.keys, strict=True):
            pk = self._row_of_the_same(row, key)
            if pk is None:
                self._know(-1 - len(self.stored), key, row)
                outcome[ADDED] += 1
                continue
            stored = self.stored[pk]
            merged = self._merged(pk, stored, row)
            outcome[UNCHANGED if merged == stored else MENDED] += 1
            if merged != stored:
                self.stored[pk] = merged
                self._know_ids(pk, merged)
                self.changed.add(pk)
        CatalogueTitle.objects.filter(pk__in=self.replaced).delete()
        _insert([row for pk, row in self.stored.items() if pk < 0 or pk in self.replaced], self.source)
        _update([(pk, self.stored[pk]) for pk in sorted(self.changed - self.replaced) if pk > 0])
        return outcome

    def _merged(self, pk: int, stored: CatalogueRow, row: CatalogueRow) -> CatalogueRow:
        """What the title is from now on."""
        if self.source == CatalogueSource.TMDB:
            return stored._replace(tmdb=stored.tmdb or row.tmdb)
        if pk in self.of_tmdb:
            self.of_tmdb.remove(pk)
            self.replaced.add(pk)
            return row._replace(tmdb=row.tmdb or stored.tmdb)
        return stored if stored == row else _merged(stored, row)


def _stored(place: str, numbers: Collection[str]) -> list[tuple]:
    """What is stored with one of these ids of a place."""
    if not numbers:
        return []
    # So a database sees that the index of an id will do, which leaves out empty ones.
    where = f"{place} IN ({', '.join(['%s'] * len(numbers))}) AND {place} > ''"
    return _rows(f"SELECT {_NAMES} FROM {TITLES} WHERE {where}", list(numbers))  # noqa: S608


def _rows(question: str, values: list) -> list[tuple]:
    """Primary key, title's key, source and facts, the oldest first.

    As plain SQL, since the ORM takes longer over thousands of values than the database.
    """
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        # Sorted here: asked for their order, SQLite may go through the whole table in it.
        return sorted(cursor.fetchall(), key=itemgetter(0))


def _insert(rows: Iterable[CatalogueRow], source: str) -> None:
    table = Table(CatalogueTitle, *_FIELDS, "source", "key", "words")
    with entering_new():
        table.write((*row, source, key_of(row.title), words_of_row(row)) for row in rows)


def _update(rows: Sequence[tuple[int, CatalogueRow]]) -> None:
    columns = ", ".join(f"{name} = %s" for name in _UPDATE)
    statement = f"UPDATE {TITLES} SET {columns} WHERE id = %s"  # noqa: S608
    values = [(*(getattr(row, name) for name in _UPDATE[:-1]), words_of_row(row), pk) for pk, row in rows]
    if values:
        with entering_anew([pk for pk, _row in rows]), connection.cursor() as cursor:
            cursor.executemany(statement, values)


def words_of_row(row: CatalogueRow) -> str:
    if not (row.original_title or row.others):
        return words_of(row.title)
    return words_of(row.title, row.original_title, *row.others.split("\n"))


def _are_one(stored: CatalogueRow, row: CatalogueRow) -> bool:
    """Whether two rows of one title, year and medium are about the same film."""
    if any(stored[number] and row[number] and stored[number] != row[number] for _place, number in _PLACES):
        return False
    if stored.director and row.director:
        return key_of(stored.director) == key_of(row.director)
    if stored.runtime and row.runtime:
        return abs(stored.runtime - row.runtime) <= NEAR_RUNTIME
    # Without anything to tell them apart: a source without ids means what is there.
    return not any(row[number] for _place, number in _PLACES)


def _merged(stored: CatalogueRow, row: CatalogueRow) -> CatalogueRow:
    """What is stored, with what the other row has besides."""
    titles = (*stored.others.split("\n"), row.title, row.original_title, *row.others.split("\n"))
    original = stored.original_title or (row.original_title if row.original_title != stored.title else "")
    known = max(stored.known, row.known)
    filled = {name: getattr(stored, name) or getattr(row, name) for name in _FILLED}
    others = other_titles(stored.title, original, titles)
    return stored._replace(original_title=original, others=others, known=known, **filled)


@transaction.atomic
def write_rows(rows: Sequence[CatalogueRow], source: str) -> Counter:
    """Write rows of one source. Answers how many are new, changed and the same."""
    return Batch(rows, source).write()


@transaction.atomic
def add_other_titles(found: Sequence[tuple[str, Sequence[str]]]) -> Counter:
    """Add titles to what has these IMDb ids; what is not in the catalogue stays out of it."""
    titles = dict(found)
    return _change(titles, lambda row: _merged(row, row._replace(others="\n".join(titles[row.imdb]))))


@transaction.atomic
def note_votes(found: Sequence[tuple[str, int]]) -> Counter:
    """Note how well known is what has these IMDb ids."""
    known = dict(found)
    return _change(known, lambda row: row._replace(known=max(row.known, known[row.imdb])))


def _change(numbers: Iterable[str], changed: Callable[[CatalogueRow], CatalogueRow]) -> Counter:
    rows = [(pk, CatalogueRow(*facts)) for pk, _key, _source, *facts in _stored("imdb", list(numbers))]
    new = [(pk, row, changed(row)) for pk, row in rows]
    different = [(pk, after) for pk, before, after in new if before != after]
    _update(different)
    return Counter({MENDED: len(different), UNCHANGED: len(rows) - len(different)})
