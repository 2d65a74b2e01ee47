"""Choosing the moment up to which one has seen a film: a few are offered, and more are found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Progress
from moments.spoilers.rules import UNSEEN, ProgressPoint
from tests.support.makers import make_copies
from tests.support.pages import select, texts, the
from tests.support.progress import LATER, make_story, progress, progress_url, say


@pytest.fixture
def story(film, mia):
    return make_story(film, mia)


def test_the_choice_of_moments_names_none_from_beyond(as_seb, seb, story):
    Progress.objects.set_progress(seb, story[0].film, ProgressPoint(2.0))
    page = as_seb.get(progress_url(story[0].film))
    assert texts(page, ".picked label") == ["2. A Lovely Night · 0:30:00"]
    assert texts(page, ".picker-found label") == ["1. The Traffic Jam"]
    later = say(as_seb, story[0].film, seen="part", find="moment", moment_later="on")
    assert texts(later, ".picker-found label") == [f"3. {LATER} · 1:56:40"]
    assert "Montage" not in page.text + later.text


def test_who_has_seen_nothing_is_offered_what_is_later(as_seb, seb, story):
    Progress.objects.set_progress(seb, story[0].film, UNSEEN)
    page = as_seb.get(progress_url(story[0].film))
    assert [label[:2] for label in texts(page, ".picker-found label")] == ["1.", "2.", "3."]


def test_a_search_for_a_moment_changes_nothing_and_keeps_what_was_answered(as_seb, seb, story):
    film = story[0].film
    typed = {"seen": "part", "moment": story[0].pk, "time": "noon", "next": "/new/"}
    page = say(as_seb, film, find="moment", moment_find="lovely", **typed)
    assert (page.status_code, select(page, "[data-errors], .errorlist")) == (200, [])
    assert texts(page, ".picker-found label") == ["2. A Lovely Night · 0:30:00"]
    assert [box["value"] for box in select(page, ".progress [checked], .progress [name=next]")] == [
        "/new/",
        "part",
        str(story[0].pk),
    ]
    assert the(page, "[name=time]")["value"] == "noon"
    assert progress(seb, film) is None


def test_the_form_does_not_grow_with_the_film(as_seb, seb, story):
    film = story[0].film
    Progress.objects.set_progress(seb, film, ProgressPoint(2.0))
    sizes = []
    for copies in (10, 300):
        make_copies(
            story[2],
            copies,
            slug=lambda n, copies=copies: f"copy-{copies}-{n}",
            position=lambda n, copies=copies: 10.0 * copies + n,
        )
        as_seb.get(progress_url(film))
        with CaptureQueriesContext(connection) as queries:
            page = as_seb.get(progress_url(film))
        sizes.append((len(queries), len(page.content)))
    assert sizes[0][0] == sizes[1][0]
    assert abs(sizes[0][1] - sizes[1][1]) < 500
