"""Seasons and episodes are found by their titles, with their series too, and veiled as their pages are."""

import pytest

from moments.models import Episode, Film, Filter, Progress, Season
from moments.search import index, indexing
from moments.search.results import search
from moments.spoilers.rules import ProgressPoint, end_of
from tests.support.makers import make_episode, make_film, make_member, make_series, moderator
from tests.support.pages import select
from tests.support.search import ANYBODY, found, indexed

BOTH = ("seasons", "episodes")


@pytest.fixture
def ferries(db):
    series = make_series("Ferries", original_title="Lautat", other_titles="Traversées [fr]")
    make_episode(series, 1, 1, title="The Night Boat", summary="A lantern sinks.")
    make_episode(series, 1, 2, title="Ferries", summary="Nobody waves.")
    make_episode(series, 2, 1)
    Season.objects.filter(film=series, number=2).update(title="The Long Winter", summary="A lantern again.")
    return series


def parts(text, viewer=ANYBODY):
    """What a search finds of seasons and episodes, as the page shows each to the viewer."""
    groups = search(text, viewer).groups
    return [row.shown_title for group in groups if group.kind.slug in BOTH for row in group.rows]


def test_parts_are_found_by_their_titles_and_with_any_name_of_their_series(ferries):
    night, winter = ["The Night Boat"], ["The Long Winter"]
    for text in (
        "night boat",
        "NIGHT",
        "ferries night",
        "boat lautat",
        "traversees night",
        '"night boat"',
        "nig",
    ):
        assert parts(text) == night, text
    for text in ("long winter", "winter ferries", "lautat wint"):
        assert parts(text) == winter, text
    for text in ("lautat", "traversees lautat", "lantern", "ferries lantern", "waves", "night -ferries"):
        assert parts(text) == [], text
    assert parts("ferries") == ["Ferries"]
    assert (found("winter", "seasons"), found("night", "episodes")) == (
        {"seasons": winter}, {"episodes": night},
    )  # fmt: skip
    assert found("winter", "episodes") == {}
    assert search("boat", ANYBODY, "films").numbers["episodes"] == "1"
    assert search("film:ferries boat", ANYBODY, "episodes").problem


def test_the_index_follows_edits_of_parts_and_series_and_removals(ferries, mia):
    episode = Episode.objects.get(title="The Night Boat")
    episode.title = "The Morning Boat"
    episode.revise(mia)
    assert (parts("night boat"), parts("morning boat")) == ([], ["The Morning Boat"])
    Film.objects.filter(pk=ferries.pk).update(title="Harbours", other_titles="")
    assert (parts("ferries morning"), parts("harbours morning")) == ([], ["The Morning Boat"])
    ferries.refresh_from_db()
    ferries.remove(moderator(), "spam")
    assert (
        parts("morning") == parts("winter") == indexed("moments_episode") == indexed("moments_season") == []
    )
    ferries.restore(moderator())
    assert (parts("morning"), parts("winter")) == (["The Morning Boat"], ["The Long Winter"])
    assert episode.drop(moderator()) is True
    assert parts("morning") == []


def test_of_a_long_series_the_rest_is_entered_by_those_who_ask_next(ferries, monkeypatch):
    monkeypatch.setattr(indexing, "ENTERED_AT_ONCE", 1)
    Film.objects.filter(pk=ferries.pk).update(title="Harbours")
    index.catch_up()
    assert parts("harbours night") == ["The Night Boat"]


def test_a_title_beyond_ones_progress_is_veiled_and_the_page_gives_it_away_nowhere(client, ferries, mia):
    make_episode(make_film("Wharf", medium="series"), 1, 1, title="Night Shift")
    Progress.objects.set_progress(mia, ferries, ProgressPoint(0, 0))
    assert parts("night", mia) == ["Night Shift", "Episode 1"]
    client.force_login(mia)
    page = client.get("/search/", {"q": "boat", "kind": "episodes"})
    assert "The Night Boat" not in page.text
    assert len(select(page, "[data-item] p.muted")) == 1
    Progress.objects.set_progress(mia, ferries, ProgressPoint(0, end_of(1, 1)))
    assert parts("boat", mia) == ["The Night Boat"]
    assert parts("winter", mia) == ["Season 2"]
    laura = make_member("laura", spoiler_stance="show")
    Progress.objects.set_progress(laura, ferries, ProgressPoint(0, 0))
    assert parts("winter", laura) == ["The Long Winter"]


def test_who_filters_a_series_meets_none_of_its_parts(ferries, mia):
    Filter.objects.add(mia, "film", ferries.pk)
    assert parts("boat", mia) == []
    assert parts("boat") == ["The Night Boat"]
