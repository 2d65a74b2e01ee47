"""Reactions in relive mode, of members and of visitors."""

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from moments.models import FeelingTally, Moment, Progress, Reaction
from moments.spoilers.rules import ProgressPoint
from moments.viewer import reactions
from reelive import ratelimit
from tests.support.pages import select, the
from tests.support.relive_mode import at, make_scenes, tap
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


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
    chip = the(tap(as_seb, scenes[0], "joy", headers=HTMX), "button")
    assert (chip["id"], chip["aria-pressed"]) == ("feel-joy", "true")
    assert chip["formaction"] == reverse("relive-unfeel", args=[scenes[0].pk])
    again = the(tap(as_seb, scenes[0], "joy", "relive-unfeel", headers=HTMX), "button")
    assert (again["id"], again["aria-pressed"]) == ("feel-joy", "false")


def test_what_one_felt_colours_the_line_of_members_and_visitors(client, seb, scenes):
    member = Client()
    member.force_login(seb)
    for viewer in (client, member):
        tap(viewer, scenes[0], "joy")
        line = select(viewer.get(at(scenes[1])), ".relive-mode-line i")
        assert [piece.get("class") for piece in line] == ["is-done feeling-joy", "is-now", None]


def test_a_visitor_feels_in_the_session_and_counts_nowhere(client, scenes):
    assert the(tap(client, scenes[0], "joy", headers=HTMX), "button")["aria-pressed"] == "true"
    tap(client, scenes[0], "love")
    tap(client, scenes[1], "fear")
    tap(client, scenes[0], "joy", "relive-unfeel")
    tap(client, scenes[1], "fear", "relive-unfeel")
    assert client.session[reactions.FELT_KEY] == {str(scenes[0].pk): ["love"]}
    assert not Reaction.objects.exists()
    assert the(client.get(at(scenes[0])), "button[aria-pressed=true]")["value"] == "love"


def test_what_a_visitor_may_feel_is_bounded(client, scenes, monkeypatch):
    monkeypatch.setattr(reactions, "MOMENTS_KEPT", 2)
    for moment in (*scenes, scenes[0]):
        tap(client, moment, "joy")
    assert list(client.session[reactions.FELT_KEY]) == [str(scenes[2].pk), str(scenes[0].pk)]


def test_one_address_feels_so_often_and_no_more(client, scenes, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "tap", (2, 120))
    taps = [tap(visitor, scenes[0], "joy") for visitor in (client, Client(), Client())]
    assert [answer.status_code for answer in taps] == [302, 302, 429]
    assert 55 <= int(taps[2]["Retry-After"]) <= 61
    assert Session.objects.count() == 2


@for_each("feeling", ["", "boredom", "joy\x00", "JOY"])
def test_what_is_no_feeling_is_not_found(feeling, client, as_seb, scenes):
    for visitor in (Client(), as_seb):
        assert tap(visitor, scenes[0], feeling).status_code == 404
    assert not Reaction.objects.exists()


def test_a_veiled_moment_cannot_be_felt(as_seb, seb, client, scenes, film):
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    assert tap(as_seb, scenes[2], "joy").status_code == 404
    Moment.objects.filter(pk=scenes[1].pk).update(spoiler=True)
    assert tap(Client(), scenes[1], "joy").status_code == 404


def test_reactions_that_come_too_fast_are_told_to_wait(as_seb, scenes, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "vote", (1, 600))
    answers = [tap(as_seb, scenes[0], feeling).status_code for feeling in ("joy", "hope")]
    assert answers == [302, 429]
