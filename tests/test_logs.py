"""A film as a whole: logged into the diary, rated, wanted, and what follows from that."""

from datetime import date
from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.models import DiaryEntry, Film, Follow, Progress, Rating, Wanted, watchlist
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from moments.models.refusals import FilmGone
from moments.spoilers.rules import SEEN, UNSEEN, ProgressPoint, end_of, furthest
from tests.support.makers import MARCH, make_film, make_member, make_moment, moderator
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return make_film("Severance", medium="series", year=2022)


def said(row):
    row.refresh_from_db()
    return (row.stars, row.liked, row.date, row.audience)


def counts(film):
    film.refresh_from_db()
    return (film.log_count, film.rating_count, film.rating_sum, film.rating_buckets)


def log(client, film, **fields):
    return client.post(film.log_url, {"date": "2024-03-14"} | fields)


def test_one_press_logs_a_film_of_today(as_mia, mia, film):
    form = as_mia.get(film.log_url).context["form"]
    assert form["date"].value() == timezone.localdate()
    as_mia.post(film.log_url, {"date": form["date"].value()})
    entry = DiaryEntry.objects.get()
    assert (entry.whole_film, entry.date, entry.rating, entry.moment) == (
        film,
        timezone.localdate(),
        None,
        None,
    )
    assert Progress.objects.of(mia, film) == SEEN


def test_an_entry_says_all_that_the_form_asks(as_mia, film):
    fields = {
        "rating": 7,
        "liked": "on",
        "rewatch": "on",
        "feelings": ["joy", "hope"],
        "tags": "Cinema, 35mm",
    }
    log(as_mia, film, note="In *rain*.", public="on", audience="followers", **fields)
    entry = DiaryEntry.objects.get()
    assert (entry.rating, entry.liked, entry.rewatch, entry.feelings) == (7, True, True, ["joy", "hope"])
    assert (entry.tags, entry.audience, entry.public) == (["cinema", "35mm"], "followers", True)
    assert entry.note_html.strip() == "<p>In <em>rain</em>.</p>"
    assert said(Rating.objects.get()) == (7, True, MARCH, "followers")


def test_without_a_day_it_was_some_time_ago(as_mia, film):
    log(as_mia, film, date="")
    entry = DiaryEntry.objects.get()
    assert (entry.date, entry.is_dated, entry.link) == (SOME_TIME_AGO, False, "/members/mia/diary/")
    page = as_mia.get("/members/mia/diary/")
    assert [shown.pk for shown in page.context["entries"]] == [entry.pk]
    year = as_mia.get(reverse("member-year", args=["mia", timezone.localdate().year]))
    assert (len(year.context["period"]), year.context["earlier"]) == (0, None)


def test_a_second_entry_of_a_day_adds_to_the_first_unless_it_was_seen_again(as_mia, film):
    for fields in ({"rating": 6, "note": "One."}, {"note": "One."}, {"note": "Two.", "liked": "on"}):
        log(as_mia, film, **fields)
    entry = DiaryEntry.objects.get()
    assert (entry.note, entry.rating, entry.liked) == ("One.\n\nTwo.", 6, True)
    log(as_mia, film, rewatch="on", rating=9)
    assert list(DiaryEntry.objects.order_by("pk").values_list("rewatch", "rating")) == [(False, 6), (True, 9)]
    assert counts(film) == (2, 1, 9, [0] * 8 + [1, 0])


@for_each(
    "fields",
    [
        {"rating": "11"},
        {"rating": "x"},
        {"date": "2999-01-01"},
        {"date": "1700-01-01"},
        {"feelings": ["bored"]},
    ],
)
def test_what_no_entry_can_say_is_refused(as_mia, film, fields):
    assert log(as_mia, film, **fields).status_code == 422
    assert not DiaryEntry.objects.exists()


def test_an_entry_is_of_a_moment_or_a_film_alone(film, moment, mia):
    for columns in ({}, {"moment": moment, "whole_film": film}, {"moment": moment, "rating": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            DiaryEntry.objects.create(member=mia, **columns)


def test_a_film_that_was_removed_is_not_logged(film, mia):
    film.remove(moderator(), "spam")
    with pytest.raises(FilmGone):
        film.log(mia, MARCH)
    assert not DiaryEntry.objects.exists()


def test_progress_follows_and_never_goes_back(series, mia):
    early = make_moment(series, mia, season=1, episode=2, timecode=60, position=2.0)
    make_moment(series, mia, season=2, episode=1, timecode=60, position=9.0)
    series.log(mia, MARCH, 1, 3)
    assert Progress.objects.of(mia, series) == ProgressPoint(early.position, end_of(1, 3))
    series.log(mia, date(2024, 3, 15), 1, 1)
    assert Progress.objects.of(mia, series) == ProgressPoint(early.position, end_of(1, 3))
    series.log(mia, MARCH, 0, 1)
    assert Progress.objects.of(mia, series) == ProgressPoint(early.position, end_of(1, 3))
    series.log(mia, MARCH)
    series.log(mia, date(2024, 3, 16), 1, 1)
    assert Progress.objects.of(mia, series) == SEEN


def test_nothing_that_was_open_closes_again():
    points = [UNSEEN, ProgressPoint(2.0), ProgressPoint(-1e12, 60.0), ProgressPoint(3.0, end_of(1, 2)), SEEN]
    for before in points:
        for after in points:
            found = furthest(before, after)
            assert found.place >= max(before.place, after.place) or found.is_all
            assert furthest(found, after) == found or after.is_all


def test_a_logged_film_leaves_the_watchlist_and_undo_brings_all_back(as_mia, mia, film):
    Wanted.objects.add(mia, film)
    Progress.objects.set_progress(mia, film, ProgressPoint(1.0))
    response = as_mia.post(film.log_url, {"date": "2024-03-14", "rating": 8}, follow=True)
    assert (Wanted.objects.count(), Progress.objects.of(mia, film)) == (0, SEEN)
    undo = next(
        part for part in response.content.decode().split('"') if part.startswith("/diary/") and "undo" in part
    )
    address = urlsplit(undo.replace("&amp;", "&"))
    assert as_mia.post(f"{address.path}?was=forged").status_code == 404
    as_mia.post(f"{address.path}?{address.query}")
    assert (Wanted.objects.count(), Progress.objects.of(mia, film)) == (1, ProgressPoint(1.0))
    assert (DiaryEntry.objects.count(), Rating.objects.count(), counts(film)) == (0, 0, (0, 0, 0, []))


def test_a_rating_follows_the_latest_entry_that_says_one(film, mia):
    first = film.log(mia, MARCH, rating=6)
    rating = Rating.objects.get()
    film.log(mia, date(2010, 1, 1), rating=2)
    assert said(rating) == (6, False, MARCH, "")
    latest = film.log(mia, date(2024, 5, 1), rating=9, audience="me")
    assert said(rating) == (9, False, date(2024, 5, 1), "me")
    film.log(mia, date(2024, 6, 1), liked=True)
    assert said(rating) == (9, False, date(2024, 5, 1), "me")
    film.revise_entry(latest, date=latest.date, feelings=[], rating=None, liked=False, rewatch=False, tags=[])
    assert said(rating)[:1] == (6,)
    film.forget(first)
    assert said(rating)[:1] == (2,)
    film.undelete_entry(first.pk, mia)
    assert (said(rating)[0], counts(film)[:2]) == (6, (4, 1))


def test_a_rating_said_by_itself_stays_until_a_later_entry(as_mia, mia, film):
    address = reverse("film-rate", args=[film.slug])
    for fields in ({"stars": 5}, {"stars": 5, "liked": "on"}):
        as_mia.post(address, fields)
    entry = film.log(mia, MARCH, rating=10)
    film.forget(entry)
    assert said(Rating.objects.get()) == (5, True, timezone.localdate(), "")
    assert as_mia.post(address, {"stars": "12"}).status_code == 422
    as_mia.post(address, {"stars": ""})
    assert (Rating.objects.count(), counts(film)) == (0, (0, 0, 0, []))


def test_counters_of_a_film_can_be_computed(film, series, mia, seb):
    for member, halves in ((mia, 7), (seb, 10)):
        film.log(member, MARCH, rating=halves)
        series.log(member, MARCH, 1, 1, rating=halves)
    assert counts(film) == (2, 2, 17, [0] * 6 + [1, 0, 0, 1])
    assert counts(series) == (2, 0, 0, [])
    Film.objects.update(log_count=9, rating_count=9, rating_sum=9, rating_buckets=[9])
    call_command("recount", stdout=StringIO())
    assert counts(film) == (2, 2, 17, [0] * 6 + [1, 0, 0, 1])
    assert counts(series) == (2, 0, 0, [])


def test_ratings_are_shown_from_five_members_on(client, film):
    for number in range(5):
        page = client.get(film.get_absolute_url())
        assert page.context["log"]["histogram"] is None
        film.log(make_member(f"viewer{number}"), MARCH, rating=2 * number + 2)
    histogram = client.get(film.get_absolute_url()).context["log"]["histogram"]
    assert (histogram.count, histogram.average) == (5, 3.0)
    assert [bar.number for bar in histogram.rows] == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]


PAGES = ("diary/", "diary/2024/3/", "2024/", "films/", "numbers/", "watchlist/", "diary/feed/")


@for_each("audience, shown_to", [("everyone", {"stranger", "seb"}), ("followers", {"seb"}), ("me", set())])
def test_what_a_diary_does_not_show_is_on_no_page(as_seb, mia, seb, film, audience, shown_to):
    User.objects.filter(pk=mia.pk).update(diary_audience=audience)
    mia.refresh_from_db()
    Follow.objects.follow(seb, person=mia)
    Wanted.objects.add(mia, make_film("Wanted alone"))
    film.log(mia, MARCH, rating=9, note="A word to find.", public=True)
    for name, viewer in (("stranger", Client()), ("seb", as_seb)):
        pages = {path: viewer.get(f"/members/mia/{path}", follow=True) for path in PAGES}
        shown = {path for path, page in pages.items() if film.title in page.content.decode()}
        expected = {"diary/", "diary/2024/3/", "2024/", "films/"} if name in shown_to else set()
        assert shown - {"diary/feed/", "numbers/"} == expected, name
        assert ("Wanted alone" in pages["watchlist/"].content.decode()) == (name in shown_to)
        numbers = pages["numbers/"].context["numbers"]
        assert (numbers["film_count"], numbers["entry_count"]) == ((1, 1) if name in shown_to else (0, 0))
        assert ("A word to find." in pages["diary/feed/"].content.decode()) == (audience == "everyone")


def test_an_entry_of_a_later_episode_is_veiled(as_seb, mia, seb, series):
    series.log(mia, MARCH, 2, 5, note="She knew it.", public=True, feelings=["fear"])
    Progress.objects.set_progress(seb, series, ProgressPoint(-1e12, end_of(1, 3)))
    shown = {
        name: viewer.get("/members/mia/diary/").context["entries"][0].is_veiled
        for name, viewer in (("seb", as_seb), ("stranger", Client()))
    }
    assert shown == {"seb": True, "stranger": False}
    assert "She knew it." not in as_seb.get("/members/mia/diary/").content.decode()
    assert as_seb.get("/members/mia/2024/").context["period"].tally == {}


def test_merging_hands_over_entries_ratings_and_watchlists(film, mia, seb):
    other = make_film("La La Land again")
    other.log(mia, MARCH, rating=4)
    other.log(seb, MARCH, rating=8)
    film.log(mia, MARCH, rating=6)
    Wanted.objects.add(seb, other)
    other.merge_into(moderator(), film)
    entries = DiaryEntry.objects.order_by("member__username", "rewatch")
    assert list(entries.values_list("member__username", "whole_film", "rewatch")) == [
        ("mia", film.pk, False), ("mia", film.pk, True), ("seb", film.pk, False),
    ]  # fmt: skip
    assert counts(film) == (3, 2, 14, [0, 0, 0, 0, 0, 1, 0, 1, 0, 0])
    assert list(Wanted.objects.values_list("member__username", "film")) == [("seb", film.pk)]
    call_command("recount", stdout=StringIO())
    assert counts(film)[:3] == (3, 2, 14)


def test_nobody_touches_the_entry_or_watchlist_of_another(as_seb, mia, film):
    entry = film.log(mia, MARCH)
    Wanted.objects.add(mia, film)
    for verb in ("diary-entry-edit", "diary-entry-delete", "log-undo"):
        assert as_seb.post(reverse(verb, args=[entry.pk])).status_code == 404
    as_seb.post(reverse("film-unwant", args=[film.slug]))
    Client().post(film.log_url, {"date": "2024-03-14"})
    assert (DiaryEntry.objects.count(), Wanted.objects.count()) == (1, 1)


def test_an_entry_is_edited_deleted_and_brought_back(as_mia, mia, film):
    entry = film.log(mia, MARCH, rating=3, note="So so.")
    address = reverse("diary-entry-edit", args=[entry.pk])
    assert as_mia.get(address).context["form"]["rating"].value() == 3
    as_mia.post(address, {"date": "2024-03-15", "rating": 8, "note": "Much better."})
    entry.refresh_from_db()
    assert (entry.date, entry.rating, entry.note, counts(film)[1:3]) == (
        date(2024, 3, 15),
        8,
        "Much better.",
        (1, 8),
    )
    as_mia.post(reverse("diary-entry-delete", args=[entry.pk]))
    assert (DiaryEntry.objects.count(), counts(film)[:2]) == (0, (0, 0))
    as_mia.post(reverse("diary-entry-undelete", args=[entry.pk]))
    assert list(DiaryEntry.objects.values_list("rating", "note")) == [(8, "Much better.")]
    assert counts(film)[:3] == (1, 1, 8)


def test_films_of_a_member_are_narrowed(as_mia, mia, film):
    old = make_film("Metropolis", year=1927)
    film.log(mia, MARCH, rating=9)
    old.log(mia, None, rating=4)

    def films(query=""):
        return [row.film.title for row in as_mia.get(f"/members/mia/films/{query}").context["rows"]]

    assert films() == [film.title, old.title]
    assert [films(query) for query in ("?stars=4", "?decade=1920", "?year=2016", "?stars=4&year=2016")] == [
        [old.title], [old.title], [film.title], [],
    ]  # fmt: skip
    for query in ("?stars=0", "?decade=1925", "?year=x", "?stars=²"):
        assert as_mia.get(f"/members/mia/films/{query}").status_code == 404


def test_numbers_are_of_any_span_of_time(as_mia, mia, film, moment):
    film.log(mia, MARCH, rating=9, feelings=["joy"])
    make_film("Metropolis", year=1927).log(mia, None, rating=4, liked=True)
    moment.relive(mia, date=date(2024, 4, 1))

    def numbers(query=""):
        found = as_mia.get(f"/members/mia/numbers/{query}").context["numbers"]
        return (
            found["film_count"],
            found["liked_count"],
            found["entry_count"],
            found["day_count"],
            found["decades"],
        )

    assert numbers() == (2, 1, 3, 2, [(2010, 1, 1), (1920, 1, 1)])
    assert numbers("?first=2024-03-01&last=2024-03-31") == (1, 0, 1, 1, [(2010, 1, 1)])
    assert numbers("?first=2025-01-01") == (0, 0, 0, 0, [])
    assert as_mia.get("/members/mia/numbers/?first=2025-01-01&last=2024-01-01").context["form"].errors


def test_a_watchlist_has_room_for_so_many(as_mia, mia, film, monkeypatch):
    monkeypatch.setattr(watchlist, "MOST_WANTED", 1)
    for each in (film, film, make_film("Metropolis")):
        page = as_mia.post(reverse("film-want", args=[each.slug]), follow=True)
    assert (page.status_code, list(Wanted.objects.values_list("film", flat=True))) == (200, [film.pk])
