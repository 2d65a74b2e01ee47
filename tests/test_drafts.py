"""What is typed signed out: what of it is kept, how much, how often, and that the rest is given back."""

import json

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reelive import ratelimit
from reelive.sessions import VISITOR_SECONDS
from reelive.shortcuts import DRAFT_BYTES, DRAFTS, DRAFTS_KEPT
from tests.support.makers import make_comment, make_film, make_moment, make_trivia
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db
LONG = "x" * 37_000
REFUSED = "w" * 10_001  # what is said as soon as they have signed in is no draft any more


@pytest.fixture
def many(monkeypatch):
    """No network is slowed down."""
    monkeypatch.setitem(ratelimit.LIMITS, "draft", (10_000, 60))


def comments_of(post):
    return reverse("comment-add", args=[post.pk])


def drafts(client):
    return client.session.get(DRAFTS, {})


def sign_in(client, name="seb"):
    client.post("/accounts/login/", {"login": name, "password": "correct horse"})


def test_invented_fields_are_nobodys_text(client, moment):
    fields = {f"field{number}": LONG for number in range(60)}
    client.post(comments_of(moment), {"body": "My word"} | fields)
    assert drafts(client) == {moment.get_absolute_url(): {"body": "My word"}}
    response = Client().post(comments_of(moment), fields)
    assert response.status_code == 302
    assert Session.objects.count() == 1, "nothing typed, nothing kept"


def test_secrets_are_not_kept(client, film):
    secrets = {"password": "secret", "code": "123456", "csrfmiddlewaretoken": "t" * 64, "nonce": "1"}
    client.post(reverse("film-add"), {"title": "Ponyo"} | secrets)
    assert drafts(client) == {reverse("film-add"): {"title": "Ponyo"}}


def test_a_form_has_one_draft_and_that_is_the_last(client, moment):
    for body in ("First", "Second"):
        client.post(comments_of(moment), {"body": body})
    assert drafts(client) == {moment.get_absolute_url(): {"body": "Second"}}


def test_a_text_that_is_too_long_to_keep_is_given_back(client, moment):
    text = "word " * 13_000
    response = client.post(comments_of(moment), {"body": text, "field": "invented"})
    assert response.status_code == 413
    assert response.context["typed"] == {"body": text}
    assert text in response.content.decode()
    assert (
        response.context["sign_in"]
        == f"/accounts/login/?next={moment.get_absolute_url().replace('/', '%2F')}"
    )
    assert drafts(client) == {}


def test_what_is_kept_has_a_size_together_and_earlier_drafts_stay(client, film, mia, many):
    moments = [make_moment(film, mia) for _ in range(3)]
    answers = [client.post(comments_of(each), {"body": "é" * 14_000}).status_code for each in moments]
    assert answers == [302, 302, 413]
    assert list(drafts(client)) == [moments[0].get_absolute_url(), moments[1].get_absolute_url()]


def test_the_sixth_draft_is_given_back(client, film, mia, many):
    moments = [make_moment(film, mia) for _ in range(DRAFTS_KEPT + 1)]
    answers = [client.post(comments_of(each), {"body": "My word"}).status_code for each in moments]
    assert answers == [302] * DRAFTS_KEPT + [413]
    assert client.post(comments_of(moments[0]), {"body": "Another word"}).status_code == 302
    assert len(drafts(client)) == DRAFTS_KEPT


def test_no_flood_makes_more_of_a_session(client, film, mia, many):
    moments = [make_moment(film, mia) for _ in range(8)]
    for number in range(60):
        fields = {f"field{each}": LONG for each in range(20)}
        client.post(comments_of(moments[number % 8]), {"body": "w" * 1_000 * number} | fields)
        assert len(json.dumps(drafts(client)).encode()) <= DRAFT_BYTES
    assert Session.objects.count() == 1
    assert len(Session.objects.get().session_data) < 2 * DRAFT_BYTES


def test_a_network_that_keeps_a_lot_is_slowed_down_and_gets_its_text_back(moment, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "draft", (2, 600))
    answers = [Client().post(comments_of(moment), {"body": "My word"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[2].context["typed"] == {"body": "My word"}
    assert int(answers[2]["Retry-After"]) > 0
    assert Session.objects.count() == 2
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").post(comments_of(moment), {"body": "My word"})
    assert elsewhere.status_code == 302


def test_a_note_for_the_diary_is_found_again_beside_a_comment(client, moment, seb):
    client.post(
        reverse("diary-entry-add", args=[moment.pk]),
        {"date": "2026-01-02", "note": "In the rain", "public": "on"},
    )
    client.post(comments_of(moment), {"body": REFUSED})
    sign_in(client)
    context = client.get(moment.get_absolute_url()).context
    assert context["diary_form"]["note"].value() == "In the rain"
    assert context["comment_form"]["body"].value() == REFUSED
    assert client.get(moment.get_absolute_url()).context["diary_form"]["note"].value() is None


@for_each("name, field", [("reply", "body"), ("report", "note"), ("verdict", "reason"), ("film", "title")])
def test_every_form_with_a_text_keeps_it(client, moment, mia, seb, name, field):
    addresses = {
        "reply": reverse("comment-reply", args=[make_comment(moment, mia).pk]),
        "report": reverse("post-report", args=[moment.pk]),
        "verdict": reverse("verdict-add", args=[make_trivia(moment.film, mia).pk]),
        "film": reverse("film-add"),
    }
    client.post(addresses[name], {field: REFUSED})
    sign_in(client)
    assert client.get(addresses[name]).context["form"][field].value() == REFUSED


# Sessions of visitors


def days_left(session):
    return round((session.expire_date - timezone.now()).total_seconds() / 86_400)


def test_a_visitors_session_ends_sooner_than_a_members(client, moment, seb):
    response = client.post(comments_of(moment), {"body": "My word"})
    assert days_left(Session.objects.get()) == VISITOR_SECONDS / 86_400 == 3
    assert response.cookies["sessionid"]["max-age"] == VISITOR_SECONDS
    sign_in(client)
    assert days_left(Session.objects.get()) == 14


def test_a_network_of_visitors_gets_so_many_sessions(film, mia, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "session", (2, 600))
    moment = make_moment(make_film("Snatch"), mia)
    answers = [Client().post(comments_of(moment), {"body": "My word"}) for _ in range(3)]
    answers.append(Client().post(reverse("relive-feel", args=[moment.pk]), {"feeling": "joy"}))
    assert [answer.status_code for answer in answers] == [302, 302, 429, 429]
    assert answers[2].context["typed"] == {"body": "My word"}
    assert not answers[2].cookies.get("sessionid")
    assert Session.objects.count() == 2


def test_whoever_has_a_session_needs_no_second_one(client, moment, seb, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "session", (1, 600))
    for feeling in ("joy", "love", "hope"):
        assert client.post(reverse("relive-feel", args=[moment.pk]), {"feeling": feeling}).status_code == 302
    sign_in(other := Client())
    assert other.session["_auth_user_id"] == str(seb.pk)
