"""The facts of a film: what edits keep, and what becomes of them when a member leaves."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Film, FormerFilmSlug, Revision
from moments.models.film import FACTS
from moments.models.refusals import Refused
from tests.support.film_facts import edit, history, now, send, typed
from tests.support.makers import make_film, make_moment
from tests.support.pages import links


@pytest.fixture
def ponyo(db):
    return make_film("Ponyo", year=2008, director="Hayao Miyazaki", runtime=101, summary="A fish || a girl.")


# What an edit keeps.


def test_an_edit_keeps_the_facts_from_before_and_who_changed_them(as_mia, ponyo, mia):
    send(as_mia, ponyo, title="Gake no Ue", year=1901, director="", summary="Buy pills.")
    revision = Revision.objects.get()
    assert revision.texts == {
        "title": "Ponyo",
        "original_title": "",
        "year": 2008,
        "medium": "film",
        "director": "Hayao Miyazaki",
        "music": "",
        "runtime": 101,
        "language": "",
        "summary": "A fish || a girl.",
        "imdb": "",
        "tmdb": "",
        "wikidata": "",
        "palette": ponyo.palette,
        "still": "",
        "still_alt": "",
    }
    assert (revision.target, revision.editor, revision.entry) == (ponyo, mia, None)
    assert revision.created == now(ponyo).edited


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_kept(name, ponyo, mia):
    before = getattr(ponyo, name)
    edit(ponyo, mia, **{name: {"year": 1999, "runtime": 7, "palette": []}.get(name, "tt1")})
    assert Revision.objects.get().texts[name] == before


def test_the_very_first_edits_are_kept_too(as_mia, ponyo):
    for summary in ("One.", "Two.", "One."):
        send(as_mia, ponyo, summary=summary)
    kept = Revision.objects.order_by("pk").values_list("texts__summary", flat=True)
    assert list(kept) == ["A fish || a girl.", "One.", "Two."]


def test_an_edit_that_changes_nothing_keeps_nothing(as_mia, ponyo):
    assert send(as_mia, ponyo)["Location"] == ponyo.get_absolute_url()
    assert (Revision.objects.count(), now(ponyo).edited) == (0, None)


def test_who_opened_the_form_earlier_undoes_nothing_of_what_came_meanwhile(client, ponyo, mia, seb):
    """Two forms are open at once, and each changes one fact."""
    forms = [typed(ponyo, director="H. Miyazaki"), typed(ponyo, music="Joe Hisaishi")]
    for member, form in zip((mia, seb), forms, strict=True):
        client.force_login(member)
        client.post(reverse("film-edit", args=["ponyo"]), form)
    assert (now(ponyo).director, now(ponyo).music) == ("H. Miyazaki", "Joe Hisaishi")
    assert Revision.objects.count() == 2


def test_of_two_who_change_the_same_fact_the_later_one_stays_and_both_are_kept(client, ponyo, mia, seb):
    forms = [typed(ponyo, summary="A fish."), typed(ponyo, summary="A girl.")]
    for member, form in zip((mia, seb), forms, strict=True):
        client.force_login(member)
        client.post(reverse("film-edit", args=["ponyo"]), form)
    kept = Revision.objects.order_by("pk").values_list("texts__summary", "editor__username")
    assert [*kept, now(ponyo).summary] == [("A fish || a girl.", "mia"), ("A fish.", "seb"), "A girl."]


def test_an_edit_under_way_takes_the_address_of_now(ponyo, mia):
    stale = Film.objects.get(pk=ponyo.pk)
    edit(ponyo, mia, title="Gake no Ue")
    stale.summary = "A fish."
    stale.revise(mia, seen=ponyo.texts)
    assert (now(ponyo).title, now(ponyo).slug) == ("Gake no Ue", "gake-no-ue")
    assert [row.slug for row in FormerFilmSlug.objects.all()] == ["ponyo"]


@pytest.mark.parametrize("version", ["-1", "x", "9" * 30])
def test_a_version_that_never_was_is_refused(version, as_mia, ponyo):
    assert send(as_mia, ponyo, version=version, summary="No.").status_code == 422
    assert Revision.objects.count() == 0


def test_a_form_without_a_version_is_taken(as_mia, ponyo):
    as_mia.post(reverse("film-edit", args=["ponyo"]), {"title": "Ponyo", "year": "2009", "medium": "film"})
    assert (now(ponyo).year, now(ponyo).palette) == (2009, ponyo.palette)


def test_an_edit_comes_too_late_for_a_film_that_is_gone(ponyo, mia, keith):
    stale = Film.objects.get(pk=ponyo.pk)
    ponyo.remove(keith, "spam")
    stale.summary = "Written too late."
    with pytest.raises(Refused):
        stale.revise(mia)
    assert (Revision.objects.count(), now(ponyo).summary) == (0, "A fish || a girl.")


def test_a_revision_is_of_one_text(ponyo, mia):
    moment = make_moment(ponyo, mia)
    for texts in ({}, {"post": moment, "film": ponyo}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Revision.objects.create(created=timezone.now(), **texts)


# Leaving.


@pytest.mark.parametrize("take_texts", [True, False])
def test_facts_and_their_history_stay_without_the_name(take_texts, client, ponyo, mia):
    edit(ponyo, mia, summary="A fish and a boy.")
    delete_account(mia, take_texts)
    assert (now(ponyo).summary, Revision.objects.get().editor) == ("A fish and a boy.", None)
    assert links(history(client, ponyo), ".revision-head") == []
