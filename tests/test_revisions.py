"""What an edit keeps of a post or comment, and what becomes of it when its author leaves."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Comment, Moment, Post, Revision, Song
from moments.models.refusals import Gone
from tests.support.makers import make_comment, make_moment, make_song, moderator
from tests.support.pages import links
from tests.support.revisions import age, edit, history, kept, leak
from tests.support.rows import for_each

# What an edit keeps.


def test_an_edit_keeps_what_was_said_before(scene, mia):
    edit(scene, title="On the pier", body="They sing.", context="Act two.")
    revision = Revision.objects.get()
    assert revision.texts == {
        "title": "On the hill",
        "body": "They dance at night.",
        "context": "",
        "artist": "",
        "listen_url": "",
        "still_alt": "",
    }
    assert (revision.target, revision.editor, revision.entry) == (Post.objects.get(pk=scene.pk), mia, None)
    assert revision.created == Post.objects.get(pk=scene.pk).edited


def test_an_edit_keeps_the_artist_of_a_song(film, mia):
    song = age(make_song(film, mia, artist="Mia"))
    edit(song, artist="Seb")
    assert Revision.objects.get().texts["artist"] == "Mia"
    assert Song.objects.get().artist == "Seb"


def test_an_edit_keeps_what_a_comment_said(remark, seb):
    assert edit(remark, body="The bench, at ten.")
    revision = Revision.objects.get()
    assert (revision.texts, revision.target, revision.editor) == (
        {"body": "The bench, at nine."},
        remark,
        seb,
    )


def test_several_edits_are_several_revisions(scene, remark):
    for target in (scene, remark):
        edit(target, body="The second text.")
        edit(target, body="The third text.")
    assert kept(scene) == ["They dance at night.", "The second text."]
    assert kept(remark) == ["The bench, at nine.", "The second text."]


def test_edits_within_five_minutes_leave_no_trace(film, mia):
    scene = make_moment(film, mia, body="They dance at night.")
    remark = make_comment(scene, mia, "Yes")
    assert [edit(scene, body="They dance at dusk."), edit(remark, body="No")] == [True, True]
    assert Revision.objects.count() == 0
    assert (Post.objects.get().edited, Comment.objects.get().edited) == (None, None)


def test_an_edit_that_changes_no_word_keeps_nothing(scene, remark):
    scene.revise(["dusk"])
    remark.revise(remark.body)
    assert Revision.objects.count() == 0


def test_somebody_elses_edit_is_kept_from_the_first_second(film, mia):
    scene = make_moment(film, mia, body="They dance at night.")
    edit(scene, by=moderator(), body="They dance.")
    assert (kept(scene), Revision.objects.get().editor) == (["They dance at night."], moderator())
    assert Post.objects.get().edited is not None


def test_the_author_cannot_make_somebody_elses_edit_unseen(film, mia):
    scene = make_moment(film, mia, body="They dance at night.")
    edit(scene, by=moderator(), body="They dance.")
    edit(scene, body="They dance at night.")
    assert kept(scene) == ["They dance at night.", "They dance."]


@pytest.mark.parametrize("verb", ["remove", "delete_by_author"])
def test_an_edit_comes_too_late_for_what_is_gone(verb, scene, remark):
    for target in (scene, remark):
        type(target).objects.get(pk=target.pk).remove(moderator(), "spam") if verb == "remove" else type(
            target
        ).objects.get(pk=target.pk).delete_by_author()
        before = type(target).objects.get(pk=target.pk).body
        target.body = "Written too late."
        with pytest.raises(Gone):
            target.revise("Written too late.") if target is remark else target.revise()
        assert type(target).objects.get(pk=target.pk).body == before
    assert Revision.objects.count() == 0


def test_a_revision_is_of_one_text(scene, remark):
    for texts in ({}, {"post": scene, "comment": remark}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(created=timezone.now(), **texts)


def test_the_forms_of_the_site_make_revisions(client, scene, remark, mia, seb):
    client.force_login(seb)
    client.post(reverse("comment-edit", args=[remark.pk]), {"body": "The bench, at ten."})
    client.force_login(mia)
    fields = {"title": "On the hill", "body": "They dance at dusk.", "tags": "stars", "after": ""}
    client.post(reverse("post-edit", args=[scene.pk]), fields)
    found = Revision.objects.order_by("id").values_list("texts__body", "editor__username")
    assert list(found) == [("The bench, at nine.", "seb"), ("They dance at night.", "mia")]


# Leaving.


def test_a_verb_is_for_each_kind_of_post_as_for_any(scene, mia):
    revision = leak(scene)
    assert isinstance(revision.target, Moment)
    assert [revision.revoke(mia), revision.restore(mia)] == [True, False]


@for_each("take_texts", [True, False])
def test_a_history_goes_with_its_texts_or_stays_without_the_name(take_texts, client, said, mia):
    delete_account(mia, take_texts)
    if take_texts:
        assert Revision.objects.count() == 0
    else:
        assert Revision.objects.get().editor is None
        assert links(history(client, said), ".revision-head") == []


def test_revisions_of_what_staff_removed_go_with_its_author(said, mia, keith):
    said.remove(keith, "private")
    delete_account(mia, take_texts=True)
    assert Revision.objects.count() == 0
