"""A diary entry is edited and deleted by its member, and only then."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moments.models import DiaryEntry, FeelingTally, Moment, Progress
from moments.spoilers.rules import UNSEEN
from reelive import ratelimit
from tests.support.diary import edit, facts, month
from tests.support.makers import MARCH, make_entry, make_film, make_member, make_moment, moderator
from tests.support.pages import links, refused_fields, texts, the, told
from tests.support.races import at_once
from tests.support.rows import for_each


@pytest.fixture
def entry(moment, seb):
    return make_entry(moment, seb, feelings=["love", "longing"], note="On a rainy night.")


def test_an_entry_is_edited(as_seb, entry, seb):
    response = edit(
        as_seb, entry, date="2023-05-06", note="On a *clear* night.", public="on", feelings=["joy"]
    )
    assert response["Location"] == "/members/seb/diary/2023/5/#day-06"
    assert facts(entry) == (date(2023, 5, 6), "On a *clear* night.", True, ["joy"])
    assert entry.note_html == "<p>On a <em>clear</em> night.</p>"


def test_the_form_shows_what_the_entry_says(as_seb, entry):
    page = as_seb.get(reverse("diary-entry-edit", args=[entry.pk]))
    form = page.context["form"]
    assert (form["date"].value(), form["note"].value(), form["feelings"].value()) == (
        MARCH,
        "On a rainy night.",
        ["love", "longing"],
    )
    assert page.text.count(" checked") == 2


def test_editing_changes_the_entry_and_not_what_was_tapped(as_seb, moment, seb):
    moment.feel(seb, "joy")
    other, entry = make_entry(moment, seb, date(2020, 1, 1), ["fear"]), make_entry(moment, seb)
    edit(as_seb, entry, feelings=["anger", "hope"])
    assert (facts(entry)[3], facts(other)[3]) == (["hope", "anger"], ["fear"])
    assert dict(FeelingTally.objects.values_list("feeling", "count")) == {"joy": 1}
    assert Moment.objects.get(pk=moment.pk).relive_count == 2


def test_all_feelings_and_the_note_can_be_taken_out(as_seb, entry):
    edit(as_seb, entry, note="", feelings=[])
    assert facts(entry) == (MARCH, "", False, [])


def test_an_entry_of_a_moment_that_is_gone_can_still_be_edited(as_seb, entry, moment):
    moment.remove(moderator(), "spam")
    assert "A Lovely Night" not in as_seb.get(reverse("diary-entry-edit", args=[entry.pk])).text
    edit(as_seb, entry, note="Still mine.")
    assert facts(entry)[1] == "Still mine."


def test_an_entry_is_taken_back_from_its_form(as_seb, entry, moment):
    back = {"next": "/members/seb/diary/"}
    assert as_seb.post(reverse("diary-entry-delete", args=[entry.pk]), back)["Location"] == back["next"]
    assert not DiaryEntry.objects.exists()
    assert Moment.objects.get(pk=moment.pk).relive_count == 0


def test_an_entry_that_is_taken_back_leads_to_no_title_from_beyond(as_seb, seb, entry, moment):
    Progress.objects.set_progress(seb, moment.film, UNSEEN)
    gone = as_seb.post(reverse("diary-entry-delete", args=[entry.pk]))
    assert gone["Location"] == f"/posts/{moment.pk}/"


def test_the_entries_of_others_are_not_found(as_mia, entry):
    before = facts(entry)
    assert as_mia.get(reverse("diary-entry-edit", args=[entry.pk])).status_code == 404
    assert edit(as_mia, entry, note="Not mine.").status_code == 404
    assert facts(entry) == before


def test_a_day_that_is_taken_is_refused_with_everything_kept(as_seb, entry, moment, seb):
    make_entry(moment, seb, date(2024, 3, 15), note="The next day.")
    response = edit(as_seb, entry, date="2024-03-15", note="Moved here.", feelings=["hope"])
    assert response.status_code == 422
    assert refused_fields(response) == ["date"]
    assert "Moved here." in response.text
    assert facts(entry) == (MARCH, "On a rainy night.", False, ["love", "longing"])


def test_another_moment_on_that_day_is_no_clash(as_seb, entry, film, mia, seb):
    make_entry(make_moment(film, mia), seb, date(2024, 3, 15))
    assert edit(as_seb, entry, date="2024-03-15").status_code == 302


@for_each(
    "field, value",
    [
        ("date", "2999-01-01"),
        ("date", "1899-12-31"),
        ("date", "0001-01-01"),
        ("date", "2024-02-30"),
        ("date", "yesterday"),
        ("date", "\x00"),
        ("date", ""),
        ("note", "x" * 2001),
        ("feelings", ["ennui"]),
        ("feelings", ["joy", "<script>"]),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(field, value, as_seb, entry):
    before = facts(entry)
    response = edit(as_seb, entry, **({"note": "Typed words"} | {field: value}))
    assert response.status_code == 422
    assert refused_fields(response) == [field]
    assert field == "note" or "Typed words" in response.text
    assert facts(entry) == before


def test_each_thing_that_is_wrong_with_a_day_has_a_sentence_of_its_own(as_seb, entry):
    days = ("2999-01-01", "1899-12-31", "yesterday", "")
    said = [texts(edit(as_seb, entry, date=day), ".errorlist li") for day in days]
    assert [len(sentences) for sentences in said] == [1, 1, 1, 1]
    assert len({sentence for (sentence,) in said}) == 4


def test_the_first_day_is_the_first_of_1900(as_seb, entry):
    edit(as_seb, entry, date="1900-01-01")
    assert facts(entry)[0] == date(1900, 1, 1)


def test_today_is_today_by_the_members_clock(as_seb, entry, seb):
    for zone, ahead in (("Pacific/Kiritimati", 1), ("Etc/GMT+12", 1)):
        type(seb).objects.filter(pk=seb.pk).update(time_zone=zone)
        with timezone.override(zone):
            tomorrow = timezone.localdate() + timedelta(days=ahead)
        assert edit(as_seb, entry, date=tomorrow).status_code == 422
        assert edit(as_seb, entry, date=tomorrow - timedelta(days=1)).status_code == 302


def test_hostile_words_in_a_note_do_not_run(as_seb, entry, client, seb):
    edit(as_seb, entry, note="<script>alert(1)</script> [x](javascript:alert(1))", public="on")
    client.logout()
    page = told(client.get(month(seb)))
    assert ("<script" in page, [link for link in links(page) if "javascript" in link]) == (False, [])


def test_what_was_typed_survives_an_expired_session(client, entry, seb):
    edit(client, entry, note="Typed while away.")
    client.force_login(seb)
    assert "Typed while away." in client.get(reverse("diary-entry-edit", args=[entry.pk])).text


def test_too_many_edits_at_once_lose_no_words(as_seb, entry, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "vote", (1, 600))
    edit(as_seb, entry, note="In time.")
    response = edit(as_seb, entry, note="Too fast for words.")
    assert (response.status_code, "Too fast for words." in response.text) == (429, True)
    assert facts(entry)[1] == "In time."


def test_the_form_offers_no_day_that_would_be_refused(as_seb, entry):
    day = the(as_seb.get(reverse("diary-entry-edit", args=[entry.pk])), "input[name=date]")
    assert (day["min"], day["max"]) == ("1900-01-01", timezone.localdate().isoformat())


def test_an_entry_that_was_taken_back_meanwhile_is_not_found(as_seb, entry, monkeypatch):
    monkeypatch.setattr(DiaryEntry, "_write", lambda self, *names: False)
    assert edit(as_seb, entry, note="Too late.").status_code == 404


def test_an_entry_is_not_edited_by_an_unknown_method(as_seb, entry):
    assert as_seb.put(reverse("diary-entry-edit", args=[entry.pk])).status_code == 405


@pytest.mark.django_db(transaction=True)
def test_two_entries_moved_to_one_day_at_once_stay_two():
    seb = make_member("seb")
    moment = make_moment(make_film(), make_member("mia"))
    entries = [make_entry(moment, seb, date(2024, 3, day)) for day in (1, 2)]

    def move(entry):
        client = Client(raise_request_exception=False)
        client.force_login(seb)
        return edit(client, entry, date="2024-03-09").status_code

    assert sorted(at_once(move, entries)) == [302, 422]
    assert DiaryEntry.objects.filter(date=date(2024, 3, 9)).count() == 1
    assert DiaryEntry.objects.count() == 2
