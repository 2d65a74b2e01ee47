"""A deletion that its author may undo for a day: a tombstone at once, and after the day nothing at all."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import POST_KINDS, Comment, Deletion, Film, FormerPostSlug, Moment, Post, Report, State
from moments.models.deletion import UNDOABLE
from moments.models.refusals import Locked, Suspended
from moments.tasks import tidy
from reelive.images import read
from tests.support.ledger import verified
from tests.support.makers import make_comment, make_moment, make_revision, make_song, moderator
from tests.support.pages import messages_of, select, text_of
from tests.support.pictures import picture

WORDS = ("Quuxtitle", "quuxbody", "quuxcontext", "quuxalt")
COLUMNS = ("title", "slug", "body", "body_html", "excerpt", "context", "context_html", "still", "still_alt")


@pytest.fixture
def scene(film, mia):
    moment = Moment(film=film, author=mia, title="Quuxtitle", body="A quuxbody.", position=5.0)
    moment.context, moment.still_alt = "After quuxcontext.", "quuxalt"
    moment.publish(["stars"], read(picture()))
    make_revision(moment, body="First it was quuxbody.")
    make_comment(moment, mia, "It stays.")
    return Moment.objects.get(pk=moment.pk)


def of(post):
    return Post.objects.filter(pk=post.pk).values(*COLUMNS, "state").get()


def test_what_is_undone_is_as_it_was(scene, mia):
    before = of(scene)
    assert scene.delete_by_author()
    assert (of(scene)["title"], of(scene)["body"], of(scene)["state"]) == ("Deleted", "", State.DELETED)
    assert scene.undelete(mia)
    assert of(scene) == before | {"still": of(scene)["still"]}
    assert default_storage.exists(of(scene)["still"])
    assert [revision.texts["body"] for revision in scene.revisions.all()] == ["First it was quuxbody."]
    assert Film.objects.get().moment_count == 1
    assert [tag.post_count for tag in scene.tags.all()] == [1]
    assert not Deletion.objects.exists()


def test_undoing_twice_changes_nothing_more(scene, mia):
    scene.delete_by_author()
    assert [scene.undelete(mia), scene.undelete(mia)] == [True, False]
    assert Film.objects.get().moment_count == 1


def test_what_is_not_deleted_any_more_is_not_brought_back(scene, mia):
    scene.delete_by_author()
    Post.objects.update(state=State.REMOVED)
    scene.refresh_from_db()
    assert [scene.can_be_undeleted_by(mia), scene.undelete(mia)] == [False, False]
    assert (of(scene)["state"], of(scene)["title"]) == (State.REMOVED, "Deleted")


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_at_no_address_that_people_know(scene):
    before = scene.still.name
    scene.delete_by_author()
    assert not default_storage.exists(before)


def test_comment_comes_back_with_its_count(moment, mia):
    comment = make_comment(moment, mia, "Regret, @mia")
    html = comment.body_html
    comment.delete_by_author()
    assert Post.objects.get(pk=moment.pk).comment_count == 0
    assert comment.undelete(mia)
    back = Comment.objects.get()
    assert (back.state, back.body, back.body_html) == (State.VISIBLE, "Regret, @mia", html)
    assert Post.objects.get(pk=moment.pk).comment_count == 1


@pytest.mark.parametrize("who", ["author", "other"])
def test_no_word_of_it_stands_anywhere_in_that_day(who, scene, mia, seb, client):
    scene.delete_by_author()
    client.force_login(mia if who == "author" else seb)
    film = scene.film.slug
    film_page = f"/films/{film}/"
    pages = [
        "/", "/new/", "/new/feed/", film_page, f"{film_page}feed/", f"{film_page}relive/",
        f"{film_page}moments/quuxtitle/", f"/posts/{scene.pk}/", f"/posts/{scene.pk}/history/",
        "/members/mia/", "/sitemap-posts-1.xml", "/ledger/export.jsonl", "/record/",
    ]  # fmt: skip
    for page in pages:
        said = text_of(client.get(page, follow=True)).replace(page, "")
        assert [word for word in WORDS if word.lower() in said.lower()] == [], page
    assert not select(client.get("/search/?q=quuxbody"), ".card")


def test_after_a_day_its_words_are_gone_for_good(scene, mia, clock):
    scene.delete_by_author()
    (kept,) = Deletion.objects.all()
    assert kept.columns["title"] == "Quuxtitle"
    clock.forward(UNDOABLE - timedelta(minutes=1))
    tidy(timezone.now())
    assert Deletion.objects.count() == 1
    clock.forward(minutes=1)
    assert scene.undelete(mia) is False
    assert all(default_storage.exists(name) for name in kept.files)


@pytest.mark.django_db(transaction=True)
def test_the_task_wipes_words_versions_and_files(scene, mia, clock):
    scene.delete_by_author()
    files = Deletion.objects.get().files
    assert [default_storage.exists(name) for name in files] == [True]
    clock.forward(UNDOABLE)
    tidy(timezone.now())
    assert not Deletion.objects.exists()
    assert [default_storage.exists(name) for name in files] == [False]
    assert not scene.revisions.exists()
    assert scene.undelete(mia) is False


def test_a_clock_that_was_ahead_keeps_nothing_for_longer(scene, clock):
    scene.delete_by_author()
    Deletion.objects.update(created=timezone.now() + timedelta(days=40))
    tidy(timezone.now())
    clock.forward(UNDOABLE)
    tidy(timezone.now())
    assert not Deletion.objects.exists()


@pytest.mark.parametrize("take_texts", [True, False])
def test_who_leaves_leaves_nothing_that_was_deleted(take_texts, scene, mia):
    make_comment(scene, mia, "quuxbody").delete_by_author()
    scene.delete_by_author()
    delete_account(mia, take_texts)
    assert not Deletion.objects.exists()


def test_erased_texts_are_not_set_aside(scene):
    scene.erase()
    assert not Deletion.objects.exists()


def test_only_its_author_may_undo_it_once_it_is_deleted(scene, mia, seb):
    viewers = (mia, seb, AnonymousUser())
    assert [scene.can_be_undeleted_by(viewer) for viewer in viewers] == [False, False, False]
    scene.delete_by_author()
    assert [scene.can_be_undeleted_by(viewer) for viewer in viewers] == [True, False, False]
    lists = [Moment.objects.with_undo(viewer).get(pk=scene.pk) for viewer in viewers]
    assert [moment.can_undelete for moment in lists] == [True, False, False]


def test_nobody_else_undoes_it(scene, seb, keith):
    scene.delete_by_author()
    assert [scene.undelete(member) for member in (seb, keith)] == [False, False]


def test_a_suspended_author_may_not(scene, mia):
    scene.delete_by_author()
    mia.suspend(moderator(), "Spam.")
    with pytest.raises(Suspended):
        scene.undelete(mia)
    assert of(scene)["state"] == State.DELETED


def test_comment_does_not_come_back_into_a_locked_thread(moment, mia, keith):
    comment = make_comment(moment, mia)
    comment.delete_by_author()
    moment.lock(keith)
    with pytest.raises(Locked):
        comment.undelete(mia)
    assert (Comment.objects.get().body, Deletion.objects.count()) == ("", 1)


def test_post_of_a_film_that_was_removed_comes_back_with_it(scene, mia, keith):
    scene.delete_by_author()
    scene.film.remove(keith, "copyright")
    assert scene.undelete(mia)
    assert of(scene)["state"] == State.WITHHELD


def test_its_address_may_be_taken_meanwhile(film, mia, seb):
    song = make_song(film, mia, "City of Stars")
    song.delete_by_author()
    other = make_song(film, seb, "City of Stars")
    song.undelete(mia)
    assert sorted(Post.objects.values_list("slug", flat=True)) == ["city-of-stars", "city-of-stars-2"]
    assert other.slug == "city-of-stars"
    assert FormerPostSlug.objects.filter(slug=f"deleted-{song.pk}", post=song).exists()


def test_closed_reports_know_again_what_it_said(scene, seb, keith, mia):
    Report.objects.file(seb, scene, reason="spam", note="")
    Report.objects.update(state="kept")
    snapshot = Report.objects.get().snapshot
    scene.delete_by_author()
    assert Report.objects.get().snapshot == ""
    scene.undelete(mia)
    assert Report.objects.get().snapshot == snapshot != ""


def test_the_ledger_agrees_with_what_came_back(scene, mia, keith):
    scene.revise(by=keith)
    scene.remove(keith, "spam")
    scene.restore(moderator())
    scene.delete_by_author()
    before = verified()
    scene.undelete(mia)
    assert verified() == before
    scene.delete_by_author()
    assert verified() == before


# On the site.


def undo_of(page):
    """Where an offered undo leads, whether as a form or as a button of the form for votes."""
    forms = [form["action"] for form in select(page, "form[action]") if "undelete" in form["action"]]
    return forms + [button["formaction"] for button in select(page, "button[formaction*=undelete]")]


def test_a_deleted_post_is_undone_from_the_toast_and_from_its_tombstone(as_mia, scene):
    undo = reverse("post-undelete", args=[scene.pk])
    response = as_mia.post(reverse("post-delete", args=[scene.pk]), follow=True)
    assert undo_of(response) == [undo]
    assert undo_of(as_mia.get(f"/posts/{scene.pk}/", follow=True)) == [undo]
    back = as_mia.post(undo, follow=True)
    assert back.redirect_chain[-1][0] == POST_KINDS["moment"].model.objects.get().get_absolute_url()
    assert len(messages_of(back)) == 1
    assert as_mia.post(undo).status_code == 404


def test_a_deleted_comment_is_undone_in_its_thread(as_mia, moment, mia):
    comment = make_comment(moment, mia)
    page = f"{moment.get_absolute_url()}?sort=old"
    response = as_mia.post(reverse("comment-delete", args=[comment.pk]), {"next": page}, follow=True)
    assert response.redirect_chain[-1][0] == f"{page}#c{comment.pk}"
    undo = reverse("comment-undelete", args=[comment.pk])
    assert undo_of(response) == [undo, undo]
    assert as_mia.post(undo, {"next": page})["Location"] == f"{page}#c{comment.pk}"
    assert Comment.objects.get().state == State.VISIBLE


def test_nobody_else_is_offered_to_undo(client, as_seb, scene, mia):
    comment = make_comment(make_moment(scene.film, mia), mia)
    scene.delete_by_author(), comment.delete_by_author()
    for page in (f"/posts/{scene.pk}/", comment.post.get_absolute_url()):
        assert undo_of(as_seb.get(page, follow=True)) == []
    for name, target in (("post-undelete", scene), ("comment-undelete", comment)):
        assert as_seb.post(reverse(name, args=[target.pk])).status_code == 404


def test_after_the_day_nothing_is_offered(as_mia, scene, mia, clock):
    scene.delete_by_author()
    clock.forward(UNDOABLE)
    assert undo_of(as_mia.get(f"/posts/{scene.pk}/", follow=True)) == []
    assert as_mia.post(reverse("post-undelete", args=[scene.pk])).status_code == 404
