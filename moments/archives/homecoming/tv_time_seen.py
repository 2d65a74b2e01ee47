"""TV Time's tables of what was seen, is wanted and is followed."""

import re

from .records import Record, watched
from .tv_time_names import film_of, first_of, series_of
from .values import is_true, moment_of, moment_of_epoch, number_of

RANGE_KEY = re.compile(r"watch-date-([0-9]{9,16})")


def _when(row):
    """The day and time at which it was seen; where no column says so, when it was marked."""
    said = (row.get("watch_date") or "").strip()
    match = RANGE_KEY.fullmatch(row.get("watch_date_range_key") or "")
    found = (moment_of(said), moment_of_epoch(said), moment_of_epoch(match and match[1]))
    return next((when for when in found if when[0]), moment_of(row["created_at"]))


def _seen(row, work, known, *when, is_rewatch=False):
    """Yields that a work was seen, and that it was seen again on days that no row says."""
    yield watched(work, *when, is_rewatch=is_rewatch)
    if (number_of(first_of(row, ("rewatch_count", "cpt"))) or 0) > known.rewatches(row):
        yield watched(work, is_rewatch=True)


def tracked_episodes(bundle, name, known):
    """tracking-prod-records-v2: the start of its key says what a row is."""
    for row in bundle.rows(name):
        key = row["key"]
        if key.startswith("user-series-"):
            yield from _tracked_series(row, known)
        elif key.startswith(("watch-episode-", "rewatch-episode-")):
            yield from _episode(row, known, is_rewatch=key.startswith("re"))


def _episode(row, known, is_rewatch):
    work = known.episode(row)
    if work is None:
        yield None
        return
    day, time = (None, None) if known.is_bulk(row) else _when(row)
    yield from _seen(row, work, known, day, time, is_rewatch=is_rewatch)


def _tracked_series(row, known):
    """Yields that a series is followed, or wanted for later."""
    work = known.of_series(*series_of(row))
    if work is None:
        yield None
        return
    when = moment_of(row["created_at"])
    if is_true(row.get("is_for_later")):
        yield Record("watchlist", work, *when)
    elif is_true(row.get("is_followed")):
        yield Record("follow", work, *when, raw="archived" if is_true(row.get("is_archived")) else "")


def tracked_films(bundle, name, known):
    """tracking-prod-records: films, and in older exports episodes too. Other rows are sums of these."""
    for row in bundle.rows(name):
        kind, is_episode = row["type"], row.get("entity_type") == "episode"
        if kind in ("watch", "rewatch") and is_episode:
            yield from _episode(row, known, is_rewatch=kind == "rewatch")
        elif kind in ("watch", "rewatch", "towatch") and row.get("entity_type", "movie") == "movie":
            yield from _film(row, kind, known)


def _film(row, kind, known):
    work = film_of(row)
    if work is None:
        yield None
    elif kind == "towatch":
        yield Record("watchlist", work, *moment_of(row["created_at"]))
    else:
        when = (None, None) if row.get("bulk_type") else _when(row)
        yield from _seen(row, work, known, *when, is_rewatch=kind == "rewatch")


def rewatched(bundle, name, known):
    """rewatched_episode: the latest time of each episode that was seen again, and how often it was."""
    for row in bundle.rows(name):
        work, when = known.episode(row), moment_of(first_of(row, ("created_at", "updated_at")))
        if work is None:
            yield None
        else:
            yield from _seen(row, work, known, *when, is_rewatch=True)


def seen(bundle, name, known):
    for row in bundle.rows(name):
        work = known.episode(row)
        yield work and watched(work, *moment_of(row["created_at"]))


def shows(bundle, name, known):
    """user_tv_show_data: which series are followed, and which favourites."""
    for row in bundle.rows(name):
        work = known.of_series(*series_of(row))
        if work is None:
            yield None
            continue
        if is_true(row["is_followed"]):
            yield Record("follow", work)
        if is_true(row["is_favorited"]):
            yield Record("favourite", work)


def followed(bundle, name, known):
    for row in bundle.rows(name):
        work, is_archived = known.of_series(*series_of(row)), is_true(row.get("archived"))
        when = moment_of(row.get("created_at"))
        yield work and Record("follow", work, *when, raw="archived" if is_archived else "")
