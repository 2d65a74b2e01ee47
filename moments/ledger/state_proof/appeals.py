"""Proves that appeals and answers have the very texts that they had when their rows were written."""

from moments.ledger.chain import fingerprint
from moments.models import Appeal

from .table import Proof, number_of, unlike, walk, word_of


class Appeals(Proof):
    """Proves all appeals about one target together, since it may have been removed several times."""

    def named(self, newest_rows):
        named = {*newest_rows.appeals, *newest_rows.answers, *newest_rows.strikes}
        return sorted(named, key=lambda target: (word_of(target), number_of(target)))

    def marked(self):
        return unlike(appeal.removal.target for appeal in walk(Appeal.objects.select_related("removal")))

    def load(self, targets):
        found = {target: [] for target in targets}
        appeals = Appeal.objects.filter(removal__target__in=targets).select_related("removal")
        for appeal in appeals.order_by("pk"):
            found[appeal.removal.target].append(appeal)
        return found

    def check(self, target, appeals, newest_rows):
        rows = dict(newest_rows.appeals.get(target, {}))
        strikes, answers = (
            list(newest_rows.strikes.get(target, [])),
            list(newest_rows.answers.get(target, [])),
        )
        for appeal in appeals:
            yield from check_text(appeal, rows.pop(appeal.removal_id, None), strikes)
            yield from check_answer(appeal, answers)
        for row in rows.values():
            yield f"The appeal of row {row.number} about {target} is gone."
        for row in strikes:
            yield f"Row {row.number} took away the words of an appeal about {target}, and they are there."
        for row in answers:
            yield f"The answer of row {row.number} to an appeal about {target} is gone."


def check_text(appeal, row, strikes):
    """Check one appeal. An appeal without words uses up one of the rows that struck some."""
    if row is None:
        yield f"The appeal against row {appeal.removal_id} has no row of its own."
    elif not appeal.text and strikes:
        strikes.pop()
    elif not appeal.text:
        yield f"The words of the appeal against row {appeal.removal_id} are gone, and no row says so."
    elif fingerprint([appeal.text]) != row.text:
        yield f"The text of the appeal against row {appeal.removal_id} is not the one of row {row.number}."


def check_answer(appeal, answers):
    """Check the answer of one appeal, which uses up a row that answered."""
    if (appeal.answered is None) == bool(appeal.answer):
        yield f"The appeal against row {appeal.removal_id} is answered by half."
    if not appeal.answer:
        return
    text = fingerprint([appeal.answer])
    row = next((row for row in answers if row.text == text), None)
    if row is None:
        yield f"The answer to the appeal against row {appeal.removal_id} is not one that the ledger knows."
    else:
        answers.remove(row)
