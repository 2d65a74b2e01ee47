"""Two edits at once: each text is kept once, and nobody's undoes another's."""

from contextlib import suppress

import pytest
from django.urls import reverse

from moments.models import Comment, Film, LedgerEntry, Moment, Post, Revision
from moments.models.refusals import Gone
from reelive.exceptions import Refused
from tests.support.makers import make_comment, make_member, make_revision
from tests.support.races import PEOPLE, at_once, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


def edited_by(member, kind):
    """One edit of many: each editor sees the text as it was before all of them."""
    subject = kind.objects.get()
    text = f"What {member} says."
    if kind is Comment:
        return subject.revise(text, by=member)
    subject.body = text
    return subject.revise(by=member)


@pytest.mark.parametrize("kind", [Moment, Comment])
def test_edits_at_once_keep_every_text_once(kind, people, scene):
    make_comment(scene, scene.author)
    before = kind.objects.get().body
    at_once(lambda member: edited_by(member, kind), people)
    kept = [revision.texts["body"] for revision in Revision.objects.order_by("id")]
    said = {f"What {member} says." for member in people}
    assert kept[0] == before
    # Each but the last was somebody's text, replaced by the one who came next.
    assert {*kept[1:], kind.objects.get().body} == said
    editors = [str(revision.editor) for revision in Revision.objects.order_by("id")]
    assert [f"What {name} says." for name in editors] == [*kept[1:], kind.objects.get().body]


def film_edited_by(member):
    """One edit of many of the same fact, each of a form that was opened before all of them."""
    film = Film.objects.get()
    film.summary = f"What {member} says."
    return film.revise(member)


def test_edits_of_a_film_at_once_keep_every_version_once(people, scene):
    at_once(film_edited_by, people)
    kept = [revision.texts["summary"] for revision in Revision.objects.order_by("id")]
    editors = [f"What {revision.editor} says." for revision in Revision.objects.order_by("id")]
    assert (len(kept), kept[0]) == (PEOPLE, "")
    assert editors == [*kept[1:], Film.objects.get().summary]
    assert Film.objects.get().moment_count == 1


def test_members_who_send_forms_of_a_film_at_once_undo_nothing_of_each_other(people, scene):
    """Each had the same facts before their eyes and changed another one of them."""
    film = Film.objects.get()
    url = reverse("film-edit", args=[film.slug])
    now = {"title": film.title, "year": film.year, "medium": film.medium, "version": 0}
    changes = [{"director": "Chazelle"}, {"music": "Hurwitz"}, {"summary": "Dreamers."}, {"runtime": 128}]
    clients = [signed_in(member) for member in people[: len(changes)]]
    jobs = list(zip(clients, changes, strict=True))
    answers = at_once(lambda job: job[0].post(url, now | job[1]).status_code, jobs)
    assert answers == [302] * len(changes)
    film = Film.objects.get()
    assert (film.director, film.music, film.summary, film.runtime) == (
        "Chazelle",
        "Hurwitz",
        "Dreamers.",
        128,
    )
    assert Revision.objects.count() == len(changes)


def test_titles_given_at_once_leave_one_address_and_the_others_lead_there(people, scene):
    def rename(member):
        film = Film.objects.get()
        film.title = f"Film of {member}"
        film.revise(member)

    at_once(rename, people)
    film = Film.objects.get()
    titles = [revision.texts["title"] for revision in Revision.objects.order_by("id")]
    assert len(set(titles)) == PEOPLE
    former = set(film.former_slugs.values_list("slug", flat=True))
    assert former == {"la-la-land", *(title.lower().replace(" ", "-") for title in titles[1:])}


def test_no_edit_comes_after_a_lock(people, scene):
    keith = make_member("keith", is_staff=True)

    def act(member):
        if member == people[0]:
            return Film.objects.get().lock(keith)
        try:
            film_edited_by(member)
        except Refused:
            return "refused"
        return "edited"

    done = at_once(act, people)
    assert done.count("edited") == Revision.objects.count() == PEOPLE - 1 - done.count("refused")
    before = Film.objects.get()
    assert before.locked
    with pytest.raises(Refused):
        film_edited_by(people[1])
    assert Film.objects.get().summary == before.summary


def test_older_facts_put_back_many_times_at_once_are_one_edit(people, scene):
    film_edited_by(people[0])
    revision = Revision.objects.get()
    done = at_once(lambda member: Revision.objects.get(pk=revision.pk).restore(member), people)
    assert sorted(done) == [False] * (PEOPLE - 1) + [True]
    assert (Film.objects.get().summary, Revision.objects.count()) == ("", 2)


def test_an_edit_and_a_deletion_at_once_leave_no_word(people, scene):
    make_comment(scene, people[0], "A phone number.")

    def act(member):
        comment = Comment.objects.get()
        with suppress(Gone):
            return (
                comment.delete_by_author()
                if member == people[0]
                else comment.revise("Another one.", by=member)
            )

    at_once(act, people)
    comment = Comment.objects.get()
    assert (comment.state, comment.body, comment.body_html) == ("deleted", "", "")
    assert Revision.objects.count() == 0
    assert Post.objects.get().comment_count == 0


def test_revoking_many_times_at_once_is_noted_once(people, scene):
    revision = make_revision(scene, body="A phone number.")
    done = at_once(lambda _: Revision.objects.get(pk=revision.pk).revoke(scene.author), people)
    assert sorted(done) == [False] * (PEOPLE - 1) + [True]
    assert (LedgerEntry.objects.count(), Revision.objects.get().texts) == (1, {})
