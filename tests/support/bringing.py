"""Files of other places, brought to the end, and what a member has of it."""

from django.core.files.base import ContentFile
from django.utils import timezone

from moments.archives.bringing.choices import Choices
from moments.archives.bringing.holding import hold
from moments.archives.bringing.joining import join_due
from moments.archives.bringing.making import make_due
from moments.models import DiaryEntry, Follow, ListEntry, Progress, Rating, WaitingRecord, Wanted
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from tests.support.homecoming import bytes_of, zipped

LISTED = ("member_list__title", "member_list__visibility", "film__title", "note")


def work():
    """Take all steps that are due."""
    while make_due(timezone.now()):
        pass


def join():
    """Write all that waited for films that are here by now."""
    while join_due(timezone.now()):
        pass


def held(member, content, name=""):
    """The Homecoming of a file, or of a ZIP of these files, that waits for its member's word."""
    data = zipped(content) if isinstance(content, dict) else bytes_of(content)
    row = hold(member, ContentFile(data), name)
    work()
    row.refresh_from_db()
    return row


def bring(member, content, name="", **choices):
    """The same, written with these choices."""
    row = held(member, content, name)
    assert row.begin(Choices(**choices).as_json())
    work()
    row.refresh_from_db()
    return row


def undo(row):
    assert row.undo()
    work()
    row.refresh_from_db()
    return row.outcome["undone"]


def brought(member):
    """All that came of it, as plain rows by the table."""
    entries = DiaryEntry.objects.filter(member=member).select_related("whole_film")
    ratings = Rating.objects.filter(member=member, entry=None).select_related("film")
    points = Progress.objects.filter(member=member, place__isnull=False)
    listed = ListEntry.objects.filter(member_list__author=member).order_by("member_list", "position")
    waiting = WaitingRecord.objects.filter(work__member=member).order_by("pk").select_related("work")
    found = {
        "entries": sorted(map(_entry, entries), key=str),
        "ratings": sorted((_rating(row) for row in ratings if row.is_said), key=str),
        "seen": sorted(points.values_list("film__title", "place", "story_time")),
        "wanted": sorted(Wanted.objects.filter(member=member).values_list("film__title", flat=True)),
        "follows": sorted(Follow.objects.filter(member=member).values_list("film__title", flat=True)),
        "listed": list(listed.values_list(*LISTED)),
        "waiting": [(row.work.title, row.record["part"]) for row in waiting],
    }
    return {name: rows for name, rows in found.items() if rows}


def _entry(entry):
    day = None if entry.date == SOME_TIME_AGO else entry.date.isoformat()
    said = [entry.note, *entry.tags, *entry.feelings, entry.audience, "again" if entry.rewatch else ""]
    return (*_of(entry.whole_film, entry), day, entry.rating, " ".join(filter(None, said)))


def _rating(row):
    return (*_of(row.film, row), row.stars, row.liked)


def _of(film, row):
    return film.title, row.season, row.episode
