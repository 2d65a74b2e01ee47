"""Trakt's own export, as a ZIP or a file of it: lists of objects in JSON.

Its history says each time that something was seen, and the files watched-* say the same once more, in sums.
"""

import re

from django.utils.translation import gettext_lazy as _

from moments.catalogue.works import Work

from .reader import Reader
from .records import NOWHERE, Once, Record, watched
from .values import (
    ids_of,
    is_true,
    moment_of,
    number_of,
    object_of,
    objects_in,
    rating_of,
    text_of,
    title_of,
    year_of,
)

NAMES = re.compile(
    r"watched-(?:history(?:-\d+)?|movies|shows)(?:-\d+)?\.json|(?:ratings|comments)-[a-z]+(?:-\d+)?\.json"
    r"|lists-(?:watchlist|favorites|lists)(?:-\d+)?\.json|lists-list-[^/]+\.json"
)
# What is read first.
FILE_ORDER = ("watched-history", "watched-", "ratings", "comments", "lists-lists", "lists")
TELLING = ("watched_at", "rated_at", "plays", "last_watched_at", "listed_at", "comment", "privacy")
LIST_NAME = re.compile(r"lists-list-(\d+)-?([^/]*)\.json")


def fits(head):
    is_one = bool({"movie", "show", "type", "ids"} & set(head.columns[1:]))
    return head.kind == "json" and is_one and head.columns[0] == "" and bool(set(TELLING) & set(head.columns))


def records(bundle):
    names = sorted(bundle.found.opened, key=_place_of)
    return _Export(bundle, names).records()


def _place_of(name):
    base = name.rpartition("/")[2]
    places = (place for place, start in enumerate(FILE_ORDER) if base.startswith(start))
    return next(places, len(FILE_ORDER)), base


class _Export:
    """What is known of an export while it is read: when a work was first seen, and the names of lists."""

    def __init__(self, bundle, names):
        self.bundle, self.names, self.once, self.lists = bundle, names, Once(), {}
        self.firsts = {}

    def records(self):
        self._find_firsts()
        for name in self.names:
            for _list_name, row in self.bundle.objects(name):
                made = [record for record in self._of(row, name) if record]
                if not made and not self._is_known(row):
                    self.bundle.leave_out()
                yield from made

    def _find_firsts(self):
        for name in self.names:
            if self.bundle.head(name).has("watched_at"):
                for _list_name, row in self.bundle.objects(name):
                    seen, when = hash(_identity(_work_of(row))), text_of(row.get("watched_at"), 40)
                    self.firsts[seen] = min(when, self.firsts.get(seen, when))

    def _is_known(self, row):
        """Whether a row without a record says what another does; a series without episodes says nothing."""
        is_sum = "plays" in row or "last_watched_at" in row
        says = "watched_at" in row or (is_sum and ("movie" in row or bool(objects_in(row.get("seasons")))))
        return says and _work_of(row) != NOWHERE

    def _of(self, row, name):
        """Yields the records of an object, by what it says."""
        if "privacy" in row:
            yield self._list(row)
        elif "watched_at" in row:
            yield self._watch(row)
        elif "rated_at" in row:
            yield _rating(row)
        elif "comment" in row:
            yield _comment(row)
        elif "listed_at" in row:
            yield self._entry(row, name)
        elif "last_watched_at" in row or "plays" in row:
            yield from self._sums(row)

    def _watch(self, row):
        work = _work_of(row)
        if work == NOWHERE or not self.once(_identity(work), text_of(row["watched_at"], 40)):
            return None
        is_first = self.firsts.get(hash(_identity(work))) == text_of(row["watched_at"], 40)
        key = str(number) if (number := number_of(row.get("id"), 10**12)) else ""
        return watched(work, *moment_of(row["watched_at"]), is_rewatch=not is_first, key=key)

    def _sums(self, row):
        """Yields what no history says. A series says it by its episodes."""
        work = _work_of(row)
        if work == NOWHERE:
            return
        if work.medium == "film":
            yield self._sum(work, row)
        for season in objects_in(row.get("seasons")):
            for episode in objects_in(season.get("episodes")):
                yield self._sum(_numbered(work, season.get("number"), episode.get("number")), episode)

    def _sum(self, work, row):
        if work is None or hash(_identity(work)) in self.firsts or not self.once(_identity(work)):
            return None
        return watched(work, *moment_of(row.get("last_watched_at")))

    def _list(self, row):
        called, key = title_of(row.get("name")), _list_key(row)
        self.lists[key] = called, row.get("privacy") != "public"
        day, _time = moment_of(row.get("created_at"))
        text = text_of(row.get("description"))
        is_private = row.get("privacy") != "public"
        return called and Record("list", day=day, text=text, list_name=called, key=key, is_private=is_private)

    def _entry(self, row, name):
        work, part, called, key, is_private = _work_of(row), "watchlist", "", "", False
        if work == NOWHERE:
            return None
        if match := LIST_NAME.fullmatch(name.rpartition("/")[2]):
            part, key = "list entry", match[1]
            called, is_private = self.lists.get(key, (title_of(match[2].replace("-", " ")), True))
        elif "favorites" in name:
            part = "favourite"
        rank = str(number) if (number := number_of(row.get("rank"))) and part != "watchlist" else ""
        return Record(
            part, work, *moment_of(row.get("listed_at")), text=text_of(row.get("notes")), list_name=called,
            raw=rank, key=key, is_private=is_private,
        )  # fmt: skip


def _list_key(row):
    number = number_of(object_of(row.get("ids")).get("trakt"), 10**12)
    return str(number) if number else ""


def _rating(row):
    work, rating = _work_of(row), rating_of(row.get("rating"))
    if work == NOWHERE or not rating:
        return None
    return Record("rating", work, *moment_of(row.get("rated_at")), rating=rating)


def _comment(row):
    work, said = _work_of(row), object_of(row.get("comment"))
    if not (text := text_of(said.get("comment"))):
        return None
    key = str(number) if (number := number_of(said.get("id"), 10**12)) else ""
    return Record(
        "review" if is_true(said.get("review")) else "comment", work, *moment_of(said.get("created_at")),
        rating=rating_of(object_of(said.get("user_stats")).get("rating")), text=text,
        is_spoiler=is_true(said.get("spoiler")), key=key,
    )  # fmt: skip


def _work_of(row):
    """The work that an object names; NOWHERE where it names none, or a person."""
    if movie := object_of(row.get("movie")):
        return _titled(movie, "film")
    work = _titled(object_of(row.get("show")), "series")
    if work == NOWHERE:
        return work
    if episode := object_of(row.get("episode")):
        title, known = title_of(episode.get("title")), _ids(episode)
        return _numbered(work, episode.get("season"), episode.get("number"), title, known) or NOWHERE
    season = object_of(row.get("season"))
    return (_season(work, season.get("number")) or NOWHERE) if season else work


def _titled(about, medium):
    title, known = title_of(about.get("title")), _ids(about)
    return Work(title, year_of(about.get("year")), medium, ids=known) if title or known else NOWHERE


def _season(work, number):
    number = number_of(number, 10_000)
    return None if number is None else Work(work.title, work.year, "series", ids=work.ids, season=number)


def _numbered(work, season, number, title="", known=None):
    """An episode of a series; None where it has no number. Season 0 holds the specials."""
    season, number = number_of(season, 10_000), number_of(number)
    if season is None or number is None:
        return None
    return Work(
        work.title, work.year, "series", ids=work.ids, season=season, episode=number, episode_title=title,
        episode_ids=known or {},
    )  # fmt: skip


def _ids(about):
    known = object_of(about.get("ids"))
    return ids_of(imdb=known.get("imdb"), tmdb=known.get("tmdb"), tvdb=known.get("tvdb"))


def _identity(work):
    """What names a work, whichever file tells of it."""
    ids = sorted(work.ids.items()) or [(work.title.lower(), str(work.year))]
    return work.medium, *ids, work.season, work.episode


READER = Reader(
    "trakt", NAMES, fits, records,
    not_read=_("The settings, the profile and the connected apps in it are not read."),
    reasons=(
        (re.compile(r"collection-.*"), _("It tells what you own, and not what you saw.")),
        (re.compile(r"watched-playback.*"), _("It tells what you did not see to its end.")),
        (re.compile(r"hidden-.*"), _("It tells what Trakt does not show you.")),
        (re.compile(r"user-.*"), _("It holds your profile there, which stays there.")),
    ),
)  # fmt: skip
