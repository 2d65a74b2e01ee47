"""Members and visitors say how far they have seen a film."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.models import Moment, Progress
from moments.spoilers.rules import SEEN, UNSEEN, ProgressPoint, end_of
from moments.templatetags.posts import progress_text
from tests.support.makers import make_film, make_member, make_moment, moderator
from tests.support.pages import refused_fields, select, texts, the
from tests.support.progress import LATER, make_story, progress, progress_url, say
from tests.support.rows import for_each


def story_of_three():
    film, mia = make_film(), make_member("mia")
    return {"film": film, "mia": mia, "story": make_story(film, mia)}


SCENE = story_of_three


@pytest.fixture
def story(staged):
    return staged["story"]


# Members.


@for_each("seen, expected", [("all", SEEN), ("none", UNSEEN), ("unsaid", None)])
def test_member_says_how_far_they_are(as_seb, seb, story, seen, expected):
    film = story[0].film
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    response = say(as_seb, film, seen=seen)
    assert response["Location"] == film.get_absolute_url()
    assert progress(seb, film) == expected


def test_member_is_up_to_a_moment(as_seb, seb, story):
    say(as_seb, story[0].film, seen="part", moment=story[1].pk)
    assert progress(seb, story[0].film) == ProgressPoint(2.0, 1800.0)


def test_member_is_up_to_a_time(as_seb, seb, story):
    say(as_seb, story[0].film, seen="part", time="1:30")
    assert progress(seb, story[0].film) == ProgressPoint(2.0, 5400.0)


def test_member_is_up_to_an_episode(as_seb, seb, mia):
    series = make_film("Dark", medium="series")
    make_moment(series, mia, position=1.0, season=1, episode=2)
    make_moment(series, mia, position=2.0, season=2, episode=1)
    say(as_seb, series, seen="part", season=1, episode=5)
    assert progress(seb, series) == ProgressPoint(1.0, end_of(1, 5))
    say(as_seb, series, seen="part", season=2)
    assert progress(seb, series) == ProgressPoint(2.0, end_of(2))


def test_a_series_may_have_a_thousand_episodes_in_a_season(as_seb, seb, mia):
    series = make_film("One Piece", medium="series")
    for number in (1015, 1016):
        make_moment(series, mia, season=20, episode=number)
    assert say(as_seb, series, seen="part", season=20, episode=1015).status_code == 302
    veiled = Moment.objects.veiled_for(seb).filter(film=series).order_by("episode")
    assert [moment.is_veiled for moment in veiled] == [False, True]


def test_the_focus_goes_from_a_lifted_veil_to_the_title(as_seb, seb, story):
    first, film = story[0], story[0].film
    Progress.objects.set_progress(seb, film, UNSEEN)
    assert the(as_seb.get(film.get_absolute_url()), f"#card-{first.pk}")["class"] == "veil"
    card = as_seb.get(f"/posts/{first.pk}/?show=1", headers={"HX-Request": "true"})
    title = the(card, f"a#card-{first.pk}")
    assert (title["href"], title.text) == (first.get_absolute_url(), first.title)


def test_another_moment_counts_more_than_the_time_left_from_before(as_seb, seb, story):
    film = story[0].film
    say(as_seb, film, seen="part", time="1:30")
    say(as_seb, film, seen="part", time="1:30", moment=story[0].pk)
    assert progress(seb, film) == ProgressPoint(1.0)
    say(as_seb, film, seen="part", time="1:30", moment=story[0].pk)
    assert progress(seb, film) == ProgressPoint(2.0, 5400.0)


def test_another_moment_counts_more_than_the_episode_left_from_before(as_seb, seb, mia):
    series = make_film("Dark", medium="series")
    first = make_moment(series, mia, position=1.0, season=1, episode=2)
    say(as_seb, series, seen="part", season=2, episode=5)
    say(as_seb, series, seen="part", season=2, episode=5, moment=first.pk)
    assert progress(seb, series) == first.progress


def test_a_time_is_asked_for_where_it_says_something(as_seb, story, mia):
    timeless, empty = make_film("Ponyo"), make_film("Snatch")
    make_moment(timeless, mia)
    asked = {
        film: as_seb.get(progress_url(film)).context["form"].fields
        for film in (story[0].film, timeless, empty)
    }
    assert [{"time", "season"} & set(fields) for fields in asked.values()] == [{"time"}, set(), {"time"}]
    refused = [texts(say(as_seb, film, seen="part"), ".errorlist li") for film in (timeless, empty)]
    assert [len(sentences) for sentences in refused] == [1, 1]
    assert refused[0] != refused[1], "each asks for what it has a field for"


def test_season_and_episode_of_a_moment_are_told_wherever_it_is_met(as_seb, mia):
    series = make_film("Dark", medium="series")
    special = make_moment(series, mia, season=0, episode=3)
    later = make_moment(series, mia, season=1)
    say(as_seb, series, seen="part", moment=special.pk)
    addresses = (
        series.get_absolute_url(),
        reverse("relive-moment", args=[series.slug, special.pk]),
        special.get_absolute_url(),
    )
    assert ["S0 E3" in as_seb.get(address).text for address in addresses] == [True, True, True]
    assert "S1" in as_seb.get(f"/posts/{later.pk}/").text
    page = say(as_seb, series, seen="part", find="moment", moment_later="on")
    assert texts(page, ".picker-found label") == [f"2. S1 · {LATER}"]


def test_member_says_it_on_the_page_of_a_moment(as_seb, seb, story):
    response = as_seb.post(reverse("moment-progress", args=[story[1].pk]), {"next": "/films/"})
    assert response["Location"] == "/films/"
    assert progress(seb, story[0].film) == ProgressPoint(2.0, 1800.0)


def test_the_film_says_what_was_said_of_it(as_seb, seb, story):
    film, shown = story[0].film, []
    film.refresh_from_db()
    for said, seen in ((None, 3), (UNSEEN, 0), (ProgressPoint(2.0), 2), (SEEN, 3)):
        Progress.objects.set_progress(seb, film, said)
        shown += texts(as_seb.get(film.get_absolute_url()), "#progress p")
        assert shown[-1] == progress_text(film, seb, said, seen)
    type(seb).objects.filter(pk=seb.pk).update(spoiler_stance="show")
    seb.refresh_from_db()
    Progress.objects.set_progress(seb, film, UNSEEN)
    shown += texts(as_seb.get(film.get_absolute_url()), "#progress p")
    assert shown[-1] == progress_text(film, seb, UNSEEN, 3)
    assert len(set(shown)) == 5


def test_the_form_remembers_what_was_said(as_seb, seb, story):
    Progress.objects.set_progress(seb, story[0].film, ProgressPoint(2.0))
    page = as_seb.get(progress_url(story[0].film))
    form = page.context["form"]
    assert (form["seen"].value(), form.initial["moment"]) == ("part", story[1])
    assert [chip["value"] for chip in select(page, ".picked [name=moment]")] == [str(story[1].pk)]


def test_sending_the_form_again_changes_nothing(as_seb, seb, story, mia):
    film, series = story[0].film, make_film("Dark", medium="series")
    make_moment(series, mia, position=1.0, season=1, episode=2)
    said = {film: {"time": "1:30:05"}, series: {"season": 1, "episode": 5}}
    for about, answer in said.items():
        say(as_seb, about, seen="part", **answer)
        before = progress(seb, about)
        initial = as_seb.get(progress_url(about)).context["form"].initial
        say(as_seb, about, **{name: value for name, value in initial.items() if value is not None})
        assert progress(seb, about) == before


@for_each(
    "answer, unclear",
    [
        ({}, "seen"),
        ({"seen": "some"}, "seen"),
        ({"seen": "part"}, "__all__"),
        ({"seen": "part", "time": "48 minutes"}, "time"),
        ({"seen": "part", "time": "0:61"}, "time"),
        ({"seen": "part", "moment": "999999"}, "moment"),
        ({"seen": "part", "moment": "\x00"}, "moment"),
        ({"seen": "part", "moment": "9" * 40}, "moment"),
    ],
)
def test_an_unclear_answer_comes_back(as_seb, seb, story, answer, unclear):
    response = say(as_seb, story[0].film, **answer)
    assert response.status_code == 422
    assert refused_fields(response) == [unclear]
    assert progress(seb, story[0].film) is None


def test_an_episode_without_its_season_comes_back(as_seb, seb):
    series = make_film("Dark", medium="series")
    response = say(as_seb, series, seen="part", episode=3)
    assert (response.status_code, progress(seb, series)) == (422, None)
    assert refused_fields(response) == ["__all__"]


def test_a_moment_of_another_film_is_no_answer(as_seb, seb, story, mia):
    other = make_moment(make_film("Snatch"), mia)
    assert say(as_seb, story[0].film, seen="part", moment=other.pk).status_code == 422


def test_it_leads_back_within_the_site_only(as_seb, story):
    film = story[0].film
    for wish in ("//evil.example/", "https://evil.example/", "javascript:alert(1)"):
        assert say(as_seb, film, seen="all", next=wish)["Location"] == film.get_absolute_url()


def test_nobody_is_up_to_a_moment_out_of_sight(as_seb, seb, story):
    story[1].remove(moderator(), "spam")
    assert as_seb.post(reverse("moment-progress", args=[story[1].pk])).status_code == 404
    assert progress(seb, story[0].film) is None


# Visitors.


def test_a_visitor_says_it_to_their_browser(client, story):
    film = story[0].film
    response = say(client, film, seen="part", moment=story[1].pk)
    cookie = response.cookies["horizons"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    page = client.get(film.get_absolute_url())
    assert [title in page.content.decode() for title in ("A Lovely Night", "Montage", LATER)] == [
        True,
        False,
        True,
    ]
    assert "private" in page["Cache-Control"]
    assert Progress.objects.count() == 0


def test_a_visitor_takes_it_back(client, story):
    film = story[0].film
    say(client, film, seen="none")
    say(client, film, seen="unsaid")
    assert client.cookies["horizons"].value == ""
    assert "The Ending Montage" in client.get(film.get_absolute_url()).content.decode()


def test_nothing_is_said_to_whoever_has_said_nothing(client, seb, story):
    film = story[0].film
    say(client, film, seen="unsaid")
    assert select(client.get(film.get_absolute_url()), ".toast") == []
    client.force_login(seb)
    say(client, film, seen="unsaid")
    assert select(client.get(film.get_absolute_url()), ".toast") == []
    say(client, film, seen="none")
    assert len(select(client.get(film.get_absolute_url()), ".toast")) == 1


def test_pages_for_those_who_said_nothing_set_no_cookie(client, story):
    assert not client.get(story[0].film.get_absolute_url()).cookies


def test_a_page_that_lifts_a_veil_is_kept_for_nobody_else(client, story):
    Moment.objects.filter(pk=story[2].pk).update(spoiler=True)
    response = client.get(f"/posts/{story[2].pk}/?show=1")
    assert response.cookies["revealed"].value == f"{story[2].pk:x}"
    assert response["Cache-Control"] == "private"


def test_looking_gives_no_cookie_anew_however_long_it_takes(client, story, monkeypatch):
    film = story[0].film
    say(client, film, seen="none")
    client.get(film.get_absolute_url())  # says what was done
    monkeypatch.setattr("django.core.signing.time.time", map(float, range(10**9, 10**10)).__next__)
    assert not client.get(film.get_absolute_url()).cookies


def test_a_visitor_who_signs_in_brings_it_along(client, story, seb):
    film, other = story[0].film, make_film("Snatch")
    Progress.objects.set_progress(seb, other, UNSEEN)
    say(client, film, seen="part", moment=story[0].pk)
    say(client, other, seen="all")
    response = client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
    assert response.status_code == 302
    assert progress(seb, film) == ProgressPoint(1.0)
    assert progress(seb, other) == UNSEEN, "what a member said before stays"
    assert client.cookies["horizons"].value == ""


def test_signing_in_takes_no_longer_with_many_films(client, seb, mia, keith):
    door, costs = "/accounts/login/", []
    for number, member in ((1, keith), (1, seb), (12, mia)):  # the first fills what a process keeps
        for film in [make_film(f"{member} {part}") for part in range(number)]:
            say(client, film, seen="all")
        with CaptureQueriesContext(connection) as asked:
            client.post(door, {"login": member.username, "password": "correct horse"})
        costs.append(len(asked))
        assert Progress.objects.filter(member=member).count() == number
        client.logout()
    assert costs[1] == costs[2]
