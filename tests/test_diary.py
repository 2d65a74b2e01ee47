"""The diary: entries by month, editing them, then and now, and who may read what of it."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from moments.models import FeelingTally, Moment, Post, Progress, Relive
from moments.models.relive import NEWEST
from moments.spoilers import UNSEEN
from reelive import ratelimit
from tests.conftest import make_film, make_member, make_moment, moderator
from tests.test_races import at_once

MARCH = date(2024, 3, 14)


def make_entry(moment, member, day=MARCH, feelings=(), **words):
    entry = moment.relive(member, date=day, **words)
    Relive.objects.filter(pk=entry.pk).update(feelings=list(feelings))
    entry.refresh_from_db()
    return entry


def month(member, day=MARCH):
    return reverse("member-month", args=[member.username, day.year, day.month])


def diary(member):
    return reverse("member-relived", args=[member.username])


def edit(client, entry, **changes):
    form = {"date": entry.date, "note": entry.note, "feelings": entry.feelings} | changes
    return client.post(reverse("relive-edit", args=[entry.pk]), form)


def told(page):
    """What a page says, without what is around it."""
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def facts(entry):
    entry.refresh_from_db()
    return (entry.date, entry.note, entry.public, entry.feelings)


@pytest.fixture
def entry(moment, seb):
    return make_entry(moment, seb, feelings=["love", "longing"], note="On a rainy night.")


@pytest.fixture
def late(film, mia):
    """A moment that gives the story away."""
    return make_moment(film, mia, "The Reunion", spoiler=True, body="They only nod.")


# The diary by month.


def test_the_diary_is_told_month_by_month_and_newest_first(client, film, mia, seb):
    days = [date(2024, 3, 1), date(2024, 3, 20), date(2023, 12, 31)]
    for day in days:
        make_entry(make_moment(film, mia), seb, day)
    page = client.get(diary(seb))
    assert [entry.date for entry in page.context["entries"]] == [days[1], days[0], days[2]]
    assert page.text.index("March 2024") < page.text.index("December 2023")
    assert page.text.count("March 2024") == 1


def test_an_entry_shows_the_moment_its_film_and_what_was_felt(client, entry, seb):
    page = client.get(diary(seb)).text
    for words in ("A Lovely Night", "La La Land", "Love", "Longing", "/art/"):
        assert words in page
    assert [feeling.slug for feeling in entry.felt] == ["love", "longing"]


def test_a_month_shows_its_entries_and_nothing_of_the_months_beside_it(client, film, mia, seb):
    for day in (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1)):
        make_entry(make_moment(film, mia), seb, day)
    page = client.get(month(seb))
    assert [entry.date.day for entry in page.context["entries"]] == [31, 1]
    assert len(page.context["stretch"]) == 2


def test_the_calendar_leads_to_the_days_that_hold_entries(client, entry, film, mia, seb):
    make_entry(make_moment(film, mia), seb, MARCH)
    page = client.get(month(seb))
    cells = [cell for week in page.context["weeks"] for cell in week if cell]
    assert [cell["date"].day for cell in cells] == list(range(1, 32))
    assert [(cell["date"], cell["count"], cell["url"]) for cell in cells if "count" in cell] == [
        (MARCH, 2, "#day-14")
    ]
    assert 'id="day-14"' in page.text
    assert 'aria-label="14 March: 2 entries"' in page.text


def test_months_lead_to_the_next_that_hold_entries_and_no_further(client, film, mia, seb):
    days = [date(2019, 7, 1), MARCH, date(2024, 11, 2)]
    for day in days:
        make_entry(make_moment(film, mia), seb, day)
    ends = [(client.get(month(seb, day)).context[side]) for day in days for side in ("earlier", "later")]
    assert ends == [None, MARCH, days[0], days[2], MARCH, None]
    assert 'rel="prev"' not in client.get(month(seb, days[0])).text


def test_a_long_month_goes_on_behind_a_link_and_its_calendar_reaches_every_day(client, film, mia, seb):
    moments = [make_moment(film, mia) for _number in range(2)]
    for number in range(30):
        for moment in moments:
            make_entry(moment, seb, date(2024, 3, 30 - number))
    page = client.get(month(seb))
    assert len(page.context["entries"]) == 25
    assert "Earlier in March" in page.text
    first = next(cell for week in page.context["weeks"] for cell in week if cell and cell["date"].day == 1)
    there = client.get(month(seb) + first["url"].partition("#")[0])
    assert [entry.date.day for entry in there.context["entries"]] == [1, 1]
    assert "The newest of March" in there.text


def test_an_empty_diary_says_what_to_do_next(client, as_seb, seb):
    assert "Find a moment" in as_seb.get(diary(seb)).text
    client.logout()
    assert "Nothing relived so far" in client.get(diary(seb)).text


@pytest.mark.parametrize(
    "when", ["2024/4", "2024/0", "2024/13", "1899/12", "9999/1", "0/0", f"{10**30}/1", "2024/-3", "2024/x"]
)
def test_a_month_that_holds_nothing_is_not_found(when, client, entry):
    assert client.get(f"/members/seb/relived/{when}/").status_code == 404


@pytest.mark.parametrize("cursor", ["x", "WzEsMl0", "\x00", "a" * 5000])
def test_a_cursor_that_means_nothing_is_not_found(cursor, client, entry, seb):
    assert client.get(month(seb), {"after": cursor}).status_code == 404
    assert client.get(diary(seb), {"after": cursor}).status_code == 404


# Who reads what.


def test_a_private_note_leaves_no_trace_for_others(as_mia, moment, seb):
    make_entry(moment, seb, note="Nobody else reads this.")
    with_note = [told(as_mia.get(url)) for url in (diary(seb), month(seb))]
    Relive.objects.update(note="", note_html="")
    assert [told(as_mia.get(url)) for url in (diary(seb), month(seb))] == with_note


def test_a_public_note_is_read_by_everybody(client, moment, seb):
    make_entry(moment, seb, note="Read *this*.", public=True)
    assert "Read <em>this</em>." in client.get(month(seb)).text


def test_only_you_is_said_of_private_notes_alone(as_seb, film, mia, seb):
    make_entry(make_moment(film, mia), seb, note="Mine.")
    make_entry(make_moment(film, mia), seb, note="Ours.", public=True)
    make_entry(make_moment(film, mia), seb)
    assert as_seb.get(month(seb)).text.count("Only you see this note") == 1


def test_a_moment_beyond_the_horizon_is_told_without_a_word_of_it(client, late, seb):
    make_entry(late, seb, feelings=["heartbreak"], note="They never meet again.", public=True)
    for url in (diary(seb), month(seb)):
        page = told(client.get(url))
        assert "A moment later in the story" in page
        assert f"/posts/{late.pk}/" in page
        assert [word for word in ("reunion", "heartbreak", "never meet") if word in page.lower()] == []


def test_what_one_wrote_oneself_is_never_hidden_from_oneself(as_seb, late, seb):
    make_entry(late, seb, feelings=["heartbreak"], note="They never meet again.")
    for url in (diary(seb), month(seb)):
        page = as_seb.get(url).text
        for words in ("The Reunion", "They never meet again.", "Heartbreak"):
            assert words in page
        assert "later in the story" not in page


def test_members_who_asked_to_be_shown_everything_are(as_mia, late, mia, seb):
    keith = make_member("keith", spoiler_stance="show")
    make_entry(late, seb, feelings=["heartbreak"])
    as_mia.force_login(keith)
    assert "The Reunion" in as_mia.get(month(seb)).text


@pytest.mark.parametrize("verb", [lambda post: post.remove(moderator(), "spam"), Post.take_back])
def test_a_moment_that_is_gone_stays_in_its_members_diary_alone(verb, client, as_seb, entry, moment, seb):
    verb(Moment.objects.get(pk=moment.pk))
    for url in (diary(seb), month(seb)):
        page = as_seb.get(url).text
        assert "A moment that is no longer here" in page
        assert "On a rainy night." in page
        assert "A Lovely Night" not in page
    client.logout()
    assert client.get(diary(seb)).context["entries"] == []
    assert client.get(month(seb)).status_code == 404


def test_the_moments_of_a_film_out_of_sight_are_not_told(client, as_seb, entry, film, seb):
    film.remove(moderator(), "spam")
    assert "La La Land" not in as_seb.get(diary(seb)).text
    client.logout()
    assert client.get(diary(seb)).context["entries"] == []


def test_days_are_those_of_the_members_clock(as_seb, moment, seb):
    type(seb).objects.filter(pk=seb.pk).update(time_zone="Pacific/Kiritimati")
    with timezone.override("Pacific/Kiritimati"):
        today = timezone.localdate()
    as_seb.post(reverse("relive-add", args=[moment.pk]), {"date": today})
    assert Relive.objects.get().date == today


def test_a_suspended_member_has_no_diary(client, entry, seb):
    seb.suspend(moderator(), "Spam.")
    assert [client.get(url).status_code for url in (diary(seb), month(seb))] == [404, 404]


# Editing an entry.


def test_an_entry_is_edited(as_seb, entry, seb):
    response = edit(
        as_seb, entry, date="2023-05-06", note="On a *clear* night.", public="on", feelings=["joy"]
    )
    assert response["Location"] == "/members/seb/relived/2023/5/#day-06"
    assert facts(entry) == (date(2023, 5, 6), "On a *clear* night.", True, ["joy"])
    assert entry.note_html == "<p>On a <em>clear</em> night.</p>"


def test_the_form_shows_what_the_entry_says(as_seb, entry):
    page = as_seb.get(reverse("relive-edit", args=[entry.pk]))
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
    assert "A Lovely Night" not in as_seb.get(reverse("relive-edit", args=[entry.pk])).text
    edit(as_seb, entry, note="Still mine.")
    assert facts(entry)[1] == "Still mine."


def test_an_entry_is_taken_back_from_its_form(as_seb, entry, moment):
    back = {"next": "/members/seb/relived/"}
    assert as_seb.post(reverse("relive-delete", args=[entry.pk]), back)["Location"] == back["next"]
    assert not Relive.objects.exists()
    assert Moment.objects.get(pk=moment.pk).relive_count == 0


def test_an_entry_that_is_taken_back_leads_to_no_title_from_beyond(as_seb, seb, entry, moment):
    Progress.objects.reach(seb, moment.film, UNSEEN)
    gone = as_seb.post(reverse("relive-delete", args=[entry.pk]))
    assert gone["Location"] == f"/posts/{moment.pk}/"


def test_the_entries_of_others_are_not_found(as_mia, entry):
    before = facts(entry)
    assert as_mia.get(reverse("relive-edit", args=[entry.pk])).status_code == 404
    assert edit(as_mia, entry, note="Not mine.").status_code == 404
    assert facts(entry) == before


def test_a_day_that_is_taken_is_refused_with_everything_kept(as_seb, entry, moment, seb):
    make_entry(moment, seb, date(2024, 3, 15), note="The next day.")
    response = edit(as_seb, entry, date="2024-03-15", note="Moved here.", feelings=["hope"])
    assert response.status_code == 422
    assert "You have another entry of this moment on that day." in response.text
    assert "Moved here." in response.text
    assert facts(entry) == (MARCH, "On a rainy night.", False, ["love", "longing"])


def test_another_moment_on_that_day_is_no_clash(as_seb, entry, film, mia, seb):
    make_entry(make_moment(film, mia), seb, date(2024, 3, 15))
    assert edit(as_seb, entry, date="2024-03-15").status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("date", "2999-01-01", "That day has not come yet."),
        ("date", "1899-12-31", "Give a day in 1900 or later."),
        ("date", "0001-01-01", "Give a day in 1900 or later."),
        ("date", "2024-02-30", "Write the day as year, month and day"),
        ("date", "yesterday", "Write the day as year, month and day"),
        ("date", "\x00", "Write the day as year, month and day"),
        ("date", "", "Say on which day you relived it."),
        ("note", "x" * 2001, "at most 2000 characters"),
        ("feelings", ["ennui"], "There are twelve feelings"),
        ("feelings", ["joy", "<script>"], "There are twelve feelings"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(field, value, sentence, as_seb, entry):
    before = facts(entry)
    response = edit(as_seb, entry, **({"note": "Typed words"} | {field: value}))
    assert response.status_code == 422
    assert sentence in response.text
    assert field == "note" or "Typed words" in response.text
    assert facts(entry) == before


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
    assert ("<script" in page, 'href="javascript' in page) == (False, False)


def test_what_was_typed_survives_an_expired_session(client, entry, seb):
    edit(client, entry, note="Typed while away.")
    client.force_login(seb)
    assert "Typed while away." in client.get(reverse("relive-edit", args=[entry.pk])).text


def test_too_many_edits_at_once_lose_no_words(as_seb, entry, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "vote", (1, 600))
    edit(as_seb, entry, note="In time.")
    response = edit(as_seb, entry, note="Too fast for words.")
    assert (response.status_code, "Too fast for words." in response.text) == (429, True)
    assert facts(entry)[1] == "In time."


def test_the_form_offers_no_day_that_would_be_refused(as_seb, entry):
    page = as_seb.get(reverse("relive-edit", args=[entry.pk])).text
    assert f'min="1900-01-01" max="{timezone.localdate()}"' in page


def test_an_entry_that_was_taken_back_meanwhile_is_not_found(as_seb, entry, monkeypatch):
    monkeypatch.setattr(Relive, "_write", lambda self, *names: False)
    assert edit(as_seb, entry, note="Too late.").status_code == 404


def test_an_entry_is_not_edited_by_an_unknown_method(as_seb, entry):
    assert as_seb.put(reverse("relive-edit", args=[entry.pk])).status_code == 405


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
    assert Relive.objects.filter(date=date(2024, 3, 9)).count() == 1
    assert Relive.objects.count() == 2


# Reliving again.


def test_pressing_the_button_again_keeps_the_note_of_the_morning(as_seb, moment, seb):
    url = reverse("relive-add", args=[moment.pk])
    as_seb.post(url, {"date": timezone.localdate(), "note": "In the morning.", "public": "on"})
    moment.feel(seb, "joy")
    as_seb.post(url, {"date": timezone.localdate(), "note": ""})
    entry = Relive.objects.get()
    assert (entry.note, entry.public, entry.feelings) == ("In the morning.", True, ["joy"])


# Then and now.


def then(client, moment):
    return client.get(moment.get_absolute_url()).text.partition("Then and now")[2].partition("</section>")[0]


def test_what_was_felt_then_stands_beside_what_is_felt_now(as_seb, entry, moment, seb):
    moment.feel(seb, "joy")
    text = then(as_seb, moment)
    assert text.index("Now") < text.index("Joy") < text.index("14 March 2024") < text.index("Longing")
    assert "On a rainy night." in text


def test_the_newest_few_and_the_very_first_are_shown(as_seb, moment, seb):
    days = [date(2020 + number % 5, 1 + number // 5, 1) for number in range(15)]
    for day in days:
        make_entry(moment, seb, day)
    shown = [entry.date for entry in moment.relivings_of(seb)]
    assert shown == [*sorted(days, reverse=True)[:NEWEST], min(days)]


def test_the_button_comes_behind_the_day_and_the_note(as_seb, moment):
    form = as_seb.get(moment.get_absolute_url()).text.partition('class="relive-form"')[2]
    assert form.index('name="date"') < form.index('name="note"') < form.index('id="relive-button"')


def test_a_moment_relived_for_the_first_time_has_no_then(as_seb, moment, seb):
    assert then(as_seb, moment) == ""
    moment.relive(seb, note="Today.")
    assert then(as_seb, moment) == ""
    assert "Today." in as_seb.get(moment.get_absolute_url()).text


def test_an_entry_with_a_note_is_not_lost_by_a_single_press(as_seb, moment, seb):
    make_entry(moment, seb, date(2020, 1, 1)), make_entry(moment, seb, date(2021, 1, 1), note="Kept.")
    text = then(as_seb, moment)
    assert (text.count("Take it back"), text.count(">Edit<")) == (1, 2)


def test_then_and_now_is_for_its_member_alone(as_mia, client, entry, moment):
    assert then(as_mia, moment) == ""
    client.logout()
    assert then(client, moment) == ""


def test_the_fragment_shows_then_and_now_too(as_seb, entry, moment):
    response = as_seb.post(
        reverse("feel", args=[moment.pk]), {"feeling": "joy"}, headers={"hx-request": "true"}
    )
    assert "</html>" not in response.text
    assert "Then and now" in response.text
