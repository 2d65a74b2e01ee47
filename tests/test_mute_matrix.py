"""A walk of every address as somebody who muted a member: where a word or the name of theirs still stands."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from moments.models import (
    Favourite,
    FeelingTally,
    Follow,
    FollowRequest,
    LedgerEntry,
    ListEntry,
    Moment,
    Mute,
    PrivateFeed,
    Reminder,
    SavedPost,
    SongUse,
    Source,
)
from tests.support.makers import (
    make_comment,
    make_list,
    make_member,
    make_moment,
    make_revision,
    make_song,
    make_trivia,
)
from tests.support.notifications import tell_all
from tests.support.walk import HTMX, NAMES, VERBS, address

NAME = "quuxname"
TITLE, BODY, TAG, SONG, ARTIST, NOTE, CLAIM, SOURCE, REMARK, REASON, DIARY, LIST, AFTERWORD = WORDS = tuple(
    f"quux{place}"
    for place in "title body tag song artist note claim source remark reason diary list afterword".split()  # noqa: SIM905
)
HIDDEN = re.compile(r'<details class="hidden-for-you">.*?</details>', re.S)

# Addresses of what is not theirs, and what of theirs may stand there all the same.
NOTHING = """
    home new top tag songs trivia feelings feeling search search-suggest films film-add film-suggest film
    film-songs film-trivia film-edit film-progress film-barcode home-feed new-feed top-feed
    songs-feed trivia-feed film-feed film-songs-feed film-trivia-feed tag-feed feeling-feed
    films-feed member-comments-feed member-diary-feed
    member-feed moment-feed song-feed trivia-post-feed share tag-suggest preview moment-add song-add
    trivia-add moment-choices post-similar song trivia-post post post-edit post-delete post-upvote post-unvote
    comment-add verdict-add verdict-revoke feel unfeel moment-progress diary-entry-add diary-entry-edit
    diary-entry-delete art film-relive relive-moment relive-end relive-card relive-diary relive-feel
    relive-unfeel relive-bookmark visitor-reactions comment-edit comment-delete revision-restore
    revision-revoke comment-upvote comment-unvote comment-history member member-comments
    member-diary member-month member-year member-mute member-unmute member-restrict
    member-unrestrict hiding post-labels post-label post-unlabel comment-labels comment-label
    comment-unlabel comment-reply record reports reports-read progress-undo
    welcome post-join comment-join post-undelete comment-undelete post-report comment-report
    verdict-report member-report film-report appeal robots sitemap ledger-key
    following member-followers member-following member-follow member-unfollow film-follow film-unfollow
    tag-follow tag-unfollow artist-follow artist-unfollow requests request-accept request-decline
    notifications notification-choices
    notification-open notification-read notification-unread notifications-read notifications-unread
    thread-choice artist artist-feed about rules privacy contact diary-entry-undelete filter-add filter-remove
    artist artist-feed about rules privacy contact diary-entry-undelete notifications notification-choices
    notifications-read notifications-unread notification-open notification-read notification-unread
    notification-unsubscribe thread-choice
    thread-choice
    reminder-delete post-remind favourite-choose favourite-add favourite-remove favourite-up
    lists lists-feed list-add list-cover member-lists-feed member-list member-list-feed list list-edit
    list-delete list-undelete list-upvote list-unvote list-copy list-report list-writers list-writer-accept
    list-writer-leave list-writer-remove post-lists film-lists list-entry-up list-entry-down
    list-entry-remove member-lists
    post-save post-unsave saved-folder-edit saved-folder-delete
    random opensearch opensearch-suggest tags-together tags-together-feed mention-suggest
    home-json new-json top-json songs-json artist-json trivia-json films-json film-json film-songs-json
    film-trivia-json tag-json feeling-json member-json member-comments-json member-diary-json moment-json
    song-json trivia-post-json oembed embed-post embed-film post-send comment-send film-send year-send
    private-feeds private-feed-read private-feed-revoke letter-links-renew
"""
TABLE = {name: set() for name in NOTHING.split()} | {
    # A thread keeps who speaks, or the answers would answer nobody; the words are hidden.
    "moment": {NAME},
    "comment": {NAME},
    # Who edited somebody else's text is public, and what was changed is hidden.
    "post-history": {NAME},
    # So is who edited the facts of a film, which are everybody's.
    "film-history": {NAME},
    # The ledger is the same for everybody.
    "ledger": {NAME},
    "ledger-feed": {NAME},
    "ledger-json": {NAME},
    "ledger-entry": {NAME},
    "ledger-export": {NAME},
    # Tags are words of everybody: the list of all of them names also those that only one member used.
    "tags": {TAG},
    "tags-feed": {TAG},
    "tags-json": {TAG},
    # Whom one muted is named where that is undone.
    "mutes": {NAME},
    # What one chose oneself stays one's own.
    "saved": {TITLE},
    "favourites": {TITLE},
    "reminders": {TITLE},
    "saved-edit": {TITLE},
    "list-entry-edit": {TITLE},
    "upvoted-comments": {NAME, TITLE},
    "upvoted": {NAME, TITLE, BODY, TAG},
    # For crawlers, which mute nobody.
    "sitemap-section": {TITLE, SONG, CLAIM},
}


@pytest.fixture
def mutes(film, mia, seb, whole_sitemap):
    """What mia and seb shared, what a third one did all around it, and a reader who muted that one."""
    loud = make_member(NAME, is_staff=True)
    viewer = make_member("tracy")
    Follow.objects.follow(viewer, film=film), Follow.objects.follow(loud, person=mia)
    bench = make_moment(film, mia, "The bench", position=1.0)
    song, claim = make_song(film, mia, "City of Stars"), make_trivia(film, mia, "The Envelope")
    scene = make_moment(
        film,
        loud,
        f"The {TITLE}",
        body=f"They dance, says {BODY}.",
        context=f"After {BODY}.",
        tags=["stars", TAG],
        position=2.0,
    )
    tune = make_song(film, loud, f"The {SONG}", artist=ARTIST, tags=["stars"])
    told = make_trivia(film, loud, f"The {CLAIM}", body=f"Told by {CLAIM}.", tags=["stars"], reveals_at=1.0)
    SongUse.objects.create(song_id=song.pk, moment_id=scene.pk)
    SongUse.objects.create(song_id=tune.pk, moment_id=bench.pk, note=NOTE)
    Source.objects.create(trivia_id=told.pk, url=f"https://example.org/{SOURCE}", title=SOURCE)
    FeelingTally.objects.create(moment=scene, feeling="joy", house=9, strength=0.9)
    FeelingTally.objects.create(moment=bench, feeling="joy", house=2, strength=0.3)
    said = make_comment(bench, mia, "I sat there.")
    make_comment(bench, loud, f"So did {REMARK}.", parent=said)
    make_comment(bench, loud, f"And {REMARK} once more.")
    make_comment(scene, mia, "I danced there.")
    scene.upvote(mia), scene.upvote(seb)  # the best of all films and of the front page
    claim.judge(seb, "dispute", "It was two takes.")
    claim.judge(loud, "dispute", f"It was {REASON}.")
    make_revision(bench, body="Two people on a bench.")
    bench.revisions.update(editor=loud)
    make_revision(said, body="I was there.")
    film.summary = "Two people in Los Angeles."
    film.revise(loud)
    entries = [post.relive(mia, note="Again.", public=True) for post in (scene, bench)]
    bench.relive(loud, note=f"Dear {DIARY}.", public=True)
    row = LedgerEntry.objects.record(loud, "lock", bench)
    scene.upvote(viewer), make_comment(scene, loud, f"It was {REMARK}.").upvote(viewer)
    Favourite.objects.add(viewer, scene), Favourite.objects.add(mia, scene)
    reminder = Reminder.objects.add(viewer, scene, timezone.localdate() + timedelta(days=9), "")
    saved, _is_new = SavedPost.objects.add(viewer, scene.pk)
    saved.amend("For later", "Dances")
    make_list(loud, bench, title=f"The {LIST}")
    shared = make_list(mia, bench, scene, title="Dances")
    shared.writers.create(member=loud, accepted=timezone.now())
    ListEntry.objects.add(shared, loud, song, f"Says {AFTERWORD}.")
    own = make_list(viewer, scene, title="Kept")
    mine = make_comment(bench, viewer, "Who sits there?")
    make_comment(bench, loud, f"{REMARK} for @tracy.", parent=mine)
    tell_all()
    return viewer, loud, {
        "film": film.slug,
        "slug": {"moment": bench.slug, "song": song.slug, "trivia-post": claim.slug, "list": shared.slug},
        "list_id": shared.pk,
        "list_entry_id": own.entries.get().pk,
        "writer_id": 0,
        "post_id": bench.pk,
        "moment_id": bench.pk,
        "trivia_id": claim.pk,
        "verdict_id": claim.verdicts.get(member=seb).pk,
        "comment_id": said.pk,
        "entry_id": entries[0].pk,
        "saved_id": saved.pk,
        "reminder_id": reminder.pk,
        "folder_id": viewer.saved_folders.get().pk,
        "revision_id": bench.revisions.get().pk,
        "notification_id": viewer.notifications.get(kind="mention").pk,
        "request_id": FollowRequest.objects.create(member=loud, person=viewer).pk,
        "tag": "stars",
        "tags": "stars,tap-dance",
        "artist": song.artist_slug,
        "feeling": "joy",
        "column": "word",
        "key": "xyzzy",
        "name": "mia",
        "kind": "moment",
        "seed": 7,
        "colours": "0e0b2e-2a1b5e-6a3fa0-e27396-f5b94a",
        "section": "posts",
        "token": "none",
        "feed_token": PrivateFeed.objects.renew(viewer, "notifications"),
        "purpose": "notifications",
        "form": "json",
        "part": 1,
        "number": row.number,
        "year": timezone.localdate().year,
        "month": timezone.localdate().month,
    }  # fmt: skip


def found(response):
    """What of the muted member stands in an answer, or where it leads, but for what is hidden."""
    shown = HIDDEN.sub("", response.content.decode(errors="replace")).lower()
    shown += response.get("Location", "").lower()
    return {word for word in (NAME, *WORDS) if word in shown}


def answers(client, world, names):
    typed = {"body": "I liked it.", "feeling": "joy", "kind": "wrong", "title": f"The {TITLE}"}
    for name in names:
        url = address(name, world)
        for headers in ({}, HTMX):
            method = client.post if name in VERBS else client.get
            yield name, method(url, typed if name in VERBS else None, headers=headers)


def test_every_address_is_in_the_table():
    assert set(TABLE) == set(NAMES), "say of a new address what of a muted member may stand there"


def test_whom_one_muted_is_met_nowhere_but_where_the_table_says(client, mutes):
    viewer, loud, world = mutes
    client.force_login(viewer)
    Mute.objects.add(viewer, loud)
    met = {name: set() for name in NAMES}
    for asked, response in answers(client, world, [*sorted(set(NAMES) - VERBS), *sorted(VERBS)]):
        met[asked] |= found(response)
    assert met == TABLE


def test_the_walk_finds_what_is_not_muted(client, mutes):
    """What the walk does not find is left out, and was not absent before."""
    viewer, _loud, world = mutes
    client.force_login(viewer)
    met = set()
    for _asked, response in answers(client, world, sorted(set(NAMES) - VERBS)):
        met |= found(response)
    # Their own pages alone hold the source of their claim and the note of their diary.
    assert met == {NAME, *WORDS} - {SOURCE, DIARY}


LISTS = [
    "/?kind=moment", "/?kind=song", "/?kind=trivia", "/top/?by=day", "/films/la-la-land/?order=votes",
    "/search/?q=the", "/search/?q=they+dance", "/search/?q=kind:song", "/search/?q=feeling:joy",
    "/search/?q=danced&kind=comments", "/search/?q=once+more", "/search/?q=tag:stars",
    "/search/?q=quux&kind=members", "/films/la-la-land/similar/moment/?title=The+quuxtitl",
    "/films/la-la-land/similar/song/?title=The+quuxson", "/feelings/joy/?film=la-la-land",
    "/films/la-la-land/similar/trivia/?title=The+quuxclai", "/trivia/?status=unsourced",
]  # fmt: skip


@pytest.mark.parametrize("url", LISTS)
def test_no_list_that_is_narrowed_down_names_them(url, client, mutes):
    viewer, loud, _world = mutes
    client.force_login(viewer)
    before = found(client.get(url))
    Mute.objects.add(viewer, loud)
    asked = {word for word in (NAME, *WORDS) if word in url}
    assert (bool(before), found(client.get(url)) - asked) == (True, set())


OWN = {
    "member": {NAME, TITLE, SONG, CLAIM},
    "member-comments": {NAME, REMARK},
    "member-diary": {NAME, DIARY},
    "moment": {NAME, TITLE, BODY, TAG},
    "song": {NAME, SONG, ARTIST},
    "trivia-post": {NAME, CLAIM, SOURCE},
}


@pytest.mark.parametrize("name", OWN)
def test_their_own_pages_are_there_for_who_asks(name, client, mutes):
    viewer, loud, world = mutes
    client.force_login(viewer)
    Mute.objects.add(viewer, loud)
    slugs = {kind: loud.posts.get(kind=post).slug for kind, post in KINDS.items()}
    assert found(client.get(address(name, world | {"name": NAME, "slug": slugs}))) >= OWN[name]


KINDS = {"moment": "moment", "song": "song", "trivia-post": "trivia"}


def test_visitors_and_others_meet_everybody(client, mutes, seb):
    """Pages are kept for visitors: nobody's mute may be in them."""
    viewer, loud, _world = mutes
    Mute.objects.add(viewer, loud)
    for member in (None, seb):
        client.logout() if member is None else client.force_login(member)
        assert TITLE in found(client.get("/"))


def test_one_s_own_diary_stays_whole(client, mutes):
    viewer, loud, world = mutes
    Moment.objects.get(author=loud).relive(viewer)
    Mute.objects.add(viewer, loud)
    client.force_login(viewer)
    for name in ("member-diary", "member-month", "member-year"):
        assert TITLE in found(client.get(address(name, world | {"name": "tracy"})))
