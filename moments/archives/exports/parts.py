"""The parts of an export, one declaration for each table. Who adds a table that names a member adds its part
here, or says in LEFT_OUT why there is none."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.archives.exports.columns import FILM, OF_FILM, ON_LIST, WHEN, Part, list_link, owned
from moments.archives.exports.parts_chosen import CHOSEN_PARTS
from moments.archives.exports.parts_kept import KEPT_PARTS
from moments.archives.exports.parts_of_songs import SONG_PARTS
from moments.archives.exports.parts_said import SAID_PARTS
from moments.models import Comment, Episode, Post, Season, Source
from moments.models.mixins.stateful import State

FIRST_SHOWN = _("When it was first shown, as far as that is known.")
PICTURES_FOLDER = "pictures/"  # the folder of the archive


def _texts(model, *related):
    """What the member wrote and did not delete."""
    rows = owned(model, "author", *related)
    return lambda member: rows(member).exclude(state=State.DELETED)


def _posts(member):
    return _texts(Post, "film")(member).prefetch_related("taggings__tag")


def _own_address(post):
    return post.get_absolute_url() if post.is_visible else f"/posts/{post.pk}/"


def picture_name(row, column="still"):
    """What the picture of a row is called in the archive; empty where it has none."""
    name = getattr(row, column).name
    return f"{PICTURES_FOLDER}{name.rpartition('/')[2]}" if name else ""


PROFILE = Part(
    "profile",
    _("You and your settings."),
    lambda member: User.objects.filter(pk=member.pk),
    {
        "username": _("Your name."),
        "email": _("Your e-mail address."),
        "bio": _("What you say about yourself."),
        "avatar": _("The file of your picture."),
        "theme": _("The theme that you chose."),
        "language": _("The language that you chose; empty for that of your browser."),
        "time_zone": _("The time zone that you chose."),
        "spoiler_stance": _("What you chose about spoilers."),
        "hiding_thresholds": _("From how many flags on something is hidden for you."),
        "is_private": _("Whether your account is private."),
        "links": _("The pages of yours that you name."),
        "fediverse": _("Your address in the Fediverse."),
        "diary_audience": _("Who sees your diary."),
        "is_suggested": _("Whether you are suggested to others."),
        "date_joined": _("When you joined, in UTC."),
        "last_login": _("When you last signed in, in UTC."),
    },
    of={"avatar": lambda member: picture_name(member, "avatar")},
)
POSTS = Part(
    "posts",
    _("The moments, songs, trivia and reviews that you shared."),
    _posts,
    {
        "address": _("Its address."),
        "kind": _("Whether it is a moment, a song, a piece of trivia or a review."),
        "state": _("Whether it can be seen, was removed by a moderator, or waits with its film."),
        **FILM,
        "title": _("Its title."),
        "body": _("Its text."),
        "context": _("The context that you gave."),
        "spoiler": _("Whether it gives away what happens."),
        "reveals_at": _("The place in the story that it belongs to."),
        "position": _("The place of a moment on the line of the story."),
        "season": _("The season of a moment."),
        "episode": _("The episode of a moment."),
        "timecode": _("The second at which a moment begins."),
        "artist": _("The artist of a song."),
        "listen_url": _("Where a song can be heard."),
        "rating": _("The half stars of a review."),
        "tags": _("Its tags."),
        "still": _("The file of its picture."),
        "still_alt": _("The description of its picture."),
        "created": _("When you shared it, in UTC."),
        "edited": _("When you last edited it, in UTC."),
        "votes": _("How many members upvoted it."),
        "comment_count": _("How many comments it has."),
    },
    ("moments.Post.author",),
    {
        **OF_FILM,
        "address": _own_address,
        "tags": lambda post: sorted(tagging.tag.name for tagging in post.taggings.all()),
        "still": picture_name,
    },
    uid=True,
)
COMMENTS = Part(
    "comments",
    _("The comments that you wrote."),
    _texts(Comment, "parent", "member_list__author"),
    {
        **ON_LIST,
        "address": _("Its address."),
        "state": _("Whether it can be seen or was removed by a moderator."),
        "answers": _("The address of the comment that it answers."),
        "answers_uid": _("The name of that comment, if it is one of yours."),
        "body": _("Its text."),
        "created": _("When you wrote it, in UTC."),
        "edited": _("When you last edited it, in UTC."),
        "votes": _("How many members upvoted it."),
    },
    ("moments.Comment.author",),
    {
        "address": "link",
        "list": list_link("author"),
        "answers": lambda comment: f"/comments/{comment.parent_id}/" if comment.parent_id else "",
    },
    post="post",
    own={"answers_uid": ("parent", "comments")},
    uid=True,
)
SOURCES = Part(
    "sources",
    _("The sources that you gave for your claims."),
    lambda member: Source.objects.filter(trivia__author=member.pk).exclude(trivia__state=State.DELETED),
    {"url": _("Where it can be read."), "title": _("What it is called.")},
    post="trivia",
    uid=True,
)
FILMS = Part(
    "films",
    _("The films that you added."),
    lambda member: member.films_added.all(),
    {"address": _("Its address."), "title": _("The title."), "year": _("The year."), **WHEN},
    ("moments.Film.added_by",),
    {"address": "link"},
)
PEOPLE = Part(
    "people",
    _("The people of films whom you added."),
    lambda member: member.people_added.all(),
    {"address": _("The address."), "name": _("The name."), **WHEN},
    ("moments.Person.added_by",),
    {"address": "link"},
)
PARTS_OF_SERIES = tuple(
    Part(
        f"{name}s",
        says,
        lambda member, model=model: model.objects.filter(added_by=member.pk).select_related("film"),
        {"address": _("Its address."), **FILM, "title": _("Its title."), "released": FIRST_SHOWN, **WHEN},
        (f"moments.{model.__name__}.added_by",),
        {"address": "link", **OF_FILM},
    )
    for name, model, says in (
        ("season", Season, _("The seasons of series that you added.")),
        ("episode", Episode, _("The episodes of series that you added.")),
    )
)
PARTS = (
    PROFILE,
    POSTS,
    SOURCES,
    COMMENTS,
    FILMS,
    *PARTS_OF_SERIES,
    PEOPLE,
    *KEPT_PARTS,
    *CHOSEN_PARTS,
    *SAID_PARTS,
    *SONG_PARTS,
)
PARTS_BY_NAME = {part.name: part for part in PARTS}

BY_ANOTHER_MEMBER = "It is what another member did."
STAFF = "It says which moderator decided, which is no fact about them as a member."
SOON_GONE = "It is gone within days by itself."
MADE_OF = "It is computed from other rows, which are taken along."
SIGN_IN = "It is a secret by which they sign in."
LEFT_OUT = {
    "reelive.HeldUpload.member": SOON_GONE,
    "accounts.Letter.member": SOON_GONE,
    "moments.Deletion.member": SOON_GONE,
    "moments.Mailing.member": SOON_GONE,
    "moments.Event.actor": SOON_GONE,
    "moments.Export.member": "It is the export itself.",
    "moments.Import.member": SOON_GONE,
    "moments.ImportedRow.member": "It stands in the names of the rows.",
    "moments.Homecoming.member": SOON_GONE,
    "moments.BroughtRow.member": "It only tells which rows came from elsewhere: these are taken along.",
    "moments.FeedEntry.member": MADE_OF,
    "moments.FormerListSlug.author": "It only leads from an old address of a list to the list.",
    "moments.NotificationPerson.member": BY_ANOTHER_MEMBER,
    "moments.Follow.person": BY_ANOTHER_MEMBER,
    "moments.FollowRequest.person": BY_ANOTHER_MEMBER,
    "moments.Mute.other": "Nobody is told who mutes them.",
    "moments.Restrict.other": "Nobody is told who restricts them.",
    "moments.Report.person": "Nobody is told who reported them.",
    "moments.Report.closed_by": STAFF,
    "moments.Appeal.answered_by": STAFF,
    "admin.LogEntry.user": "The ledger has what moderators did, in public.",
    "mfa.Authenticator.user": SIGN_IN,
    "moments.PrivateFeed.member": "It is a secret by which a feed is read, of which only a hash is kept.",
    "moments.PushSubscription.member": "It is a secret by which a device hears of news.",
}
