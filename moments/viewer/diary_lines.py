"""The entries of a member's diary as one viewer may know them, and its days without their words."""

from calendar import monthrange
from datetime import date

from django.db.models import Prefetch, Q

from accounts.models import User
from moments.arc.diary_summary import DiaryLine
from moments.models import DiaryEntry, Moment, Progress
from moments.models.asked import Asked
from moments.models.filter import filters_of, on_page_of, without_filtered
from moments.spoilers.rules import end_of, is_beyond

LAST_YEAR = 9998
MOST_LINES = 5_000


def days_of(year, month=None):
    """The first and last day of a month, or of the year."""
    end = month or 12
    return date(year, month or 1, 1), date(year, end, monthrange(year, end)[1])


def diary_of(member, viewer):
    """The member's entries, without those of what the viewer filters or of moments by whom they mute."""
    entries = DiaryEntry.objects.visible_to(viewer).filter(member=member)
    if viewer.pk == member.pk:
        return entries
    entries = without_filtered(entries, viewer, "moment", opened=member, also=Q(moment=None))
    films = sorted(filters_of(viewer).film)
    return entries.exclude(whole_film__in=films) if films else entries


def lines_of(member, viewer, days, moments):
    """The entries of some days, oldest first, up to a bounded number; three queries, and one for episodes.

    Args:
        days: the first and the last.
        moments: those that the entries may be about.
    """
    entries = DiaryEntry.objects.visible_to(viewer).of(member, *days)
    lines = _of_moments(member, viewer, entries, moments) + _of_films(member, viewer, entries)
    return [line for _place, line in sorted(lines, key=lambda line: line[0])[:MOST_LINES]]


def _of_moments(member, viewer, entries, moments):
    """Keys are read first: PostgreSQL can be much mistaken about how many rows the rule of sight leaves."""
    keys = entries.of_moments().order_by("date", "pk").values_list("pk", flat=True)[:MOST_LINES]
    rows = (
        on_page_of(member, moments, viewer)
        .filter(diary_entries__in=list(keys))
        .veiled_for(viewer)
        .order_by("diary_entries__date", "diary_entries__id")
    )
    columns = ("diary_entries__date", "diary_entries__id", "pk", "film_id", "diary_entries__feelings")
    rows = rows.values_list(*columns, "is_veiled")[:MOST_LINES]
    return [((date, key), DiaryLine(date, *facts)) for date, key, *facts in rows]


def _of_films(member, viewer, entries):
    """The same of those of whole films, seasons and episodes."""
    entries = entries.filter(whole_film__isnull=False).listed()
    if viewer.pk != member.pk:
        entries = entries.exclude(whole_film__in=sorted(filters_of(viewer).film))
    columns = ("date", "pk", "feelings", "whole_film", "season", "episode")
    rows = list(entries.order_by("date", "pk").values_list(*columns)[:MOST_LINES])
    veiled = veiled_episodes(viewer, [(member.pk, film, *which) for _d, _k, _f, film, *which in rows])
    return [
        ((date, key), DiaryLine(date, None, film, feelings, (film, *which) in veiled))
        for date, key, feelings, film, *which in rows
    ]


def with_subjects(entries, viewer):
    """The entries with the moments and films that they are of."""
    moments = Prefetch("moment", Moment.objects.for_diary(viewer))
    return entries.select_related("whole_film").prefetch_related(moments)


def note_veils(entries, viewer, moments=None):
    """Note on each entry whether it `is_veiled`, as its moment is, or as what tells of a later episode.

    Args:
        moments: whether each moment is veiled, by its key, for entries that were read without them.
    """
    wholes = [entry for entry in entries if entry.whole_film_id]
    veiled = veiled_episodes(viewer, [(entry.member_id, *_episode(entry)) for entry in wholes])
    for entry in entries:
        if entry.whole_film_id:
            entry.is_veiled = _episode(entry) in veiled
        else:
            entry.is_veiled = entry.moment.is_veiled if moments is None else moments[entry.moment_id]
    return entries


def veils_of_moments(entries, viewer):
    """Whether the moment of each entry is veiled, by its key; one query."""
    keys = sorted({entry.moment_id for entry in entries if entry.moment_id})
    return dict(Asked(_veils, viewer, keys=keys).values)


def _veils(viewer, keys):
    return Moment.objects.filter(pk__in=keys).veiled_for(viewer).values_list("pk", "is_veiled")


def _episode(entry):
    return entry.whole_film_id, entry.season, entry.episode


def veiled_episodes(viewer, rows):
    """Those that tell of an episode, or season, beyond the viewer's progress. One's own tell nothing new.

    Args:
        rows: of entries the member, the film, the season and the episode.
    """
    told = {tuple(row) for member, *row in rows if row[1] is not None and member != viewer.pk}
    if not told or (viewer.is_authenticated and viewer.spoiler_stance == User.SpoilerStance.SHOW):
        return set()
    progress = Progress.objects.by_film(viewer, {film for film, _season, _episode in told})
    return {row for row in told if _is_beyond(progress.get(row[0]), *row[1:])}


def _is_beyond(progress, season, episode):
    at = end_of(season, episode) if season else None  # specials happen at no certain time
    return is_beyond(progress, None, at, flagged=False)


def sampled(rows, most):
    """At most so many of the rows, evenly spread."""
    step = max(1, len(rows) / most)
    return [rows[int(i * step)] for i in range(min(len(rows), most))]
