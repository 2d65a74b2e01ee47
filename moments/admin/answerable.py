"""An edit by staff stands in the ledger like every other act of theirs: nothing escapes it through a form."""

from django.contrib import messages
from django.utils.html import format_html
from django.utils.text import capfirst, get_text_list

from moments.models import Action, LedgerEntry

STILL_READ = (
    'What it said before is still read in <a href="{}">its history</a>; private data is withdrawn there.'
)


class Answerable:
    """For an admin of posts or comments, whose `revise` keeps what the text said before."""

    def log_change(self, request, obj, message):
        """Called in the transaction of the edit, with what was changed as Django tells it; [] for nothing."""
        if message:
            self.answer_for(request.user, obj, message)
            if obj.revision:
                messages.info(request, format_html(STILL_READ, obj.revision.get_absolute_url()))
        return super().log_change(request, obj, message)

    def answer_for(self, member, obj, message):
        texts = (obj.revision or obj).ledger_texts
        entry = LedgerEntry.objects.record(member, Action.EDIT, obj, note=told(message), texts=texts)
        if obj.revision:
            obj.revision.entry = entry
            obj.revision.save(update_fields=["entry"])


def told(message):
    """The names of what was changed, and none of its words: “Title, tags and a source.”"""
    names = []
    for part in message:
        ((_deed, details),) = part.items()
        names += [f"a {details['name']}"] if "name" in details else details["fields"]
    names = [str(name).lower() for name in dict.fromkeys(names)]
    return f"{capfirst(get_text_list(names, 'and'))}."
