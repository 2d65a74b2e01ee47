"""There and back: what a member takes along from one site and brings to another is the same there."""

import csv
import io
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import User
from moments.archives.imports.making import NOT_MADE, PARTS
from moments.models import (
    Comment,
    Draft,
    Event,
    Favourite,
    Film,
    Filter,
    Follow,
    LastRead,
    ListEntry,
    MemberList,
    Moment,
    Mute,
    Notification,
    NotificationChoice,
    Post,
    Progress,
    Rating,
    Reminder,
    Restrict,
    SavedPost,
    Song,
    SongUse,
    Tag,
    ThreadChoice,
    Trivia,
    Wanted,
)
from moments.spoilers.rules import ProgressPoint
from tests.support.exports import make_export, opened, records_for_others, rows_of
from tests.support.imports import as_upload, bring, outcome
from tests.support.makers import (
    make_comment,
    make_entry,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_review,
    make_song,
    make_trivia,
)
from tests.support.notifications import tell_all

# What must differ: what others did at the other site, numbers and names that a site gives, and the time of a
# scheduled post, which the other site may still share.
DIFFERS = {
    "posts": {"votes", "comment_count"},
    "comments": {"address", "answers", "votes"},
    "lists": {"address", "votes"},
    "list-entries": {"list"},
    "drafts": {"publish_at"},
    "comment-upvotes": {"comment"},
    "flags": {"comment"},
}
LONG_AGO = datetime(2024, 1, 1, tzinfo=UTC)
# What happens without anybody being told of it: a feed is filled, and what is unread is counted anew.
QUIET = {"fill", "sight"}


def same(export):
    """All that the files say of what can be brought along, in their order, but for the columns that must
    differ; of all other files the names.
    """
    found = opened(export)
    files = dict.fromkeys(found.namelist())
    for part in PARTS:
        files[f"{part}.ndjson"] = [but_for(part, row) for row in rows_of(found, part)]
        lines = csv.DictReader(io.StringIO(found.read(f"{part}.csv").decode("utf-8-sig"), newline=""))
        files[f"{part}.csv"] = [lines.fieldnames, *(but_for(part, line) for line in lines)]
    return files


def but_for(part, row):
    return {name: said for name, said in row.items() if name not in DIFFERS.get(part, ())}


def said_to_others(export):
    """What the files for other places say; here the films have other numbers, and so another order."""
    return [sorted(map(repr, records)) for records in records_for_others(opened(export))]


def others(seb):
    """What others have at both sites."""
    film = make_film()
    dance = make_moment(film, seb, "The Dance", position=1.0)
    city = make_song(film, seb, "City", artist="Hurwitz")
    city.hear({dance.pk: ("theme", "Once.")}, seb)
    dances = make_list(seb, film, title="Dances")
    for about in (dance, dances):
        make_comment(about, seb, "So it begins."), make_comment(about, seb, "And ends.")
    make_trivia(film, seb, "The Pier")
    return film, dance


@pytest.fixture
def posts(seb, mia):
    """Mia has shared, said, felt and kept one of everything; of a film of hers as well."""
    film, dance = others(seb)
    own, song = (
        make_moment(film, mia, "=Own", season=None, timecode=65),
        make_song(make_film("Whiplash", year=2014), mia, "Caravan"),
    )
    claim = make_trivia(film, mia, "The Envelope", reveals_at=4.0)
    make_review(film, mia, "Still here", rating=7, spoiler=True)
    claim.cite([("https://example.org/one", "One"), ("https://example.org/two", "Two")])
    unplaced = Moment(film=film, author=mia, title="Nowhere", body="x\n\n- y")
    unplaced.leave_unplaced()
    unplaced.publish(["stars"])
    first = make_comment(own, mia, ">!secret!< @mia")
    make_comment(own, mia, "An answer.", parent=first)
    make_comment(dance, mia, "On the dance of another.")
    city = Song.objects.get(title="City")
    SongUse(song=city, moment=own, role="reprise", starts=65, ends=80, note="Again.").add(mia)
    city.uses.get(moment=dance).judge(mia, "dispute", "It is another tune.")
    own.feel(mia, "joy"), own.feel(mia, "longing")
    make_entry(own, mia, note="A note.", feelings=["joy"])
    own.relive(mia, public=True, note="Today.")
    said = {"rating": 7, "liked": True, "rewatch": True, "feelings": ["joy"], "tags": ["cinema"]}
    song.film.log(mia, None, 0, 1, "A special.", True, "followers", **said)
    Rating.objects.say(mia, film, 9, liked=True)
    Wanted.objects.add(mia, song.film)
    Progress.objects.set_progress(mia, film, ProgressPoint(3.5, 65.0))
    Progress.objects.set_bookmark(mia, own)
    for number, post in enumerate((own, song, claim)):
        saved, _is_new = SavedPost.objects.add(mia, post.pk)
        saved.amend(f"Note {number}", "Rain" if number else "")
    Post.objects.filter(pk=own.pk).update(edited=timezone.now() - timedelta(minutes=3))
    return own, dance, song, unplaced


@pytest.fixture
def life(posts, mia, seb):
    """And put together and chosen."""
    own, dance, song, unplaced = posts
    film = own.film
    private = make_list(
        mia, own, dance, film, title="Mine", note="Why.", visibility="private", is_ranked=True
    )
    private.entries.get(film=film).move_to(mia, 1)
    make_list(mia, title="None yet", body="*Empty*", visibility="unlisted")
    reply = Comment.objects.filter(author=mia).first()
    keep = Draft.objects.keep
    keep(mia, uuid4(), 0, {"title": "Later", "tags": "rain"}, form="song", film=film)
    keep(mia, uuid4(), 0, {"title": "At nine"}, timezone.now() + timedelta(days=2), form="moment", film=film)
    keep(mia, uuid4(), 0, {"body": "And so"}, form="reply", post=own, comment=reply)
    stars = Tag.objects.get(name="stars")
    for column, value in (("word", "blood"), ("tag", stars.pk), ("film", song.film_id), ("post", dance.pk)):
        Filter.objects.add(mia, column, value)
    Filter.objects.update(until=datetime(2031, 1, 1, tzinfo=UTC))
    Mute.objects.add(mia, make_member("brandt")), Restrict.objects.add(mia, make_member("keith"))
    Favourite.objects.add(mia, own), Favourite.objects.add(mia, unplaced, place=1)
    Reminder.objects.add(mia, dance, timezone.localdate() + timedelta(days=9), "Again.")
    for what in ({"person": seb}, {"film": film}, {"tag": stars}, {"artist": "hurwitz"}):
        Follow.objects.follow(mia, **what)
    dance.upvote(mia)
    dances = MemberList.objects.get(author=seb)
    dances.upvote(mia)
    for comment in Comment.objects.filter(author=seb, body="And ends."):
        comment.upvote(mia), comment.label(mia, "unkind")
    dance.label(mia, "spoiler")
    LastRead.objects.mark(mia.pk, dance, LONG_AGO), LastRead.objects.mark(mia.pk, dances, LONG_AGO)
    Trivia.objects.get(author=seb).judge(mia, "dispute", "It was *Hermosa*.", "https://example.org/pier")
    ThreadChoice.objects.choose(mia, dance, "nothing"), ThreadChoice.objects.choose(mia, dances, "all")
    for kind, push in (("reply", True), ("follow", None)):
        NotificationChoice.objects.create(member=mia, kind=kind, site=False, mail="weekly", push=push)


COUNTS = {
    "posts": 5, "sources": 2, "comments": 3, "diary": 3, "reactions": 2, "progress": 1, "folders": 1,
    "saved": 3, "lists": 2, "list-entries": 3, "drafts": 3, "filters": 4, "favourites": 2, "reminders": 1,
    "mutes": 1, "follows": 4, "upvotes": 1, "list-upvotes": 1, "thread-choices": 2,
    "notification-choices": 2, "comment-upvotes": 2, "verdicts": 1,
    "flags": 3, "restricts": 1, "last-read": 2,
    "song-uses": 1, "song-verdicts": 1, "ratings": 1, "watchlist": 1,
}  # fmt: skip


def another_site(mia, seb, settings):
    """Nothing of hers is there, and of others the same as here. Returns her as she is there."""
    delete_account(mia, take_texts=True)
    for rows in (MemberList.objects, Comment.objects, Post.objects, Film.objects, Event.objects):
        rows.all().delete()
    others(seb)
    tell_all()
    Notification.objects.all().delete()
    call_command("recount", stdout=io.StringIO())
    settings.SITE_HOST = "another.example"
    return make_member("mia2")


def check_nobody_was_told_or_counted_twice(seb, newcomer):
    assert set(Event.objects.values_list("kind", flat=True)) == QUIET
    tell_all()
    assert Notification.objects.count() == 0
    dance, dances = Post.objects.get(title="The Dance"), MemberList.objects.get(title="Dances")
    seb, newcomer = User.objects.get(pk=seb.pk), User.objects.get(pk=newcomer.pk)
    assert (dance.votes, dances.votes, seb.follower_count, newcomer.list_count) == (1, 1, 1, 0)
    assert Draft.objects.exclude(publish_at=None).count() == 0


def test_an_export_that_is_imported_elsewhere_gives_the_same_export_and_nobody_is_told(
    life, mia, seb, settings
):
    export = make_export(mia)
    before, file, for_others = same(export), as_upload(export), said_to_others(export)
    assert {part: len(before[f"{part}.ndjson"]) for part in PARTS} == COUNTS
    assert {f"{part}.{form}" for part in NOT_MADE for form in ("csv", "ndjson")} < before.keys()
    newcomer = another_site(mia, seb, settings)
    made = outcome(bring(newcomer, file, with_settings=True))
    assert made == {part: {"made": number} for part, number in COUNTS.items()}
    once = {model: model.objects.count() for model in (MemberList, ListEntry, Draft, Follow, Reminder)}
    made = outcome(bring(newcomer, file, with_settings=True))
    assert made == {part: {"known": number} for part, number in COUNTS.items()}
    assert {model: model.objects.count() for model in once} == once
    check_nobody_was_told_or_counted_twice(seb, newcomer)
    again = make_export(newcomer)
    assert (same(again), said_to_others(again)) == (before, for_others)
    proof = io.StringIO()
    call_command("recount", "--check", stdout=proof)
    assert " 0 values differed" in proof.getvalue()


def test_lists_keep_their_order_and_show_nobody_what_was_private(life, mia, seb, settings):
    file = as_upload(make_export(mia))
    newcomer = another_site(mia, seb, settings)
    bring(newcomer, file)
    mine = MemberList.objects.get(author=newcomer, title="Mine")
    assert [str(entry.target) for entry in mine.entries.order_by("position")] == [
        "La La Land (2016)", "=Own", "The Dance",
    ]  # fmt: skip
    assert not MemberList.objects.visible_to(seb).filter(pk=mine.pk).exists()
    assert mine.entries.values_list("note", flat=True).distinct().get() == "Why."
    assert mine.writers.count() == 0
    assert NotificationChoice.objects.filter(member=newcomer).count() == 0, "without her settings"
