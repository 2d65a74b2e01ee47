"""Moderators in processes of their own act at once, as they do behind a real server: one chain, no gap."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from moments.ledger.chain import verify_chain
from moments.models import LedgerEntry, Post
from tests.support.database import database_url
from tests.support.makers import make_film, make_member, make_moment
from tests.support.waiting import PATIENCE

PROCESSES, ACTS = 4, 6
WORK = """
import sys
import django
django.setup()
from accounts.models import User
from moments.models import Post
me, *posts = sys.argv[1:]
print("ready", flush=True)
sys.stdin.readline()
for pk in posts:
    assert Post.objects.get(pk=pk).remove(User.objects.get(username=me), "spam", "At once.")
"""


def start(name, posts):
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "reelive.settings",
        "SECRET_KEY": settings.SECRET_KEY,
        "REQUIRE_STAFF_MFA": "",
    }
    command = [sys.executable, "-c", WORK, name, *(str(post.pk) for post in posts)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


@pytest.mark.django_db(transaction=True)
def test_moderators_in_many_processes_write_one_chain():
    film, author = make_film(), make_member("mia")
    shares = {}
    for number in range(PROCESSES):
        make_member(f"mod{number}", is_staff=True)
        shares[f"mod{number}"] = [make_moment(film, author) for _ in range(ACTS)]
    workers = [start(name, posts) for name, posts in shares.items()]
    assert [worker.stdout.readline() for worker in workers] == ["ready\n"] * PROCESSES
    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    errors = [worker.communicate(timeout=PATIENCE)[1] for worker in workers]
    assert [worker.returncode for worker in workers] == [0] * PROCESSES, errors
    rows = list(LedgerEntry.objects.order_by("number"))
    assert [row.number for row in rows] == list(range(1, PROCESSES * ACTS + 1))
    assert [problem for _row, problem in verify_chain(rows) if problem] == []
    assert Post.objects.filter(state="removed").count() == PROCESSES * ACTS
