"""What the ledger fingerprints is what stood there in the transaction of the act, whoever wrote meanwhile."""

from contextlib import suppress
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from moments.ledger.chain import fingerprint
from moments.models import (
    Appeal,
    Comment,
    DiaryEntry,
    Film,
    LedgerEntry,
    Moment,
    Post,
    Revision,
    Tag,
    Trivia,
    Verdict,
)
from moments.models.refusals import Appealed, NothingToAppeal, Refused
from tests.support.ledger import verified
from tests.support.makers import (
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_revision,
    make_trivia,
    moderator,
)
from tests.support.races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


@pytest.fixture
def mia():
    return make_member("mia")


@pytest.fixture
def scene(mia):
    return make_moment(make_film(), mia)


def revise_post(post, text):
    post = Moment.objects.get(pk=post.pk)
    post.body = text
    return post.revise()


def revise_comment(comment, text):
    return Comment.objects.get(pk=comment.pk).revise(text)


def revise_film(film, text):
    film = Film.objects.get(pk=film.pk)
    film.summary = text
    return film.revise()


def judge_anew(verdict, text):
    return Trivia.objects.get(pk=verdict.trivia_id).judge(verdict.member, "dispute", text)


def write_note(entry, text):
    entry = DiaryEntry.objects.get(pk=entry.pk)
    return entry.revise(entry.date, entry.feelings, text, public=True)


def make(kind, scene, mia):
    """Something that is written, and how it is written anew."""
    if kind == "verdict":
        claim = make_trivia(scene.film, mia)
        Trivia.objects.get(pk=claim.pk).judge(make_member("seb"), "dispute", "No.")
    return {
        "post": lambda: (scene, revise_post),
        "comment": lambda: (make_comment(scene, mia), revise_comment),
        "film": lambda: (scene.film, revise_film),
        "verdict": lambda: (Verdict.objects.get(), judge_anew),
        "note": lambda: (scene.relive(mia, note="First.", public=True), write_note),
    }[kind]()


KINDS = ["post", "comment", "film", "verdict", "note"]


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_written_after_the_page_was_read_is_what_is_removed(kind, scene, mia):
    target, write = make(kind, scene, mia)
    read_before = type(target).objects.get(pk=target.pk)
    write(target, "Written in between.")
    assert read_before.remove(moderator(), "spam") is True
    row = LedgerEntry.objects.get()
    assert row.text == fingerprint(type(target).objects.get(pk=target.pk).ledger_texts)
    assert "Written in between." in read_before.ledger_texts
    assert "1 removed texts match" in verified()


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_that_is_being_written_is_waited_for(kind, scene, mia):
    """The author's transaction is open, and the moderator has read the page before it."""
    target, write = make(kind, scene, mia)
    by, read_before = moderator(), type(target).objects.get(pk=target.pk)
    written, begun = Event(), Event()

    def author():
        with transaction.atomic():
            write(target, "Written meanwhile.")
            written.set()
            begun.wait(20)
        connection.close()

    def staff():
        written.wait(20)
        begun.set()
        read_before.remove(by, "spam")
        connection.close()

    threads = [Thread(target=author), Thread(target=staff)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert type(target).objects.get(pk=target.pk).is_removed
    assert "Written meanwhile." in type(target).objects.get(pk=target.pk).ledger_texts
    assert "1 removed texts match" in verified()


@pytest.mark.parametrize("kind", KINDS)
def test_edits_and_removals_at_once_leave_nothing_unproved(kind, scene, mia):
    target, write = make(kind, scene, mia)
    by = moderator()

    def remove(_number):
        return type(target).objects.get(pk=target.pk).remove(by, "spam")

    def restore(_number):
        return type(target).objects.get(pk=target.pk).restore(by)

    def edit(number):
        with suppress(Refused):
            write(target, f"Text {number}.")

    acts = [remove, edit, restore, edit]
    for number in range(ROUNDS):
        at_once(lambda act, number=number: act(number), acts)
    assert "rows follow one another" in verified()


def test_appeals_at_once_are_one_with_one_row(scene, mia):
    scene.remove(moderator(), "spam")

    def lodge(number):
        with suppress(Appealed):
            return Appeal.objects.lodge(Post.objects.get(pk=scene.pk), mia, f"Text {number}.")

    lodged = at_once(lodge, range(4))
    assert sum(appeal is not None for appeal in lodged) == 1
    by = moderator()
    answered = at_once(lambda n: Appeal.objects.get().reply(by, f"Answer {n}."), range(4))
    struck = at_once(lambda n: Appeal.objects.get().strike(by, "private"), range(4))
    assert (sum(answered), sum(struck)) == (1, 1)
    assert verified().startswith("5 rows follow one another")


def test_an_appeal_against_what_is_being_restored_is_lodged_or_not(scene, mia):
    by = moderator()
    scene.remove(by, "spam")
    read_before = Post.objects.get(pk=scene.pk)
    Post.objects.get(pk=scene.pk).restore(by)
    with pytest.raises(NothingToAppeal):
        Appeal.objects.lodge(read_before, mia, "It was a joke.")
    assert verified() == "3 rows follow one another, 0 removed texts match."


def test_locks_at_once_leave_a_row_each(scene):
    by = moderator()

    def turn(number):
        post = Post.objects.get(pk=scene.pk)
        return post.unlock(by) if number % 2 else post.lock(by)

    for _round in range(ROUNDS):
        at_once(turn, range(4))
    assert "rows follow one another" in verified()


def test_tags_merged_into_each_other_at_once_lead_one_way(scene, mia):
    one, two = (Tag.objects.create(name=name, slug=name) for name in ("one", "two"))
    by = moderator()

    def merge(pair):
        start, end = (Tag.objects.get(pk=tag.pk) for tag in pair)
        return start.merge_into(by, end)

    assert sorted(at_once(merge, [(one, two), (two, one)])) == [False, True]
    assert "rows follow one another" in verified()


def test_a_version_is_not_revoked_once_its_text_is_removed(scene, mia):
    revision = make_revision(scene, body="Before.")
    read_before = Revision.objects.select_related("post").get(pk=revision.pk)
    assert read_before.target.is_visible
    scene.remove(moderator(), "spam")
    assert read_before.revoke(mia) is False
    assert Revision.objects.get().texts != {}


def test_a_post_that_is_restored_while_its_film_goes_is_withheld(scene):
    by = moderator()
    for _round in range(ROUNDS):
        scene.remove(by, "spam")
        acts = [
            lambda: Post.objects.get(pk=scene.pk).restore(by),
            lambda: type(scene.film).objects.get().remove(by, "spam"),
        ]
        at_once(lambda act: act(), acts)
        assert Post.objects.get().state == "withheld"
        type(scene.film).objects.get().restore(by)
    assert "rows follow one another" in verified()
