"""The facts of a season or an episode: edited like those of their film, and locked together with them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from moments.models import Episode, Revision
from moments.models.refusals import FactsLocked, FilmGone
from tests.support.makers import make_episode, make_series, moderator

pytestmark = pytest.mark.django_db


@pytest.fixture
def series():
    return make_series()


@pytest.fixture
def episode(series):
    return make_episode(series, 1, 2, title="The Crossing")[1]


def stored(episode):
    return Episode.objects.get(pk=episode.pk)


def test_an_edit_of_the_site_itself_names_nobody_and_no_source(episode):
    before = episode.texts
    episode.title = "The Ferry"
    episode.revise()
    revision = Revision.objects.get()
    assert (revision.episode, revision.editor, revision.source, revision.texts) == (episode, None, "", before)
    assert (stored(episode).title, stored(episode).edited) == ("The Ferry", revision.created)
    assert episode.revision == revision


def test_an_edit_says_by_whom_and_from_where_and_what_was_replaced(episode, mia):
    replaced = episode.ledger_texts
    episode.title = "The Ferry"
    episode.revise(mia, source="The credits")
    assert Revision.objects.values_list("editor", "source").get() == (mia.pk, "The credits")
    assert (episode.replaced, stored(episode).ledger_texts != replaced) == (replaced, True)


def test_what_did_not_change_is_no_edit(episode, mia):
    episode.revise(mia)
    assert (Revision.objects.count(), episode.revision, stored(episode).edited) == (0, None, None)


def test_an_edit_from_a_form_leaves_what_others_changed_meanwhile(episode, mia, seb):
    form, seen = stored(episode), episode.texts
    episode.title = "The Ferry"
    episode.revise(mia)
    form.revise(seb, seen)
    assert (stored(episode).title, Revision.objects.count()) == ("The Ferry", 1)


def test_an_edit_writes_nothing_but_facts(episode, mia, seb):
    Episode.objects.update(added_by=mia)
    form = stored(episode)
    Episode.objects.update(added_by=None)
    form.title = "The Ferry"
    form.revise(seb)
    assert (stored(episode).title, stored(episode).added_by) == ("The Ferry", None)


def test_they_are_locked_with_their_film_but_for_staff(series, episode, mia):
    assert (episode.locked, episode.can_be_edited_by(mia)) == (False, True)
    assert not episode.can_be_edited_by(AnonymousUser())
    series.lock(moderator())
    episode = stored(episode)
    assert (episode.locked, episode.can_be_edited_by(mia)) == (True, False)
    with pytest.raises(FactsLocked):
        episode.lock_film(mia)
    episode.lock_film(moderator(), as_staff=True)
    episode.title = "The Ferry"
    with pytest.raises(FactsLocked):
        episode.revise(mia)
    assert (stored(episode).title, Revision.objects.count()) == ("The Crossing", 0)


def test_another_film_that_is_locked_keeps_nobody_from_editing(episode, mia):
    make_series("Other ferries").lock(moderator())
    episode.title = "The Ferry"
    episode.revise(mia)
    assert stored(episode).title == "The Ferry"


def test_nobody_edits_a_part_of_a_film_that_is_out_of_sight(series, episode, mia):
    series.remove(moderator(), "spam")
    with pytest.raises(FilmGone):
        stored(episode).revise(mia)


def test_the_ledger_names_it_by_its_own_number(episode):
    assert episode.ledger_name == f"episode/{episode.pk}"
