"""Connections to players: that they are there, and when they were heard.

Their addresses are known to nobody here, and what a member watches is theirs.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.models import PlayerConnection
from reelive.staff import VerbsOnlyAdmin

from .word_search import AuthorSearch


@admin.register(PlayerConnection)
class PlayerConnectionAdmin(AuthorSearch, VerbsOnlyAdmin):
    written_by = "member"
    search_help_text = _("The name of a member.")
    place = 14
    list_display = ("name", "member", "player", "is_paused", "heard", "when")
    list_select_related = ("member",)
    ordering = ("-id",)
    fields = readonly_fields = ("name", "member", "player", "is_paused", "writes_diary", "heard", "created")
