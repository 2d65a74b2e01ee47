"""The tables that a browser's extension saved from TV Time in its last days. They have ids."""

from moments.catalogue.works import Work

from .records import Record, watched
from .values import ids_of, is_true, moment_of, number_of, title_of, year_of

WANTED = ("watch_later", "not_started_yet")


def films(bundle, name, _known):
    """Films, as a table or as JSON."""
    is_json = bundle.head(name).kind == "json"
    rows = (row for _list, row in bundle.objects(name)) if is_json else bundle.rows(name)
    for row in rows:
        work = _film(row)
        if work is None:
            yield None
            continue
        if is_true(row.get("is_watched")):
            yield watched(work, *moment_of(row.get("watched_at")))
            # They were seen again on days that nobody noted.
            if number_of(row.get("rewatch_count")):
                yield watched(work, is_rewatch=True)
        else:
            yield Record("watchlist", work, *moment_of(row.get("created_at")))
        if is_true(row.get("is_favorite")):
            yield Record("favourite", work)


def _film(row):
    ids = row.get("id")
    ids = ids if isinstance(ids, dict) else {"imdb": row.get("imdb_id"), "tvdb": row.get("tvdb_id")}
    title, known = title_of(row.get("title")), ids_of(imdb=ids.get("imdb"), tvdb=ids.get("tvdb"))
    return Work(title, year_of(row.get("year")), "film", ids=known) if title or known else None


def episodes(bundle, name, _known):
    for row in bundle.rows(name):
        season, number = number_of(row["season"], 10_000), number_of(row["episode"])
        ids = ids_of(imdb=row.get("series_imdb_id"), tvdb=row["series_tvdb_id"])
        title = title_of(row.get("title"))
        if not (title or ids) or season is None or number is None:
            yield None
        elif is_true(row["is_watched"]):
            own = ids_of(tvdb=row.get("tvdb_id"))
            work = Work(title, medium="series", ids=ids, season=season, episode=number, episode_ids=own)
            yield watched(work, *moment_of(row.get("watched_at")))
            if number_of(row.get("rewatch_count")):
                yield watched(work, is_rewatch=True)


def series(bundle, name, _known):
    for row in bundle.rows(name):
        title, ids = title_of(row["title"]), ids_of(imdb=row.get("imdb_id"), tvdb=row["tvdb_id"])
        if not (title or ids):
            yield None
            continue
        state = title_of(row["status"])
        work, part = Work(title, medium="series", ids=ids), "watchlist" if state in WANTED else "follow"
        yield Record(part, work, *moment_of(row.get("created_at")), raw=state)
