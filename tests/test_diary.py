"""The diary: its entries month by month, and who may read what of it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from moments.models import DiaryEntry, Moment, Post
from moments.models.kinds import POST_KINDS
from tests.support.diary import diary, month
from tests.support.makers import MARCH, make_entry, make_member, make_moment, moderator
from tests.support.pages import links, select, texts, the, told
from tests.support.rows import for_each


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
    assert texts(page, ".page-main h2").count("March 2024") == 1


def test_an_entry_shows_the_moment_its_film_and_what_was_felt(client, entry, seb):
    page = client.get(diary(seb)).text
    for words in ("A Lovely Night", "La La Land", "Love", "Longing", "/art/"):
        assert words in page
    assert [feeling.slug for feeling in entry.named_feelings] == ["love", "longing"]


def test_a_month_shows_its_entries_and_nothing_of_the_months_beside_it(client, film, mia, seb):
    for day in (date(2024, 2, 29), date(2024, 3, 1), date(2024, 3, 31), date(2024, 4, 1)):
        make_entry(make_moment(film, mia), seb, day)
    page = client.get(month(seb))
    assert [entry.date.day for entry in page.context["entries"]] == [31, 1]
    assert len(page.context["period"]) == 2


def test_the_calendar_leads_to_the_days_that_hold_entries(client, entry, film, mia, seb):
    make_entry(make_moment(film, mia), seb, MARCH)
    page = client.get(month(seb))
    cells = [cell for week in page.context["weeks"] for cell in week if cell]
    assert [cell["date"].day for cell in cells] == list(range(1, 32))
    assert [(cell["date"], cell["count"], cell["url"]) for cell in cells if "count" in cell] == [
        (MARCH, 2, "#day-14")
    ]
    assert select(page, "#day-14")
    assert "2" in the(page, "a.calendar-day")["aria-label"].split()


def test_months_lead_to_the_next_that_hold_entries_and_no_further(client, film, mia, seb):
    days = [date(2019, 7, 1), MARCH, date(2024, 11, 2)]
    for day in days:
        make_entry(make_moment(film, mia), seb, day)
    ends = [(client.get(month(seb, day)).context[side]) for day in days for side in ("earlier", "later")]
    assert ends == [None, MARCH, days[0], days[2], MARCH, None]
    assert select(client.get(month(seb, days[0])), "a[rel=prev]") == []


def test_a_long_month_goes_on_behind_a_link_and_its_calendar_reaches_every_day(client, film, mia, seb):
    moments = [make_moment(film, mia) for _number in range(2)]
    for number in range(30):
        for moment in moments:
            make_entry(moment, seb, date(2024, 3, 30 - number))
    page = client.get(month(seb))
    assert len(page.context["entries"]) == 25
    assert the(page, ".pager a[rel=next]")["href"].startswith("?after=")
    first = next(cell for week in page.context["weeks"] for cell in week if cell and cell["date"].day == 1)
    there = client.get(month(seb) + first["url"].partition("#")[0])
    assert [entry.date.day for entry in there.context["entries"]] == [1, 1]
    assert month(seb) in links(there, ".month")


def test_an_empty_diary_says_what_to_do_next(client, as_seb, seb):
    assert links(as_seb.get(diary(seb)), ".empty") == ["/", "/import/"]
    client.logout()
    page = client.get(diary(seb))
    assert (len(select(page, ".empty")), links(page, ".empty")) == (1, [])


@for_each(
    "when", ["2024/4", "2024/0", "2024/13", "1899/12", "9999/1", "0/0", f"{10**30}/1", "2024/-3", "2024/x"]
)
def test_a_month_that_holds_nothing_is_not_found(when, client, entry):
    assert client.get(f"/members/seb/diary/{when}/").status_code == 404


@for_each("cursor", ["x", "WzEsMl0", "\x00", "a" * 5000])
def test_a_cursor_that_means_nothing_is_not_found(cursor, client, entry, seb):
    assert client.get(month(seb), {"after": cursor}).status_code == 404
    assert client.get(diary(seb), {"after": cursor}).status_code == 404


# Who reads what.


def test_a_private_note_leaves_no_trace_for_others(as_mia, moment, seb):
    make_entry(moment, seb, note="Nobody else reads this.")
    with_note = [told(as_mia.get(url)) for url in (diary(seb), month(seb))]
    DiaryEntry.objects.update(note="", note_html="")
    assert [told(as_mia.get(url)) for url in (diary(seb), month(seb))] == with_note


def test_a_public_note_is_read_by_everybody(client, moment, seb):
    make_entry(moment, seb, note="Read *this*.", public=True)
    assert "Read <em>this</em>." in client.get(month(seb)).text


def test_only_you_is_said_of_private_notes_alone(as_seb, film, mia, seb):
    make_entry(make_moment(film, mia), seb, note="Mine.")
    make_entry(make_moment(film, mia), seb, note="Ours.", public=True)
    make_entry(make_moment(film, mia), seb)
    entries = select(as_seb.get(month(seb)), ".entry")
    private = [entry for entry in entries if entry.select(".badge")]
    assert [entry.select(".entry-note")[0].text for entry in private] == ["Mine."]


def test_a_moment_beyond_ones_progress_stands_without_a_word_of_it(client, late, seb):
    make_entry(late, seb, feelings=["heartbreak"], note="They never meet again.", public=True)
    for url in (diary(seb), month(seb)):
        page = told(client.get(url))
        assert texts(page, ".entry h3") == [POST_KINDS["moment"].veiled_title]
        assert f"/posts/{late.pk}/" in page
        assert [word for word in ("reunion", "heartbreak", "never meet") if word in page.lower()] == []


def test_what_one_wrote_oneself_is_never_hidden_from_oneself(as_seb, late, seb):
    make_entry(late, seb, feelings=["heartbreak"], note="They never meet again.")
    for url in (diary(seb), month(seb)):
        page = as_seb.get(url).text
        for words in ("The Reunion", "They never meet again.", "Heartbreak"):
            assert words in page
        assert str(POST_KINDS["moment"].veiled_title) not in page


def test_members_who_asked_to_be_shown_everything_are(as_mia, late, mia, seb):
    keith = make_member("keith", spoiler_stance="show")
    make_entry(late, seb, feelings=["heartbreak"])
    as_mia.force_login(keith)
    assert "The Reunion" in as_mia.get(month(seb)).text


@pytest.mark.parametrize("verb", [lambda post: post.remove(moderator(), "spam"), Post.delete_by_author])
def test_a_moment_that_is_gone_stays_in_its_members_diary_alone(verb, client, as_seb, entry, moment, seb):
    verb(Moment.objects.get(pk=moment.pk))
    for url in (diary(seb), month(seb)):
        page = as_seb.get(url).text
        assert select(page, ".entry a[data-item-link]") == []
        assert texts(page, ".entry h3.muted") != []
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
    as_seb.post(reverse("diary-entry-add", args=[moment.pk]), {"date": today})
    assert DiaryEntry.objects.get().date == today


def test_a_suspended_member_has_no_diary(client, entry, seb):
    seb.suspend(moderator(), "Spam.")
    assert [client.get(url).status_code for url in (diary(seb), month(seb))] == [404, 404]
