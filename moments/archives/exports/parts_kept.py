"""What members keep for themselves: their diary, what they felt, how far they have seen, what they saved."""

from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import FILM, OF_FILM, WHEN, Part, owned
from moments.models import DiaryEntry, Favourite, Progress, Reaction, Reminder, SavedFolder, SavedPost

NOTE = {"note": _("Your note.")}

KEPT_PARTS = (
    Part(
        "diary",
        _("Your diary."),
        owned(DiaryEntry, "member"),
        {
            "date": _("The day."),
            **NOTE,
            "public": _("Whether whoever sees the entry may read the note."),
            "audience": _("Who sees it, where that is not whoever sees your diary."),
            "feelings": _("What you felt that day."),
            **WHEN,
        },
        ("moments.DiaryEntry.member",),
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
)
