"""What was reported and is removed: its reports are closed, and those who made them are told."""

import pytest

from accounts.models import User
from moments.models import Event, EventKind, LedgerEntry, Report
from tests.support.makers import make_moment, moderator
from tests.support.reports import filed

pytestmark = pytest.mark.django_db


def test_a_removal_closes_the_reports_on_it_and_no_others(moment, film, mia, seb, keith):
    other = make_moment(film, mia)
    mine, theirs, elsewhere = filed(seb, moment), filed(keith, moment), filed(seb, other)
    by = moderator()
    moment.remove(by, "spam")
    number = LedgerEntry.objects.get().number
    found = Report.objects.order_by("pk").values_list("pk", "state", "outcome", "closed_by")
    assert list(found) == [
        (mine.pk, "acted", f"remove:{number}:spam", by.pk),
        (theirs.pk, "acted", f"remove:{number}:spam", by.pk),
        (elsewhere.pk, "open", "", None),
    ]
    told = Event.objects.filter(kind=EventKind.REPORT).values_list("number", flat=True)
    assert sorted(told) == [mine.pk, theirs.pk]
    unread = User.objects.filter(unread_report_results=1).order_by("pk")
    assert list(unread) == [seb, keith]


def test_a_report_keeps_the_texts_that_the_ledger_fingerprints(moment, comment):
    assert moment.reported_texts == moment.ledger_texts
    assert comment.reported_texts == ["Buy pills at my shop."]
