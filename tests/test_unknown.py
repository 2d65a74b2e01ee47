"""A work that nobody here knows: how it is called, what is said of the same one, which film it is."""

from dataclasses import replace

import pytest

from moments.catalogue.works import Work
from moments.models import Film
from moments.models.mixins.unknown import key_of, named
from moments.models.unknown_work import UnknownWork
from tests.support.makers import make_film, moderator

SERIES = Work("Ferries", 1990, "series", ids={"tmdb": "7", "imdb": "tt1"})


def unknown(title="", year=None, **ids):
    return UnknownWork(work={"title": title, "year": year, "medium": "film", "ids": ids})


@pytest.mark.parametrize(
    "work, name",
    [
        (unknown("Harbour Lights"), "Harbour Lights"),
        (unknown("Harbour Lights", 1990), "Harbour Lights (1990)"),
        (unknown("Harbour Lights", 1990, imdb="tt1"), "Harbour Lights (1990)"),
        (unknown("", 1990, tmdb="7", imdb="tt1"), "imdb tt1 · tmdb 7 (1990)"),
        (unknown(), "?"),
    ],
)
def test_it_goes_by_its_title_and_year_or_by_what_else_is_known(work, name):
    assert str(work) == name


def test_what_is_kept_of_a_work_names_the_film_or_series():
    assert named(
        replace(SERIES, season=2, episode=3, episode_title="The Crossing", original_title="Fähren")
    ) == {
        "title": "Ferries",
        "year": 1990,
        "medium": "series",
        "ids": {"tmdb": "7", "imdb": "tt1"},
    }


def test_all_episodes_of_a_series_have_one_key():
    episode = replace(SERIES, season=2, episode=3, episode_title="The Crossing", episode_ids={"tvdb": "99"})
    turned = replace(SERIES, ids={"imdb": "tt1", "tmdb": "7"})
    assert key_of(SERIES) == key_of(episode) == key_of(turned)
    assert len(key_of(SERIES)) == 64


def test_what_is_said_of_another_film_has_another_key():
    said = [
        {"title": "Ferry"},
        {"year": 1991},
        {"medium": "film"},
        {"ids": {"tmdb": "7"}},
        {"ids": {}},
        {"title": ""},
    ]
    assert len({key_of(SERIES), *(key_of(replace(SERIES, **other)) for other in said)}) == 1 + len(said)


def test_an_episode_of_an_unknown_series_is_known_by_its_own_ids():
    one, other = (Work(season=1, episode=1, episode_ids=ids) for ids in ({"imdb": "tt5"}, {"imdb": "tt6"}))
    assert key_of(one) != key_of(other)
    assert key_of(one) == key_of(replace(one, season=3, episode_ids={"imdb": "tt5"}))
    assert key_of(replace(one, ids={"tmdb": "7"})) == key_of(replace(other, ids={"tmdb": "7"}))
    assert key_of(replace(one, title="Ferries")) == key_of(replace(other, title="Ferries"))


def test_the_film_that_was_chosen_is_followed_through_merges_as_long_as_it_is_in_sight(db):
    first, second, third = (make_film(title) for title in ("Ferry", "Ferries", "The Ferries"))
    work = unknown("Ferry")
    assert work.film_of_now is None
    first.merge_into(moderator(), second)
    second.merge_into(moderator(), third)
    work.film = Film._base_manager.get(pk=first.pk)
    assert work.film_of_now == third
    third.remove(moderator(), "spam")
    work.film = Film._base_manager.get(pk=first.pk)
    assert work.film_of_now is None
