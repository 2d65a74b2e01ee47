"""The walkthrough of a film: its steps, and where one stopped."""

import pytest
from django.test import Client
from django.urls import reverse

from moments.arc.walkthrough import MOST_SEGMENTS, Walkthrough
from moments.models import Progress
from moments.spoilers.rules import ProgressPoint
from tests.support.makers import moderator
from tests.support.pages import the
from tests.support.relive_mode import at, make_scenes, of, tap
from tests.support.rows import for_each


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


# The story.


def test_a_step_knows_its_neighbours_and_its_number():
    story = Walkthrough([(7, 1.0), (5, 2.0), (9, 4.5)])
    step = story.stop(5)
    assert (step.number, step.of, step.previous, step.next, step.until) == (2, 3, 7, 9, 4.5)
    assert (story.stop(7).previous, story.stop(9).next, story.stop(9).until) == (None, None, None)
    assert (story.stop(1), story.first, story.last, len(story)) == (None, 7, 9, 3)


def test_who_stopped_at_a_moment_that_is_gone_goes_on_where_it_was():
    story = Walkthrough([(7, 1.0), (5, 2.0), (9, 4.5)])
    assert [story.nearest(place).key for place in (0.5, 1.5, 2.0, 3.0, 99.0)] == [7, 5, 5, 9, 9]
    none = Walkthrough([])
    assert (none.nearest(1.0), none.first, none.last, len(none)) == (None, None, None, 0)


@for_each("count", [1, 2, 25, MOST_SEGMENTS, 400])
def test_the_line_has_a_piece_for_every_step_and_never_too_many(count):
    story = Walkthrough([(key, float(key)) for key in range(1, count + 1)])
    lines = [story.line(story.stop(key), {}) for key in range(1, count + 1)]
    assert {len(line) for line in lines} == {min(count, MOST_SEGMENTS)}
    assert all(line.count("is-now") == 1 for line in lines)
    assert (lines[0][0], lines[-1][-1]) == ("is-now", "is-now")
    done = [line.count("is-done") for line in lines]
    assert done == sorted(done)


def test_the_line_takes_the_colours_of_what_one_felt():
    story = Walkthrough([(7, 1.0), (5, 2.0), (9, 3.0)])
    felt_so_far = {7: ["fear", "joy"], 9: ["love"], 1: ["anger"]}
    assert story.line(story.stop(5), felt_so_far) == ["is-done feeling-joy", "is-now", "feeling-love"]
    long = Walkthrough([(key, float(key)) for key in range(1, 401)])
    assert long.line(long.stop(1), {2: ["hope"], 400: ["fear"]})[::47] == [
        "is-now feeling-hope",
        "feeling-fear",
    ]


# Where one stopped.


def resumed(client, film):
    """Where the first page of relive mode leads on to, and which of how many moments that is."""
    page = client.get(of("film-relive", film))
    resume = page.context["resume"]
    start = the(page, "a[rel=next], .relive-mode-start [name=next]")
    return start.get("href") or start["value"], resume and resume.number, resume and resume.of


def test_a_member_goes_on_where_they_stopped_on_any_device(as_seb, seb, scenes, film):
    response = as_seb.post(reverse("relive-bookmark", args=[scenes[1].pk]), {"next": film.get_absolute_url()})
    assert response["Location"] == film.get_absolute_url()
    elsewhere = Client()
    elsewhere.force_login(seb)
    assert resumed(elsewhere, film) == (at(scenes[1]), 2, 3)


def test_a_visitor_goes_on_where_they_stopped_in_this_browser(client, scenes, film):
    client.post(reverse("relive-bookmark", args=[scenes[2].pk]))
    assert resumed(client, film) == (at(scenes[2]), 3, 3)
    assert resumed(Client(), film) == (at(scenes[0]), None, None)


def test_who_signs_in_on_the_way_goes_on_where_they_were(client, seb, scenes, film):
    client.post(reverse("relive-bookmark", args=[scenes[2].pk]))
    client.force_login(seb)
    assert resumed(client, film) == (at(scenes[2]), 3, 3)
    client.post(reverse("relive-bookmark", args=[scenes[1].pk]))
    assert resumed(client, film) == (at(scenes[1]), 2, 3)


def test_looking_never_moves_the_bookmark(as_seb, seb, scenes, film):
    as_seb.get(at(scenes[1]))
    as_seb.get(of("relive-end", film))
    assert not Progress.objects.filter(member=seb).exists()


def test_feeling_something_keeps_the_place_too(as_seb, client, seb, scenes, film):
    tap(as_seb, scenes[2], "joy")
    assert Progress.objects.bookmark(seb, film) == scenes[2].pk


def test_the_bookmark_leaves_the_progress_where_it_is(as_seb, seb, scenes, film):
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    as_seb.post(reverse("relive-bookmark", args=[scenes[2].pk]))
    progress = Progress.objects.get()
    assert (progress.place, progress.bookmark_id) == (1.0, scenes[2].pk)


def test_a_bookmark_at_a_moment_that_is_gone_falls_to_the_next(as_seb, scenes, film):
    as_seb.post(reverse("relive-bookmark", args=[scenes[1].pk]))
    scenes[1].remove(moderator(), "spam")
    assert resumed(as_seb, film) == (at(scenes[2]), 2, 2)


@for_each("cookie", ["", ".", "-", "1-", "zz-1", "-1-2", "1-ffffffffffffffff", "9" * 5000])
def test_a_garbled_bookmark_counts_as_none(cookie, client, scenes, film):
    client.cookies["bookmarks"] = cookie
    assert resumed(client, film) == (at(scenes[0]), None, None)


@for_each("wish", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "home", ""])
def test_leaving_never_leads_to_another_site(wish, as_seb, scenes):
    response = as_seb.post(reverse("relive-bookmark", args=[scenes[0].pk]), {"next": wish})
    assert response["Location"] == at(scenes[0])
