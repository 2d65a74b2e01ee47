"""Removing and restoring, the same for all that has a state."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import Reason, State
from moments.models.ledger import NOTE_LIMIT
from reelive.fields import ProseField
from reelive.staff import AdminScope
from reelive.staff_verbs import Verb


class NoteForm(forms.Form):
    """Why, for everybody to read in the ledger."""

    note = ProseField(
        label=_("Why"),
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Stands in the public ledger for good: no names, no addresses, nothing private."),
        error_messages={"required": _("Say why: everybody can read it in the ledger.")},
    )


class RemovalForm(NoteForm):
    """One of the four reasons says why; a note may say more."""

    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Reason,
        widget=forms.RadioSelect,
        help_text=_("These are the only reasons for a removal."),
        error_messages={"required": _("Choose one of the four reasons.")},
    )
    field_order = ["reason", "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["note"].label, self.fields["note"].required = gettext("Note"), False


REMOVE = Verb(
    "remove",
    _("Remove"),
    _("Removed"),
    _("Readers will find a tombstone with the reason in its place; the author still sees the text."),
    lambda row: row.state == State.VISIBLE,
    RemovalForm,
    _("Remove them"),
)
RESTORE = Verb(
    "restore",
    _("Restore"),
    _("Restored"),
    _("Everybody will be able to read it again, where it was."),
    lambda row: row.state == State.REMOVED,
    NoteForm,
    _("Restore them"),
)
LOCK = Verb(
    "lock",
    _("Lock the thread"),
    _("Locked"),
    _("Nobody can add to the thread; what is said stays."),
    lambda post: post.is_visible and not post.locked,
    NoteForm,
    _("Lock their threads"),
)
UNLOCK = Verb(
    "unlock",
    _("Open the thread"),
    _("Opened"),
    _("Everybody can add to the thread again."),
    lambda post: post.locked,
    NoteForm,
    _("Open their threads"),
)


def in_state(state):
    return lambda rows: rows.filter(state=state)


def removed_tags(tags):
    """Those that staff took away; a merged one is not hidden, its address leads on."""
    return tags.filter(state=State.REMOVED, merged_into=None)


LATEST = AdminScope("latest", _("Latest"), in_state(State.VISIBLE))
REMOVED = AdminScope("hidden", _("Removed by staff"), in_state(State.REMOVED))
WITHHELD = AdminScope("withheld", _("Withheld with their film"), in_state(State.WITHHELD))
DELETED = AdminScope("deleted", _("Deleted by their authors"), in_state(State.DELETED))
