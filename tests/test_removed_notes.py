"""A note in a diary that a moderator removed: nobody publishes it again but the staff."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from moments.models import Appeal, DiaryEntry, LedgerEntry
from moments.models.diary_entry import NOTE_REMOVED
from moments.models.refusals import Refused
from moments.views import diary_entries as views
from tests.support.diary import diary, edit, facts, month
from tests.support.ledger import verified
from tests.support.makers import MARCH, make_entry, moderator
from tests.support.pages import links, select


@pytest.fixture
def entry(moment, seb):
    return make_entry(moment, seb, feelings=["love", "longing"], note="On a rainy night.")


@pytest.fixture
def removed(moment, seb):
    entry = make_entry(moment, seb, note="Buy *pills*.", public=True)
    entry.remove(moderator(), "spam", "It sells pills.")
    return entry


def stored(entry):
    return DiaryEntry.objects.values_list("note", "public", "removal").get(pk=entry.pk)


def test_no_form_of_its_member_publishes_a_removed_note(as_seb, removed, moment, seb, client):
    before = stored(removed)
    assert before == ("Buy *pills*.", False, removed.removal_id)
    edit(as_seb, removed, note="Buy *pills*.", public="on", feelings=["joy"])
    edit(as_seb, removed, note="Other words.", public="on", date="2024-03-20", feelings=["joy"])
    assert stored(removed) == before
    assert facts(removed)[0] == date(2024, 3, 20)
    assert facts(removed)[3] == ["joy"]
    response = as_seb.post(
        reverse("diary-entry-add", args=[moment.pk]),
        {"date": "2024-03-20", "note": "Buy them.", "public": "on"},
    )
    assert response.status_code == 422
    assert str(NOTE_REMOVED) in response.text
    assert "Buy them." in response.text
    assert stored(removed) == before
    client.logout()
    assert "pills" not in client.get(month(seb)).text


def test_no_verb_publishes_or_changes_a_removed_note(removed, moment, seb):
    before = stored(removed)
    for say in (
        lambda: DiaryEntry.objects.get().amend("Other words.", True, []),
        lambda: DiaryEntry.objects.get().revise(MARCH, [], "Other words.", True),
        lambda: DiaryEntry.objects.get().revise(MARCH, [], "", False),
        lambda: moment.relive(seb, MARCH, "Other words.", True),
    ):
        with pytest.raises(Refused):
            say()
    with pytest.raises(IntegrityError), transaction.atomic():
        DiaryEntry.objects.update(public=True)
    assert stored(removed) == before


def test_the_day_of_a_removed_note_is_relived_again_without_words(as_seb, removed, moment, seb):
    moment.feel(seb, "joy")
    as_seb.post(reverse("diary-entry-add", args=[moment.pk]), {"date": MARCH, "note": ""})
    assert facts(removed)[3] == ["joy"]
    assert stored(removed)[0] == "Buy *pills*."


def test_a_note_that_is_removed_while_its_form_is_open_comes_back_with_a_sentence(as_seb, entry, monkeypatch):
    DiaryEntry.objects.update(public=True)
    by = moderator()
    spending = views.spending

    def remove_first(*arguments):
        DiaryEntry.objects.get().remove(by, "private")
        return spending(*arguments)

    monkeypatch.setattr(views, "spending", remove_first)
    response = edit(as_seb, entry, note="Typed meanwhile.", public="on")
    assert response.status_code == 422
    assert str(NOTE_REMOVED) in response.text
    assert "Typed meanwhile." in response.text
    assert stored(entry)[:2] == ("On a rainy night.", False)


def test_its_member_reads_why_it_went_and_where_to_appeal(as_seb, client, removed, moment, seb):
    row = removed.removal.number
    for url in (
        diary(seb),
        month(seb),
        moment.get_absolute_url(),
        reverse("diary-entry-edit", args=[removed.pk]),
    ):
        page = as_seb.get(url)
        assert links(page, "[data-removed]") == [f"/ledger/{row}/", f"/ledger/{row}/appeal/"]
        assert "Buy <em>pills</em>." in page.text
    assert "/ledger/1/" in links(as_seb.get(reverse("record")))
    assert select(as_seb.get(reverse("diary-entry-edit", args=[removed.pk])), "[name=note]") == []
    client.logout()
    assert "data-removed" not in client.get(month(seb)).text


def test_its_member_appeals_and_staff_restores_it(as_seb, client, removed, seb, keith):
    url = reverse("appeal", args=[removed.removal_id])
    assert as_seb.post(url, {"text": "It was a recipe, no pill was for sale."}).status_code == 302
    appeal = Appeal.objects.get()
    client.force_login(keith)
    page = client.get(reverse("admin:moments_appeal_change", args=[appeal.pk])).text
    assert "Buy *pills*." in page
    assert reverse("admin:moments_diaryentry_change", args=[removed.pk]) in page
    assert "Buy *pills*." in client.get(reverse("admin:moments_diaryentry_change", args=[removed.pk])).text
    assert [
        entry.pk for entry in client.get("/admin/moments/diaryentry/?show=hidden").context["cl"].result_list
    ] == [removed.pk]
    address = reverse("admin:moments_diaryentry_restore", args=[removed.pk])
    client.post(address, {"confirmed": "yes", "note": "It was a recipe."})
    assert stored(removed) == ("Buy *pills*.", True, None)
    rows = LedgerEntry.objects.order_by("number").values_list("actor", "action", "target")
    assert list(rows) == [
        ("bill", "remove", f"reliving/{removed.pk}"),
        ("seb", "appeal", f"reliving/{removed.pk}"),
        ("keith", "restore", f"reliving/{removed.pk}"),
    ]
    client.logout()
    assert "Buy <em>pills</em>." in client.get(month(seb)).text


def test_nobody_appeals_for_others_or_restores_their_own(as_mia, removed, seb):
    assert (
        as_mia.post(reverse("appeal", args=[removed.removal_id]), {"text": "Not mine at all."}).status_code
        == 404
    )
    assert removed.restore(seb) is False
    assert removed.restore(moderator()) is True
    assert removed.restore(moderator()) is False


def test_an_entry_with_a_removed_note_is_taken_back_and_leaves_nothing_to_prove(as_seb, removed):
    as_seb.post(reverse("diary-entry-delete", args=[removed.pk]))
    assert not DiaryEntry.objects.exists()
    assert verified() == "2 rows follow one another, 0 removed texts match."


def test_a_removed_note_is_proved(removed):
    assert verified() == "2 rows follow one another, 1 removed texts match."
