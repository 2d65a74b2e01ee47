"""A walk of every address as somebody who is half through the film: no word from beyond may appear."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Allowance, User
from moments.archives.exports.parts import PARTS
from moments.labels import SPOILER_QUORUM
from moments.models import (
    Event,
    Favourite,
    Follow,
    Moment,
    Notification,
    Post,
    PrivateFeed,
    Progress,
    Reminder,
    SavedPost,
    Season,
    Tag,
)
from moments.spoilers.rules import ProgressPoint
from tests.support.exports import make_export, opened
from tests.support.from_elsewhere import from_elsewhere
from tests.support.makers import (
    make_draft,
    make_episode,
    make_list,
    make_member,
    make_revision,
    make_title,
    make_told,
)
from tests.support.news_of_every_kind import make_news_of_every_kind, sent_of
from tests.support.notifications import tell_all
from tests.support.walk import NAMES, VERBS, address, answers_of
from tests.support.world_beyond import SECRETS, SHOWN, make_beyond, make_seen, secret

HALF = ProgressPoint(2.0)
# Who says "I'm up to here" or "I relived this" sees what is here.
MOVES = {"moment-progress", "episode-seen", "diary-entry-add", "relive-diary"}
# Lists of tags name all of them, and a sitemap all addresses: crawlers have no progress.
TAG_LISTS = {
    "tags-together", "tags-together-feed", "tags-together-json", "tags", "tags-feed", "tags-json",
    "tag", "tag-suggest", "tag-feed", "tag-json", "sitemap-section",
}  # fmt: skip
# These show what is shown to somebody who said nothing, whoever asks: they are for the pages of others.
FOR_STRANGERS = {"embed-post", "embed-film", "oembed"}
# What each reader is. For those who said nothing what lies beyond is flagged, one half of it by a quorum: for
# the member that half which its authors flagged for the visitor.
READERS = {
    "a visitor at half of it": ("visitor", HALF, None),
    "a member at half of it": ("member", HALF, None),
    "a member at half of it who hides the rest": ("hiding", HALF, None),
    "a visitor who said nothing": ("visitor", None, 0),
    "a member who said nothing": ("member", None, 1),
}


@pytest.fixture(params=READERS)
def reading(request, film, mia, whole_sitemap):
    """A client for the reader, and a film with two moments on this side and things of all kinds beyond."""
    who, progress, by_quorum = READERS[request.param]
    make_seen(film, mia)
    if progress:
        world = make_beyond(film, mia)
    else:
        world = make_beyond(film, mia, spoiler=True)
        _flag_by_quorum(by_quorum)
    world |= _episode_beyond(film, is_said=progress is not None)
    reader = _reader(who, progress, film)
    kept = _kept(User.objects.filter(username="tracy").first() or mia, world["post_id"])
    told = {"notification_id": _follow_all(mia, film), "request_id": 1}
    feeds = {"feed_token": _private_feed(mia), "purpose": "notifications", "form": "atom"}
    return reader, world | kept | told | feeds | {"said_something": progress is not None}


def _flag_by_quorum(which):
    """Of the flagged posts every other one is so by what members said, and not by its author."""
    for post in Post.objects.filter(spoiler=True).order_by("pk")[which::2]:
        Post.objects.filter(pk=post.pk).update(spoiler=False, spoiler_labels=SPOILER_QUORUM)


def _episode_beyond(film, is_said):
    """To those who have said nothing a title is shown, as that of a post is that nobody flags."""
    title = f"Yonder {secret('title', 3)}" if is_said else "The Ferry"
    season, episode = make_episode(film, 2, 3, title=title, summary=f"They meet {secret('body', 3)}.")
    Season.objects.filter(pk=season.pk).update(title=title, summary=episode.summary)
    make_revision(episode, summary=secret("before", 2))
    make_revision(season, summary=secret("before", 3))
    return {"season": 2, "episode": 3, "title_id": make_title().pk}


def _private_feed(mia):
    """The token of the reader who is a member; what an author is told of their own is not veiled for them."""
    reader = User.objects.filter(username="tracy").first() or make_member("tracy-of-the-feed")
    return PrivateFeed.objects.renew(reader, "notifications")


def _follow_all(mia, film):
    """The reader who is a member follows all that there is. Returns the key of something they are told."""
    member = User.objects.filter(username="tracy").first()
    if member is None:
        return 999
    tag, artist = Tag.objects.get(name=secret("tag", 0)), secret("artist", 2)
    Event.objects.all().delete()  # of news of every kind the walk makes one
    for what in ({"person": mia}, {"film": film}, {"tag": tag}, {"artist": artist}):
        Follow.objects.follow(member, **what)
    tell_all()
    return Notification.objects.values_list("pk", flat=True).filter(member=member).first() or 999


def _kept(member, post):
    """What the member keeps of what they had seen once, and what they are told of it."""
    moment = Moment.objects.get(pk=post)
    moment.upvote(member), moment.comments.first().upvote(member)
    Favourite.objects.add(member, moment)
    reminder = Reminder.objects.add(member, moment, timezone.localdate() + timedelta(days=9), "")
    saved, _is_new = SavedPost.objects.add(member, post)
    saved.amend("For later.", "Dances")
    told = make_told(member, moment)
    own = make_list(member, moment, title="Kept")
    return {
        **from_elsewhere(member),
        "title_id": make_title().pk,
        "reminder_id": reminder.pk,
        "saved_id": saved.pk,
        "draft_id": make_draft(member, moment.film).pk,
        "folder_id": member.saved_folders.get().pk,
        "notification_id": told.pk,
        "list_entry_id": own.entries.get().pk,
        "writer_id": 0,
    }


def _reader(who, progress, film):
    client = Client()
    if who == "visitor":
        if progress:
            halfway = film.posts.get(position=progress.place)
            client.post(reverse("film-progress", args=[film.slug]), {"seen": "part", "moment": halfway.pk})
        return client
    stance = User.SpoilerStance.HIDE if who == "hiding" else User.SpoilerStance.VEIL
    member = make_member("tracy", spoiler_stance=stance)
    Progress.objects.set_progress(member, film, progress)
    client.force_login(member)
    return client


def leaked(response, url, name):
    """The secret words in an answer and where it leads, but for those of the address that was asked for."""
    shown = response.getvalue().decode(errors="replace").lower() + response.get("Location", "").lower()
    for part in url.lower().split("/"):
        shown = shown.replace(part, "") if "quux" in part else shown
    return leaked_in(shown, name)


def leaked_in(shown, name=""):
    """The secret words in a text, but for those that may stand at the address of this name."""
    exempt = {word for word in SECRETS if word.startswith("tag")} if name in TAG_LISTS else set()
    if name == "sitemap-section":
        exempt |= {secret("title", number) for number in range(5)}
    return {word for word in SECRETS - exempt if word in shown}


def test_nothing_tells_what_lies_beyond(reading):
    """One world for all three looks: what changes something is asked last."""
    client, world = reading
    check_lists_and_forms(client)
    if member := User.objects.filter(username="tracy").first():
        check_news(member, world)
        check_export(member)
    check_private_feeds(client, world)
    Allowance.objects.all().delete()
    check_addresses(client, world)


def check_addresses(client, world):
    told, exempt = {}, FOR_STRANGERS if world["said_something"] else set()
    for name in [*sorted(set(NAMES) - VERBS - exempt), *sorted(VERBS - MOVES)]:
        url, typed = address(name, world), {"body": "I liked it.", "feeling": "joy", "kind": "wrong"}
        for number, response in enumerate(answers_of(client, name, url, typed)):
            told[name, number] = leaked(response, url, name)
    assert {asked: found for asked, found in told.items() if found} == {}


LISTS = [
    "/?kind=moment", "/?kind=song", "/?kind=trivia", "/?kind=review", "/top/?by=day", "/search/?q=scene",
    "/search/?q=ends+it", "/search/?q=yonder", "/search/?q=scene&in=comments", "/search/?q=kind:song",
    "/films/la-la-land/?order=votes", "/films/la-la-land/songs/",
    "/films/la-la-land/similar/moment/?title=The+title", "/feelings/heartbreak/",
    "/films/la-la-land/progress/", "/films/la-la-land/moments/new/", "/films/la-la-land/songs/new/",
    "/films/la-la-land/trivia/new/", "/films/la-la-land/feed/", "/songs/feed/",
    "/films/la-la-land/moments/scene-2/", "/films/la-la-land/moments/scene-2/feed/",
    "/search/?q=feeling:heartbreak", "/feed.json", "/songs/feed.json", "/films/la-la-land/feed.json",
    "/films/la-la-land/trivia/feed.json", "/films/la-la-land/moments/scene-2/feed.json",
]  # fmt: skip


def check_lists_and_forms(client):
    told = {url: leaked(client.get(url), url, "") for url in LISTS}
    assert {url: found for url, found in told.items() if found} == {}


def check_news(member, world):
    """Of each kind, about the first and the last of what lies beyond, in letters and on devices."""
    beyond = Post.objects.filter(pk__in=[world["post_id"], world["review_id"]])
    said = sent_of(member, [row for post in beyond for row in make_news_of_every_kind(member, post)])
    assert [asked for asked, text in said.items() if text is None] == []
    told = {asked: leaked_in(str(text).lower()) for asked, text in said.items()}
    assert {asked: found for asked, found in told.items() if found} == {}


def check_export(member):
    """Also the names of its files. What the member follows, they named themselves."""
    archive = opened(make_export(member, with_pictures=True))
    files = {name: archive.read(name).decode(errors="replace") for name in archive.namelist()}
    told = {name: leaked_in(f"{name} {text}".lower()) for name, text in files.items()}
    assert len(told) > len(PARTS)
    for form in ("csv", "ndjson"):
        assert told.pop(f"follows.{form}") == {secret("tag", 0), secret("artist", 2)}
    assert {name: found for name, found in told.items() if found} == {}


def check_private_feeds(client, world):
    """Also those who own it read there what somebody reads whose browser reveals nothing."""
    member = PrivateFeed.objects.get().member
    told = {}
    for purpose in ("notifications", "following"):
        token = PrivateFeed.objects.renew(member, purpose)
        if purpose == world["purpose"]:
            world["feed_token"] = token
        for form in ("atom", "json"):
            url = f"/feeds/{token}/{purpose}.{form}"
            response = client.get(url)
            assert response.status_code == 200
            told[purpose, form] = leaked(response, url, "")
    assert {asked: found for asked, found in told.items() if found} == {}


def test_oembed_tells_a_stranger_nothing_that_is_flagged(film, mia):
    make_seen(film, mia)
    world = make_beyond(film, mia, spoiler=True)
    for name in ("moment", "song", "trivia-post", "review"):
        url = f"http://localhost:8000{address(name, world)}"
        response = Client().get("/oembed/", {"url": url})
        assert response.status_code == 200
        assert leaked(response, url, "") == set()


def test_the_walk_finds_what_is_shown(film, mia):
    """What the walk does not find is veiled, and not absent."""
    make_seen(film, mia)
    world = make_beyond(film, mia)
    client, seen = Client(), set()
    names = ["moment", "song", "trivia-post", "member-comments", "new", "member-diary", "member-list"]
    names.append("post-history")
    for url in [address(name, world) for name in names] + ["/films/la-la-land/moments/scene-2/"]:
        page = client.get(url).content.decode()
        seen |= {word for word in SECRETS if word in page}
    places = {word.partition("quux")[0] for word in seen}
    assert places == SHOWN
