"""How a rating and the part of a series that it is of are written."""

import pytest

from moments.models import Rating
from moments.models.mixins.whole import MOST_HALVES, stars_text


@pytest.mark.parametrize(
    "season, episode, text",
    [(None, None, ""), (2, None, "S2"), (2, 3, "S2 E3"), (0, 0, "S0 E0"), (1, 0, "S1 E0")],
)
def test_a_part_of_a_series_is_written_by_its_numbers(season, episode, text):
    assert Rating(season=season, episode=episode).episode_text == text


def test_half_stars_are_written_as_stars_and_a_half():
    written = [stars_text(halves) for halves in range(1, MOST_HALVES + 1)]
    assert written == ["½", "★", "★½", "★★", "★★½", "★★★", "★★★½", "★★★★", "★★★★½", "★★★★★"]
