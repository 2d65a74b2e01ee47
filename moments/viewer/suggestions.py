"""Whom a member may want to follow: members who felt the same at the same moments, or shared their films.

It is looked up in a bounded number of rows and kept for a day.
"""

from collections import Counter

from django.core.cache import cache
from django.db.models import Exists, OuterRef, Q

from accounts.models import HOUSE, User
from moments.models import Follow, Mute, Post, Progress, Reaction, Restrict

KEPT_SECONDS = 86_400
MOST_SUGGESTED, CANDIDATES = 6, 40  # members
REACTIONS_READ, FILMS_READ, MOST_READ = 50, 20, 1_000
SHARED_FEELING, SHARED_FILM = 3, 1  # weights


def suggestions_for(viewer):
    """At most six members, the nearest first: none whom the viewer follows, mutes or restricts, none who
    mutes or restricts the viewer, and none who do not want to be suggested."""
    key = f"suggestions-{viewer.pk}"
    keys = cache.get(key)
    if not keys:  # who has just begun may share something in a minute
        keys = _nearest(viewer)
        cache.set(key, keys, KEPT_SECONDS)
    members = User.objects.filter(pk__in=keys, is_active=True, is_suggested=True).exclude(username=HOUSE)
    for pairs in (Mute, Restrict):
        members = members.exclude(Q(pairs.objects.condition(viewer, "pk")))
        members = members.exclude(Q(pairs.objects.condition_against(viewer.pk, "pk")))
    members = members.exclude(Exists(Follow.objects.filter(member=viewer.pk, person=OuterRef("pk"))))
    found = members.in_bulk()
    return [found[pk] for pk in keys if pk in found][:MOST_SUGGESTED]


def _nearest(viewer):
    """The keys of those with whom the viewer shares most."""
    mine = Reaction.objects.filter(member=viewer.pk).order_by("-pk")[:REACTIONS_READ]
    mine = list(mine.values_list("moment", "feeling", "moment__felt_by", "moment__film"))
    seen = Progress.objects.filter(member=viewer.pk).order_by("-updated").values_list("film", flat=True)
    films = {film for *_moment, film in mine} | set(seen[:FILMS_READ])
    scores = Counter(_who_felt_the_same(viewer, mine))
    scores.update(_who_shared(viewer, sorted(films)[:FILMS_READ]))
    return sorted(scores, key=lambda pk: (-scores[pk], pk))[:CANDIDATES]


def _who_felt_the_same(viewer, mine):
    """Begin at the moments at which few felt something: these say most, and as many rows go further."""
    felt, moments, room = {(moment, feeling) for moment, feeling, *_ in mine}, [], MOST_READ
    for moment, felt_by in sorted({row[0]: row[2] for row in mine}.items(), key=lambda pair: pair[1]):
        moments.append(moment)
        room -= felt_by
        if room <= 0:
            break
    rows = Reaction.objects.filter(moment__in=moments).exclude(member=viewer.pk).order_by()
    rows = rows.values_list("member", "moment", "feeling")[:MOST_READ]
    same = Counter()
    for member, *what in rows:
        if tuple(what) in felt:
            same[member] += SHARED_FEELING
    return same


def _who_shared(viewer, films):
    posts = Post.objects.listed().filter(film__in=films, author__isnull=False).exclude(author=viewer.pk)
    shared = set(posts.order_by().values_list("author", "film")[:MOST_READ])
    authors = Counter(author for author, _film in shared)
    return Counter({author: number * SHARED_FILM for author, number in authors.items()})
