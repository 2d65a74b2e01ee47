"""Proves that older versions of a text are those that the ledger names, and revoked when it says so."""

from django.db.models import Q

from moments.ledger.chain import fingerprint
from moments.models import Action, Revision, State
from moments.models.mixins.stateful import Stateful
from moments.models.revision import TARGETS

from .table import Proof, number_of, unlike, walk, word_of

IN_THE_LEDGER = Q(entry__isnull=False) | Q(revocation__isnull=False) | Q(texts={})


class Versions(Proof):
    """Proves all older versions of one text together; the target is that text."""

    def named(self, newest_rows):
        return sorted(newest_rows.revoked, key=lambda target: (word_of(target), number_of(target)))

    def marked(self):
        revisions = Revision.objects.filter(IN_THE_LEDGER).select_related(*TARGETS)
        return unlike(revision.target.ledger_name for revision in walk(revisions))

    def load(self, targets):
        found = {target: [] for target in targets}
        for word in {word_of(target) for target in targets}:
            keys = [number_of(target) for target in targets if word_of(target) == word]
            revisions = Revision.objects.filter(IN_THE_LEDGER, **{f"{word}__in": keys}).order_by("pk")
            for revision in revisions.select_related("entry", "revocation", word):
                found[f"{word}/{getattr(revision, f'{word}_id')}"].append(revision)
        return found

    def check(self, target, revisions, newest_rows):
        for revision in revisions:
            yield from check_revocation(target, revision)
            yield from check_edit(target, revision)
        named = [revision.revocation_id for revision in revisions if revision.is_revoked]
        yield from (
            f"Several older versions of {target} name row {number}, which revoked one."
            for number in sorted({number for number in named if named.count(number) > 1})
        )
        missing = newest_rows.revoked.get(target, set()).difference(named)
        if missing and not is_deleted(target):
            rows = ", ".join(map(str, sorted(missing)))
            yield f"{target} has no version that was revoked in row {rows}."


def check_revocation(target, revision):
    row = revision.revocation
    if row is None:
        if not revision.texts:
            yield f"An older version of {target} has lost its words, and no row says so."
    elif (row.action, row.target) != (Action.REVOKE, target):
        yield f"An older version of {target} names row {row.number}, which did not revoke it."
    elif revision.texts:
        yield f"An older version of {target}, revoked in row {row.number}, has words."


def check_edit(target, revision):
    row = revision.entry
    if row is None:
        return
    if (row.action, row.target) != (Action.EDIT, target):
        yield f"An older version of {target} names row {row.number}, which is no edit of it."
    elif not revision.is_revoked and fingerprint(revision.ledger_texts) != row.text:
        yield f"The text of {target}, edited in row {row.number}, is not the one from before."


def is_deleted(target):
    """Whether its author deleted it, and all its versions with it."""
    model = Revision._meta.get_field(word_of(target)).related_model
    rows = model._base_manager.filter(pk=number_of(target))
    if issubclass(model, Stateful):
        rows = rows.exclude(state=State.DELETED)
    return not rows.exists()
