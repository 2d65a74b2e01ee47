"""A film of which somebody has seen the half, and beyond that one of everything, with words of its own."""

from moments.models import FeelingTally, LedgerEntry, Source, Verdict
from tests.support.makers import (
    make_comment,
    make_credit,
    make_list,
    make_moment,
    make_review,
    make_revision,
    make_song,
    make_trivia,
)
from tests.support.songs import make_heard


def secret(place, number):
    """A word that stands in one place of one thing beyond the progress, and nowhere else."""
    return f"{place}quux{number}"


SHOWN = {
    "listnote",
    "title",
    "body",
    "context",
    "note",
    "artist",
    "source",
    "reason",
    "remark",
    "diary",
    "tag",
    "before",
}
SECRETS = {secret(place, number) for place in SHOWN | {"alt"} for number in range(5)}


def texts(number):
    return {
        "title": f"The {secret('title', number)}",
        "body": f"In this scene {secret('body', number)} ends it all.",
        "context": f"It comes after {secret('context', number)}.",
        "tags": [secret("tag", number)],
    }


def make_seen(film, mia):
    for number in (1, 2):
        moment = make_moment(film, mia, f"Scene {number}", body="A scene that all know.", position=number)
        make_comment(moment, mia, "I know this scene.")
        FeelingTally.objects.create(moment=moment, feeling="wonder", house=2, strength=0.3)


def make_beyond(film, mia, **fields):
    later = [
        make_moment(
            film, mia, position=3.0 + number, still_alt=secret("alt", number), **texts(number), **fields
        )
        for number in range(2)
    ]
    moment = later[0]
    song = make_song(film, mia, artist=secret("artist", 2), reveals_at=3.0, **texts(2), **fields)
    claim = make_trivia(film, mia, reveals_at=3.0, **texts(3), **fields)
    # It gives away the end: it has no place, and whoever has not seen all does not meet it.
    review = make_review(film, mia, rating=2, **texts(4), **{"spoiler": True} | fields)
    for place in (moment, film.posts.get(position=2.0)):
        heard = make_heard(song, place, mia, secret("note", 2), film=film, reveals_at=3.0, **fields)
    FeelingTally.objects.create(moment=moment, feeling="joy", house=9, strength=0.9)
    url = f"https://example.org/{secret('source', 3)}"
    Source.objects.create(trivia_id=claim.pk, url=url, title=secret("source", 3))
    said = {"stance": "dispute", "reason": secret("reason", 3)}
    verdict = Verdict.objects.create(trivia_id=claim.pk, member=mia, **said)
    for number, post in enumerate((moment, later[1], song, claim, review)):
        comment = make_comment(post, mia, f"This scene: {secret('remark', number)}")
        make_comment(post, mia, f"More: {secret('remark', number)}", parent=comment)
    make_revision(moment.comments.first(), body=f"First of all: {secret('before', 1)}")
    revision = make_revision(moment, body=f"It began with {secret('before', 0)}.")
    _felt, entry = moment.feel(mia, "heartbreak"), moment.relive(mia, note=secret("diary", 0), public=True)
    member_list = make_list(
        mia, moment, song, claim, review, title="Dances", note=f"Then {secret('listnote', 0)}."
    )
    return {
        "film": film.slug,
        "person": make_credit(film, "Emma Stone", character="Mia").person.slug,
        **heard,
        "slug": {
            "moment": moment.slug,
            "song": song.slug,
            "trivia-post": claim.slug,
            "review": review.slug,
            "list": member_list.slug,
        },
        "list_id": member_list.pk,
        "post_id": moment.pk,
        "moment_id": moment.pk,
        "trivia_id": claim.pk,
        "review_id": review.pk,
        "verdict_id": verdict.pk,
        "comment_id": moment.comments.first().pk,
        "entry_id": entry.pk,
        "revision_id": revision.pk,
        "tag": secret("tag", 0),
        "tags": f"{secret('tag', 0)},{secret('tag', 1)}",
        "artist": song.artist_slug,
        "feeling": "joy",
        "column": "post",
        "key": moment.pk,
        "name": mia.username,
        "kind": "moment",
        "seed": 7,
        "colours": "0e0b2e-2a1b5e-6a3fa0-e27396-f5b94a",
        "section": "posts",
        "token": "none",
        "notification_id": 0,
        "subscription_id": 0,
        "part": 1,
        "number": LedgerEntry.objects.record(mia, "lock", moment).number,
        "year": entry.date.year,
        "month": entry.date.month,
    }
