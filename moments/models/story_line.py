"""The line of a story: where among the moments of a film one belongs by its time."""

from collections.abc import Sequence

from moments.spoilers.rules import SEASON, are_comparable


def number_by_time(times: Sequence[float | None], at: float | None, length: float | None) -> int | None:
    """How many of a film's moments come before one of this time; None where their times do not tell.

    It stands before the first that is known to be later, and behind those that are known to be earlier. Among
    moments without a time between the two it stands where the share of the time says.

    Args:
        times: story times of the others in the order of the story.
        at: its own.
        length: of the film in seconds, where that is known.
    """
    if at is None:
        return None
    known = [time if are_comparable(time, at) else None for time in times]
    end = next((i for i, time in enumerate(known) if time is not None and time > at), len(known))
    start = next((i for i in range(end, 0, -1) if known[i - 1] is not None), 0)
    before = known[start - 1] if start else 0.0
    after = known[end] if end < len(known) else length if length and length > at else None
    if start == end or (after is None and start):
        return end
    if after is None:
        return None
    # Seasons and episodes lie far apart on the scale of story times, and shares of it mean nothing.
    return end if at >= SEASON else start + round((end - start) * (at - before) / (after - before))
