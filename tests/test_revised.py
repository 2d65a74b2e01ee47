"""Facts that everybody may edit: which were there before, where they are known from, and who is refused."""

import pytest
from django.contrib.auth.models import AnonymousUser

from moments.models import Episode, Person, Revision
from moments.models.mixins.revised import SOURCES_LOOKED_AT, SOURCES_SHOWN
from moments.models.refusals import FactsLocked, FilmGone, PersonGone, PersonLocked, Refused, Suspended
from tests.support.film_facts import now
from tests.support.makers import make_film, make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ponyo():
    return make_film("Ponyo", year=2008, summary="A fish.")


def known_from(film, by, *sources):
    """An edit for each source."""
    for source in sources:
        film.year += 1
        film.revise(by, source=source)


def test_where_facts_are_known_from_is_told_of_the_newest_edits_that_say_it(ponyo, mia):
    known_from(ponyo, mia, "The poster", "The booklet", "A letter", "The credits", "", "A letter")
    assert (SOURCES_SHOWN, ponyo.sources(AnonymousUser())) == (3, ["A letter", "The credits", "The booklet"])
    known_from(ponyo, mia, *["A letter", "The poster"] * (SOURCES_LOOKED_AT // 2), "")
    assert (SOURCES_LOOKED_AT, ponyo.sources(AnonymousUser())) == (20, ["The poster", "A letter"])


def test_the_facts_after_an_edit_are_those_that_the_next_one_replaced(ponyo, mia, keith):
    assert (ponyo.version, ponyo.facts_after(0)) == (0, None)
    versions = [0]
    for year in (2009, 2010, 2011):
        ponyo.year = year
        ponyo.revise(mia)
        versions.append(ponyo.version)
    assert versions[1:] == list(Revision.objects.order_by("pk").values_list("pk", flat=True))
    assert [facts and facts["year"] for facts in map(ponyo.facts_after, versions)] == [2008, 2009, 2010, None]
    Revision.objects.get(pk=versions[2]).strike(keith)
    assert [facts and facts["year"] for facts in map(ponyo.facts_after, versions)] == [2008, 2010, 2010, None]


def test_what_an_editor_left_as_it_was_stays_as_others_made_it(ponyo, mia, seb):
    seen, mine = ponyo.texts, now(ponyo)
    ponyo.year, ponyo.summary = 2009, "A girl."
    ponyo.revise(seb)
    mine.summary = "A sea."
    mine.revise(mia, seen=seen)
    assert (now(ponyo).year, now(ponyo).summary, mine.year) == (2009, "A sea.", 2009)
    late = make_film("Late", year=2000)
    whole, late.year = now(late), 2001
    late.revise(seb)
    whole.summary = "All of it is edited."
    whole.revise(mia)
    assert (now(late).year, now(late).summary) == (2000, "All of it is edited.")


def test_nobody_edits_facts_that_are_locked_or_out_of_sight_but_staff_where_they_are_locked(
    ponyo, mia, keith
):
    episode = Episode.objects.create(film=make_film("Severance", medium="series"), season=1, number=2)
    person = Person.objects.add("Emma Stone")

    def refusal_of(facts, by):
        facts.summary = facts.name = "Mine."
        with pytest.raises(Refused) as error:
            facts.revise(by)
        return type(error.value)

    suspended = make_member("suspended")
    suspended.suspend(keith, "Pills")
    for facts, film, locked, gone in (
        (ponyo, ponyo, FactsLocked, FilmGone),
        (episode, episode.film, FactsLocked, FilmGone),
        (person, person, PersonLocked, PersonGone),
    ):
        assert refusal_of(facts, suspended) == Suspended
        film.lock(keith)
        assert [refusal_of(facts, by) for by in (mia, None)] == [locked, locked]
        film.unlock(keith)
        film.remove(keith, "spam")
        assert [refusal_of(facts, by) for by in (mia, None)] == [gone, gone]
    assert Revision.objects.count() == 0
    ponyo.restore(keith)
    ponyo.lock(keith)
    ponyo.summary = "By staff."
    ponyo.revise(keith, as_staff=True)
    assert (now(ponyo).summary, Revision.objects.get().editor) == ("By staff.", keith)


def test_a_version_needs_no_source(ponyo, mia):
    ponyo.keep_version(mia, {"year": 2007})
    assert Revision.objects.values_list("film", "editor", "source", "texts", "created").get() == (
        ponyo.pk, mia.pk, "", {"year": 2007}, ponyo.edited,
    )  # fmt: skip
