"""Every page asks the database the same number of questions at one row and at a hundred."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from moments.models import (
    FeelingTally,
    Film,
    FilmArc,
    Filter,
    Mute,
    Person,
    Recording,
    SongUse,
    Source,
    Tag,
    Verdict,
)
from moments.search.index import catch_up
from tests.support.makers import (
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_review,
    make_revision,
    make_song,
    make_trivia,
)
from tests.support.rows import for_each

# How many queries a page may cost a signed-out reader. A member's page asks for the session and the member
# too, with whom comes what they filter, a claim's for what the member makes of it, and somebody's for whether
# they are muted or restricted; what can be followed asks for whether it is. Cards ask for what is new in
# threads, and the page of a post notes that its thread was read. Pages about one thing ask for their link
# picture, but for members.
SIGNED_IN = 2
OWN = {
    "moment": -1,
    "song": -1,
    "song-use": 2,
    "film-relive": 2,
    "review": -1,
    "member": 2,
    "film": -1,
    "artist": 1,
    "person": 1,
    "relive-moment": 1,
    "relive-end": 1,
}
OWN |= dict.fromkeys(("film-songs", "film-trivia", "film-reviews"), -1)
OWN |= dict.fromkeys(("member-comments", "member-diary", "member-year"), -1)
# How many more where a film has many moments, and its posts more comments than a page shows, however many.
OF_A_LONG_FILM = {"moment": 4, "song": 1, "trivia-post": 1, "relive-moment": 3}
BUDGET = {
    "home": 2,
    "new": 2,
    "top": 2,
    "songs": 1,
    "artist": 2,
    "trivia": 1,
    "films": 3,
    "film": 6,
    "film-songs": 5,
    "film-trivia": 5,
    "film-reviews": 5,
    "moment": 5,
    "song": 6,
    "recording": 6,
    "song-use": 4,
    "trivia-post": 6,
    "review": 4,
    "tags": 3,
    "tag": 4,
    "feelings": 13,
    "feeling": 5,
    "member": 9,
    "member-comments": 9,
    "member-diary": 9,
    "member-month": 8,
    "member-year": 9,
    "comment": 3,
    "post-history": 2,
    "comment-history": 3,
    "film-history": 3,
    "film-cast": 2,
    "people": 1,
    "person": 5,
    "person-films": 2,
    "person-history": 2,
    "share": 1,
    "film-relive": 2,
    "relive-moment": 6,
    "relive-end": 3,
    "relive-card": 4,
}


def grow(film, author, rows):
    """So many of everything on the pages of `film`."""
    emma = Person.objects.called("Emma Stone").first() or Person.objects.add("Emma Stone")
    parts = [[emma.pk, emma.name, "cast", f"Part {part}", False, None, None] for part in range(rows)]
    film.set_fact("credits", parts)
    film.revise()
    first = film.posts.first() or make_moment(film, author, "The Dance", tags=["stars"])
    song = film.posts.filter(kind="song").first() or make_song(film, author, "Epilogue", tags=["stars"])
    claim = film.posts.filter(kind="trivia").first() or make_trivia(
        film, author, "The Envelope", tags=["stars"]
    )
    SongUse.objects.get_or_create(song_id=song.pk, moment_id=first.pk)
    for number in range(rows):
        moment = make_moment(
            film, author, tags=["stars", f"tag {number}"], spoiler=number % 2 == 1, off_topic_labels=5
        )
        FeelingTally.objects.create(moment=moment, feeling="joy", house=2, strength=0.5)
        SongUse.objects.create(song_id=song.pk, moment_id=moment.pk)
        Source.objects.create(trivia_id=claim.pk, url=f"https://example.org/{moment.pk}", title="A source")
        judge = make_member(f"judge{moment.pk}")
        Verdict.objects.create(trivia_id=claim.pk, member=judge, stance="dispute", reason="It was two takes.")
        make_song(film, author, tags=["stars"])
        make_trivia(film, author, tags=["stars"])
        make_review(film, author, tags=["stars"], rating=7)
        make_film(f"Film {number}")
        for post in (first, song, claim):
            make_comment(post, author, parent=make_comment(post, author, unkind_labels=9), wrong_labels=1)
        make_revision(first, body=f"Text {number}.")
        make_revision(film, summary=f"Summary {number}.")
        make_revision(first.comments.first(), body=f"Remark {number}.")
        moment.relive(author)
    recording = Recording.objects.of(song)
    film.posts.filter(kind="song").update(recording=recording)
    make_revision(recording, artist="Everybody")
    return first, song, claim


def grow_long(film, author, rows):
    """The same where the arc is drawn when that is done."""
    posts = grow(Film.objects.get(pk=film.pk), author, rows)
    catch_up()
    FilmArc.objects.outdate([film.pk])
    FilmArc.objects.renew(timezone.now())
    return posts


def addresses(film, posts, author):
    first, song, claim = posts
    today = timezone.localdate()
    with_arguments = {
        "film": [film.slug],
        "film-songs": [film.slug],
        "film-trivia": [film.slug],
        "film-reviews": [film.slug],
        "moment": [film.slug, first.slug],
        "song": [film.slug, song.slug],
        "recording": ["epilogue"],
        "song-use": [song.uses.order_by("pk").first().pk],
        "trivia-post": [film.slug, claim.slug],
        "review": [film.slug, film.posts.filter(kind="review").first().slug],
        "tag": ["stars"],
        "artist": [song.artist_slug],
        "feeling": ["joy"],
        "member": [author.username],
        "member-comments": [author.username],
        "member-diary": [author.username],
        "member-month": [author.username, today.year, today.month],
        "member-year": [author.username, today.year],
        "comment": [first.comments.first().pk],
        "comment-history": [first.comments.first().pk],
        "post-history": [first.pk],
        "film-history": [film.slug],
        "film-cast": [film.slug],
        **{name: ["emma-stone"] for name in ("person", "person-films", "person-history")},
        "relive-moment": [film.slug, first.pk],
        **{name: [film.slug] for name in ("film-relive", "relive-end", "relive-card")},
    }
    return {name: reverse(name, args=with_arguments.get(name, [])) for name in BUDGET}


def counted(client, urls, earlier=None):
    """What each page costs that was seen before; a first view that costs no more than `earlier` is enough."""
    counts = {}
    for name, url in urls.items():
        for _view in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url).status_code == 200
            counts[name] = len(queries)
            if earlier and counts[name] == earlier[name]:
                break
    return counts


def test_pages_cost_the_same_at_one_row_and_at_a_hundred(db, monkeypatch):
    monkeypatch.setattr("moments.views.relive_mode.share_card", lambda _card: b"")  # asks nothing
    film, author, viewer = make_film(), make_member("mia"), make_member("seb")
    Mute.objects.add(viewer, make_member("loud"))
    tag, other = Tag.objects.create(name="unused"), make_film("Cats")
    for column, value in (("word", "xyzzy"), ("tag", tag.pk), ("film", other.pk)):
        Filter.objects.add(viewer, column, value)
    visitor, member = Client(), Client()
    member.force_login(viewer)
    urls = addresses(film, grow(film, author, 1), author)
    few = counted(visitor, urls), counted(member, urls)
    urls = addresses(film, grow(Film.objects.get(pk=film.pk), author, 50), author)
    catch_up()
    assert (counted(visitor, urls, few[0]), counted(member, urls, few[1])) == few
    # From here on the film has many moments, and its arc is stored: its pages ask other questions.
    urls = addresses(film, grow_long(film, author, 50), author)
    long = counted(visitor, urls), counted(member, urls)
    urls = addresses(film, grow_long(film, author, 25), author)
    many = counted(visitor, urls, long[0]), counted(member, urls, long[1])
    assert many == long
    more = {name: count - few[1][name] for name, count in many[1].items() if count > few[1][name]}
    assert more == OF_A_LONG_FILM
    most = {name: budget + OF_A_LONG_FILM.get(name, 0) for name, budget in BUDGET.items()}
    extra = {name: SIGNED_IN + OWN.get(name, 0) for name in BUDGET}
    assert {name: count for name, count in many[0].items() if count > most[name]} == {}
    assert {name: count for name, count in many[1].items() if count > most[name] + extra[name]} == {}


# What a member's verb may cost, with the session and the member, and without the words of transactions.
# Comments also ask whether there was a draft of them.
VERBS = {
    "post-upvote": (8, {}),
    "comment-upvote": (8, {}),
    "post-label": (9, {"kind": "wrong"}),
    "comment-add": (14, {"body": "I was there."}),
    "comment-reply": (16, {"body": "So was I."}),
    "feel": (13, {"feeling": "joy"}),
    "diary-entry-add": (13, {"date": "2026-01-01"}),
    "verdict-add": (12, {"stance": "dispute", "reason": "It was two takes."}),
    "comment-edit": (11, {"body": "I sat there."}),
}

# Where a database locks rows, these lock that of their author as well.
LOCK_THEIR_AUTHOR = {"comment-add", "comment-reply"}


@for_each("name", VERBS)
def test_what_a_verb_asks_of_the_locked_row_costs_one_statement(name, client, moment, film, mia, seb):
    most, sent = VERBS[name]
    claim, comment = make_trivia(film, mia), make_comment(moment, seb if name == "comment-edit" else mia)
    client.force_login(seb)
    target = comment if name.startswith("comment") and name != "comment-add" else moment
    url = reverse(name, args=[claim.pk if name == "verdict-add" else target.pk])
    with CaptureQueriesContext(connection) as queries:
        assert client.post(url, sent).status_code == 302
    asked = [query["sql"].split()[0] for query in queries.captured_queries]
    most += name in LOCK_THEIR_AUTHOR and connection.features.has_select_for_update
    assert len([word for word in asked if word not in {"SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"}]) == most
