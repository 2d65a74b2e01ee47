"""Relive mode and the arc leave out the moments of whom one muted."""

import re

import pytest
from django.urls import reverse

from moments.forms.fields import MUTED
from moments.models import Mute
from tests.support.makers import make_member, make_moment
from tests.support.pages import select, texts

HIDDEN = re.compile(r'<details class="hidden-for-you">.*?</details>', re.S)


@pytest.fixture
def story(client, film, mia):
    """A film of five moments, of which the second and the fourth are by somebody whom the reader muted."""
    loud, viewer = make_member("loud"), make_member("tracy")
    moments = [
        make_moment(film, loud if number in (2, 4) else mia, f"Scene {number}", position=number)
        for number in range(1, 6)
    ]
    Mute.objects.add(viewer, loud)
    client.force_login(viewer)
    return moments


def steps(client, film, moment):
    stop = client.get(reverse("relive-moment", args=[film.slug, moment.pk])).context["stop"]
    return stop.previous, stop.number, stop.of, stop.next


def test_relive_mode_goes_on_as_if_they_had_shared_nothing(client, film, story):
    first, _second, third, _fourth, fifth = story
    assert len(client.get(reverse("film-relive", args=[film.slug])).context["walkthrough"]) == 3
    assert steps(client, film, first) == (None, 1, 3, third.pk)
    assert steps(client, film, third) == (first.pk, 2, 3, fifth.pk)
    assert steps(client, film, fifth) == (third.pk, 3, 3, None)


def test_who_asks_for_their_moment_in_relive_mode_is_led_to_the_next(client, film, story):
    response = client.get(reverse("relive-moment", args=[film.slug, story[1].pk]))
    assert response["Location"] == reverse("relive-moment", args=[film.slug, story[2].pk])
    assert client.get(reverse("relive-moment", args=[film.slug, 999_999])).status_code == 404


def test_a_film_of_theirs_alone_has_nothing_to_relive(client, film, story, mia):
    for moment in story[::2]:
        moment.delete_by_author()
    response = client.get(reverse("relive-moment", args=[film.slug, story[1].pk]))
    assert response["Location"] == reverse("film-relive", args=[film.slug])
    assert client.get(response["Location"]).status_code == 200
    assert client.get(reverse("relive-end", args=[film.slug])).status_code == 404


def test_a_bookmark_at_their_moment_goes_on_behind_it(client, film, story):
    client.post(reverse("relive-bookmark", args=[story[3].pk]))
    resumed = client.get(reverse("film-relive", args=[film.slug])).context["resume"]
    assert (resumed.key, resumed.number) == (story[4].pk, 3)


def test_the_arc_and_the_neighbours_leave_them_out(client, film, story):
    page = client.get(story[2].get_absolute_url())
    context = page.context
    assert (context["place"], context["previous"], context["next"]) == ("Moment 2 of 3", story[0], story[4])
    assert "Scene 2" not in page.text


def test_their_moment_stands_on_the_arc_of_its_own_page(client, film, story):
    context = client.get(story[3].get_absolute_url()).context
    assert (context["place"], context["previous"], context["next"]) == ("Moment 3 of 4", story[2], story[4])


def test_a_form_keeps_the_place_of_their_moment_and_not_its_name(client, film, story):
    page = client.get(reverse("moment-add", args=[film.slug]))
    assert "Scene 2" not in page.text
    offered = texts(page, "#picker-after .picker-found label")
    assert [label[:2] for label in offered if label[0].isdigit()] == ["5.", "3.", "1."]
    after = {"after": story[3].pk, "find": "after"}
    assert f"4. {MUTED}" in texts(
        client.post(reverse("moment-add", args=[film.slug]), after), ".picked label"
    )
    client.post(
        reverse("moment-add", args=[film.slug]),
        {"title": "In between", "body": "Long enough.", "tags": "new", "after": story[3].pk},
    )
    between = film.posts.get(title="In between")
    assert story[3].position < between.position < story[4].position


def test_an_edit_of_theirs_is_hidden_in_the_history_of_another(client, film, mia):
    loud, viewer = make_member("loud", is_staff=True), make_member("tracy")
    bench = make_moment(film, mia, body="Two people.")
    bench.body = "Two people and a lamp."
    bench.revise(by=loud)
    client.force_login(viewer)
    assert select(client.get(bench.history_url), ".hidden-for-you") == []
    Mute.objects.add(viewer, loud)
    page = client.get(bench.history_url).text
    assert [why for why in texts(page, ".hidden-for-you summary") if "@loud" in why] != []
    assert "a lamp" not in HIDDEN.sub("", page).split("<h1>")[1]
