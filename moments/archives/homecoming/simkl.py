"""Simkl's backup: JSON with three lists, or a table."""

import re

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record, watched
from .values import (
    ids_of,
    moment_of,
    number_of,
    object_of,
    objects_in,
    rating_of,
    text_of,
    title_of,
    year_of,
)

NAMES = re.compile(r"[^/]*simkl[^/]*\.(?:json|csv)", re.IGNORECASE)
LISTS = ("movies", "shows", "anime")
LAST_EPISODE = re.compile(r"s(\d{1,4})e(\d{1,5})", re.IGNORECASE)
NOT_LETTERS = re.compile(r"[^a-z]")


def fits(head):
    is_backup = bool(head.columns) and head.columns[0] in LISTS and head.has("status")
    return is_backup if head.kind == "json" else head.has("simkl_id", "title", "watchlist")


def records(bundle):
    return bundle.kept(record for name in bundle.found.opened for record in _of_file(bundle, name))


def _of_file(bundle, name):
    return _backup(bundle, name) if bundle.head(name).kind == "json" else _table(bundle, name)


def _backup(bundle, name):
    for of, row in bundle.objects(name):
        if of in LISTS:
            yield from _row(row, is_film=of == "movies" or row.get("anime_type") == "movie")


def _row(row, is_film):
    """Yields what a row says: a state, a rating, and the episodes that were seen."""
    about = object_of(row.get("movie")) or object_of(row.get("show"))
    work = _work_of(about, "film" if is_film else "series")
    if work is None:
        yield None
        return
    state = NOT_LETTERS.sub("", text_of(row.get("status"), 40).lower())
    said = {"rating": rating_of(row.get("user_rating")), "text": text_of(row.get("memo"))}
    yield from _of_state(work, state, row.get("last_watched_at"), row.get("added_to_watchlist_at"), said)
    if said["rating"]:
        yield Record("rating", work, *moment_of(row.get("user_rated_at")), rating=said["rating"])
    for season in objects_in(row.get("seasons")):
        for episode in objects_in(season.get("episodes")):
            yield _episode(work, season.get("number"), episode.get("number"), episode.get("watched_at"))


def _of_state(work, state, seen_at, wanted_at, said):
    """Yields what one of Simkl's five states means. Somebody who stopped neither saw nor wants the whole."""
    if state == "completed":
        yield watched(work, *moment_of(seen_at), text=said["text"])
    elif state == "plantowatch":
        yield Record("watchlist", work, *moment_of(wanted_at), text=said["text"])
    elif work.medium != "film" and state in ("watching", "hold", "onhold"):
        yield Record("follow", work, text=said["text"], raw=state)


def _work_of(about, medium):
    known = object_of(about.get("ids"))
    ids = ids_of(imdb=known.get("imdb"), tmdb=known.get("tmdb"), tvdb=known.get("tvdb"))
    title = title_of(about.get("title"))
    return Work(title, year_of(about.get("year")), medium, ids=ids) if title or ids else None


def _episode(work, season, number, seen_at=None, is_up_to=False):
    season, number = number_of(season, 10_000), number_of(number)
    if season is None or number is None:
        return None
    episode = Work(work.title, work.year, "series", ids=work.ids, season=season, episode=number)
    return watched(episode, *moment_of(seen_at), is_up_to=is_up_to)


def _table(bundle, name):
    for row in bundle.rows(name):
        episode = row.get("lastepwatched", "").strip()
        ids = {"imdb": row.get("imdb"), "tmdb": row.get("tmdb"), "tvdb": row.get("tvdb")}
        about = {"title": row["title"], "year": row.get("year"), "ids": ids}
        work = _work_of(about, _medium(row.get("type", "").strip().lower(), episode))
        if work is None:
            yield None
            continue
        state = NOT_LETTERS.sub("", row["watchlist"].lower())
        said = {"rating": rating_of(row.get("rating")), "text": text_of(row.get("memo"))}
        yield from _of_state(work, state, row.get("watcheddate"), None, said)
        if said["rating"]:
            yield Record("rating", work, rating=said["rating"])
        if episode and work.medium == "series":
            match = LAST_EPISODE.fullmatch(episode)
            yield match and _episode(work, match[1], match[2], row.get("watcheddate"), is_up_to=True)


def _medium(kind, episode):
    """The medium of a row of this kind; an anime without episodes may be a film."""
    if kind in ("movie", "movies", "film"):
        return "film"
    return "" if kind == "anime" and not episode else "series"


READER = Reader("simkl", NAMES, fits, records)
