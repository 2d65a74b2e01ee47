"""A site on which one member is loud everywhere, and a walk of it that finds their words in its answers."""

import re
from datetime import timedelta

from django.utils import timezone

from accounts.models import Allowance
from moments.models import (
    Favourite,
    FeelingTally,
    Follow,
    FollowRequest,
    LedgerEntry,
    ListEntry,
    PrivateFeed,
    Reminder,
    SavedPost,
    SongUse,
    Source,
)
from tests.support.from_elsewhere import from_elsewhere
from tests.support.makers import (
    make_comment,
    make_credit,
    make_draft,
    make_episode,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_review,
    make_revision,
    make_same_song,
    make_song,
    make_title,
    make_trivia,
    make_use,
)
from tests.support.notifications import tell_all
from tests.support.walk import address, answers_of

NAME = "quuxname"
TITLE, BODY, TAG, SONG, ARTIST, NOTE, CLAIM = OF_POSTS = tuple(
    f"quux{place}" for place in ("title", "body", "tag", "song", "artist", "note", "claim")
)
REVIEW, SOURCE, REMARK, REASON, DIARY, LIST, AFTERWORD, KNOWN_FROM = OTHERS = tuple(
    f"quux{place}"
    for place in ("review", "source", "remark", "reason", "diary", "list", "afterword", "knownfrom")
)
WORDS = OF_POSTS + OTHERS
HIDDEN = re.compile(r'<details class="hidden-for-you">.*?</details>', re.S)


def make_loud_world(film, mia, seb):
    """What mia and seb shared, what a third one did all around it, and a reader who may mute that one.

    Returns the reader, the loud one, and values for the places of addresses.
    """
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
    use, same = make_use(song, bench, note="On the pier."), make_same_song(song, mia)
    # The newest of those that are the same: a search for songs shows that one.
    tune = make_song(film, loud, f"The {SONG}", artist=ARTIST, tags=["stars"])
    told = make_trivia(film, loud, f"The {CLAIM}", body=f"Told by {CLAIM}.", tags=["stars"], reveals_at=1.0)
    make_review(film, loud, f"The {REVIEW}", body=f"It is {REVIEW}.", tags=["stars"], rating=9)
    opinion = make_review(film, mia, "Still here")
    SongUse.objects.create(song_id=song.pk, moment_id=scene.pk)
    SongUse.objects.create(song_id=tune.pk, moment_id=bench.pk, note=NOTE)
    tune.same_as(song, loud)
    use.revisions.update(editor=loud)
    use.judge(loud, "dispute", f"It was {REASON}.")
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
    season, episode = make_episode(film, 2, 3, title="The Ferry")
    for part in (film, season, episode):
        part.summary = f"{part.summary} So it goes."
        part.revise(loud, source=f"Says {KNOWN_FROM}")
    entries = [post.relive(mia, note="Again.", public=True) for post in (scene, bench)]
    bench.relive(loud, note=f"Dear {DIARY}.", public=True)
    person = make_credit(film, "Emma Stone", character="Mia").person
    person.other_names = "Emily Jean Stone"
    person.revise(loud)
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
    asked = make_comment(shared, mia, "Which one is yours?")
    make_comment(shared, loud, f"{REMARK}, of course.", parent=asked)
    make_comment(make_list(loud, title=f"Once a {LIST}"), mia, f"What a {LIST}.")
    own = make_list(viewer, scene, title="Kept")
    mine = make_comment(bench, viewer, "Who sits there?")
    make_comment(bench, loud, f"{REMARK} for @tracy.", parent=mine)
    tell_all()
    return viewer, loud, {
        "film": film.slug,
        "person": person.slug,
        "recording": song.recording.slug,
        "song_id": song.pk,
        "other_id": same.pk,
        "use_id": use.pk,
        "season": 2,
        "episode": 3,
        "slug": {
            "moment": bench.slug, "song": song.slug, "trivia-post": claim.slug,
            "review": opinion.slug, "list": shared.slug,
        },
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
        "draft_id": make_draft(viewer, film).pk,
        "reminder_id": reminder.pk,
        "subscription_id": 0,
        "title_id": make_title().pk,
        **from_elsewhere(viewer),
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


def loud_scene():
    """The same for all tests of a module, with those who are in it."""
    film, mia, seb = make_film(), make_member("mia"), make_member("seb")
    return {"film": film, "mia": mia, "seb": seb, "loud_world": make_loud_world(film, mia, seb)}


def found(response, words=(NAME, *WORDS)):
    """Which of the words stand in an answer, or where it leads, but for what is hidden."""
    shown = HIDDEN.sub("", response.content.decode(errors="replace")).lower()
    shown += response.get("Location", "").lower()
    return {word for word in words if word in shown}


def answers(client, world, names):
    typed = {"body": "I liked it.", "feeling": "joy", "kind": "wrong", "title": f"The {TITLE}"}
    for name in names:
        url = address(name, world)
        Allowance.objects.all().delete()  # a walk presses more buttons than one may in a minute
        for response in answers_of(client, name, url, typed):
            yield name, response
