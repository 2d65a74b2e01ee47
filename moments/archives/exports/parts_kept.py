"""What members keep for themselves: their diary, what they felt, how far they have seen, what they saved."""

from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import FILM, OF_FILM, WHEN, Part, owned
from moments.models import (
    DiaryEntry,
    Favourite,
    PlayerConnection,
    Progress,
    Rating,
    Reaction,
    Reminder,
    SavedFolder,
    SavedPost,
    WaitingWork,
    Wanted,
)

NOTE = {"note": _("Your note.")}
EPISODE = {"season": _("The season, where it is of one."), "episode": _("The episode, where it is of one.")}


def _of_whole(fact):
    """A fact of the film that an entry is of; empty for an entry of a moment."""
    return lambda entry: fact(entry) if entry.whole_film_id else ""


def _said_alone(member):
    """The ratings that do not follow from an entry of the diary, which brings its own along."""
    rows = owned(Rating, "member", "film")(member).filter(entry=None)
    return rows.exclude(stars=None, liked=False)


KEPT_PARTS = (
    Part(
        "diary",
        _("Your diary."),
        owned(DiaryEntry, "member", "whole_film"),
        {
            **FILM,
            **EPISODE,
            "date": _("The day; empty for some time ago."),
            **NOTE,
            "public": _("Whether whoever sees the entry may read the note."),
            "audience": _("Who sees it, where that is not whoever sees your diary."),
            "feelings": _("What you felt that day."),
            "rewatch": _("Whether you had seen the film before."),
            "rating": _("Your rating of it, in half stars."),
            "liked": _("Whether you like it."),
            "tags": _("Your tags."),
            **WHEN,
        },
        ("moments.DiaryEntry.member",),
        {name: _of_whole(fact) for name, fact in OF_FILM.items()}
        | {"date": lambda entry: entry.date if entry.is_dated else None},
        post="moment",
        uid=True,
    ),
    Part(
        "reactions",
        _("What you felt at moments."),
        owned(Reaction, "member"),
        {"feeling": _("The feeling."), **WHEN},
        ("moments.Reaction.member",),
        post="moment",
        uid=True,
    ),
    Part(
        "progress",
        _("How far you have seen films, and where you stopped reliving them."),
        owned(Progress, "member", "film"),
        {
            **FILM,
            "place": _("The place on the line of the story that you have seen up to."),
            "story_time": _("The same as season, episode and second, in one number."),
            "updated": _("When you last said so, in UTC."),
        },
        ("moments.Progress.member",),
        OF_FILM,
        post="bookmark",
        uid=True,
    ),
    Part(
        "folders",
        _("Your folders of saved posts."),
        owned(SavedFolder, "member"),
        {"name": _("The name of the folder.")},
        ("moments.SavedFolder.member",),
        uid=True,
    ),
    Part(
        "saved",
        _("The posts that you saved."),
        lambda member: SavedPost.objects.of(member).select_related("folder"),
        {"folder": _("The name of the folder that it is in."), **NOTE, **WHEN},
        ("moments.SavedPost.member",),
        {"folder": lambda row: row.folder.name if row.folder else ""},
        post="post",
        uid=True,
    ),
    Part(
        "favourites",
        _("Your favourites."),
        owned(Favourite, "member"),
        {"place": _("Its place among them.")},
        ("moments.Favourite.member",),
        post="moment",
        uid=True,
        walk="place",
    ),
    Part(
        "reminders",
        _("Your reminders."),
        owned(Reminder, "member"),
        {
            "date": _("The day on which it comes back."),
            **NOTE,
            "told": _("When it came back, in UTC."),
            **WHEN,
        },
        ("moments.Reminder.member",),
        post="post",
        uid=True,
    ),
    Part(
        "ratings",
        _("What you make of films, seasons and episodes beside what your diary says."),
        _said_alone,
        {
            **FILM,
            **EPISODE,
            "stars": _("Your rating of it, in half stars."),
            "liked": _("Whether you like it."),
            "date": _("The day that it is of; empty for some time ago."),
            "audience": _("Who sees it, where that is not whoever sees your diary."),
            **WHEN,
        },
        ("moments.Rating.member",),
        {**OF_FILM, "date": lambda row: row.date if row.is_dated else None},
        uid=True,
    ),
    Part(
        "watchlist",
        _("The films that you want to see."),
        owned(Wanted, "member", "film"),
        {**FILM, **WHEN},
        ("moments.Wanted.member",),
        OF_FILM,
        uid=True,
    ),
    Part(
        "players",
        _("Your connections to players."),
        lambda member: PlayerConnection.objects.of(member).prefetch_related("unknown_works"),
        {
            "name": _("What you call it."),
            "player": _("The player that was heard last."),
            "writes_diary": _("Whether what ends stands in your diary."),
            "is_paused": _("Whether it is paused."),
            "users": _("The users of the player, and whether each is you."),
            "libraries": _("The libraries of the player, and whether each counts."),
            "heard": _("When it was heard last, in UTC."),
            "heard_title": _("What was played then."),
            "heard_second": _("The second up to which it was played."),
            "unknown": _("The films that were not found."),
            **WHEN,
        },
        ("moments.PlayerConnection.member",),
        {"unknown": lambda row: sorted(str(work) for work in row.unknown_works.all())},
    ),
    Part(
        "waiting",
        _("What you brought from other places, and waits for its film."),
        lambda member: WaitingWork.objects.of(member).prefetch_related("waiting_records"),
        {
            "source": _("The place that it comes from."),
            "work": _("How that names the film or series."),
            "records": _("What it says that you did with that film or series."),
            **WHEN,
        },
        ("moments.WaitingWork.member",),
        {"records": lambda row: [waiting.record for waiting in row.waiting_records.all()]},
    ),
)
