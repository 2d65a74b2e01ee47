"""The addresses of the site by name, with what to put into each: for tests that walk all of them."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from moments.models import Film, FollowRequest, ListWriter, PrivateFeed, Reminder, SavedPost, Verdict
from moments.notifications.unsubscribing import address_of
from moments.urls import urlpatterns
from tests.support.devices import make_device
from tests.support.makers import (
    make_comment,
    make_draft,
    make_list,
    make_revision,
    make_song,
    make_told,
    make_trivia,
    moderator,
)

VERBS = {
    "post-upvote", "post-unvote", "comment-upvote", "comment-unvote",
    "comment-add", "feel", "unfeel", "diary-entry-add", "diary-entry-delete", "preview", "moment-progress",
    "verdict-revoke", "member-mute", "member-unmute", "member-restrict", "member-unrestrict",
    "relive-feel", "relive-unfeel", "relive-bookmark", "relive-diary",
    "post-label", "post-unlabel", "comment-label", "comment-unlabel", "revision-restore",
    "notifications-read", "notifications-unread", "notification-open", "notification-read",
    "notification-unread", "filter-add", "filter-remove",
    "member-follow", "member-unfollow", "film-follow", "film-unfollow", "tag-follow", "tag-unfollow",
    "artist-follow", "artist-unfollow", "request-accept", "request-decline",
    "post-save", "post-unsave", "saved-folder-delete",
    "draft-discard", "draft-restore", "draft-call-off", "draft-publish",
    "list-undelete", "list-upvote", "list-unvote", "list-copy", "list-writer-accept", "list-writer-leave",
    "list-comment-add", "list-writer-remove", "list-entry-up", "list-entry-down", "list-entry-remove",
    "favourite-add", "favourite-remove", "favourite-up", "reminder-delete",
    "export-stop", "export-go-on", "import-begin", "import-stop", "import-go-on",
    "push-add", "push-remove",
    "private-feed-revoke", "letter-links-renew",
    "reports-read", "progress-undo", "post-undelete", "comment-undelete", "diary-entry-undelete",
}  # fmt: skip

FORM_PAGES = {
    "film-add", "film-edit", "moment-add", "song-add", "trivia-add",
    "post-edit", "post-delete", "comment-reply", "comment-edit", "comment-delete", "appeal",
    "diary-entry-edit",
    "visitor-reactions", "verdict-add", "thread-choice", "comment-labels", "hiding", "revision-revoke",
    "welcome", "notification-choices", "saved-edit", "saved-folder-edit", "favourite-choose", "post-remind",
    "export", "import",
    "list-add", "list-edit", "list-delete", "list-report", "list-writers", "post-lists", "film-lists",
    "list-entry-edit", "list-thread-choice",
    "private-feeds", "post-report", "comment-report", "verdict-report", "member-report", "film-report",
}  # fmt: skip

HTMX = {"HX-Request": "true"}

NAMES = {pattern.name: pattern for pattern in urlpatterns}


def address(name, world):
    """The address of this name with what `world` has for its places."""
    pattern = NAMES[name].pattern
    values = {key: world[key] for key in pattern.converters if key in world}
    if "slug" in values:
        kinds = {"trivia": "trivia-post", "song": "song", "member-list": "list", "list-": "list"}
        kind = next((kind for start, kind in kinds.items() if name.startswith(start)), "moment")
        values["slug"] = world["slug"][kind]
    return reverse(name, kwargs=values)


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
    member_list = make_list(mia, moment, film, title="Dances", note="Look.")
    make_comment(member_list, mia)
    writer = ListWriter.objects.create(member_list=member_list, member=moderator())
    saved, _is_new = SavedPost.objects.add(mia, trivia.pk)
    saved.amend("To be checked.", "Later")
    return {
        "film": film.slug,
        "slug": {
            "moment": moment.slug,
            "song": song.slug,
            "trivia-post": trivia.slug,
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
