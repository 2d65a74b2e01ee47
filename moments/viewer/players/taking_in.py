"""What follows from what a player says: the member's progress moves on, and at the end they are told of the
moments that are open to them."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.zones import zone_named
from moments.models import DiaryEntry, Episode, Event, EventKind, Progress, UnknownWork
from moments.models.locking import lock_one
from moments.models.refusals import Refused
from moments.spoilers.rules import LAST_SECOND, story_time
from moments.viewer.players.finding import find_film
from moments.viewer.players.playing import MARKED

# Players say twice that something is over: what comes again within this time is the same.
SAME_END = timedelta(hours=1)


def take_in(connection, playing, now):
    """Do what follows from a message. It may come twice, late, or between those of another device."""
    if not connection.take(playing, now) or not playing.acts:
        return
    film = find_film(connection, playing.work)
    if film is None:
        UnknownWork.objects.note(connection, playing, now)
        return
    connection.call(film.title)
    follow(connection, film, playing, now)


def choose(row, film):
    """The member says which film a work is that nobody knew. What is kept of it follows at once."""
    row.film = film
    row.save(update_fields=["film"])
    connection, member = row.connection, row.connection.member
    if not _fits(film, row.season, row.episode):
        return
    if row.is_finished:
        _finish(connection, film, row.season, row.episode, row.heard)
    else:
        _move(member, film, row.season, row.episode, row.second)


def follow(connection, film, playing, now):
    """The same once the film is known."""
    season, episode = playing.work.season, playing.work.episode
    if not _fits(film, season, episode):
        return
    if playing.event == MARKED:
        _mark(connection.member, film, season, episode)
    elif playing.is_finished:
        _finish(connection, film, season, episode, now)
    else:
        _move(connection.member, film, season, episode, _second(film, playing))


def _fits(film, season, episode):
    """Whether the numbers are those of an episode for a series, and none for a film."""
    return (season is not None and episode is not None) if film.is_series else season is None


def _second(film, playing):
    """Where it is; of a player that says hundredths alone, by the length of the film or episode."""
    if playing.percent is None:
        return playing.position
    minutes = film.runtime
    if film.is_series:
        numbers = {"season": playing.work.season, "number": playing.work.episode}
        minutes = Episode.objects.filter(film=film, **numbers).values_list("runtime", flat=True).first()
    return int(minutes * 60 * playing.percent / 100) if minutes else None


def _move(member, film, season, episode, second):
    """Specials stand at no certain time, and move nothing."""
    if second is None:
        return
    at = story_time(season, episode, min(second, LAST_SECOND - 1))
    if at is not None:
        Progress.objects.move_forward(member, film, at)


@transaction.atomic
def _mark(member, film, season, episode):
    """Somebody ticks that they have seen it, at whatever time that was."""
    lock_one(type(film), film.pk)
    return Progress.objects.advance(member, film, season, episode)


@transaction.atomic
def _finish(connection, film, season, episode, now):
    """It came to its end: this stands in the diary where the member wants that, and they are told."""
    member = connection.member
    before, after = _mark(member, film, season, episode)
    is_new = connection.writes_diary and _log(member, film, season, episode, now)
    if is_new or before != after:
        detail = "" if season is None else f"{season}/{episode}"
        Event.objects.note(EventKind.SEEN, member.pk, number=film.pk, detail=detail)


def _log(member, film, season, episode, now):
    """Write it into the diary, on the day where the member lives. Returns whether it was not there yet."""
    whole = DiaryEntry.objects.filter(member=member).of_whole(film.pk, season, episode)
    if whole.filter(created__gt=now - SAME_END).exists():
        return False
    day = timezone.localtime(now, zone_named(member.time_zone)).date()
    is_again = whole.filter(date__lt=day).exists()
    try:
        with transaction.atomic():
            return film.log(member, day, season, episode, rewatch=is_again).is_new
    except Refused:
        return False
