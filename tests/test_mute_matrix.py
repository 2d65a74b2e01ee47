"""A walk of every address as somebody who muted a member: where a word or the name of theirs still stands.

That the walk finds them where nobody is muted, `test_filter_matrix.py` says.
"""

import pytest

from moments.models import Moment, Mute
from tests.support.loud_world import (
    ARTIST,
    BODY,
    CLAIM,
    DIARY,
    NAME,
    REMARK,
    REVIEW,
    SONG,
    SOURCE,
    TAG,
    TITLE,
    WORDS,
    answers,
    found,
    loud_scene,
)
from tests.support.rows import for_each
from tests.support.walk import NAMES, VERBS, address

# Addresses of what is not theirs, and what of theirs may stand there all the same.
NOTHING = """
    home new top tag songs trivia feelings feeling search search-suggest films film-add film-suggest film
    film-songs film-trivia film-edit film-progress film-barcode home-feed new-feed top-feed
    songs-feed trivia-feed film-feed film-songs-feed film-trivia-feed tag-feed feeling-feed
    films-feed member-comments-feed member-diary-feed
    member-feed moment-feed song-feed trivia-post-feed share tag-suggest preview moment-add song-add
    trivia-add review-add film-reviews film-reviews-feed film-reviews-json review review-feed review-json
    moment-choices post-similar song trivia-post post post-edit post-delete post-upvote post-unvote
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
    notification-unsubscribe thread-choice
    drafts draft-discard draft-restore draft-call-off draft-publish
    reminder-delete post-remind favourite-choose favourite-add favourite-remove favourite-up
    lists lists-feed list-add list-cover member-lists-feed member-list-feed list list-edit
    list-delete list-undelete list-upvote list-unvote list-copy list-report list-writers list-writer-accept
    list-films list-film-add
    list-writer-leave list-writer-remove post-lists film-lists list-entry-up list-entry-down
    list-entry-remove member-lists
    app offline service-worker film-offline own-diary share-receive push-add push-remove
    post-save post-unsave saved-folder-edit saved-folder-delete
    random opensearch opensearch-suggest tags-together tags-together-feed mention-suggest
    home-json new-json top-json songs-json artist-json trivia-json films-json film-json film-songs-json
    film-trivia-json tag-json feeling-json member-json member-comments-json member-diary-json moment-json
    song-json trivia-post-json oembed embed-post embed-film post-send comment-send film-send year-send
    numbers-send
    list-send list-comments-feed list-comments-json list-comment-add list-join list-thread-choice
    export export-file export-go-on export-stop import import-begin import-go-on import-stop statistics keys
    lists-json member-list-json member-lists-json tags-together-json
    people people-feed people-json person person-feed person-json person-films person-edit people-suggest
    person-report person-follow person-unfollow
    film-cast film-cast-edit
    private-feeds private-feed-read private-feed-revoke letter-links-renew
    no-letters letters-again
    catalogue-choose catalogue-look-up catalogue-title episode episode-add episode-edit episode-feed
    episode-json episode-seen episodes-add film-log film-rate film-unwant film-want log
    log-undo member-films member-numbers member-watchlist season season-add season-edit
    season-moments season-moments-feed season-moments-json season-history episode-history
    homecomings homecoming homecoming-undo homecoming-stop homecoming-go-on homecoming-finish homecoming-drop
    waiting-works waiting-work waiting-work-leave waiting-work-take-up
    recording recording-feed recording-json recording-edit song-recording song-join
    song-leave song-use song-use-add song-use-edit song-use-verdict song-use-verdict-revoke
    players player player-renew player-revoke player-film player-film-drop player-hear
"""
TABLE = {name: set() for name in NOTHING.split()} | {
    # A thread keeps who speaks, or the answers would answer nobody; the words are hidden.
    "moment": {NAME},
    "comment": {NAME},
    "member-list": {NAME},
    "list-comments": {NAME},
    # Who edited somebody else's text is public, and what was changed is hidden.
    "post-history": {NAME},
    # So is who edited the facts of a film, which are everybody's.
    "film-history": {NAME},
    "person-history": {NAME},
    "recording-history": {NAME},
    "song-use-history": {NAME},
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
    "sitemap-section": {TITLE, SONG, CLAIM, REVIEW},
}


SCENE = loud_scene


@pytest.fixture
def mutes(staged, whole_sitemap):
    return staged["loud_world"]


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


def test_whom_a_visitor_muted_is_met_nowhere_but_where_the_table_says(client, mutes):
    _viewer, loud, world = mutes
    client.post(f"/members/{loud.username}/mute/", follow=True)
    met = {name: set() for name in NAMES}
    # The address of a private feed is that of a member, who muted nobody.
    for asked, response in answers(client, world, sorted(set(NAMES) - VERBS - {"private-feed-read"})):
        met[asked] |= found(response)
    assert {name: words - TABLE[name] for name, words in met.items() if words - TABLE[name]} == {}
    assert met["mutes"] == {NAME}


LISTS = [
    "/?kind=moment", "/?kind=song", "/?kind=trivia", "/?kind=review",
    "/top/?by=day", "/films/la-la-land/?order=votes",
    "/search/?q=the", "/search/?q=they+dance", "/search/?q=kind:song", "/search/?q=feeling:joy",
    "/search/?q=danced&kind=comments", "/search/?q=once+more", "/search/?q=tag:stars",
    "/search/?q=quux&kind=members", "/films/la-la-land/similar/moment/?title=The+quuxtitl",
    "/films/la-la-land/similar/song/?title=The+quuxson", "/feelings/joy/?film=la-la-land",
    "/films/la-la-land/similar/trivia/?title=The+quuxclai", "/trivia/?status=unsourced",
]  # fmt: skip


@for_each("url", LISTS)
def test_no_list_that_is_narrowed_down_names_them(url, client, mutes):
    viewer, loud, _world = mutes
    client.force_login(viewer)
    before = found(client.get(url))
    Mute.objects.add(viewer, loud)
    asked = {word for word in (NAME, *WORDS) if word in url}
    assert (bool(before), found(client.get(url)) - asked) == (True, set())


OWN = {
    "member": {NAME, TITLE, SONG, CLAIM, REVIEW},
    "member-comments": {NAME, REMARK},
    "member-diary": {NAME, DIARY},
    "moment": {NAME, TITLE, BODY, TAG},
    "song": {NAME, SONG, ARTIST},
    "trivia-post": {NAME, CLAIM, SOURCE},
    "review": {NAME, REVIEW},
}


@for_each("name", OWN)
def test_their_own_pages_are_there_for_who_asks(name, client, mutes):
    viewer, loud, world = mutes
    client.force_login(viewer)
    Mute.objects.add(viewer, loud)
    slugs = {kind: loud.posts.get(kind=post).slug for kind, post in KINDS.items()}
    assert found(client.get(address(name, world | {"name": NAME, "slug": slugs}))) >= OWN[name]


KINDS = {"moment": "moment", "song": "song", "trivia-post": "trivia", "review": "review"}


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
