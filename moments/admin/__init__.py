"""The pages of the staff, one concept a file."""

from django.contrib import admin

from . import comment, film, moment, relive, song, tag, trivia
from .dashboard import dashboard

__all__ = ["comment", "film", "moment", "relive", "song", "tag", "trivia"]

admin.site.dashboard = dashboard
