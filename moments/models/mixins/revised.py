"""What members know and everybody may edit: facts of films, seasons, episodes and people, with history."""

from django.db import models
from django.utils import timezone

from ..locking import locked_row
from ..refusals import FactsLocked, FilmGone
from ..revision import Revision
from .stateful import State

SOURCES_LOOKED_AT, SOURCES_SHOWN = 20, 3


def lock_facts(rows, by, as_staff=False, gone=FilmGone, refusal=FactsLocked):
    """Lock the film or person whose facts somebody is about to edit, or those of a film's parts.

    Args:
        rows: the query that finds it.
        by: who edits, None for the site itself.
        as_staff: whether the facts may be locked by moderators.
        gone, refusal: what is raised where it is out of sight, and where moderators locked it.

    Raises these, and Suspended.
    """
    row = locked_row(rows, by and by.pk, "locked")
    if row["state"] != State.VISIBLE:
        raise gone
    if row["locked"] and not as_staff:
        raise refusal


class Revised(models.Model):
    """Each edit of its facts is kept, with where they are known from. It is named by `model_name`."""

    # The columns of the facts, and those of which the ledger keeps the fingerprint.
    fact_names, fingerprinted_fields = (), ()
    # What an edit of this very object has just kept, and the texts that it replaced.
    revision = replaced = None

    class Meta:
        abstract = True

    @property
    def columns(self):
        """The facts that are columns, as they are kept."""
        return {name: getattr(self, name) for name in self.fact_names}

    @property
    def texts(self):
        return self.columns

    @property
    def history_url(self):
        return f"{self.get_absolute_url()}history/"

    @property
    def version(self):
        """The key of the newest revision, 0 before the first."""
        return self.revisions.order_by("-pk").values_list("pk", flat=True).first() or 0

    def facts_after(self, version):
        """The facts as they were when this revision was the newest; None when it still is."""
        later = self.revisions.kept().filter(pk__gt=version).order_by("pk")
        return later.values_list("texts", flat=True).first()

    def for_edit(self):
        """The same as it is now, locked until the transaction ends."""
        return type(self).objects.select_for_update(no_key=True).get(pk=self.pk)

    def sources(self, viewer):
        """Where the newest edits say that the facts are known from, each once; none that the viewer mutes."""
        rows = self.revisions.filter(source__gt="").with_muted(viewer).order_by("-pk")[:SOURCES_LOOKED_AT]
        return list(dict.fromkeys(row.source for row in rows if not row.is_muted))[:SOURCES_SHOWN]

    def leave_unedited(self, seen, before):
        """Let a fact that the editor did not change stay as somebody else may have made it meanwhile.

        Args:
            seen: the facts as the editor saw them on the form; None when all of them are edited.
            before: the facts as they are stored.
        """
        mine = self.texts
        for name, fact in (seen or {}).items():
            self.set_fact(name, before[name] if mine[name] == fact else mine[name], fact, before[name])

    def set_fact(self, name, fact, seen=None, stored=None):
        """Make it a fact; `seen` and `stored` are what it was on the editor's form, and what it is by now."""
        setattr(self, name, fact)

    def restore_texts(self, texts, by):
        """Put back older facts; what they do not tell of stays."""
        for name, fact in texts.items():
            self.set_fact(name, fact)
        self.revise(by)
        return self.revision is not None

    def keep_version(self, by, before, source=""):
        """Keep what the facts were before an edit, and note when that was."""
        self.edited = timezone.now()
        kept = {self.model_name: self, "editor": by, "texts": before, "created": self.edited}
        self.revision = Revision.objects.create(**kept, source=source)

    @property
    def ledger_texts(self):
        return self.ledger_texts_of(self.columns)

    def ledger_texts_of(self, texts):
        return [texts[name] for name in self.fingerprinted_fields]
