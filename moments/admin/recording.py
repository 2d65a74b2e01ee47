"""Recordings: mended, locked, taken out of sight, and merged where two of them are the same song."""

from dataclasses import replace

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.models import Recording
from reelive.fields import LineField
from reelive.staff import AdminScopeFilter, VerbsOnlyAdmin
from reelive.staff_verbs import Verb

from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .film import LOCK_FACTS, OPEN_FACTS, MergeForm
from .verbs import LATEST, REMOVE, REMOVED, RESTORE

REMOVE_RECORDING = replace(
    REMOVE,
    says=_("Its page is not found; the songs of films stay, each by itself. Restoring joins them."),
)


class MergeRecordingForm(MergeForm):
    model, missing = Recording, _("There is no song at this address.")
    target = LineField(
        label=_("The song that stays"),
        max_length=200,
        help_text=_("By its address here, such as /songs/mad-world/."),
    )


MERGE_RECORDING = Verb(
    "merge_into",
    _("Merge"),
    _("Merged"),
    _("All films in which it is heard go to the song that stays, and its addresses lead there from now on."),
    lambda recording: recording.is_visible,
    MergeRecordingForm,
    _("Merge them into another song"),
)


@admin.register(Recording)
class RecordingAdmin(StateFirst, ShowsEvidence, VerbsOnlyAdmin):
    """Its facts are edited on the site, by staff as by every member."""

    written_by, hidden_by = "added_by", "title"
    place = 5
    scopes = (LATEST, REMOVED)
    verbs = (REMOVE_RECORDING, RESTORE, MERGE_RECORDING, LOCK_FACTS, OPEN_FACTS)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "artist", "when")
    list_select_related = ("added_by",)
    ordering = ("-created", "-id")
    fields = readonly_fields = (
        *("title", "artist", "listen_url", "musicbrainz", "isrc", "original"),
        *("slug", "state", "locked", "added_by", "created", "edited", "merged_into"),
    )

    @admin.display(description=_("title"))
    def what(self, recording):
        return titled(recording, recording.added_by)
