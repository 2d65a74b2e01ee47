"""TV Time's export: a ZIP of some sixty tables, which TV Time sent until it closed in 2026.

The order of columns differs from person to person. A ZIP also holds hashes of passwords, tokens and
addresses: only the tables that are named here are ever opened.
"""

import re

from django.utils.translation import gettext_lazy as _

from . import tv_time_extension, tv_time_said, tv_time_seen
from .reader import Reader
from .records import Once
from .tv_time_names import names_in
from .values import text_of

NAMES = re.compile(
    r"(?:tracking-prod-records(?:-v2)?|followed_tv_show|user_tv_show_data|rewatched_episode|seen_episode_source"
    r"|lists-prod-lists|(?:emotions|ratings)-(?:3-prod-episode_votes|v2-prod-votes|live-votes)|tv_show_rate"
    r"|comments-prod-comments|episode_comment|show_comment"
    r"|tvtime-(?:movies|series|series-episodes)[0-9-]*)\.csv|tvtime-movies[0-9-]*\.json"
)
SECRETS = re.compile(r".*(?:token|password|auth|login|ip_address|device).*|user\.csv")
# What each kind of table is known by, in the order in which they are read: the surest of what is seen first.
FILE_KINDS = (
    ("episodes", ("key", "s_id", "series_name", "created_at"), tv_time_seen.tracked_episodes),
    ("films", ("type", "movie_name", "release_date", "created_at"), tv_time_seen.tracked_films),
    ("rewatched", ("tv_show_name", "episode_season_number", "episode_number", "cpt"), tv_time_seen.rewatched),
    ("comment", ("comment", "tv_show_name"), tv_time_said.comments),
    ("seen", ("tv_show_name", "episode_season_number", "episode_number", "created_at"), tv_time_seen.seen),
    ("shows", ("tv_show_id", "is_followed", "is_favorited"), tv_time_seen.shows),
    ("followed", ("tv_show_id", "tv_show_name", "active"), tv_time_seen.followed),
    ("lists", ("objects", "s_key"), tv_time_said.lists),
    ("votes", ("vote_key",), tv_time_said.votes),
    ("rates", ("tv_show_name", "rating"), tv_time_said.show_ratings),
    ("comments", ("text", "entity_type", "is_spoiler"), tv_time_said.comments),
    ("extension films", ("uuid", "title", "is_watched"), tv_time_extension.films),
    ("extension episodes", ("series_tvdb_id", "season", "episode", "is_watched"), tv_time_extension.episodes),
    ("extension series", ("uuid", "tvdb_id", "title", "status"), tv_time_extension.series),
)


def kind_of(head):
    """The place in FILE_KINDS of what begins so; None where it is no table of theirs."""
    return next(
        (place for place, (_name, columns, _read) in enumerate(FILE_KINDS) if head.has(*columns)), None
    )


def fits(head):
    place = kind_of(head)
    return place is not None and (head.kind == "csv" or FILE_KINDS[place][0] == "extension films")


def records(bundle):
    """Yields the records of an export. What two tables say of one episode is one record."""
    tables = sorted((kind_of(bundle.head(name)), name) for name in bundle.found.opened)
    known, once = names_in(bundle, [name for _place, name in tables]), Once()
    for place, name in tables:
        for record in FILE_KINDS[place][2](bundle, name, known):
            if record is None:
                bundle.leave_out()
            elif once(*_identity(record, known)):
                yield record


def _identity(record, known):
    """What is seen is seen once, whenever a table says it was; a rewatch counts by its time."""
    work = record.work
    about = known.identity(work), work.season, work.episode
    if record.part in ("diary", "seen"):
        return "seen", *about, record.is_rewatch, record.is_rewatch and text_of(str(record.time), 19)
    if record.part in ("watchlist", "follow", "favourite"):
        return record.part, *about
    return record.part, *about, record.day, record.rating, record.text, record.list_name, record.raw


READER = Reader(
    "tv-time", NAMES, fits, records,
    not_read=_("Hashes of passwords, tokens, addresses and devices in it are never read."),
    reasons=(
        (SECRETS, _("It may hold secrets.")),
        (re.compile(r".*character.*"), _("It tells which characters you chose, which is not kept here.")),
    ),
)  # fmt: skip
