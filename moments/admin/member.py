"""The page of a member: their record, all that they made, and one act for all of it."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.admin import MemberAdmin
from accounts.models import User

from .author import made_by, record_of
from .evidence import ShowsEvidence
from .sweep import Sweeps

admin.site.unregister(User)


@admin.register(User)
class AuthorAdmin(Sweeps, ShowsEvidence, MemberAdmin):
    facts = (
        *("username", "account_state", "record", "made", "date_joined", "last_login"),
        *("avatar", "links", "fediverse"),
    )

    @admin.display(description=_("record"))
    def record(self, member):
        return " · ".join(record_of(member))

    @admin.display(description=_("made by them"))
    def made(self, member):
        """Each number a link to the list of it."""
        links = ((made.url, made.words) for made in made_by(member))
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or gettext("Nothing so far.")
