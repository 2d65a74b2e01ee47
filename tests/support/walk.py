"""The addresses of the site by name, with what to put into each: for tests that walk all of them."""

from datetime import timedelta
from unittest.mock import patch

from django.urls import reverse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from moments.models import Film, FollowRequest, ListWriter, PrivateFeed, Reminder, SavedPost, Verdict
from moments.notifications.unsubscribing import address_of
from moments.urls import urlpatterns
from tests.support.devices import make_device
from tests.support.from_elsewhere import from_elsewhere
from tests.support.makers import (
    cast,
    make_comment,
    make_credit,
    make_draft,
    make_episode,
    make_list,
    make_review,
    make_revision,
    make_song,
    make_title,
    make_told,
    make_trivia,
    moderator,
)
from tests.support.songs import make_heard

VERBS = {
    "post-upvote", "post-unvote", "comment-upvote", "comment-unvote",
    "comment-add", "feel", "unfeel", "diary-entry-add", "diary-entry-delete", "preview", "moment-progress",
    "verdict-revoke", "member-mute", "member-unmute", "member-restrict", "member-unrestrict",
    "relive-feel", "relive-unfeel", "relive-bookmark", "relive-diary",
    "post-label", "post-unlabel", "comment-label", "comment-unlabel", "revision-restore",
    "notifications-read", "notifications-unread", "notification-open", "notification-read",
    "notification-unread", "filter-add", "filter-remove",
    "member-follow", "member-unfollow", "film-follow", "film-unfollow", "tag-follow", "tag-unfollow",
    "person-follow", "person-unfollow",
    "artist-follow", "artist-unfollow", "request-accept", "request-decline",
    "post-save", "post-unsave", "saved-folder-delete",
    "draft-discard", "draft-restore", "draft-call-off", "draft-publish",
    "list-undelete", "list-upvote", "list-unvote", "list-copy", "list-film-add",
    "list-writer-accept", "list-writer-leave",
    "list-comment-add", "list-writer-remove", "list-entry-up", "list-entry-down", "list-entry-remove",
    "favourite-add", "favourite-remove", "favourite-up", "reminder-delete",
    "export-stop", "export-go-on", "import-begin", "import-stop", "import-go-on",
    "push-add", "push-remove", "film-want", "film-unwant", "log-undo",
    "private-feed-revoke", "letter-links-renew", "no-letters", "letters-again",
    "episode-seen",
    "catalogue-choose", "catalogue-look-up",
    "song-recording", "song-join", "song-leave", "song-use-verdict-revoke",
    "player-renew", "player-revoke", "player-film-drop",
    "homecoming-stop", "homecoming-go-on", "homecoming-finish", "homecoming-drop",
    "waiting-work-leave", "waiting-work-take-up",
    "reports-read", "progress-undo", "post-undelete", "comment-undelete", "diary-entry-undelete",
}  # fmt: skip

FORM_PAGES = {
    "season-add", "season-edit", "episode-add", "episodes-add", "episode-edit",
    "film-add", "film-edit", "film-cast-edit", "film-log", "film-rate", "person-edit",
    "recording-edit", "song-use-add", "song-use-edit", "song-use-verdict",
    "moment-add", "song-add", "trivia-add", "review-add",
    "post-edit", "post-delete", "comment-reply", "comment-edit", "comment-delete", "appeal",
    "diary-entry-edit",
    "visitor-reactions", "verdict-add", "thread-choice", "comment-labels", "hiding", "revision-revoke",
    "welcome", "notification-choices", "saved-edit", "saved-folder-edit", "favourite-choose", "post-remind",
    "export", "import", "players", "player", "player-film",
    "homecoming", "homecoming-undo", "waiting-work",
    "list-add", "list-edit", "list-delete", "list-report", "list-writers", "post-lists", "film-lists",
    "list-entry-edit", "list-thread-choice",
    "private-feeds", "post-report", "comment-report", "verdict-report", "member-report", "film-report",
    "person-report",
}  # fmt: skip

# Forms that visitors fill in too.
FOR_ALL = {
    "post-join", "comment-join", "list-join", "film-progress", "mutes", "film-relive", "relive-moment",
    "relive-end", "relive-card", "homecomings",
}  # fmt: skip
# What members read of themselves and nobody else does.
FOR_ONESELF = {
    "reports", "record", "notifications", "following", "requests", "saved", "upvoted", "upvoted-comments",
    "favourites", "reminders", "drafts", "mention-suggest", "log", "waiting-works", "list-films",
}  # fmt: skip

HTMX = {"HX-Request": "true"}


class Noting(HtmxDetails):
    """Notes when a view or template asks for what htmx said."""

    is_asked = False

    def _get_header_value(self, name):
        self.is_asked = True
        return super()._get_header_value(name)


def gotten(client, url):
    """The answer for a browser, and that for htmx where it may be another."""
    return asked_both_ways(lambda **said: client.get(url, **said))


def asked_both_ways(ask):
    """The answer for a browser, and that for htmx where the first one came about by asking which it is.

    One that was made without that question is the same for both.
    """
    with patch("django_htmx.middleware.HtmxDetails", Noting):
        answer = ask()
    yield answer
    if getattr(answer.wsgi_request, "htmx", None) is None or answer.wsgi_request.htmx.is_asked:
        yield ask(headers=HTMX)


def answers_of(client, name, url, typed):
    """What the address of this name says to a browser, and to htmx where that may be something else."""
    if name in VERBS:
        return asked_both_ways(lambda **said: client.post(url, typed, **said))
    return gotten(client, url)


NAMES = {pattern.name: pattern for pattern in urlpatterns}


def address(name, world):
    """The address of this name with what `world` has for its places."""
    pattern = NAMES[name].pattern
    values = {key: world[key] for key in pattern.converters if key in world}
    if "slug" in values:
        kinds = {name: name for name in ("song", "review")}
        kinds |= {"trivia": "trivia-post", "member-list": "list", "list-": "list"}
        kind = next((kind for start, kind in kinds.items() if name.startswith(start)), "moment")
        values["slug"] = world["slug"][kind]
    return reverse(name, kwargs=values)


def scene_of_everything():
    """One of everything, as the scene of a module."""
    scene = cast()
    return scene | {"world": one_of_everything(scene["moment"])}


def one_of_everything(moment):
    """One of everything, all of it by the author of the moment, as values for the places of addresses."""
    mia, film = moment.author, moment.film
    song, trivia = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "The Envelope")
    comment, entry = make_comment(moment, mia), moment.relive(mia)
    verdict = Verdict.objects.create(trivia=trivia, member=mia, stance="confirm", reason="I was there.")
    removed = make_comment(moment, mia)
    removed.remove(moderator(), "spam")
    Film.objects.filter(pk=film.pk).update(still="stills/one.webp", still_alt="Two on a ferry.")
    make_revision(film, summary="What it was about.")
    told = make_told(mia, trivia)
    person = make_credit(film, "Emma Stone", character="Mia").person
    make_revision(person, other_names="Emily Jean")
    member_list = make_list(mia, moment, film, title="Dances", note="Look.")
    make_comment(member_list, mia)
    writer = ListWriter.objects.create(member_list=member_list, member=moderator())
    season, episode = make_episode(film, 2, 3, title="The Ferry")
    heard = make_heard(song, moment, mia)
    saved, _is_new = SavedPost.objects.add(mia, trivia.pk)
    saved.amend("To be checked.", "Later")
    return {
        "film": film.slug,
        "person": person.slug,
        **heard,
        "season": season.number,
        "episode": episode.number,
        "slug": {
            "moment": moment.slug,
            "song": song.slug,
            "trivia-post": trivia.slug,
            "review": make_review(film, mia, "Still here", rating=9).slug,
            "list": member_list.slug,
        },
        "post_id": moment.pk,
        "moment_id": moment.pk,
        "trivia_id": trivia.pk,
        "verdict_id": verdict.pk,
        "comment_id": comment.pk,
        "entry_id": entry.pk,
        "list_id": member_list.pk,
        "list_entry_id": member_list.entries.first().pk,
        "writer_id": writer.pk,
        "notification_id": told.pk,
        "request_id": FollowRequest.objects.create(member=moderator(), person=mia).pk,
        "token": address_of(mia, "daily").strip("/").rpartition("/")[2],
        "feed_token": PrivateFeed.objects.renew(mia, "notifications"),
        "purpose": "notifications",
        "form": "atom",
        "saved_id": saved.pk,
        "reminder_id": Reminder.objects.add(mia, trivia, timezone.localdate() + timedelta(days=9), "").pk,
        "draft_id": make_draft(mia, moment.film).pk,
        "subscription_id": make_device(mia).pk,
        "title_id": make_title().pk,
        **from_elsewhere(mia),
        "folder_id": mia.saved_folders.get().pk,
        "tag": "stars",
        "tags": "stars,tap-dance",
        "artist": song.artist_slug,
        "feeling": "joy",
        "column": "word",
        "key": "xyzzy",
        "name": mia.username,
        "year": entry.date.year,
        "month": entry.date.month,
        "kind": "moment",
        "seed": 7,
        "colours": "0e0b2e-2a1b5e-6a3fa0-e27396-f5b94a",
        "section": "posts",
        "part": 1,
        "number": removed.removal_id,
        "revision_id": make_revision(moment).pk,
    }
