"""An edit by staff stands in the ledger like every other act of theirs: nothing escapes it through a form."""

from django.contrib import messages
from django.utils import translation
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext_lazy as _

from moments.models import Action, LedgerEntry

STILL_READ = _(
    'What it said before is still read in <a href="{}">its history</a>;'
    " a version that holds private data is revoked there."
)


class Audited:
    """For an admin of posts, comments or films, whose `revise` keeps what was said before."""

    def log_change(self, request, obj, message):
        """Called in the transaction of the edit, with what was changed as Django tells it; [] for nothing."""
        if message:
            self.record_edit_of(request.user, obj, message)
            if obj.revision:
                messages.info(request, format_html(STILL_READ, obj.revision.get_absolute_url()))
        return super().log_change(request, obj, message)

    def record_edit_of(self, member, obj, message):
        note = self.note_of(message)
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
