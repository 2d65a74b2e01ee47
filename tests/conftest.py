"""The cast, and plain makers for what they do."""

import itertools
import os
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.utils import timezone
from hypothesis import settings

from accounts.models import User
from moments.derived import COUNTERS
from moments.models import Comment, Film, Moment, Revision, Song, Trivia
from moments.models.ledger import HEAD

numbers = itertools.count(1)

# A busy machine is no failure of a property.
# In a run that gates a change the examples are fixed: what a new one finds is for the next run at a desk.
settings.register_profile("patient", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("patient")


def make_member(username, **fields):
    """A member whose first day is over, so that the full limits hold."""
    joined = timezone.now() - timedelta(days=30)
    fields = {"email": f"{username}@example.org", "date_joined": joined} | fields
    return User.objects.create_user(username, password="correct horse", **fields)


def make_film(title="La La Land", **fields):
    film = Film(
        title=title,
        **({"year": 2016, "palette": ["#0e0b2e", "#2a1b5e", "#6a3fa0", "#e27396", "#f5b94a"]} | fields),
    )
    film.add()
    return film


def make_moment(film, author, title=None, tags=("stars",), **fields):
    number = next(numbers)
    texts = {"body": f"What happens in scene {number}.", "context": "", "position": float(number)}
    moment = Moment(film=film, author=author, title=title or f"Scene {number}", **(texts | fields))
    moment.publish(tags)
    return moment


def make_song(film, author, title=None, tags=("tune",), **fields):
    song = Song(
        film=film, author=author, title=title or f"Song {next(numbers)}", **({"artist": "Cast"} | fields)
    )
    song.publish(tags)
    return song


def make_trivia(film, author, title=None, tags=("set",), **fields):
    trivia = Trivia(film=film, author=author, title=title or f"Claim {next(numbers)}", **fields)
    trivia.publish(tags)
    return trivia


def make_comment(post, author, body=None, parent=None, **fields):
    comment = Comment(post=post, author=author, body=body or f"Remark {next(numbers)}", **fields)
    return comment.publish(parent)


def make_revision(subject, **texts):
    """What a text said before its last edit."""
    kept = {subject.WORD: subject, "editor": subject.author, "created": timezone.now()}
    return Revision.objects.create(texts=subject.texts | texts, **kept)


def moderator():
    """Somebody on the staff whose name does not matter."""
    return User.objects.filter(username="bill").first() or make_member("bill", is_staff=True)


def differences(columns=COUNTERS):
    """What is stored and wrong, by column; nothing is repaired."""
    return {column.name: wrong for column in columns if (wrong := column.wrong(column.rows()))}


def plan_of(sql):
    """How the database goes about a query, with its literals in it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A handful of rows is soonest read whole and sorted; a million would not be.
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}" if connection.vendor == "postgresql" else f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(part) for row in cursor.fetchall() for part in row)


@pytest.fixture(autouse=True)
def known_head():
    """Every page shows the newest hash of the ledger from a cache: no test pays for its first look."""
    caches["local"].set(HEAD, "", None)


@pytest.fixture
def mia(db):
    """Shares the moments."""
    return make_member("mia")


@pytest.fixture
def seb(db):
    """Reads, votes and replies."""
    return make_member("seb")


@pytest.fixture
def keith(db):
    """A moderator."""
    return make_member("keith", is_staff=True, is_superuser=True)


@pytest.fixture
def film(db):
    return make_film()


@pytest.fixture
def moment(film, mia):
    return make_moment(film, mia, "A Lovely Night", tags=["stars", "tap dance"])


@pytest.fixture
def as_mia(client, mia):
    client.force_login(mia)
    return client


@pytest.fixture
def as_seb(client, seb):
    client.force_login(seb)
    return client
