"""Plain makers: each gives what the verbs of the site make, with words of its own where none are said."""

import itertools
from copy import copy
from datetime import date, timedelta
from uuid import uuid4

from django.db.models.base import ModelState
from django.utils import timezone

from accounts.models import User
from moments.catalogue.rows import row_of
from moments.catalogue.writing import write_rows
from moments.models import (
    CatalogueTitle,
    Comment,
    DiaryEntry,
    Draft,
    Episode,
    Film,
    ListEntry,
    MemberList,
    Moment,
    Notification,
    Person,
    Review,
    Revision,
    Season,
    Song,
    SongUse,
    Tagging,
    Trivia,
)

numbers = itertools.count(1)


def make_member(username, **fields):
    """A member whose first day is over, so that the full limits hold."""
    joined = timezone.now() - timedelta(days=30)
    fields = {"email": f"{username}@example.org", "date_joined": joined} | fields
    return User.objects.create_user(username, password="correct horse", **fields)


def make_film(title="La La Land", **fields):
    film = Film(
        title=title,
        **({"year": 2016, "palette": ["#0e0b2e", "#2a1b5e", "#6a3fa0", "#e27396", "#f5b94a"]} | fields),
    )
    film.add()
    return film


def cast():
    """Mia, seb and a moment that she shared, as the scene of a module."""
    film, mia, seb = make_film(), make_member("mia"), make_member("seb")
    moment = make_moment(film, mia, "A Lovely Night", tags=["stars", "tap dance"])
    return {"film": film, "mia": mia, "seb": seb, "moment": moment}


def make_credit(film, name, role="cast", character="", **fields):
    """A credit of a person of this name, who is made where nobody has it."""
    person = Person.objects.called(name).first() or Person.objects.add(name)
    film.wanted_credits = [
        *film.texts["credits"],
        [person.pk, name, role, character, fields.get("gives_away", False), *fields.get("at", (None, None))],
    ]
    film.revise()
    return film.credits.get(person=person, role=role, character=character)


def make_series(title="Ferries", **fields):
    return make_film(title, medium="series", **fields)


def make_episode(film, season, number, **facts):
    """An episode with its season, whatever the film is."""
    row, _is_new = Season.objects.get_or_create(film=film, number=season)
    return row, Episode.objects.create(film=film, season=season, number=number, **facts)


def make_title(title="Harbour Lights", year=1990, **more):
    """A title of the catalogue; `more` as `row_of` takes it."""
    write_rows([row_of(more.pop("medium", "film"), title, year, **more)], "csv")
    return CatalogueTitle.objects.latest("pk")


def make_moment(film, author, title=None, tags=("stars",), **fields):
    number = next(numbers)
    texts = {"body": f"What happens in scene {number}.", "context": "", "position": float(number)}
    moment = Moment(film=film, author=author, title=title or f"Scene {number}", **(texts | fields))
    moment.publish(tags)
    return moment


def make_song(film, author, title=None, tags=("tune",), **fields):
    song = Song(
        film=film, author=author, title=title or f"Song {next(numbers)}", **({"artist": "Cast"} | fields)
    )
    song.publish(tags)
    return song


def make_same_song(song, author, film=None, **fields):
    """The same song in another film; both are one recording, of which a version is kept."""
    fields = {"artist": song.artist, "title": song.title} | fields
    same = make_song(film or make_film(f"Film {next(numbers)}"), author, **fields)
    same.same_as(song, author)
    song.refresh_from_db(fields=["recording"])
    return same


def make_use(song, moment, **fields):
    """That a song is heard in a moment, of which an earlier version said nothing."""
    use = SongUse.objects.create(song_id=song.pk, moment_id=moment.pk, **fields)
    make_revision(use, note="")
    return use


def make_trivia(film, author, title=None, tags=("set",), **fields):
    trivia = Trivia(film=film, author=author, title=title or f"Claim {next(numbers)}", **fields)
    trivia.publish(tags)
    return trivia


def make_review(film, author, title=None, tags=("again",), **fields):
    texts = {"body": "It stays with me."}
    review = Review(film=film, author=author, title=title or f"Review {next(numbers)}", **(texts | fields))
    review.publish(tags)
    return review


def make_comment(about, author, body=None, parent=None, **fields):
    """A comment on a post or list."""
    fields |= {about.model_name: about}
    comment = Comment(author=author, body=body or f"Remark {next(numbers)}", **fields)
    return comment.publish(parent)


def make_list(author, *targets, title=None, note="", **fields):
    """A public list of the author's with these posts and films, all of them with the same note."""
    made = MemberList(author=author, title=title or f"List {next(numbers)}", **fields)
    made.publish()
    for target in targets:
        ListEntry.objects.add(made, author, target, note)
    return made


def make_revision(subject, **texts):
    """What a text said before its last edit."""
    kept = {
        subject.model_name: subject,
        "editor": getattr(subject, "author", None),
        "created": timezone.now(),
    }
    return Revision.objects.create(texts=subject.texts | texts, **kept)


def make_told(member, post):
    """Something that the member is told about the post."""
    now = timezone.now()
    about = {"kind": "settled", "subject": f"post/{post.pk}", "detail": "confirmed", "post_id": post.pk}
    return Notification.objects.create(member=member, since=now, updated=now, **about)


def moderator():
    """Somebody on the staff whose name does not matter."""
    return User.objects.filter(username="bill").first() or make_member("bill", is_staff=True)


MARCH = date(2024, 3, 14)


def make_entry(moment, member, day=MARCH, feelings=(), **words):
    entry = moment.relive(member, date=day, **words)
    DiaryEntry.objects.filter(pk=entry.pk).update(feelings=list(feelings))
    entry.refresh_from_db()
    return entry


def make_draft(member, film, **values):
    """A draft of a moment of the film."""
    values = {"title": "The Bench", "body": "Two people, one bench."} | values
    return Draft.objects.keep(member, uuid4(), 0, values, form=Draft.Form.MOMENT, film=film)


def make_copies(row, number, **changes):
    """Copies of a row, written past the verbs: for what is to cost the same however many rows there are.

    changes: what differs, by the name of the field, as functions of the number of the copy.
    """
    copies = [copy(row) for _copy in range(number)]
    for place, one in enumerate(copies):
        one._state = ModelState()
        one.pk = None
        for name, change in changes.items():
            setattr(one, name, change(place))
    return type(row)._base_manager.bulk_create(copies)


def make_more_posts(post, number, **changes):
    """Copies of a post with its tags, for lists that only have to be long; `changes` as of `make_copies`."""
    own = {"slug": f"{post.slug}-{{}}".format, "nonce": lambda _number: None}
    copies = make_copies(post, number, **(own | changes))
    for tagging in Tagging.objects.filter(content_object=post.pk):
        make_copies(tagging, number, content_object=copies.__getitem__)
    return copies
