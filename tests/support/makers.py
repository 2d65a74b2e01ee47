"""Plain makers: each gives what the verbs of the site make, with words of its own where none are said."""

import itertools
from copy import copy
from datetime import date, timedelta
from uuid import uuid4

from django.db.models.base import ModelState
from django.utils import timezone

from accounts.models import User
from moments.models import (
    Comment,
    DiaryEntry,
    Draft,
    Film,
    ListEntry,
    MemberList,
    Moment,
    Notification,
    Revision,
    Song,
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


def make_trivia(film, author, title=None, tags=("set",), **fields):
    trivia = Trivia(film=film, author=author, title=title or f"Claim {next(numbers)}", **fields)
    trivia.publish(tags)
    return trivia


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
