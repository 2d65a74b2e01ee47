"""The quotas of the product at their doors: how often each is open, on the first day too, and when again."""

import os
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.models import Comment, Moment, Post, PostVote
from reelive.ratelimit import LIMITS
from tests.support.copied_processes import at_once
from tests.support.database import database_url
from tests.support.makers import make_comment, make_member
from tests.support.pictures import picture

NOON = 1_800_000_000.0
TITLES = ["Abacus", "Banjo", "Cathedral", "Dragonfly", "Eclipse", "Foxglove", "Gondola"]
TEXT = {"body": "Quite other words, and kept.", "tags": "night", "anyway": "1"}


def comment(client, moment, turn):
    return client.post(reverse("comment-add", args=[moment.pk]), {"body": f"{TEXT['body']} {turn}"})


def post(client, moment, turn):
    url = reverse("trivia-add", args=[moment.film.slug])
    return client.post(url, TEXT | {"title": TITLES[turn], "body": f"{TEXT['body']} {turn}"})


def vote(client, moment, turn):
    verb = "post-unvote" if turn % 2 else "post-upvote"
    return client.post(reverse(verb, args=[moment.pk]), {"body": TEXT["body"]})


def still(client, moment, turn):
    url = reverse("post-edit", args=[client.own.pk])
    form = TEXT | {"title": "My own", "picture": picture(), "still_alt": "A violet square."}
    return client.post(url, form)


def avatar(client, moment, turn):
    form = {"bio": TEXT["body"], "theme": "system", "time_zone": "UTC", "spoiler_stance": "veil"}
    return client.post(reverse("profile-edit"), form | {"avatar": picture()})


DOORS = [
    *((comment, 6, "comment"), (post, 6, "post"), (vote, 60, "vote")),
    *((still, 10, "upload"), (avatar, 10, "upload")),
]


@pytest.fixture
def at_noon(monkeypatch):
    """No time passes for the quotas."""
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: NOON)


@pytest.mark.parametrize("first_day", [False, True], ids=["later", "first day"])
@pytest.mark.parametrize(("door", "limit", "_action"), DOORS, ids=[door.__name__ for door, *_ in DOORS])
def test_a_door_is_open_so_often_and_then_says_when_again(
    door, limit, _action, first_day, client, moment, at_noon, monkeypatch
):
    limit = limit // 2 if first_day else limit
    joined = timezone.now() - timedelta(hours=23 if first_day else 25)
    member = make_member("newcomer", date_joined=joined)
    client.force_login(member)
    if door is still:
        client.own = make_own(moment, member)
        monkeypatch.setattr("reelive.ratelimit.LIMITS", LIMITS_BUT_EDITS)
    answers = [door(client, moment, turn) for turn in range(limit)]
    assert [answer.status_code for answer in answers] == [302] * limit
    refused = door(client, moment, limit)
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    assert TEXT["body"] in refused.text


LIMITS_BUT_EDITS = LIMITS | {"edit": (1_000, 60)}
LIMITS_OF_TWO = dict.fromkeys(("edit", "comment", "comment-hour"), (2, 600))


def make_own(moment, member):
    own = Moment(film=moment.film, author=member, title="My own", body=TEXT["body"], position=9.0)
    own.publish(["night"])
    return own


def test_what_the_quota_of_uploads_refuses_costs_no_edit(client, moment, mia, at_noon, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.LIMITS", LIMITS | {"edit": (2, 600), "upload": (1, 3600)})
    client.force_login(mia)
    client.own = moment
    assert [still(client, moment, turn).status_code for turn in range(3)] == [302, 429, 429]
    url = reverse("post-edit", args=[moment.pk])
    form = TEXT | {"title": "My own", "still_alt": "A violet square."}
    assert [client.post(url, form).status_code for _ in range(2)] == [302, 429]


def test_the_key_of_an_old_form_opens_no_door_to_edits(as_mia, moment, mia, at_noon, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.LIMITS", LIMITS_OF_TWO)
    said = make_comment(moment, mia, nonce=uuid4())
    Post.objects.filter(pk=moment.pk).update(nonce=uuid4())
    for name, target in (("post-edit", moment), ("comment-edit", said)):
        form = TEXT | {"title": "My own", "nonce": type(target).objects.get(pk=target.pk).nonce}
        answers = [as_mia.post(reverse(name, args=[target.pk]), form) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [302, 302, 429]


def test_nothing_that_was_refused_is_there(client, moment, seb, at_noon):
    client.force_login(seb)
    for turn in range(7):
        comment(client, moment, turn), post(client, moment, turn)
    assert (Comment.objects.count(), Post.objects.filter(kind="trivia").count()) == (6, 6)
    for turn in range(61):
        vote(client, moment, turn)
    assert PostVote.objects.count() == 0


def test_members_have_their_quotas_to_themselves(client, moment, seb, at_noon):
    client.force_login(seb)
    for turn in range(7):
        comment(client, moment, turn)
    client.force_login(User.objects.get(username="mia"))
    assert comment(client, moment, 0).status_code == 302


WORK = """
from accounts.models import User
from reelive.ratelimit import TooMany, check

def spend():
    member, spent = User.objects.get(), 0
    for _ in range(6):
        try:
            check("report", member)
            spent += 1
        except TooMany:
            pass
    print(spent, flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_quota_holds_across_processes():
    """Without Redis too: it is kept in the database, where one statement decides."""
    make_member("newcomer")
    environment = os.environ | {"DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "reelive.settings"}
    spent = list(map(int, at_once(WORK, "spend", [""] * 4, environment).split()))
    assert len(spent) == 4
    assert sum(spent) == 20
