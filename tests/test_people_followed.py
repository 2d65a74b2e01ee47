"""People are followed for what is shared about their films, and reported to the moderators as films are."""

import pytest

from moments.catalogue.becoming import NO_NEWS
from moments.models import Credit, Event, FeedEntry, Film, Filter, Follow, Notification, Person, Report
from moments.notifications.inbox import place_of_fetched
from tests.support.makers import make_credit, make_film, make_moment
from tests.support.notifications import inbox_of, news_of, tell_all
from tests.support.reports import judge


def follow(member, **what):
    Follow.objects.follow(member, **what)
    tell_all()


def feed_of(member):
    tell_all()
    rows = FeedEntry.objects.filter(member=member).order_by("-created", "-post_id")
    return list(rows.values_list("post__title", flat=True))


@pytest.fixture
def emma(film):
    return make_credit(film, "Emma Stone", character="Mia").person


def test_the_feed_has_their_films_but_for_a_credit_that_gives_something_away(film, emma, mia, seb):
    hidden = make_film("Zombieland", year=2009)
    make_credit(hidden, "Emma Stone", gives_away=True)
    make_moment(film, mia, "The Dance"), make_moment(hidden, mia, "The End")
    tell_all()
    follow(seb, credited=emma)
    make_moment(hidden, mia, "Another End"), make_moment(film, mia, "The Kiss")
    assert feed_of(seb) == ["The Kiss", "The Dance"]
    assert [row.shown_post.title for row in inbox_of(seb)] == ["The Kiss"]
    follow(seb, film=hidden)
    assert set(feed_of(seb)) == {"The Kiss", "The Dance", "The End", "Another End"}
    Credit.objects.filter(person=emma, film=film).update(gives_away=True)
    Follow.objects.unfollow(seb, film=hidden)
    assert feed_of(seb) == []


def credit(film, by, *persons, gives_away=False):
    """Say who is in a film, beside those who are, as the form of its cast does."""
    new = [[each.pk, each.name, "cast", "", gives_away, None, None] for each in persons]
    film.wanted_credits = [*Credit.objects.facts_of(film), *new]
    film.revise(by)


def test_a_new_film_of_theirs_is_news_once_for_those_who_follow_them(film, emma, mia, seb, anna, as_seb):
    ryan, other = Person.objects.add("Ryan Gosling"), make_film("Drive", year=2011)
    for member in (mia, seb, anna):
        Follow.objects.follow(member, credited=emma), Follow.objects.follow(member, credited=ryan)
    Filter.objects.add(anna, "film", other.pk)
    credit(other, mia, emma)
    assert [news_of(member) for member in (mia, seb, anna)] == [[], [("followed", "mia")], []]
    (told,) = inbox_of(seb)
    assert (told.film, place_of_fetched(told)) == (other, "/films/drive/")
    assert "Drive" in as_seb.get("/notifications/").text
    credit(other, mia, ryan)
    tell_all()
    rows = Notification.objects.filter(member=seb)
    assert [(row.subject, row.people) for row in rows] == [(f"film/{other.pk}", 1)]
    hidden, old = make_film("Zombieland", year=2009), make_film("Crazy", year=2011)
    credit(hidden, mia, emma, gives_away=True)
    Film.objects.filter(pk=old.pk).update(created=NO_NEWS)
    old.refresh_from_db()
    credit(old, mia, emma)
    other.summary = "He drives."
    other.revise(mia)
    assert (news_of(seb), Event.objects.count()) == ([("followed", "mia")], 0)
    Filter.objects.add(seb, "film", other.pk)
    assert news_of(seb) == [], "and whoever mutes the film later does not read of it"


def test_who_follows_somebody_merged_follows_who_stays(film, emma, as_seb, seb, keith, mia):
    other = Person.objects.add("Emily Stone")
    assert as_seb.post("/people/emma-stone/follow/").status_code == 302
    assert emma.merge_into(keith, other) is True
    assert Follow.objects.get().credited == other
    make_moment(film, mia, "The Kiss")
    assert feed_of(seb) == ["The Kiss"]
    assert "Emily Stone" in as_seb.get("/members/seb/following/").content.decode()
    other.remove(keith, "spam")
    page = as_seb.get("/members/seb/following/").content.decode()
    assert "Emily Stone" not in page


def test_a_person_is_reported_once_and_a_removal_tells_who_did(emma, client, seb, keith):
    place = "/people/emma-stone/report/"
    for _twice in range(2):
        client.force_login(seb)
        assert client.post(place, {"reason": "spam"}).status_code == 302
    report = Report.objects.get()
    assert (report.credited, report.person, report.member, report.target) == (emma, None, seb, emma)
    assert (report.link, "Emma Stone" in report.snapshot) == ("/people/emma-stone/", True)
    client.force_login(keith)
    case = client.get(f"/admin/moments/report/{report.pk}/change/")
    assert "Emma Stone" in case.content.decode()
    judge(client, "remove", report, reason="spam")
    report.refresh_from_db()
    emma.refresh_from_db()
    assert (report.state, report.outcome.split(":")[0], emma.is_removed) == ("acted", "remove", True)
    assert [kind for kind, _by in news_of(seb)] == ["report"]


def test_reports_of_two_who_are_one_end_with_the_merge(emma, seb, keith):
    Report.objects.file(seb, emma, "other", "There are two of her.")
    assert emma.merge_into(keith, Person.objects.add("Emily Stone")) is True
    report = Report.objects.get()
    assert (report.state, report.outcome.split(":")[0]) == ("acted", "merge")
    assert report.outcome_text
