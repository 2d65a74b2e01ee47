"""Crowds who hear of something, and what it asks of the database to tell them."""

import re
from collections import Counter

from accounts.models import User
from moments.models import Follow

TRANSACTION = ("SAVEPOINT", "RELEASE")
WRITES = re.compile(r"(?:\d+ times: )?(?:INSERT INTO|UPDATE|DELETE FROM) \W?[a-z]+_(\w+)")


def crowd(number):
    fields = {"password": "!", "is_active": True}
    names = (f"member-{place}" for place in range(number))
    return User.objects.bulk_create(User(username=name, **fields) for name in names)


def follow_all(members, **what):
    Follow.objects.bulk_create(Follow(member=member, **what) for member in members)


def statements(queries):
    """Those that were captured, but for the limits of transactions."""
    return [query["sql"] for query in queries if not query["sql"].startswith(TRANSACTION)]


def reads(asked):
    return [sql for sql in asked if not WRITES.match(sql)]


def writes(asked):
    """How often each table is written."""
    return Counter(written[1] for written in map(WRITES.match, asked) if written)
