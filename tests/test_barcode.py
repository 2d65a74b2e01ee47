"""The barcode: a film's colours in story order."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.graphics.barcode import FEWEST_STRIPES, MOST_STRIPES, SAMPLED, barcode
from tests.support.rows import for_each

DUSK = ["#141033", "#6a3fa0", "#ffc15e", "#3a2566", "#0b0820"]
DAWN = ["#7fb7d9", "#f6d6b8", "#fff3d1", "#6f8f86", "#2b3f4a"]

colours = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
palettes = st.lists(st.lists(colours, max_size=5), max_size=80)


def stripes(svg):
    """Left edge and colour of each stripe."""
    return [
        (float(path.get("d").split(" ")[0].removeprefix("M")), path.get("fill"))
        for path in ElementTree.fromstring(svg)
    ]


def test_twenty_five_moments_show_their_colours_in_story_order():
    film = [DUSK, DAWN] * 12 + [DUSK]
    shown = stripes(barcode(film))
    assert [colour for _, colour in shown] == [colour for palette in film for colour in palette]
    assert len(barcode(film)) <= 12_000


def test_every_moment_has_the_same_width_whatever_its_stripes():
    shown = stripes(barcode([DUSK] * 25))
    assert [x for x, _ in shown[::5]] == [40.0 * i for i in range(25)]


@given(palettes)
def test_stripes_run_from_the_left_edge_to_the_right_and_are_never_too_many(film):
    svg = barcode(film)
    edges = [x for x, _ in stripes(svg)]
    assert edges[0] == 0.0
    assert edges == sorted(edges)
    assert edges[-1] < 1000
    assert len(edges) <= MOST_STRIPES
    assert svg == barcode(film)


def test_four_hundred_moments_are_sampled():
    shown = stripes(barcode([DUSK, DAWN] * 200))
    assert len(shown) == SAMPLED
    known = {colour for _, colour in shown}
    assert known <= {*DUSK, *DAWN}
    assert len(known) >= 8, "it is a sample of all of them"


def test_few_moments_show_their_colours_first_and_then_blends_of_them():
    shown = stripes(barcode([DUSK, DAWN]))
    assert len(shown) == FEWEST_STRIPES
    assert [colour for _, colour in shown[:5]] == DUSK
    assert [colour for x, colour in shown if x >= 500][:5] == DAWN


def test_moments_without_colours_are_passed_over():
    assert barcode([[], DUSK, []]) == barcode([DUSK])


def test_a_film_without_moments_shows_its_own_colours():
    assert barcode([], fallback=DUSK) == barcode([[], []], fallback=DUSK) == barcode([DUSK])
    assert len(stripes(barcode([]))) == FEWEST_STRIPES


def test_the_drawing_stretches_to_the_box_that_it_is_given():
    assert 'width="300" height="64" viewBox="0 0 1000 1" preserveAspectRatio="none"' in barcode(
        [DUSK], width=300, height=64
    )


@for_each("bad", ["red", "#12345", '#000000"/><script>', None])
def test_what_is_no_colour_is_refused(bad):
    with pytest.raises(ValueError, match="is not a colour"):
        barcode([[bad]])
    with pytest.raises(ValueError, match="is not a colour"):
        barcode([], fallback=[bad])
