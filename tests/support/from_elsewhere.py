"""What a member brought, as its pages show it, without a file."""

from datetime import timedelta

from django.utils import timezone

from moments.archives.bringing.choices import Choices
from moments.catalogue.works import Work
from moments.models import Homecoming, WaitingWork
from moments.models.homecoming import LOOKED_AT_FOR, UNDONE_FOR
from moments.models.mixins.unknown import key_of, named
from tests.support.players import player_of

FOUND = {
    "opened": ["diary.csv", "watchlist.csv"],
    "skipped": [["profile.csv", False]],
    "counts": {"diary": 3, "rating": 2, "review": 1, "watchlist": 1},
    "private": {"rating": 1},
    "works": {"id": 1, "title": 2, "alone": 1, "none": 1},
    "guessed": ["Crash"],
    "left_out": 1,
    "unkept": {"comments": 2, "notes": 1},
}


def make_homecoming(member, state="held", source="letterboxd", **facts):
    """One that was read and compared, or is further."""
    now = timezone.now()
    said = {"source": source, "name": "brought.zip", "due": now, "kept_until": now + LOOKED_AT_FOR}
    said |= {"stage": "comparing" if state == "held" else "writing", "found": FOUND, "total": 7}
    if state not in ("held", "failed"):
        said |= {"begun": now, "kept_until": now + UNDONE_FOR, "choices": Choices().as_json()}
    return Homecoming.objects.create(member=member, state=state, **said | facts)


def make_waiting(member, title="Ponyo", year=2008, records=2, number=1, medium="film"):
    """A film that the member brought records of, and that is not here."""
    work = Work(title, year, medium)
    due = timezone.now() + timedelta(days=7)
    facts = {"key": key_of(work), "work": named(work), "source": "letterboxd", "due": due}
    return WaitingWork.objects.create(member=member, number=number, records=records, **facts)


def homecoming_of(member):
    """One that is written and one waiting film, as values for the places of addresses."""
    done = make_homecoming(member, "done", outcome={"seen": {"made": 2, "waits": 1}})
    return {"homecoming_id": done.pk, "waiting_id": make_waiting(member).pk}


def from_elsewhere(member):
    """The same, and a player that is connected."""
    return homecoming_of(member) | player_of(member)
