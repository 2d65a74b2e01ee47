"""Reports and appeals that come too late: the verb refuses, and the form keeps the text and says why."""

import pytest
from django.urls import reverse

from moments.models import Appeal, LedgerEntry, Report
from moments.models.refusals import Appealed, Gone, NothingToAppeal, NothingToReport
from tests.support.makers import make_comment, moderator

NOTE = "It sells pills, says sixtoes."


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, "Buy pills at my shop.")


@pytest.fixture
def removed(moment, seb, keith):
    comment = make_comment(moment, seb, "Take two of these.")
    comment.remove(keith, "spam")
    return comment


def meanwhile(monkeypatch, verb, act):
    """Have something happen between the opening of a form page and its verb."""
    manager, name = verb.__self__, verb.__name__

    def late(*args, **options):
        act()
        return verb(*args, **options)

    monkeypatch.setattr(type(manager), name, lambda _manager, *args, **options: late(*args, **options))


def test_what_was_removed_since_it_was_read_is_not_reported(comment, seb, mia):
    type(comment).objects.get(pk=comment.pk).remove(moderator(), "spam")
    with pytest.raises(Gone):
        Report.objects.file(seb, comment, "spam")
    assert Report.objects.count() == 0


def test_nobody_reports_themselves_or_what_they_wrote(comment, mia):
    for target in (comment, mia):
        with pytest.raises(NothingToReport):
            Report.objects.file(mia, target, "spam")
    assert Report.objects.count() == 0


def test_a_report_that_comes_too_late_keeps_its_note(as_seb, comment, monkeypatch):
    meanwhile(monkeypatch, Report.objects.file, lambda: comment.remove(moderator(), "spam"))
    answer = as_seb.post(reverse("comment-report", args=[comment.pk]), {"reason": "spam", "note": NOTE})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [str(Gone.sentence)]
    assert NOTE in answer.text
    assert Report.objects.count() == 0


def test_nobody_appeals_for_others(removed, mia):
    with pytest.raises(NothingToAppeal):
        Appeal.objects.lodge(removed, mia, "It was a recipe.")


@pytest.mark.parametrize("reason", [NothingToAppeal, Appealed])
def test_an_appeal_that_comes_too_late_keeps_its_text(reason, as_seb, removed, seb, keith, monkeypatch):
    lodge = Appeal.objects.lodge
    acts = {NothingToAppeal: lambda: removed.restore(keith), Appealed: lambda: lodge(removed, seb, "First.")}
    meanwhile(monkeypatch, lodge, acts[reason])
    answer = as_seb.post(reverse("appeal", args=[removed.removal_id]), {"text": "It was a recipe."})
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [str(reason.sentence)]
    assert "It was a recipe." in answer.text
    assert LedgerEntry.objects.filter(action="appeal").count() == (reason is Appealed)
