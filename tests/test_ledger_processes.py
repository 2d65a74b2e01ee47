"""Moderators in processes of their own act at once, as they do behind a real server: one chain, no gap."""

import os

import pytest
from django.conf import settings

from moments.ledger.chain import verify_chain
from moments.models import LedgerEntry, Post
from tests.support.copied_processes import at_once
from tests.support.database import database_url
from tests.support.makers import make_film, make_member, make_moment

PROCESSES, ACTS = 4, 6
WORK = """
from accounts.models import User
from moments.models import Post

def remove(me, *posts):
    for pk in posts:
        assert Post.objects.get(pk=pk).remove(User.objects.get(username=me), "spam", "At once.")
"""


@pytest.mark.django_db(transaction=True)
def test_moderators_in_many_processes_write_one_chain():
    film, author = make_film(), make_member("mia")
    shares = {}
    for number in range(PROCESSES):
        make_member(f"mod{number}", is_staff=True)
        shares[f"mod{number}"] = [make_moment(film, author) for _ in range(ACTS)]
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "reelive.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "REQUIRE_STAFF_MFA": "",
    }
    words = [" ".join([name, *(str(post.pk) for post in posts)]) for name, posts in shares.items()]
    at_once(WORK, "remove", words, environment)
    rows = list(LedgerEntry.objects.order_by("number"))
    assert [row.number for row in rows] == list(range(1, PROCESSES * ACTS + 1))
    assert [problem for _row, problem in verify_chain(rows) if problem] == []
    assert Post.objects.filter(state="removed").count() == PROCESSES * ACTS
