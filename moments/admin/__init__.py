"""The pages of the staff, one concept a file."""

from django.contrib import admin

from . import (
    appeal,
    comment,
    diary_entry,
    export,
    film,
    filter,
    member,
    member_list,
    moment,
    report,
    revision,
    site_page,
    song,
    tag,
    trivia,
    verdict,
)
from .dashboard import dashboard

__all__ = [
    "appeal",
    "comment",
    "diary_entry",
    "export",
    "film",
    "filter",
    "member",
    "member_list",
    "moment",
    "report",
    "revision",
    "site_page",
    "song",
    "tag",
    "trivia",
    "verdict",
]

admin.site.dashboard = dashboard
