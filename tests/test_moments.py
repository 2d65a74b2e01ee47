"""Moments: places in the story, feelings, diary entries."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moments.models import DiaryEntry, FeelingTally, Film, Moment
from moments.models.refusals import Gone
from moments.ranking import wilson
from tests.support.makers import make_member, make_moment, moderator
from tests.support.pages import refused_fields


def order(film):
    return list(Moment.objects.filter(film=film).order_by("position", "id").values_list("title", flat=True))


def test_a_moment_finds_its_place_between_two_others(film, mia):
    first, second = (
        make_moment(film, mia, title, position=place) for title, place in [("One", 1), ("Two", 2)]
    )
    for title, after in [("Between", first), ("Last", second), ("Start", None)]:
        moment = Moment(film=film, author=mia, title=title, body="x")
        moment.place_after(after)
        moment.publish(["stars"])
    assert order(film) == ["Start", "One", "Between", "Two", "Last"]


def test_a_moment_with_a_time_goes_before_the_first_later_one(film, mia):
    for title, place, seconds in [("One", 1, 60), ("Untimed", 2, None), ("Late", 3, 3600)]:
        make_moment(film, mia, title, position=place, timecode=seconds)
    between = Moment(film=film, author=mia, title="Between", body="x", timecode=600)
    between.place_by_time()
    between.publish(["stars"])
    assert order(film) == ["One", "Between", "Untimed", "Late"], "600 of 3,600 seconds is nearer to One"


def test_the_first_moment_of_a_film_has_a_place(film, mia):
    moment = Moment(film=film)
    moment.place_after(None)
    assert moment.position == 1


def test_a_feeling_counts_once_a_member(moment, seb):
    assert [moment.feel(seb, "wonder"), moment.feel(seb, "wonder")] == [True, False]
    tally = FeelingTally.objects.get(moment=moment)
    assert (tally.feeling, tally.count, tally.strength) == ("wonder", 1, pytest.approx(wilson(1, 4)))
    assert Moment.objects.get(pk=moment.pk).felt_by == 1


def test_one_reaction_does_not_lead_a_feeling_that_many_have_had_in_part(film, moment, mia, seb):
    mixed, house = make_moment(film, mia, "Mixed"), make_moment(film, mia, "The house's")
    FeelingTally.objects.create(moment=house, feeling="fear", house=5)
    FeelingTally.objects.create(moment=house, feeling="joy", house=3)
    house.feel(seb, "fear")
    moment.feel(seb, "joy")
    for number in range(5):
        fan = make_member(f"fan{number}")
        for feeling in ("joy", "fear", "love"):
            mixed.feel(fan, feeling)
    ranked = FeelingTally.objects.filter(feeling="joy").order_by("-strength")
    assert [tally.moment_id for tally in ranked] == [mixed.pk, house.pk, moment.pk]


def test_taking_a_feeling_back_twice_changes_nothing_more(moment, seb):
    moment.feel(seb, "joy")
    moment.feel(seb, "love")
    assert [moment.unfeel(seb, "joy"), moment.unfeel(seb, "joy")] == [True, False]
    assert dict(FeelingTally.objects.values_list("feeling", "count")) == {"joy": 0, "love": 1}
    assert Moment.objects.get(pk=moment.pk).felt_by == 1
    moment.unfeel(seb, "love")
    assert Moment.objects.get(pk=moment.pk).felt_by == 0


def test_our_first_guess_speaks_until_five_members_did(moment):
    FeelingTally.objects.create(moment=moment, feeling="fear", house=3)
    for number in range(5):
        assert Moment.objects.get(pk=moment.pk).reading == ({"fear": 3}, True)
        moment.feel(make_member(f"fan{number}"), "joy")
    assert Moment.objects.get(pk=moment.pk).reading == ({"joy": 5}, False)


def test_a_removed_moment_takes_no_feelings(moment, seb):
    moment.remove(moderator(), "spam")
    for verb in (lambda: moment.feel(seb, "joy"), lambda: moment.relive(seb)):
        with pytest.raises(Gone):
            verb()
    assert not DiaryEntry.objects.exists()
    assert not FeelingTally.objects.exists()


def test_a_reliving_is_one_entry_a_day(moment, film, seb):
    moment.feel(seb, "love")
    moment.relive(seb, note="First")
    moment.relive(seb, note="More words", public=True)
    moment.relive(seb, date=timezone.localdate() - timedelta(days=400))
    entries = list(DiaryEntry.objects.order_by("-date").values_list("note", "public", "feelings"))
    assert entries == [("First\n\nMore words", False, ["love"]), ("", False, ["love"])]
    assert Moment.objects.get(pk=moment.pk).relive_count == Film.objects.get(pk=film.pk).relive_count == 2


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("First", False), ("Second", False), ("First\n\nSecond", False)),
        (("First", True), ("Second", True), ("First\n\nSecond", True)),
        (("First", True), ("Second", False), ("First\n\nSecond", False)),
        (("First", False), ("First", True), ("First", True)),
        (("First", True), ("", False), ("First", True)),
        (("", False), ("Second", True), ("Second", True)),
    ],
)
def test_two_notes_of_a_day_both_stay_and_nothing_private_gets_public(moment, seb, first, second, expected):
    for note, public in (first, second, second):
        entry = moment.relive(seb, note=note, public=public)
    entry.refresh_from_db()
    assert (entry.note, entry.public) == expected
    assert all(note in entry.note_html for note in expected[0].split("\n\n"))


def test_two_notes_that_are_too_long_together_come_back(as_seb, moment, seb):
    moment.relive(seb, note="x" * 1_500)
    response = as_seb.post(
        reverse("diary-entry-add", args=[moment.pk]), {"date": timezone.localdate(), "note": "y" * 500}
    )
    assert response.status_code == 422
    assert response.context["diary_form"]["note"].value() == "y" * 500
    assert DiaryEntry.objects.get().note == "x" * 1_500


def test_forgetting_a_reliving_uncounts_it_once(moment, seb):
    entry = moment.relive(seb)
    assert [moment.forget(entry), moment.forget(entry)] == [True, False]
    assert Moment.objects.get(pk=moment.pk).relive_count == 0


def test_feelings_are_tapped_through_plain_forms(as_seb, moment):
    response = as_seb.post(reverse("feel", args=[moment.pk]), {"feeling": "wonder"})
    assert response["Location"] == moment.get_absolute_url() + "#relive"
    assert FeelingTally.objects.get().count == 1
    as_seb.post(reverse("unfeel", args=[moment.pk]), {"feeling": "wonder"})
    assert FeelingTally.objects.get().count == 0


def test_a_feeling_that_is_none_of_the_twelve_is_not_found(as_seb, moment):
    assert as_seb.post(reverse("feel", args=[moment.pk]), {"feeling": "ennui"}).status_code == 404


def test_the_diary_form_keeps_a_private_note(as_seb, moment, client):
    form = {"date": "2026-01-02", "note": "On a rainy night."}
    as_seb.post(reverse("diary-entry-add", args=[moment.pk]), form)
    entry = DiaryEntry.objects.get()
    assert (entry.date, entry.note, entry.public) == (date(2026, 1, 2), "On a rainy night.", False)


def test_tomorrow_cannot_be_relived_yet(as_seb, moment):
    form = {"date": timezone.localdate() + timedelta(days=2), "note": "Kept words"}
    response = as_seb.post(reverse("diary-entry-add", args=[moment.pk]), form)
    assert response.status_code == 422
    assert refused_fields(response) == ["date"]
    assert "Kept words" in response.text
    assert not DiaryEntry.objects.exists()


def test_a_private_note_is_for_its_writer_alone(client, as_seb, moment, seb):
    moment.relive(seb, note="Nobody else reads this.")
    url = reverse("member-diary", args=["seb"])
    assert "Nobody else reads this." in as_seb.get(url).content.decode()
    client.logout()
    page = client.get(url).content.decode()
    assert "A Lovely Night" in page
    assert "Nobody else reads this." not in page


def test_somebody_elses_entry_cannot_be_deleted(as_seb, moment, mia):
    entry = moment.relive(mia)
    assert as_seb.post(reverse("diary-entry-delete", args=[entry.pk])).status_code == 404
    assert DiaryEntry.objects.count() == 1
