"""Run in the settings of a small site: what votes and feeds cost, in the verbs that the site itself uses.

`python -m bench.scale.costs` prints them as JSON; with the key of a moment and two numbers it is one of
several processes that vote there.
"""

import json
import subprocess
import sys
import time

import django

django.setup()

from django.db import connection  # noqa: E402 - Django has to be ready first
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from moments.management.synthetic.world import synthetic_members  # noqa: E402
from moments.models import Event, FeedEntry, Follow, Moment, PostVote  # noqa: E402
from moments.notifications.telling import tell_all_of  # noqa: E402

VOTERS, VOTES = 4, 250  # processes that vote at one moment at once, and how often each does
ROUNDS = 5


def voters() -> list[int]:
    return list(synthetic_members().order_by("pk").values_list("pk", flat=True))


def vote(member: int, moments: list[int]) -> float:
    """Seconds for a member's upvotes at these moments, one after another."""
    began = time.perf_counter()
    for moment in moments:
        Moment(pk=moment).upvote(User(pk=member))
    return time.perf_counter() - began


def votes_a_second(moments: list[int], members: list[int]) -> float:
    """Of one process at many moments, the best of several rounds after one that is not counted."""
    vote(members[0], moments)
    return max(len(moments) / vote(member, moments) for member in members[1 : ROUNDS + 1])


def votes_a_second_at(moment: int) -> float:
    """Of several processes at one moment, from the first vote of any to the last."""
    before = PostVote.objects.filter(post=moment).count()
    command = [sys.executable, "-m", "bench.scale.costs", str(moment)]
    parts = [[str(number * VOTES), str((number + 1) * VOTES)] for number in range(VOTERS)]
    programs = [subprocess.Popen([*command, *part], stdout=subprocess.PIPE, text=True) for part in parts]
    spans = [list(map(float, program.communicate()[0].split())) for program in programs]
    added = PostVote.objects.filter(post=moment).count() - before
    return added / (max(end for _begin, end in spans) - min(begin for begin, _end in spans))


def vote_at_once(moment: int, members: list[int]) -> None:
    """What each of these processes does; it prints from when to when."""
    connection.ensure_connection()
    began = time.time()
    for member in members:
        vote(member, [moment])
    print(began, time.time())


def feed_rows_a_second(members: list[int]) -> float:
    """One member shares, and all others follow them: how many are told in a second, the best of several."""
    author, *followers = members
    Follow.objects.bulk_create(Follow(member_id=key, person_id=author) for key in followers)
    moments = list(Moment.objects.order_by("pk").values_list("pk", flat=True)[:ROUNDS])
    Moment.objects.filter(pk__in=moments).update(author=author)
    Event.objects.all().delete()
    return max(told(author, moment) for moment in moments)


def told(author: int, moment: int) -> float:
    Event.objects.note("post", author, post_id=moment)
    before, began = FeedEntry.objects.count(), time.perf_counter()
    tell_all_of(Event.objects.get().pk, timezone.now())
    seconds = time.perf_counter() - began
    return (FeedEntry.objects.count() - before) / seconds


def bytes_of(model) -> float:
    """Of a row, its part of the indexes included; PostgreSQL alone tells."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"REINDEX TABLE {table}")
        cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        return cursor.fetchone()[0] / model.objects.count()


def main() -> None:
    members, numbers = voters(), list(map(int, sys.argv[1:]))
    if numbers:
        moment, first, end = numbers
        vote_at_once(moment, members[first:end])
        return
    *moments, hot = Moment.objects.order_by("pk").values_list("pk", flat=True)
    found = {"votes": votes_a_second(moments, members), "votes at one post": votes_a_second_at(hot)}
    found["feed rows"] = feed_rows_a_second(members)
    if connection.vendor == "postgresql":
        found |= {"bytes of a vote": bytes_of(PostVote), "bytes of a feed row": bytes_of(FeedEntry)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
