"""An edit by staff stands in the ledger like every other act of theirs: nothing escapes it through a form."""

from django import forms
from django.contrib import messages
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext_lazy as _

from moments.models import Action, LedgerEntry
from moments.models.ledger import NOTE_LIMIT
from reelive.fields import ProseField

STILL_READ = _(
    'What it said before is still read in <a href="{}">its history</a>;'
    " a version that holds private data is revoked there."
)


class ReasonedForm(forms.Form):
    """A form by which staff edit what others wrote."""

    why = ProseField(
        label=_("Why you edit it"),
        max_length=NOTE_LIMIT // 2,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Stands in the public ledger for good: no names, no addresses, nothing private."),
        error_messages={"required": _("Say why: everybody can read it in the ledger.")},
    )


class Audited:
    """For an admin of posts, comments or films, whose `revise` keeps what was said before.

    Its form is a ReasonedForm.
    """

    def construct_change_message(self, request, form, formsets, add=False):
        """What was changed, as Django tells it, [] for nothing; and why, which is no change."""
        form.changed_data = [name for name in form.changed_data if name != "why"]
        return super().construct_change_message(request, form, formsets, add), form.cleaned_data["why"]

    def log_change(self, request, obj, message):
        """Called in the transaction of the edit, with what `construct_change_message` gave."""
        changes, why = message
        if changes:
            self.record_edit_of(request.user, obj, changes, why)
            if obj.revision:
                messages.info(request, format_html(STILL_READ, obj.revision.get_absolute_url()))
        return super().log_change(request, obj, changes)

    def record_edit_of(self, member, obj, changes, why):
        note = f"{self.note_of(changes)} {why}"
        entry = LedgerEntry.objects.record(member, Action.EDIT, obj, note=note, texts=obj.replaced)
        if obj.revision:
            obj.revision.entry = entry
            obj.revision.save(update_fields=["entry"])

    def note_of(self, message):
        """The names of what was changed, and none of its words: “Title, tags and a source.”"""
        return f"{capfirst(changed(message))}."


def changed(message):
    names = []
    for part in message:
        ((_deed, details),) = part.items()
        names += [f"a {details['name']}"] if "name" in details else details["fields"]
    # In English whoever edits: the ledger and the histories keep it as it is.
    with translation.override(None):
        names = [str(name).lower() for name in dict.fromkeys(names)]
        return get_text_list(names, "and")
