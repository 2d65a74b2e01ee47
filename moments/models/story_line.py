"""The line of a story: where among the moments of a film one belongs by its time.

Moments that have times stand in their order. Whoever gives one a time, or puts one with a time elsewhere, has
it stand behind what is known to be earlier and before what is known to be later; it alone is moved, and those
without a time stay where they are. So a place is reached by the second (`moments.spoilers.rules.reached`)
exactly when the time of a moment is.
"""

from collections.abc import Sequence

from django.db.models import Index, Q

from moments.spoilers.rules import EPISODE, SEASON, are_comparable

BEHIND_THE_SAME_SECOND = 0.5  # of a second: how far behind another one a moment of the same second stands


# Of the table of posts: the moments of a season or an episode, in the order of the story or the newest first.
PART_INDEXES = [
    Index(fields=["film", *part, *order], name=f"post_{part[-1]}_{name}", condition=Q(season__isnull=False))
    for part in (("season",), ("season", "episode"))
    for name, order in (("story", ("position", "id")), ("new", ("-created", "-id")))
]


def room_by_time(times: Sequence[float | None], at: float | None) -> tuple[int, int]:
    """Behind how many of a film's moments one of this time stands: at least, and at most.

    It stands before the first that is known to be later, and behind those that are known to be earlier.

    Args:
        times: story times of the others in the order of the story.
        at: its own.
    """
    known = [time if are_comparable(time, at) else None for time in times]
    end = next((i for i, time in enumerate(known) if time is not None and time > at), len(known))
    return next((i for i in range(end, 0, -1) if known[i - 1] is not None), 0), end


def number_by_time(times: Sequence[float | None], at: float | None, length: float | None) -> int | None:
    """Behind how many it stands when nothing but its time is said; None where times do not tell.

    Among moments without a time between the two it stands where the share of the time says.

    Args:
        times, at: as of `room_by_time`.
        length: of the film in seconds, where that is known.
    """
    if at is None:
        return None
    start, end = room_by_time(times, at)
    before = times[start - 1] if start else 0.0
    after = times[end] if end < len(times) else length if length and length > at else None
    if start == end or (after is None and start):
        return end
    if after is None:
        return None
    # Seasons and episodes lie far apart on the scale of story times, and shares of it mean nothing.
    return end if at >= SEASON else start + round((end - start) * (at - before) / (after - before))


def place_between(
    before: tuple[float, float | None] | None, after: tuple[float, float | None] | None, at: float | None
) -> float:
    """A place between two neighbours: in the middle, or where the time says when both have one.

    However many come one after the other, the times leave room for more; halves of halves would not.

    Args:
        before, after: place and story time of each; None where there is none.
        at: the time of the moment itself.
    """
    if before is None or after is None:
        return after[0] - 1 if after else before[0] + 1 if before else 1.0
    (start, since), (end, until) = before, after
    is_timed = are_comparable(since, at) and are_comparable(at, until) and since <= at < until
    if not is_timed or since // EPISODE != until // EPISODE:
        return (start + end) / 2
    return start + (end - start) * max(BEHIND_THE_SAME_SECOND, at - since) / (until - since)
