"""Who sees a diary entry: everybody, followers or its member alone, by default and by entry."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.models import DiaryEntry, Follow
from tests.support.database import plan_of
from tests.support.diary import diary, edit, month
from tests.support.makers import MARCH, make_entry, make_member, make_moment, moderator
from tests.support.notifications import inbox_of, news_of, tell_all, unread_of
from tests.support.pages import texts
from tests.support.rows import for_each
from tests.support.walk import NAMES, VERBS, address, one_of_everything

AUDIENCES = ("everyone", "followers", "me")
VIEWERS = ("owner", "follower", "stranger", "visitor", "staff")
SEEN_BY = {
    "everyone": set(VIEWERS),
    "followers": {"owner", "follower", "staff"},
    "me": {"owner"},
}
NOTE = "quuxnote"


@pytest.fixture
def clients(seb, keith):
    """A signed-in client for each viewer of seb's diary."""
    people = {"owner": seb, "follower": make_member("tom"), "stranger": make_member("laura"), "staff": keith}
    Follow.objects.follow(people["follower"], person=seb)
    clients = {who: Client() for who in VIEWERS}
    for who, member in people.items():
        clients[who].force_login(member)
    return clients


def choose(member, **changes):
    User.objects.filter(pk=member.pk).update(**changes)
    member.refresh_from_db()


# The year of the entry of each audience of its own: one without any entry is found after one that has some.
YEARS = {"me": 2021, "followers": 2022, "": 2023, "everyone": 2024}
EVERYWHERE = ("diary", "month", "year", "profile")


def shown(client, member):
    """On which places that show a diary the entry of each audience is found, or its day; and the years."""
    entries, profile = client.get(diary(member)).text, client.get(member.get_absolute_url()).text
    years = {year: client.get(f"/members/seb/{year}/") for year in YEARS.values()}
    places = {
        own: {
            "diary": f"{NOTE}{year}" in entries,
            "month": client.get(f"/members/seb/diary/{year}/3/").status_code == 200,
            "year": f"diary/{year}/3/" in years[year].text,
            "profile": f"diary/{year}/3/" in profile,
        }
        for own, year in YEARS.items()
    }
    return places, [year for year, page in years.items() if page.status_code == 200]


@for_each("default", AUDIENCES)
def test_an_entry_is_shown_to_its_audience_on_every_page_and_to_nobody_else(clients, moment, seb, default):
    choose(seb, diary_audience=default)
    for own, year in YEARS.items():
        make_entry(moment, seb, MARCH.replace(year=year), note=f"{NOTE}{year}", public=True, audience=own)
    for who, client in clients.items():
        seen = [own for own in YEARS if who in SEEN_BY[own or default]]
        places = {own: dict.fromkeys(EVERYWHERE, own in seen) for own in YEARS}
        assert shown(client, seb) == (places, list(range(YEARS[seen[0]], 2025))), who


@for_each("audience", AUDIENCES)
def test_a_private_account_narrows_what_is_for_everybody(clients, moment, seb, audience):
    choose(seb, is_private=True)
    make_entry(moment, seb, audience=audience)
    statuses = {who: client.get(month(seb)).status_code for who, client in clients.items()}
    seen = SEEN_BY[audience] - {"stranger", "visitor"}
    assert statuses == {who: 200 if who in seen else 404 for who in VIEWERS}


@for_each("audience", AUDIENCES)
def test_the_feed_of_a_diary_has_what_is_for_everybody_alone(clients, moment, seb, audience):
    make_entry(moment, seb, note=NOTE, public=True, audience=audience)
    found = {NOTE in client.get(f"{diary(seb)}feed/").content.decode() for client in clients.values()}
    assert found == {audience == "everyone"}


@for_each("audience", AUDIENCES)
def test_an_author_is_told_of_an_entry_that_they_may_see(moment, seb, mia, audience):
    choose(seb, diary_audience=audience)
    moment.relive(seb)
    assert news_of(mia) == ([("diary", "seb")] if audience == "everyone" else [])


def test_an_author_who_follows_is_told_of_an_entry_for_followers(moment, seb, mia):
    Follow.objects.follow(mia, person=seb)
    moment.relive(seb, audience="followers")
    assert ("diary", "seb") in news_of(mia)


def told_of(member):
    """Who is said to have relived what is the member's, and the number on the bell."""
    return [(row.newest_person, row.people) for row in inbox_of(member)], unread_of(member)


@pytest.mark.parametrize("end", ["deleted", "for me", "for followers", "relived for me"])
def test_what_an_author_may_not_see_any_more_is_told_no_more(end, moment, seb, mia):
    entries = [moment.relive(member) for member in (make_member("tom"), seb)]
    tell_all()
    assert told_of(mia) == ([("seb", 2)], 1)
    for others, entry in ([("tom", 1)], entries[1]), ([], entries[0]):
        if end == "deleted":
            moment.forget(entry)
        elif end == "relived for me":
            moment.relive(entry.member, audience="me")
        else:
            entry.revise(entry.date, [], audience=end.removeprefix("for "))
        assert told_of(mia) == (others, len(others))


def test_an_author_goes_on_to_be_told_while_they_may_see_an_entry(moment, seb, mia):
    Follow.objects.follow(mia, person=seb)
    entry, other = moment.relive(seb), moment.relive(seb, date=MARCH)
    tell_all()
    entry.revise(entry.date, [], audience="followers")
    moment.forget(entry)
    assert ("seb", 1) in told_of(mia)[0]
    other.revise(MARCH, [], audience="me")
    assert ("seb", 1) not in told_of(mia)[0]


@for_each("audience", AUDIENCES)
def test_how_often_a_moment_was_relived_is_a_number_whoever_sees_the_entries(moment, seb, audience):
    moment.relive(seb, audience=audience)
    moment.refresh_from_db()
    assert (moment.relive_count, moment.film.__class__.objects.get().relive_count) == (1, 1)


def test_numbers_of_a_profile_count_what_the_viewer_may_see(clients, film, mia, seb):
    for audience in AUDIENCES:
        make_entry(make_moment(film, mia), seb, audience=audience)
    numbers = {
        who: clients[who].get(seb.get_absolute_url()).context["summary"]["entry_number"] for who in VIEWERS
    }
    assert numbers == {"owner": 3, "follower": 2, "staff": 2, "stranger": 1, "visitor": 1}


def test_months_lead_past_those_that_one_may_not_see(clients, film, mia, seb):
    for day, audience in (((2024, 1), "everyone"), ((2024, 2), "me"), ((2024, 3), "everyone")):
        make_entry(make_moment(film, mia), seb, MARCH.replace(month=day[1]), audience=audience)
    assert clients["stranger"].get(month(seb)).context["earlier"].month == 1
    assert clients["owner"].get(month(seb)).context["earlier"].month == 2


def test_no_address_shows_staff_an_entry_that_is_for_its_owner(clients, moment, mia):
    """Nor what is for followers to strangers and visitors, says `test_every_page.py`."""
    world = one_of_everything(moment)
    make_entry(moment, mia, MARCH, note=NOTE, public=True, audience="me")
    answers = {name: b"".join(clients["staff"].get(address(name, world))) for name in set(NAMES) - VERBS}
    assert [name for name, answer in answers.items() if NOTE.encode() in answer] == []
    clients["owner"].force_login(mia)
    assert NOTE in clients["owner"].get(diary(mia)).text


def test_the_owner_is_told_that_others_see_less_of_the_year(clients, film, mia, seb):
    make_entry(make_moment(film, mia), seb, MARCH)
    said = "You see your whole year"
    assert said not in clients["owner"].get(f"/members/seb/{MARCH.year}/").text
    make_entry(make_moment(film, mia), seb, MARCH, audience="me")
    assert said in clients["owner"].get(f"/members/seb/{MARCH.year}/").text
    assert said not in clients["stranger"].get(f"/members/seb/{MARCH.year}/").text


# The forms.


def test_who_sees_the_diary_is_chosen_in_the_profile(as_seb, seb):
    form = {"theme": "system", "time_zone": "UTC", "spoiler_stance": "veil", "diary_audience": "followers"}
    assert as_seb.post("/accounts/profile/", form).status_code == 302
    seb.refresh_from_db()
    assert seb.diary_audience == "followers"
    del form["diary_audience"]
    assert as_seb.post("/accounts/profile/", form).status_code == 302
    seb.refresh_from_db()
    assert seb.diary_audience == "followers"
    assert as_seb.post("/accounts/profile/", form | {"diary_audience": "x"}).status_code == 422


def test_an_entry_says_who_sees_it_where_it_is_written_and_edited(as_seb, moment, seb):
    as_seb.post(f"/moments/{moment.pk}/relive/", {"date": "2024-03-14", "audience": "me"})
    entry = DiaryEntry.objects.get()
    assert entry.audience == "me"
    edit(as_seb, entry, audience="followers")
    entry.refresh_from_db()
    assert entry.audience == "followers"
    edit(as_seb, entry, audience="")
    entry.refresh_from_db()
    assert entry.audience == ""


@for_each(
    "first, second, is_now",
    [("", "me", "me"), ("me", "everyone", "me"), ("me", "", "me"), ("followers", "me", "me"), ("", "", "")],
)
def test_an_entry_that_is_added_to_is_never_shown_to_more(moment, seb, first, second, is_now):
    moment.relive(seb, audience=first)
    moment.relive(seb, audience=second)
    assert DiaryEntry.objects.get().audience == is_now


def test_an_entry_that_comes_back_is_shown_to_as_few_as_before(moment, seb):
    entry = moment.relive(seb, audience="me")
    moment.forget(entry)
    assert moment.undelete_entry(entry.pk, seb)
    assert DiaryEntry.objects.get().audience == "me"


def test_the_owner_reads_beside_an_entry_who_else_sees_it(as_seb, film, mia, seb):
    for audience in AUDIENCES:
        make_entry(make_moment(film, mia), seb, audience=audience)
    badges = [" ".join(text.split()) for text in texts(as_seb.get(month(seb)), ".entry .badge")]
    assert (len(badges), len(set(badges))) == (2, 2)


# What staff may do.


def test_a_note_that_nobody_else_reads_is_not_for_staff_to_remove(moment, seb):
    entry = make_entry(moment, seb, note=NOTE, public=True, audience="me")
    assert entry.remove(moderator(), "spam") is False
    entry.refresh_from_db()
    assert (entry.removal, entry.public) == (None, True)


def test_staff_do_not_read_the_note_of_an_entry_that_is_for_oneself(as_keith, moment, seb):
    entry = make_entry(moment, seb, note=NOTE, public=True, audience="me")
    url = f"/admin/moments/diaryentry/{entry.pk}/change/"
    assert NOTE not in as_keith.get(url).content.decode()
    DiaryEntry.objects.update(audience="followers")
    assert NOTE in as_keith.get(url).content.decode()


# How it is found.


@for_each("who", VIEWERS)
def test_a_diary_is_one_walk_of_its_index_for_every_viewer(clients, moment, seb, who):
    make_entry(moment, seb)
    with CaptureQueriesContext(connection) as queries:
        clients[who].get(diary(seb))
    asked = [query["sql"] for query in queries if 'ORDER BY "moments_relive"."date" DESC' in query["sql"]]
    walks = [sql for sql in asked if sql.split(" FROM ")[1].startswith('"moments_relive"')]
    assert len(walks) == 2
    for sql in walks:
        plan = plan_of(sql)
        assert "relive_diary" in plan
        assert [word for word in ("TEMP B-TREE", "Sort") if word in plan] == []
