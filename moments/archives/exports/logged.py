"""What a member saw, rated and wants to see, as records for the tables that other places take in.

They are walked film by film, since a whole work comes before its seasons, and these before their episodes.
"""

import json
from datetime import date

from django.core.files.storage import storages
from django.db.models import F

from accounts.models import User
from moments.archives.homecoming.records import Record, watched
from moments.catalogue.works import Work
from moments.models import DiaryEntry, Rating, Wanted
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from moments.models.mixins.in_steps import PRIVATE
from moments.models.mixins.stateful import State

ROWS_AT_ONCE = 500
ID_PLACES = ("imdb", "tmdb")  # whose ids the tables have
OF_FILM = ("title", "year", "medium", *ID_PLACES)
OF_PART = ("season", "episode")


def _of(rows, member, relation, *columns):
    """The member's rows of films that everybody may see, as dicts; `of` is the number of the film."""
    rows = rows.filter(**{"member": member.pk, f"{relation}__state": State.VISIBLE})
    facts = {name: F(f"{relation}__{name}") for name in OF_FILM}
    return rows.annotate(of=F(f"{relation}_id")).values("of", *columns, **facts)


def _entries(member):
    said = ("date", "rating", "rewatch", "note", "public", "audience")
    return _of(DiaryEntry.objects, member, "whole_film", *OF_PART, *said)


def _ratings(member):
    """Those that were said by themselves: an entry brings its own along."""
    rows = Rating.objects.filter(entry=None, stars__isnull=False)
    return _of(rows, member, "film", *OF_PART, "stars")


def _watchlist(member):
    return _of(Wanted.objects, member, "film")


def _entry(row, member):
    day = None if row["date"] == SOME_TIME_AGO else row["date"]
    said = {"rating": row["rating"], "is_rewatch": row["rewatch"], "text": row["note"]}
    return watched(_work(row), day, **said, is_private=not _is_open(row, member))


def _is_open(row, member):
    """Whether everybody may read the note of an entry."""
    audience = row["audience"] or member.diary_audience
    return row["public"] and audience == User.DiaryAudience.EVERYONE and not member.is_private


def _rating(row, _member):
    return Record("rating", _work(row), rating=row["stars"])


def _wanted(row, _member):
    return Record("watchlist", _work(row))


def _work(row):
    ids = {place: row[place] for place in ID_PLACES if row[place]}
    part = {name: row.get(name) for name in OF_PART}
    return Work(row["title"], row["year"], row["medium"], ids=ids, **part)


# In the order in which what is said of one work is written.
TABLES = ((_entries, _entry), (_ratings, _rating), (_watchlist, _wanted))


def batch(member, cursor):
    """The next records behind those of the film of this number, in as many queries whatever their number.

    Returns the number of the last film, None at the end, and the records as lists of plain values.
    """
    tables = [(rows(member).filter(of__gt=cursor), record_of) for rows, record_of in TABLES]
    last = _last_of([rows for rows, _record_of in tables])
    found = []
    for rows, record_of in tables:
        rows = rows if last is None else rows.filter(of__lte=last)
        ordered = rows.order_by("of", *(("date", "pk") if record_of is _entry else ()))
        found += [(row["of"], record_of(row, member)) for row in ordered]
    found.sort(key=_place)
    return last, [_plain(record) for _of, record in found]


def _last_of(tables):
    """The film up to which a batch goes, whole films of each table; None where that is to the end."""
    ends = []
    for rows in tables:
        films = rows.order_by("of").values_list("of", flat=True)[:ROWS_AT_ONCE]
        if len(films) == ROWS_AT_ONCE:
            ends.append(films[ROWS_AT_ONCE - 1])
    return min(ends, default=None)


def _place(found):
    film, record = found
    numbers = (record.work.season, record.work.episode)
    return film, *(-1 if number is None else number for number in numbers)


def _plain(record):
    """What `_record_of` reads back."""
    work = record.work
    about = [work.title, work.year, work.medium, work.ids, work.season, work.episode]
    day = record.day and record.day.isoformat()
    return [about, record.part, day, record.rating, record.is_rewatch, record.text, record.is_private]


def _record_of(plain):
    (title, year, medium, ids, season, episode), part, day, rating, is_rewatch, text, is_private = plain
    work = Work(title, year, medium, ids=ids, season=season, episode=episode)
    day = day and date.fromisoformat(day)
    return Record(part, work, day, None, rating, is_rewatch, text, is_private=is_private)


def records_in(names):
    """Yields the records of these pieces."""
    for name in names:
        with storages[PRIVATE].open(name) as piece:
            yield from map(_record_of, map(json.loads, piece))
