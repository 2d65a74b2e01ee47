"""TV Time's tables of what was felt, rated, said and listed."""

import re

from .records import Record
from .refusals import WhichList
from .tv_time_feelings import feeling_of
from .tv_time_names import film_name, film_of, series_of
from .values import (
    is_true,
    moment_of,
    number_id,
    number_of,
    rating_of,
    text_of,
    title_of,
)

VOTE = re.compile(r".*?([0-9]{1,4})", re.DOTALL)
STARS = {number + start: number for start in (0, 15, 24) for number in range(1, 6)}  # 1-5, 16-20 and 25-29
OBJECT, FIELD = re.compile(r"map\[([^\[\]]{1,500})\]"), re.compile(r"\b(\w{1,20}):(\S+)")
FAVOURITES = {"favorite-movies", "favorite-series"}


def votes(bundle, name, known):
    """The tables of feelings and of ratings, which look alike: a key ends with the number that was chosen."""
    if ("emotion" in name) == ("rating" in name):
        raise WhichList
    record_of = _feeling if "emotion" in name else _rating
    for row in bundle.rows(name):
        work, match = _about(row, known), VOTE.fullmatch(row["vote_key"].strip())
        yield record_of(work, int(match[1]), moment_of(row.get("created_at"))) if work and match else None


def _about(row, known):
    """The film, episode or series that a row is about; None where it names none."""
    film = known.films.get(film_name(row)) or film_of(row)
    series = None if row.get("episode_id") else known.of_series(*series_of(row))
    return known.episode(row) or film or series


def _feeling(work, number, when):
    return Record("feeling", work, *when, feeling=feeling_of(number), raw=str(number), is_private=True)


def _rating(work, number, when):
    stars = STARS.get(number)
    return Record("rating", work, *when, rating=2 * stars, raw=str(number)) if stars else None


def show_ratings(bundle, name, known):
    """tv_show_rate: series, in stars."""
    for row in bundle.rows(name):
        work, rating = known.of_series(*series_of(row)), rating_of(row["rating"], best=5)
        when = moment_of(row.get("created_at"))
        yield Record("rating", work, *when, rating=rating) if work and rating else None


def comments(bundle, name, known):
    """What was said of films, episodes and series. A picture alone says nothing."""
    for row in bundle.rows(name):
        work, text = _about(row, known), text_of(row.get("text") or row.get("comment"))
        is_spoiler = is_true(row.get("is_spoiler")) or bool(number_of(row.get("spoiler_count") or ""))
        when = moment_of(row.get("created_at"))
        yield Record("comment", work, *when, text=text, is_spoiler=is_spoiler) if work and text else None


def lists(bundle, name, known):
    """lists-prod-lists: what stands in a list is one cell, as the language Go prints it."""
    for row in bundle.rows(name):
        slug, called = text_of(row["s_key"], 100), title_of(row.get("name")) or title_of(row["s_key"])
        is_private = not is_true(row.get("is_public"))
        if slug not in FAVOURITES and called:
            text = text_of(row.get("description"))
            when = moment_of(row.get("created_at"))
            yield Record("list", day=when[0], text=text, list_name=called, key=slug, is_private=is_private)
        for place, match in enumerate(OBJECT.finditer(row["objects"]), 1):
            work = _listed(dict(FIELD.findall(match[1])), known)
            if work is None:
                yield None
            elif slug in FAVOURITES:
                yield Record("favourite", work)
            else:
                said = {"list_name": called, "raw": str(place), "key": slug, "is_private": is_private}
                yield Record("list entry", work, **said)


def _listed(about, known):
    if about.get("type") == "movie":
        return known.films.get(about.get("uuid"))
    return known.of_series(number_id(about.get("id", "")))
