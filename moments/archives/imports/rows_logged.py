"""Making again what members saw: diary entries of whole films, ratings, and watchlists."""

from django.db.models import Q
from django.utils import timezone

from moments.archives.imports.fields import LogRow, RatingRow, WantedRow, feelings_of, tags_of
from moments.archives.imports.finding import LeftOut, film_for, values_of
from moments.archives.imports.rows import Already, audience_there, make_entry, past
from moments.archives.imports.rows_chosen import dated
from moments.models import DiaryEntry, Rating, Wanted
from moments.models.diary_entry_queryset import SOME_TIME_AGO

SAID = ("rating", "liked", "rewatch")


def make_diary_row(importing, archive, row):
    """An entry of a whole film, season or episode, or of a moment."""
    return (make_log if row.get("film_title") else make_entry)(importing, archive, row)


def make_log(importing, archive, row):
    """What the member wants to see here they want to see again."""
    said, member = values_of(LogRow, row), importing.member
    date = said["date"] or SOME_TIME_AGO
    if date > timezone.localdate():
        raise LeftOut
    film, which = film_for(importing, row), (said["season"], said["episode"])
    same = DiaryEntry.objects.filter(member=member, date=date, rewatch=said["rewatch"])
    if same.of_whole(film, *which).exists():
        raise Already
    audience = said["audience"] or audience_there(archive, member)
    more = {name: said[name] for name in SAID} | {"feelings": feelings_of(row), "tags": tags_of(row)}
    entry = film.log(member, date, *which, said["note"], said["public"], audience, **more)
    if entry.was_wanted:
        Wanted.objects.add(member, film)
    return dated(entry, said)


def make_rating(importing, archive, row):
    """Those that follow from an entry are here with the entry."""
    said, member = values_of(RatingRow, row), importing.member
    film, whole = film_for(importing, row), {"season": said["season"], "episode": said["episode"]}
    mine = Rating.objects.filter(member=member, film=film, **whole)
    if mine.filter(~Q(stars=None) | Q(liked=True)).exists():
        raise Already
    rating = Rating.objects.say(member, film, said["stars"], said["liked"], **whole)
    if rating is None:
        raise LeftOut
    columns = {
        "audience": said["audience"] or audience_there(archive, member),
        "date": min(said["date"] or SOME_TIME_AGO, timezone.localdate()),
        "created": past(said["created"]),
    }
    mine.update(**columns)
    return rating.pk


def make_wanted(importing, _archive, row):
    said, film = values_of(WantedRow, row), film_for(importing, row)
    if not Wanted.objects.add(importing.member, film):
        raise Already
    return dated(Wanted.objects.get(member=importing.member, film=film), said)


LOGGED_MAKERS = {"diary": make_diary_row, "ratings": make_rating, "watchlist": make_wanted}
