"""A diary entry that its member deleted comes back within a day as it was, and is nowhere after that."""

import datetime

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import Deletion, DiaryEntry, Film, Moment
from moments.models.deletion import UNDOABLE
from moments.models.diary_entry import DayTaken
from moments.tasks import tidy
from tests.support.ledger import verified
from tests.support.makers import moderator
from tests.support.pages import messages_of, select

DAY = datetime.date(2026, 2, 14)
FIELDS = [field.attname for field in DiaryEntry._meta.fields]


@pytest.fixture
def entry(moment, seb):
    moment.feel(seb, "joy")
    return moment.relive(seb, DAY, "In the *quuxrain*.", public=True)


def row(entry):
    return DiaryEntry.objects.filter(pk=entry.pk).values(*FIELDS).first()


def counts():
    return Moment.objects.get().relive_count, Film.objects.get().relive_count


def undo(entry):
    return reverse("diary-entry-undelete", args=[entry.pk])


def delete(client, entry):
    return client.post(reverse("diary-entry-delete", args=[entry.pk]), {"next": "/new/"}, follow=True)


def test_it_comes_back_as_it_was_from_its_toast(as_seb, entry):
    before = row(entry)
    page = delete(as_seb, entry)
    assert (row(entry), counts()) == (None, (0, 0))
    (form,) = select(page, ".toast form")
    assert (form["action"], form.get("data-hx-target")) == (undo(entry), None)
    assert as_seb.post(form["action"], {"next": "/new/"})["Location"] == "/new/"
    assert (row(entry), counts()) == (before, (1, 1))
    assert not Deletion.objects.exists()


def test_it_comes_back_once(as_seb, seb, moment, entry):
    delete(as_seb, entry)
    assert [moment.undelete_entry(entry.pk, seb) for _twice in range(2)] == [True, False]
    assert as_seb.post(undo(entry)).status_code == 404
    assert counts() == (1, 1)


def test_nobody_else_brings_it_back(as_seb, client, mia, moment, entry):
    delete(as_seb, entry)
    client.logout()
    assert client.post(undo(entry)).status_code == 404
    client.force_login(mia)
    assert client.post(undo(entry)).status_code == 404
    assert moment.undelete_entry(entry.pk, mia) is False
    assert row(entry) is None


def test_after_a_day_it_is_nowhere(as_seb, entry, clock):
    delete(as_seb, entry)
    clock.forward(UNDOABLE)
    assert as_seb.post(undo(entry)).status_code == 404
    tidy(clock.now)
    assert not Deletion.objects.exists()


def test_it_goes_with_the_account(as_seb, seb, entry):
    delete(as_seb, entry)
    delete_account(seb, take_texts=False)
    assert not Deletion.objects.exists()


def test_another_entry_of_that_day_stays(as_seb, seb, moment, entry):
    delete(as_seb, entry)
    moment.relive(seb, DAY, "Another one.")
    with pytest.raises(DayTaken):
        moment.undelete_entry(entry.pk, seb)
    page = as_seb.post(undo(entry), {"next": "/new/"}, follow=True)
    assert len(messages_of(page)) == 1
    assert [each.note for each in DiaryEntry.objects.all()] == ["Another one."]
    assert counts() == (1, 1)


def test_a_removed_note_is_still_removed_when_it_comes_back(as_seb, seb, moment, entry):
    entry.remove(moderator(), "spam")
    removal, before = row(entry)["removal_id"], verified()
    delete(as_seb, entry)
    moment.undelete_entry(entry.pk, seb)
    assert (row(entry)["removal_id"], row(entry)["public"]) == (removal, False)
    assert verified() == before


def test_it_comes_back_where_the_moment_was_removed_meanwhile(as_seb, moment, entry):
    delete(as_seb, entry)
    Moment.objects.get().remove(moderator(), "spam")
    assert as_seb.post(undo(entry), {"next": "/new/"}).status_code == 302
    assert row(entry)["note"] == "In the *quuxrain*."


def test_the_entries_of_other_members_and_of_other_days_are_not_in_its_way(moment, seb, mia, entry):
    moment.relive(mia, DAY)
    moment.relive(seb, DAY + datetime.timedelta(days=1))
    moment.forget(entry)
    assert moment.undelete_entry(entry.pk, seb) is True
    assert counts() == (3, 3)
