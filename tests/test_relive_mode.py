"""Relive mode: one moment after the other, what is felt on the way, where one stopped, and the end."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from moments import felt, views
from moments.models import FeelingTally, Moment, Progress, Reaction, Relive, SongUse
from moments.spoilers import ALL, SEEN, UNSEEN, Horizon
from moments.story import MOST_SEGMENTS, Story
from reelive import ratelimit
from tests.conftest import (
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_song,
    make_trivia,
    moderator,
)

TITLES = ("The Jam", "The Party", "The Bench")
HTMX = {"HX-Request": "true"}


@pytest.fixture
def scenes(film, mia):
    """Three moments in story order."""
    return [make_moment(film, mia, title, position=float(place)) for place, title in enumerate(TITLES, 1)]


def at(moment):
    return reverse("relive-moment", args=[moment.film.slug, moment.pk])


def of(name, film):
    return reverse(name, args=[film.slug])


def read(client, address, **options):
    response = client.get(address, **options)
    assert response.status_code == 200
    return response.content.decode()


def tap(client, moment, feeling, verb="relive-feel", **options):
    return client.post(reverse(verb, args=[moment.pk]), {"feeling": feeling}, **options)


# The story.


def test_a_step_knows_its_neighbours_and_its_number():
    story = Story([(7, 1.0), (5, 2.0), (9, 4.5)])
    step = story.step(5)
    assert (step.number, step.of, step.previous, step.next, step.until) == (2, 3, 7, 9, 4.5)
    assert (story.step(7).previous, story.step(9).next, story.step(9).until) == (None, None, None)
    assert (story.step(1), story.first, story.last, len(story)) == (None, 7, 9, 3)


def test_who_stopped_at_a_moment_that_is_gone_goes_on_where_it_was():
    story = Story([(7, 1.0), (5, 2.0), (9, 4.5)])
    assert [story.nearest(place).key for place in (0.5, 1.5, 2.0, 3.0, 99.0)] == [7, 5, 5, 9, 9]
    assert Story([]).nearest(1.0) is None


@pytest.mark.parametrize("count", [1, 2, 25, MOST_SEGMENTS, 400])
def test_the_line_has_a_piece_for_every_step_and_never_too_many(count):
    story = Story([(key, float(key)) for key in range(1, count + 1)])
    lines = [story.line(story.step(key), {}) for key in range(1, count + 1)]
    assert {len(line) for line in lines} == {min(count, MOST_SEGMENTS)}
    assert all(line.count("is-now") == 1 for line in lines)
    assert (lines[0][0], lines[-1][-1]) == ("is-now", "is-now")
    done = [line.count("is-done") for line in lines]
    assert done == sorted(done)


def test_the_line_takes_the_colours_of_what_one_felt():
    story = Story([(7, 1.0), (5, 2.0), (9, 3.0)])
    felt_so_far = {7: ["fear", "joy"], 9: ["love"], 1: ["anger"]}
    assert story.line(story.step(5), felt_so_far) == ["is-done feeling-joy", "is-now", "feeling-love"]
    long = Story([(key, float(key)) for key in range(1, 401)])
    assert long.line(long.step(1), {2: ["hope"], 400: ["fear"]})[::47] == [
        "is-now feeling-hope",
        "feeling-fear",
    ]


# The cover.


def test_the_cover_starts_at_the_first_moment(client, scenes, film):
    page = read(client, of("film-relive", film))
    assert f'href="{at(scenes[0])}"' in page
    assert "3 moments" in page
    assert "Have you seen it to the end?" in page


def test_the_cover_of_a_film_without_moments_says_what_to_do(client, film):
    page = read(client, of("film-relive", film))
    assert "nothing to relive" in page
    assert f'href="{of("moment-add", film)}"' in page


def test_whoever_said_how_far_they_are_is_not_asked_again(as_seb, seb, scenes, film):
    Progress.objects.reach(seb, film, SEEN)
    assert "Have you seen it" not in read(as_seb, of("film-relive", film))


def test_a_visitor_who_has_seen_it_all_says_so_and_starts(client, scenes, film):
    Moment.objects.filter(pk=scenes[2].pk).update(spoiler=True)
    response = client.post(of("film-progress", film), {"seen": "all", "next": at(scenes[0])})
    assert response["Location"] == at(scenes[0])
    assert "The Bench" in read(client, at(scenes[2]))


# A moment.


def test_a_moment_leads_back_and_on_by_plain_links(client, scenes, film):
    page = read(client, at(scenes[1]))
    assert "2 / 3" in page
    assert f'rel="prev" href="{at(scenes[0])}"' in page
    assert f'rel="next" href="{at(scenes[2])}"' in page
    assert f'rel="prev" href="{of("film-relive", film)}"' in read(client, at(scenes[0]))
    assert f'rel="next" href="{of("relive-end", film)}"' in read(client, at(scenes[2]))


def test_a_moment_shows_the_songs_and_the_trivia_that_belong_there(client, scenes, film, mia):
    song = make_song(film, mia, "City of Stars")
    SongUse.objects.create(song_id=song.pk, moment_id=scenes[1].pk, note="He whistles it.")
    for title, place in (("Too early", 1.9), ("Just here", 2.0), ("Between", 2.9), ("Too late", 3.0)):
        make_trivia(film, mia, title, reveals_at=place)
    page = read(client, at(scenes[1]))
    shown = [text for text in ("City of Stars", "He whistles it.", "Just here", "Between") if text in page]
    assert shown == ["City of Stars", "He whistles it.", "Just here", "Between"]
    assert [text for text in ("Too early", "Too late") if text in page] == []
    assert "Too late" in read(client, at(scenes[2]))


def test_a_moment_says_where_we_are_in_the_story(client, film, mia):
    moment = make_moment(film, mia, context="They have just met.")
    assert "They have just met." in read(client, at(moment))


def test_songs_and_trivia_that_give_something_away_stay_out(client, scenes, film, mia):
    song = make_song(film, mia, "Epilogue", spoiler=True)
    SongUse.objects.create(song_id=song.pk, moment_id=scenes[0].pk, note="They part.")
    make_trivia(film, mia, "How it ends", reveals_at=1.0, spoiler=True)
    page = read(client, at(scenes[0]))
    assert [text for text in ("Epilogue", "They part.", "How it ends") if text in page] == []


def test_a_moment_beyond_the_horizon_tells_nothing_and_can_be_reached(as_seb, seb, scenes, film, mia):
    Progress.objects.reach(seb, film, Horizon(1.0))
    later = scenes[1]
    song = make_song(film, mia, "City of Stars")
    SongUse.objects.create(song_id=song.pk, moment_id=later.pk)
    make_comment(later, mia, "What a party.")
    page = read(as_seb, at(later))
    told = (later.title, later.body, later.slug, later.art_url, "City of Stars", "feel-joy")
    assert [text for text in told if text in page] == []
    assert "A moment later in the story" in page
    response = as_seb.post(reverse("moment-progress", args=[later.pk]), {"next": at(later)})
    assert response["Location"] == at(later)
    assert later.title in read(as_seb, at(later))
    assert scenes[2].title not in read(as_seb, at(scenes[2]))


def test_the_page_before_a_veiled_moment_says_nothing_of_it(as_seb, seb, scenes, film):
    Progress.objects.reach(seb, film, Horizon(1.0))
    page = read(as_seb, at(scenes[0]))
    assert [text for text in (scenes[1].title, scenes[1].slug) if text in page] == []


def test_a_moment_of_another_film_or_one_out_of_sight_is_not_found(client, scenes, film, mia):
    other = make_moment(make_film("Whiplash"), mia)
    scenes[2].remove(moderator(), "spam")
    assert client.get(reverse("relive-moment", args=[film.slug, other.pk])).status_code == 404
    assert client.get(at(scenes[2])).status_code == 404
    assert "1 / 2" in read(client, at(scenes[0]))


def test_a_film_with_a_new_address_is_found_under_the_old_one(client, scenes, film):
    old = [of("film-relive", film), at(scenes[1]), of("relive-end", film)]
    film.title = "City of Stars"
    film.revise()
    moved = [client.get(address) for address in old]
    assert {response.status_code for response in moved} == {301}
    assert [response["Location"] for response in moved] == [
        address.replace("la-la-land", film.slug) for address in old
    ]


def test_a_film_of_one_moment_begins_and_ends_with_it(client, film, mia):
    only = make_moment(film, mia)
    page = read(client, at(only))
    assert "1 / 1" in page
    assert f'rel="next" href="{of("relive-end", film)}"' in page


def test_pages_of_relive_mode_are_kept_by_no_cache(client, scenes, film):
    for name in ("film-relive", "relive-end", "relive-card"):
        assert "no-store" in client.get(of(name, film))["Cache-Control"]
    assert "private" in client.get(at(scenes[0]))["Cache-Control"]


# Feeling.


def test_a_member_feels_and_takes_it_back(as_seb, seb, scenes):
    assert tap(as_seb, scenes[0], "joy")["Location"] == at(scenes[0]) + "#feels"
    tap(as_seb, scenes[0], "joy")
    tap(as_seb, scenes[0], "hope")
    assert scenes[0].feelings_of(seb) == {"joy", "hope"}
    tap(as_seb, scenes[0], "joy", "relive-unfeel")
    assert scenes[0].feelings_of(seb) == {"hope"}
    counts = dict(FeelingTally.objects.filter(moment=scenes[0]).values_list("feeling", "count"))
    assert counts == {"joy": 0, "hope": 1}


def test_the_answer_to_a_tap_is_the_one_chip_pressed(as_seb, scenes):
    pressed = tap(as_seb, scenes[0], "joy", headers=HTMX).content.decode()
    assert pressed.count("<button") == 1
    assert 'id="feel-joy"' in pressed
    assert 'aria-pressed="true"' in pressed
    assert reverse("relive-unfeel", args=[scenes[0].pk]) in pressed
    again = tap(as_seb, scenes[0], "joy", "relive-unfeel", headers=HTMX).content.decode()
    assert 'aria-pressed="false"' in again


def test_what_one_felt_colours_the_line_of_members_and_visitors(client, seb, scenes):
    member = Client()
    member.force_login(seb)
    for reader in (client, member):
        tap(reader, scenes[0], "joy")
        assert '<i class="is-done feeling-joy"></i><i class="is-now"></i><i></i>' in read(
            reader, at(scenes[1])
        )


def test_a_visitor_feels_in_the_session_and_counts_nowhere(client, scenes):
    pressed = tap(client, scenes[0], "joy", headers=HTMX).content.decode()
    assert 'aria-pressed="true"' in pressed
    tap(client, scenes[0], "love")
    tap(client, scenes[1], "fear")
    tap(client, scenes[0], "joy", "relive-unfeel")
    tap(client, scenes[1], "fear", "relive-unfeel")
    assert client.session[felt.KEY] == {str(scenes[0].pk): ["love"]}
    assert not Reaction.objects.exists()
    page = read(client, at(scenes[0]))
    assert page.count('aria-pressed="true"') == 1


def test_what_a_visitor_may_feel_is_bounded(client, scenes, monkeypatch):
    monkeypatch.setattr(felt, "MOMENTS_KEPT", 2)
    for moment in (*scenes, scenes[0]):
        tap(client, moment, "joy")
    assert list(client.session[felt.KEY]) == [str(scenes[2].pk), str(scenes[0].pk)]


def test_one_address_feels_so_often_and_no_more(client, scenes, settings):
    settings.ACCOUNT_RATE_LIMITS = {"tap": "2/m/ip"}
    taps = [tap(visitor, scenes[0], "joy") for visitor in (client, Client(), Client())]
    assert [answer.status_code for answer in taps] == [302, 302, 429]
    assert taps[2]["Retry-After"] == "60"
    assert Session.objects.count() == 2


@pytest.mark.parametrize("feeling", ["", "boredom", "joy\x00", "JOY"])
def test_what_is_no_feeling_is_not_found(feeling, client, as_seb, scenes):
    for visitor in (Client(), as_seb):
        assert tap(visitor, scenes[0], feeling).status_code == 404
    assert not Reaction.objects.exists()


def test_a_veiled_moment_cannot_be_felt(as_seb, seb, client, scenes, film):
    Progress.objects.reach(seb, film, Horizon(1.0))
    assert tap(as_seb, scenes[2], "joy").status_code == 404
    Moment.objects.filter(pk=scenes[1].pk).update(spoiler=True)
    assert tap(Client(), scenes[1], "joy").status_code == 404


def test_taps_that_come_too_fast_are_told_to_wait(as_seb, scenes, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "vote", (1, 600))
    answers = [tap(as_seb, scenes[0], feeling).status_code for feeling in ("joy", "hope")]
    assert answers == [302, 429]


# Where one stopped.


def test_a_member_goes_on_where_they_stopped_on_any_device(as_seb, seb, scenes, film):
    response = as_seb.post(reverse("relive-bookmark", args=[scenes[1].pk]), {"next": film.get_absolute_url()})
    assert response["Location"] == film.get_absolute_url()
    elsewhere = Client()
    elsewhere.force_login(seb)
    page = read(elsewhere, of("film-relive", film))
    assert "Go on at moment 2 of 3" in page
    assert f'href="{at(scenes[1])}"' in page


def test_a_visitor_goes_on_where_they_stopped_in_this_browser(client, scenes, film):
    client.post(reverse("relive-bookmark", args=[scenes[2].pk]))
    assert "Go on at moment 3 of 3" in read(client, of("film-relive", film))
    assert "Go on" not in read(Client(), of("film-relive", film))


def test_who_signs_in_on_the_way_goes_on_where_they_were(client, seb, scenes, film):
    client.post(reverse("relive-bookmark", args=[scenes[2].pk]))
    client.force_login(seb)
    assert "Go on at moment 3 of 3" in read(client, of("film-relive", film))
    client.post(reverse("relive-bookmark", args=[scenes[1].pk]))
    assert "Go on at moment 2 of 3" in read(client, of("film-relive", film))


def test_looking_never_moves_the_bookmark(as_seb, seb, scenes, film):
    as_seb.get(at(scenes[1]))
    as_seb.get(of("relive-end", film))
    assert not Progress.objects.filter(member=seb).exists()


def test_feeling_something_keeps_the_place_too(as_seb, client, seb, scenes, film):
    tap(as_seb, scenes[2], "joy")
    assert Progress.objects.bookmark(seb, film) == scenes[2].pk


def test_the_bookmark_leaves_the_horizon_where_it_is(as_seb, seb, scenes, film):
    Progress.objects.reach(seb, film, Horizon(1.0))
    as_seb.post(reverse("relive-bookmark", args=[scenes[2].pk]))
    progress = Progress.objects.get()
    assert (progress.place, progress.bookmark_id) == (1.0, scenes[2].pk)


def test_a_bookmark_at_a_moment_that_is_gone_falls_to_the_next(as_seb, scenes, film):
    as_seb.post(reverse("relive-bookmark", args=[scenes[1].pk]))
    scenes[1].remove(moderator(), "spam")
    assert "Go on at moment 2 of 2" in read(as_seb, of("film-relive", film))


@pytest.mark.parametrize("cookie", ["", ".", "-", "1-", "zz-1", "-1-2", "1-ffffffffffffffff", "9" * 5000])
def test_a_garbled_bookmark_counts_as_none(cookie, client, scenes, film):
    client.cookies["bookmarks"] = cookie
    assert "Start over" not in read(client, of("film-relive", film))


@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "home", ""]
)
def test_leaving_never_leads_to_another_site(wish, as_seb, scenes):
    response = as_seb.post(reverse("relive-bookmark", args=[scenes[0].pk]), {"next": wish})
    assert response["Location"] == at(scenes[0])


# The end.


def test_the_end_tells_what_a_member_felt_most(as_seb, seb, scenes, film):
    for moment, feeling in ((scenes[0], "joy"), (scenes[1], "joy"), (scenes[1], "fear")):
        moment.feel(seb, feeling)
    page = read(as_seb, of("relive-end", film))
    assert "You felt something at <b>2</b> of 3 moments" in page
    assert "Joy 67 %, Fear 33 %" in page
    assert "arc-key-mine" in page


def test_the_end_tells_a_visitor_the_same_and_offers_to_keep_it(client, scenes, film):
    tap(client, scenes[0], "joy")
    tap(client, scenes[2], "joy")
    page = read(client, of("relive-end", film))
    assert "You felt something at <b>2</b> of 3 moments" in page
    assert "/accounts/signup/?next=%2Frelive%2Fkept%2F" in page


def test_the_end_counts_what_was_felt_beyond_the_horizon_too(as_seb, seb, scenes, film):
    scenes[1].feel(seb, "joy")
    Progress.objects.reach(seb, film, UNSEEN)
    assert "You felt something at <b>1</b> of" in read(as_seb, of("relive-end", film))


def test_the_end_of_a_film_where_nothing_was_felt_is_kind(client, scenes, film):
    assert "nothing tapped" in read(client, of("relive-end", film))


def test_a_film_without_moments_has_no_end(client, film):
    assert client.get(of("relive-end", film)).status_code == 404
    assert client.get(of("relive-card", film)).status_code == 404


def test_at_the_end_one_may_say_that_one_has_seen_it_all(as_seb, seb, scenes, film):
    assert "Seen it all" in read(as_seb, of("relive-end", film))
    as_seb.post(of("film-progress", film), {"seen": "all", "next": of("relive-end", film)})
    assert Progress.objects.horizon(seb, film).place == ALL
    assert "Seen it all" not in read(as_seb, of("relive-end", film))


def test_an_evening_goes_into_the_diary_at_once(as_seb, seb, scenes, film):
    for moment, feeling in ((scenes[0], "joy"), (scenes[1], "joy"), (scenes[1], "fear")):
        moment.feel(seb, feeling)
    scenes[0].relive(seb, note="With popcorn.")
    response = as_seb.post(of("relive-diary", film), follow=True)
    assert response.redirect_chain == [(of("relive-end", film), 302)]
    assert "1 moment noted in your diary." in response.content.decode()
    entries = Relive.objects.order_by("moment__position").values_list("moment__title", "note", "feelings")
    assert list(entries) == [("The Jam", "With popcorn.", ["joy"]), ("The Party", "", ["fear", "joy"])]
    assert "It is all in your diary." in as_seb.post(of("relive-diary", film), follow=True).content.decode()
    film.refresh_from_db()
    assert (Relive.objects.count(), film.relive_count) == (2, 2)


def test_a_long_evening_goes_into_the_diary_in_parts(as_seb, seb, scenes, film, monkeypatch):
    monkeypatch.setattr(views.felt, "ENTRIES_AT_ONCE", 2)
    for moment in scenes:
        moment.feel(seb, "joy")
    said = [as_seb.post(of("relive-diary", film), follow=True).content.decode() for _time in range(2)]
    assert ["Press again for the rest." in words for words in said] == [True, False]
    assert Relive.objects.count() == 3


def test_the_diary_is_not_for_visitors(client, scenes, film):
    tap(client, scenes[0], "joy")
    assert "Note it in your diary" not in read(client, of("relive-end", film))
    assert client.post(of("relive-diary", film))["Location"].startswith("/accounts/login/?next=%2Ffilms%2F")
    assert not Relive.objects.exists()


# Keeping what was felt as a visitor.


@pytest.fixture
def newcomer(client, scenes):
    """Felt something as a visitor and signed in afterwards."""
    tap(client, scenes[0], "joy")
    tap(client, scenes[0], "love")
    tap(client, scenes[1], "fear")
    client.force_login(make_member("tracy"))
    return client


def test_what_a_visitor_felt_is_theirs_once_they_keep_it(newcomer, scenes):
    page = read(newcomer, reverse("felt-kept"))
    assert [title for title in TITLES if title in page] == ["The Jam", "The Party"]
    newcomer.post(reverse("felt-kept"), {"keep": "1"})
    felt_now = set(Reaction.objects.values_list("member__username", "moment__title", "feeling"))
    assert felt_now == {
        ("tracy", "The Jam", "joy"),
        ("tracy", "The Jam", "love"),
        ("tracy", "The Party", "fear"),
    }
    assert list(Moment.objects.order_by("position").values_list("felt_by", flat=True)) == [1, 1, 0]
    assert felt.KEY not in newcomer.session


def test_what_a_visitor_felt_is_thrown_away_on_their_word(newcomer):
    newcomer.post(reverse("felt-kept"), {"throw": "1"})
    assert felt.KEY not in newcomer.session
    assert not Reaction.objects.exists()


def test_keeping_twice_changes_nothing(newcomer):
    for _time in range(2):
        newcomer.post(reverse("felt-kept"), {"keep": "1"})
    assert Reaction.objects.count() == 3


def test_more_than_one_request_may_take_over_is_kept_in_turns(newcomer, monkeypatch):
    monkeypatch.setattr(felt, "AT_ONCE", 2)
    response = newcomer.post(reverse("felt-kept"), {"keep": "1"})
    assert (response["Location"], Reaction.objects.count()) == (reverse("felt-kept"), 2)
    newcomer.post(reverse("felt-kept"), {"keep": "1"})
    assert Reaction.objects.count() == 3


def test_what_was_felt_at_a_moment_that_is_gone_is_dropped(newcomer, scenes):
    scenes[0].remove(moderator(), "spam")
    newcomer.post(reverse("felt-kept"), {"keep": "1"})
    assert list(Reaction.objects.values_list("feeling", flat=True)) == ["fear"]


def test_a_veiled_moment_is_not_named_among_what_was_felt(newcomer, scenes):
    Moment.objects.filter(pk=scenes[0].pk).update(spoiler=True)
    page = read(newcomer, reverse("felt-kept"))
    assert "The Jam" not in page
    assert "A moment later in the story" in page


def test_the_cover_reminds_a_member_of_what_is_not_kept_yet(newcomer, film):
    assert reverse("felt-kept") in read(newcomer, of("film-relive", film))
    newcomer.post(reverse("felt-kept"), {"throw": "1"})
    assert reverse("felt-kept") not in read(newcomer, of("film-relive", film))


def test_the_diary_reminds_its_member_and_nobody_else(newcomer, mia):
    assert reverse("felt-kept") in read(newcomer, reverse("member-relived", args=["tracy"]))
    assert reverse("felt-kept") not in read(newcomer, reverse("member-relived", args=["mia"]))


def test_signing_up_keeps_what_was_felt_and_leads_to_it(client, scenes):
    tap(client, scenes[0], "joy")
    form = {
        "username": "ana",
        "email": "ana@example.org",
        "password1": "planetarium at night",
        "next": "/relive/kept/",
    }
    response = client.post(reverse("account_signup"), form)
    assert response["Location"] == "/relive/kept/"
    assert "The Jam" in read(client, "/relive/kept/")


def test_another_account_in_the_same_browser_never_gets_it(newcomer, mia):
    newcomer.logout()
    newcomer.force_login(mia)
    assert "Nothing to keep" in read(newcomer, reverse("felt-kept"))


def test_nothing_to_keep_says_what_to_do(as_seb, scenes):
    assert "Nothing to keep" in read(as_seb, reverse("felt-kept"))
