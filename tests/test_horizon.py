"""Saying how far one has seen, and meeting the veil, as a member or not."""

import pytest
from conftest import make_comment, make_film, make_member, make_moment, make_song, make_trivia, moderator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.models import Moment, Progress, SongUse, Trivia
from moments.spoilers import NOT_SEEN, SEEN, UNSEEN, Horizon, end_of

LATER = "A moment later in the story"


@pytest.fixture
def story(film, mia):
    """Three moments in a row, the last with everything on it that could give it away."""
    first = make_moment(film, mia, "The Traffic Jam", position=1.0)
    second = make_moment(film, mia, "A Lovely Night", position=2.0, timecode=1800)
    last = make_moment(film, mia, "The Ending Montage", position=3.0, timecode=7000, tags=["goodbyes"])
    return first, second, last


def progress_url(film):
    return reverse("film-progress", args=[film.slug])


def say(client, film, **answer):
    return client.post(progress_url(film), answer)


def horizon(member, film):
    return Progress.objects.horizon(member, film)


# Members.


@pytest.mark.parametrize(("seen", "expected"), [("all", SEEN), ("none", UNSEEN), ("unsaid", None)])
def test_member_says_how_far_they_are(as_seb, seb, story, seen, expected):
    film = story[0].film
    Progress.objects.reach(seb, film, Horizon(1.0))
    response = say(as_seb, film, seen=seen)
    assert response["Location"] == film.get_absolute_url()
    assert horizon(seb, film) == expected


def test_member_is_up_to_a_moment(as_seb, seb, story):
    say(as_seb, story[0].film, seen="part", moment=story[1].pk)
    assert horizon(seb, story[0].film) == Horizon(2.0, 1800.0)


def test_member_is_up_to_a_time(as_seb, seb, story):
    say(as_seb, story[0].film, seen="part", time="1:30")
    assert horizon(seb, story[0].film) == Horizon(2.0, 5400.0)


def test_member_is_up_to_an_episode(as_seb, seb, mia):
    series = make_film("Dark", medium="series")
    make_moment(series, mia, position=1.0, season=1, episode=2)
    make_moment(series, mia, position=2.0, season=2, episode=1)
    say(as_seb, series, seen="part", season=1, episode=5)
    assert horizon(seb, series) == Horizon(1.0, end_of(1, 5))
    say(as_seb, series, seen="part", season=2)
    assert horizon(seb, series) == Horizon(2.0, end_of(2))


def test_a_series_may_have_a_thousand_episodes_in_a_season(as_seb, seb, mia):
    series = make_film("One Piece", medium="series")
    for number in (1015, 1016):
        make_moment(series, mia, season=20, episode=number)
    assert say(as_seb, series, seen="part", season=20, episode=1015).status_code == 302
    veiled = Moment.objects.veiled_for(seb).filter(film=series).order_by("episode")
    assert [moment.is_veiled for moment in veiled] == [False, True]


def test_the_focus_goes_from_a_lifted_veil_to_the_title(as_seb, seb, story):
    first, film = story[0], story[0].film
    Progress.objects.reach(seb, film, UNSEEN)
    assert f'<a class="veil" id="card-{first.pk}"' in as_seb.get(film.get_absolute_url()).text
    card = as_seb.get(f"/posts/{first.pk}/?show=1", headers={"HX-Request": "true"}).text
    assert f'<a id="card-{first.pk}" href="{first.get_absolute_url()}"' in card


def test_another_moment_counts_more_than_the_time_left_from_before(as_seb, seb, story):
    film = story[0].film
    say(as_seb, film, seen="part", time="1:30")
    say(as_seb, film, seen="part", time="1:30", moment=story[0].pk)
    assert horizon(seb, film) == Horizon(1.0)
    say(as_seb, film, seen="part", time="1:30", moment=story[0].pk)
    assert horizon(seb, film) == Horizon(2.0, 5400.0)


def test_another_moment_counts_more_than_the_episode_left_from_before(as_seb, seb, mia):
    series = make_film("Dark", medium="series")
    first = make_moment(series, mia, position=1.0, season=1, episode=2)
    say(as_seb, series, seen="part", season=2, episode=5)
    say(as_seb, series, seen="part", season=2, episode=5, moment=first.pk)
    assert horizon(seb, series) == first.horizon


def test_a_time_is_asked_for_where_it_says_something(as_seb, story, mia):
    timeless, empty = make_film("Ponyo"), make_film("Snatch")
    make_moment(timeless, mia)
    asked = {
        film: as_seb.get(progress_url(film)).context["form"].fields
        for film in (story[0].film, timeless, empty)
    }
    assert [{"time", "season"} & set(fields) for fields in asked.values()] == [{"time"}, set(), {"time"}]
    assert "choose a moment." in say(as_seb, timeless, seen="part").text


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
    assert f"2. S1 · {LATER}" in as_seb.get(progress_url(series)).text


def test_member_says_it_on_the_page_of_a_moment(as_seb, seb, story):
    response = as_seb.post(reverse("moment-progress", args=[story[1].pk]), {"next": "/films/"})
    assert response["Location"] == "/films/"
    assert horizon(seb, story[0].film) == Horizon(2.0, 1800.0)


def test_the_film_says_what_was_said_of_it(as_seb, seb, story):
    film = story[0].film
    told = []
    for said in (None, UNSEEN, Horizon(2.0), SEEN):
        Progress.objects.reach(seb, film, said)
        page = as_seb.get(film.get_absolute_url()).content.decode()
        told.append(page[page.index('id="horizon"') :].split("<p>")[1].split("</p>")[0])
    assert told == [
        "Not through it yet? Say how far you are, and what comes later is veiled.",
        "You have not seen it: the story is veiled.",
        "You have seen 2 of 3 moments. What comes later is veiled.",
        "You have seen it all: nothing is veiled.",
    ]
    type(seb).objects.filter(pk=seb.pk).update(spoiler_stance="show")
    Progress.objects.reach(seb, film, UNSEEN)
    assert "You asked to be shown everything: nothing is veiled." in as_seb.get(film.get_absolute_url()).text


def test_the_form_remembers_what_was_said(as_seb, seb, story):
    Progress.objects.reach(seb, story[0].film, Horizon(2.0))
    form = as_seb.get(progress_url(story[0].film)).context["form"]
    assert (form["seen"].value(), form.initial["moment"]) == ("part", story[1])
    assert form.fields["moment"].choices.queryset.count() == 3


def test_sending_the_form_again_changes_nothing(as_seb, seb, story, mia):
    film, series = story[0].film, make_film("Dark", medium="series")
    make_moment(series, mia, position=1.0, season=1, episode=2)
    said = {film: {"time": "1:30:05"}, series: {"season": 1, "episode": 5}}
    for about, answer in said.items():
        say(as_seb, about, seen="part", **answer)
        before = horizon(seb, about)
        initial = as_seb.get(progress_url(about)).context["form"].initial
        say(as_seb, about, **{name: value for name, value in initial.items() if value is not None})
        assert horizon(seb, about) == before


def test_the_choice_of_moments_names_none_from_beyond(as_seb, seb, story):
    Progress.objects.reach(seb, story[0].film, Horizon(2.0))
    page = as_seb.get(progress_url(story[0].film)).content.decode()
    assert ["1. The Traffic Jam" in page, "2. A Lovely Night" in page] == [True, True]
    assert ["3. A moment later in the story" in page, "Montage" in page] == [True, False]


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ({}, "Choose one of the four."),
        ({"seen": "some"}, "Select a valid choice"),
        ({"seen": "part"}, "Say up to where"),
        ({"seen": "part", "time": "48 minutes"}, "Write the time as hours and minutes, like 0:48."),
        ({"seen": "part", "time": "0:61"}, "Write the time as hours and minutes, like 0:48."),
        ({"seen": "part", "moment": "999999"}, "Select a valid choice"),
        ({"seen": "part", "moment": "\x00"}, "Null characters are not allowed."),
        ({"seen": "part", "moment": "9" * 40}, "Select a valid choice"),
    ],
)
def test_an_unclear_answer_comes_back(as_seb, seb, story, answer, sentence):
    response = say(as_seb, story[0].film, **answer)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert horizon(seb, story[0].film) is None


def test_an_episode_without_its_season_comes_back(as_seb, seb):
    series = make_film("Dark", medium="series")
    response = say(as_seb, series, seen="part", episode=3)
    assert (response.status_code, horizon(seb, series)) == (422, None)
    assert "Say the season as well." in response.content.decode()


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
    assert horizon(seb, story[0].film) is None


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
    monkeypatch.setattr("django.core.signing.time.time", map(float, range(10**9, 10**10)).__next__)
    assert not client.get(film.get_absolute_url()).cookies


def test_a_visitor_who_signs_in_brings_it_along(client, story, seb):
    film, other = story[0].film, make_film("Snatch")
    Progress.objects.reach(seb, other, UNSEEN)
    say(client, film, seen="part", moment=story[0].pk)
    say(client, other, seen="all")
    response = client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
    assert response.status_code == 302
    assert horizon(seb, film) == Horizon(1.0)
    assert horizon(seb, other) == UNSEEN, "what a member said before stays"
    assert client.cookies["horizons"].value == ""


def test_signing_in_takes_no_longer_with_many_films(client, seb, mia):
    door, costs = "/accounts/login/", []
    for number, member in ((1, seb), (12, mia)):
        for film in [make_film(f"{member} {part}") for part in range(number)]:
            say(client, film, seen="all")
        with CaptureQueriesContext(connection) as asked:
            client.post(door, {"login": member.username, "password": "correct horse"})
        costs.append(len(asked))
        assert Progress.objects.filter(member=member).count() == number
        client.logout()
    assert costs[0] == costs[1]


# The veil.


def test_a_veiled_card_says_no_more_than_that_it_is_later(client, story):
    film, last = story[0].film, story[2]
    say(client, film, seen="part", moment=story[1].pk)
    page = client.get("/new/?kind=moment").content.decode()
    assert f'href="/posts/{last.pk}/"' in page
    for word in ("Montage", "montage", last.body, "goodbyes"):
        assert word not in page


def test_a_veiled_page_says_no_more_and_offers_to_show(client, story):
    film, last = story[0].film, story[2]
    make_comment(last, make_member("tracy"), "I wept at the piano.")
    say(client, film, seen="part", moment=story[1].pk)
    page = client.get(f"/posts/{last.pk}/").content.decode()
    for word in ("Montage", "montage", last.body, "goodbyes", "piano"):
        assert word not in page
    assert f'href="/posts/{last.pk}/?show=1"' in page


def test_the_old_address_of_what_is_veiled_does_not_tell_its_title(client, story):
    last, old = story[2], story[2].get_absolute_url()
    last.title = "She Leaves With Another"
    last.revise()
    say(client, last.film, seen="none")
    assert client.get(old)["Location"] == f"/posts/{last.pk}/"


def test_lifting_a_veil_shows_all_of_it_and_lasts(client, story):
    last = story[2]
    make_comment(last, make_member("tracy"), "I wept at the piano.")
    say(client, last.film, seen="part", moment=story[1].pk)
    page = client.get(f"/posts/{last.pk}/?show=1", follow=True).content.decode()
    for word in ("The Ending Montage", last.body, "goodbyes", "piano"):
        assert word in page
    assert client.get(f"/posts/{last.pk}/")["Location"] == last.get_absolute_url()
    assert "The Ending Montage" in client.get("/new/").content.decode()


def test_the_address_of_what_was_unveiled_lifts_no_veil_for_others(as_seb, story, mia):
    last = story[2]
    remark = make_comment(last, mia)
    say(as_seb, last.film, seen="none")
    of_remark, of_post = f"/comments/{remark.pk}/", last.get_absolute_url()
    for asked, shown, text in (
        (of_remark, of_remark, remark.body),
        (f"/posts/{last.pk}/", of_post, last.body),
    ):
        as_seb.cookies.pop("revealed", None)
        lifted = as_seb.get(f"{asked}?show=1", follow=True)
        assert lifted.redirect_chain == [(shown, 302)]
        assert text in lifted.content.decode()


def test_htmx_lifts_the_veil_of_a_card_in_place(client, story):
    last = story[2]
    say(client, last.film, seen="none")
    card = client.get(f"/posts/{last.pk}/?show=1", headers={"HX-Request": "true"})
    assert card.content.decode().lstrip().startswith('<article class="card is-moment"')
    assert "The Ending Montage" in card.content.decode()
    assert "HX-Request" in card["Vary"]


def test_htmx_gets_the_card_of_a_veil_that_was_lifted_before(client, story):
    last = story[2]
    say(client, last.film, seen="none")
    for _page_still_open in range(2):
        card = client.get(f"/posts/{last.pk}/?show=1", headers={"HX-Request": "true"})
        assert card.content.decode().lstrip().startswith('<article class="card is-moment"')


def test_the_number_of_an_open_post_leads_to_its_address(client, story):
    assert client.get(f"/posts/{story[0].pk}/")["Location"] == story[0].get_absolute_url()
    assert client.get("/posts/999999/").status_code == 404


def test_comments_below_a_veil_are_behind_it_too(as_seb, seb, story, mia):
    comment = make_comment(story[2], mia, "I wept at the piano.")
    Progress.objects.reach(seb, story[0].film, Horizon(2.0))
    url = comment.get_absolute_url()
    assert "piano" not in as_seb.get(url).content.decode()
    assert "piano" not in as_seb.get(f"{url}reply/").content.decode()
    assert "piano" not in as_seb.get("/members/mia/comments/").content.decode()
    assert "piano" in as_seb.get(f"{url}?show=1", follow=True).content.decode()
    assert "piano" in as_seb.get("/members/mia/comments/").content.decode(), "the veil of the post is lifted"


def test_where_a_song_is_heard_names_no_later_moment(as_seb, seb, story, mia):
    song = make_song(story[0].film, mia, "City of Stars")
    for moment in story:
        SongUse.objects.create(song_id=song.pk, moment_id=moment.pk, note=f"Note on {moment.title}")
    Progress.objects.reach(seb, story[0].film, Horizon(2.0))
    page = as_seb.get(song.get_absolute_url()).content.decode()
    assert ["Note on A Lovely Night" in page, "Montage" in page, LATER in page] == [True, False, True]


def test_a_song_belongs_to_the_first_moment_that_it_is_heard_in(as_mia, mia, story):
    film = story[0].film
    typed = {"title": "Epilogue", "artist": "Cast", "body": "It ends where it began.", "tags": "piano"}
    as_mia.post(f"{film.get_absolute_url()}songs/new/", typed | {"heard_in": [story[2].pk, story[1].pk]})
    song = film.posts.get(kind="song")
    assert song.reveals_at == 2.0
    as_mia.post(reverse("post-edit", args=[song.pk]), typed | {"heard_in": [story[2].pk]})
    song.refresh_from_db()
    assert song.reveals_at == 3.0


def test_a_claim_belongs_to_the_moment_that_it_is_about(as_mia, mia, story):
    film = story[0].film
    typed = {"title": "One take", "body": "It was filmed in one take.", "tags": "set"}
    as_mia.post(f"{film.get_absolute_url()}trivia/new/", typed | {"about": story[1].pk})
    claim = film.posts.get(kind="trivia")
    assert claim.reveals_at == 2.0
    assert as_mia.get(reverse("post-edit", args=[claim.pk])).context["form"].initial["about"] == story[1]
    as_mia.post(reverse("post-edit", args=[claim.pk]), typed | {"about": ""})
    claim.refresh_from_db()
    assert claim.reveals_at is None


def test_an_edit_leaves_a_place_that_no_moment_has(as_mia, mia, film):
    claim = make_trivia(film, mia, reveals_at=9.5, body="It was filmed in one take.")
    typed = {"title": claim.title, "body": "It was filmed in one single take.", "tags": "set"}
    as_mia.post(reverse("post-edit", args=[claim.pk]), typed)
    assert Trivia.objects.get().reveals_at == 9.5


def test_a_horizon_before_the_first_moment_with_a_time_is_the_start(as_seb, seb, story):
    say(as_seb, story[0].film, seen="part", time="0:01")
    assert horizon(seb, story[0].film) == Horizon(NOT_SEEN, 60.0)
