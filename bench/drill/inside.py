"""Run in the settings of the site that is hurt: makes its members, and says what its tables hold."""

import json
import sys
import time
from collections import Counter

import django

django.setup()

from django.core.files.storage import default_storage  # noqa: E402 - Django has to be ready first
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.drill.members import WRITTEN  # noqa: E402
from bench.drill.verdict import is_at_rest  # noqa: E402
from moments.models import Comment, Event, FeedEntry, Film, Follow, Moment, PostVote  # noqa: E402
from reelive.models import Work  # noqa: E402

LISTENER = "listener"  # who follows all the others


def prepare(number: int) -> dict:
    members = [member_named(f"drill{one}") for one in range(number)]
    listener = member_named(LISTENER)
    for member in members:
        Follow.objects.follow(listener, person=member)
    moment = Moment.objects.filter(film=Film.objects.get(slug="la-la-land")).earliest("pk")
    return {"moment": str(moment.pk), "members": [[one.username, signed_in(one)] for one in members]}


def member_named(name: str) -> User:
    return User.objects.create_user(name, f"{name}@example.org")


def signed_in(member: User) -> str:
    client = Client()
    client.force_login(member)
    return client.cookies["sessionid"].value


def held_at_rest(seconds: int) -> dict:
    """What the tables hold once all background work has come to its end, or it is waited for no more."""
    until = time.monotonic() + seconds
    while not is_at_rest(found := held()) and time.monotonic() < until:
        time.sleep(1)
    return found


def hastened(seconds: int) -> dict:
    """The same, but that nobody waits a minute before somebody is told of a vote."""
    Event.objects.update(due=timezone.now())
    return held_at_rest(seconds)


def held() -> dict:
    moments = Moment.objects.filter(title__startswith=WRITTEN)
    pictured = moments.exclude(still="")
    voters = PostVote.objects.filter(voter__username__startswith="drill")
    fed = FeedEntry.objects.filter(member__username=LISTENER, post__title__startswith=WRITTEN)
    return {
        "comments": list(Comment.objects.filter(body__startswith=WRITTEN).values_list("body", flat=True)),
        "moments": list(moments.values_list("title", flat=True)),
        "upvotes": list(voters.values_list("voter__username", flat=True)),
        "told": list(fed.values_list("post__title", flat=True)),
        "pictured": [moment.title for moment in pictured if has_its_widths(moment)],
        "files": len(default_storage.listdir("stills")[1]) if pictured else 0,
        "events": Event.objects.count(),
        "work": Counter(Work.objects.values_list("status", flat=True)),
    }


def has_its_widths(moment: Moment) -> bool:
    return bool(moment.still_widths) and all(map(default_storage.exists, moment.still_names()))


def main() -> None:
    command, number = sys.argv[1:]
    act = {"prepare": prepare, "held": held_at_rest, "hastened": hastened}[command]
    print(json.dumps(act(int(number))))


if __name__ == "__main__":
    main()
