"""Letterboxd's export, as a ZIP or a file of it.

The address of a diary entry or a review is that of the entry; all others are those of the film. Only those
from before 2018 or so say which film.
"""

import re

from django.utils.translation import gettext_lazy as _

from moments.catalogue.works import Work

from .columns import columns_of
from .reader import Reader
from .records import COMMENTS, Once, Record, watched
from .refusals import Unreadable, WhichList
from .values import (
    day_of,
    ids_of,
    is_true,
    rating_of,
    tags_of,
    text_of,
    title_of,
    year_of,
)

NAMES = re.compile(
    r"(?:diary|reviews|ratings|watched|watchlist|comments|(?:likes/)?films)\.csv|lists/[^/]+\.csv",
    re.IGNORECASE,
)
# What is read first.
FILE_ORDER = ("diary", "review", "rating", "seen", "like", "watchlist", "list", "comment")
OWN_ENTRIES = ("diary", "seen", "review")
LIST_START = "letterboxd list export"
ADDRESS_COLUMN = "letterboxd uri"
BY_NAME = {"watchlist": "watchlist", "watched": "seen", "films": "like", "likes": "like"}


def fits(head):
    return head.kind == "csv" and (
        head.has("name", "year", ADDRESS_COLUMN) or head.has("date", "content", "comment") or _is_list(head)
    )


def _is_list(head):
    return bool(head.columns) and head.columns[0].startswith(LIST_START)


def records(bundle):
    """Yields the records of an export. What the diary says was seen is not said again."""
    once = Once()
    names = [(_part_of(bundle.head(name), name), name) for name in bundle.found.opened]
    names.sort(key=lambda pair: FILE_ORDER.index(pair[0]))
    commented = {
        address: None for part, name in names if part == "comment" for address in _about(bundle, name)
    }
    for part, name in names:
        for record in _records_in(bundle, name, part, commented):
            if record.key in commented and record.part in OWN_ENTRIES:
                commented[record.key] = record.work
            # The table of what was watched has the films of the diary once more.
            is_new = part not in ("diary", "seen") or once("seen", record.work.title, record.work.year)
            if (is_new or part == "diary") and once(repr(record)):
                yield record


def _records_in(bundle, name, part, commented):
    if part == "list":
        return _list_of(bundle, name)
    return _comments_of(bundle, name, commented) if part == "comment" else _rows_of(bundle, name, part)


def _about(bundle, name):
    """The addresses of what was commented on."""
    return (text_of(row["content"], 200) for row in bundle.rows_ahead(name))


def _part_of(head, name):
    if _is_list(head):
        return "list"
    if head.has("content"):
        return "comment"
    if head.has("watched date"):
        return "review" if head.has("review") else "diary"
    if head.has("rating"):
        return "rating"
    parts = [part for word, part in BY_NAME.items() if word in name.lower()]
    if not parts:
        raise WhichList
    return parts[0]


def _rows_of(bundle, name, part):
    for row in bundle.rows(name):
        record = RECORDS[part](row)
        if record is None:
            bundle.leave_out()
        else:
            yield record


def _work_of(row, address=ADDRESS_COLUMN):
    """The film of a row; one without a title is none."""
    title = title_of(row.get("name"))
    return title and Work(title, year_of(row.get("year")), "film", ids=ids_of(letterboxd=row.get(address)))


def _of_film(part):
    """Makes records of rows that say when a film was put somewhere, and perhaps how it is rated."""

    def record_of(row):
        if not (work := _work_of(row)):
            return None
        rating = rating_of(row.get("rating"), best=5)
        if part == "rating" and not rating:
            return None
        return Record(part, work, None if part == "seen" else day_of(row.get("date")), rating=rating)

    return record_of


def _entry(row):
    if not (work := _work_of(row)):
        return None
    return watched(work, day_of(row["watched date"]), **_said(row))


def _review(row):
    text = text_of(row["review"])
    if not text or not (work := _work_of(row)):
        return None
    day = day_of(row["watched date"])
    return Record("review", work, day, text=text, raw=text_of(row.get("date"), 10), **_said(row))


def _said(row):
    return {
        "rating": rating_of(row.get("rating"), best=5),
        "is_rewatch": is_true(row.get("rewatch")),
        "tags": tags_of(row.get("tags")),
        "key": text_of(row[ADDRESS_COLUMN], 200),
    }


def _comments_of(bundle, name, commented):
    """Yields comments on one's own entries, by the films of these; all others are on what others wrote.

    Args:
        commented: the film of each own entry by its address, None for what is no own entry.
    """
    for row in bundle.rows(name):
        text, address = text_of(row["comment"]), text_of(row["content"], 200)
        if not text:
            bundle.leave_out()
        elif work := commented[address]:
            yield Record("comment", work, day_of(row["date"]), text=text, key=address)
        else:
            bundle.found.unkept[COMMENTS] += 1


RECORDS = {
    "diary": _entry, "review": _review,
    **{part: _of_film(part) for part in ("rating", "seen", "like", "watchlist")},
}  # fmt: skip


def _list_of(bundle, name):
    """Yields a list and its entries: two tables under a line that is no table."""
    rows = bundle.cells(name)
    try:
        next(rows)
        about = dict(zip(columns_of(next(rows)), next(rows), strict=False))
    except StopIteration:
        raise Unreadable from None
    called, address = title_of(about.get("name")), text_of(about.get("url"), 200)
    yield Record(
        "list", day=day_of(about.get("date")), text=text_of(about.get("description")),
        tags=tags_of(about.get("tags")), list_name=called, key=address,
    )  # fmt: skip
    columns = columns_of(next(rows, []))
    for cells in rows:
        row = dict(zip(columns, cells, strict=False))
        if len(cells) < len(columns) or not (work := _work_of(row, "url")):
            bundle.leave_out()
            continue
        note, place = text_of(row.get("description")), text_of(row.get("position"), 10)
        yield Record("list entry", work, text=note, list_name=called, raw=place, key=address)


READER = Reader(
    "letterboxd", NAMES, fits, records,
    not_read=_("The e-mail address and the profile in it are not read."),
    reasons=(
        (re.compile(r"(?:deleted|orphaned)/.*"), _("You had deleted there what it holds.")),
        (re.compile(r"profile\.csv"), _("It holds your profile there, which stays there.")),
        (re.compile(r"likes/.*"), _("It tells of what others wrote there.")),
    ),
)  # fmt: skip
