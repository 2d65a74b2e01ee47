"""The pages of the staff, one concept a file."""

from django.contrib import admin

from . import (
    appeal,
    catalogue_title,
    comment,
    diary_entry,
    episode,
    export,
    film,
    film_arc,
    filter,
    homecoming,
    member,
    member_list,
    moment,
    person,
    player,
    rating,
    recording,
    report,
    review,
    revision,
    rows_of_members,
    site_page,
    song,
    tag,
    trivia,
    verdict,
)
from .dashboard import dashboard

__all__ = [
    "appeal",
    "catalogue_title",
    "comment",
    "diary_entry",
    "episode",
    "export",
    "film",
    "film_arc",
    "filter",
    "homecoming",
    "member",
    "member_list",
    "moment",
    "person",
    "player",
    "rating",
    "recording",
    "report",
    "review",
    "revision",
    "rows_of_members",
    "site_page",
    "song",
    "tag",
    "trivia",
    "verdict",
]

admin.site.dashboard = dashboard
