"""What the ledger needs beside what a test does, and what it says of itself."""

from io import StringIO

from django.core.management import call_command

from accounts.models import User
from moments.models import LedgerEntry
from tests.support.makers import make_comment, make_moment, moderator


def note_rights():
    """Give the staff of a test, who were made without a row in the ledger, the row that a real one has."""
    noted = LedgerEntry.objects.filter(action="rights").values("target")
    for member in User.objects.filter(is_staff=True).order_by("pk"):
        if not noted.filter(target=member.ledger_name).exists():
            member.record(member, "rights", "Made for a test.", member.rights)


def verified(**options):
    """What verify_ledger says of the rows first of all."""
    note_rights()
    output = StringIO()
    call_command("verify_ledger", stdout=output, **options)
    return output.getvalue().splitlines()[0]


def make_acts(film, mia, seb, keith):
    """Four rows: two removals, a lock, a restoration."""
    first, second = make_moment(film, mia, "Buy pills"), make_moment(film, mia)
    comment = make_comment(second, seb, "My address is 5 Elm Street.")
    first.remove(keith, "spam", "It sells pills.")
    comment.remove(keith, "private")
    second.lock(keith, "It turned into a quarrel about shoes.")
    first.restore(moderator(), "A slip of mine.")
    return list(LedgerEntry.objects.order_by("number"))


def rows():
    return LedgerEntry.objects.order_by("number")
