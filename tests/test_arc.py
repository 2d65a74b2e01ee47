"""The arc: its points, curve, shape and drawing."""

import random
from dataclasses import replace
from itertools import pairwise
from math import isclose
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from moments.arc import MOST_POINTS, Arc, Row, signed
from moments.arc_svg import Drawing, describe, draw
from moments.feelings import FEELINGS, bar
from moments.models import FeelingTally
from moments.shapes import SHAPES, Curve, correlation, shape_of
from tests.conftest import make_member

SVG = "{http://www.w3.org/2000/svg}"

heights = st.floats(-1, 1, allow_nan=False)
tallies = st.dictionaries(st.sampled_from(list(FEELINGS)), st.integers(0, 500), max_size=12)
films = st.lists(st.tuples(tallies, st.integers(0, 1000)), max_size=200)


def rows_of(*tallies, **fields):
    return [
        Row(key, key + 1.0, tally, title=f"Moment {key}", url=f"/m/{key}/", **fields)
        for key, tally in enumerate(tallies)
    ]


def parsed(svg):
    return ElementTree.fromstring(svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


# Points


def test_a_moment_is_as_high_as_it_feels_and_has_the_colour_of_its_strongest_feeling():
    point = Arc(rows_of({"joy": 1, "heartbreak": 3}, weight=4)).points[0]
    assert isclose(point.valence, (0.9 - 3) / 4)
    assert (point.feeling.slug, point.weight, point.title, point.url) == (
        "heartbreak",
        4,
        "Moment 0",
        "/m/0/",
    )


def test_moments_stand_in_story_order_however_they_come():
    rows = rows_of(*({slug: 1} for slug in FEELINGS))
    shuffled = rows[:]
    random.Random(7).shuffle(shuffled)
    assert Arc(shuffled).points == Arc(rows).points


def test_moments_of_the_same_place_keep_their_order_and_stay_apart():
    rows = [Row(key, 1.0, {slug: 1}) for key, slug in enumerate(("joy", "fear", "joy"))]
    arc = Arc(rows)
    assert [point.keys for point in arc.points] == [(0,), (1,), (2,)]
    assert arc.curve.xs == [0, 1, 2]


def test_a_moment_that_nobody_has_felt_is_counted_but_not_drawn():
    arc = Arc(rows_of({"joy": 1}, {}, {"fear": 0}, {"unknown": 9}))
    assert (len(arc.points), arc.unfelt) == (1, 3)


def test_the_reading_is_the_houses_the_members_or_mixed():
    house, members = Row.of(1, 1.0, {"joy": 5}, {"fear": 4}, 4), Row.of(2, 2.0, {"joy": 5}, {"fear": 9}, 5)
    assert Arc([house]).reading == "house"
    assert Arc([members]).reading == "members"
    assert Arc([house, members]).reading == "mixed"
    assert Arc([]).reading == ""


@given(films)
def test_heights_stay_between_heartbreak_and_elation(film):
    arc = Arc(Row(key, 1.0, tally, weight=weight) for key, (tally, weight) in enumerate(film))
    assert all(-1 <= point.valence <= 1 for point in arc.points)


@given(films)
def test_binning_loses_no_moment_and_no_weight(film):
    rows = [Row(key, float(key), tally, weight=weight) for key, (tally, weight) in enumerate(film)]
    arc = Arc(rows)
    told = [row for row in rows if any(row.tally.values())]
    assert len(arc.points) == min(MOST_POINTS, len(told))
    assert [key for point in arc.points for key in point.keys] == [row.key for row in told]
    assert sum(point.weight for point in arc.points) == sum(row.weight for row in told)
    assert arc.moments + arc.unfelt == len(rows)


def test_ten_thousand_moments_make_sixty_dots_that_know_their_moments():
    arc = Arc(Row(key, float(key), {"joy": 1} if key < 5_000 else {"fear": 1}) for key in range(10_000))
    assert (len(arc.points), arc.is_binned, arc.shape.slug) == (60, True, "tragedy")
    assert [arc.index(key) for key in (0, 9_999, 10_000)] == [0, 59, None]


def test_every_moment_of_a_run_has_one_voice():
    loud = [Row(key, float(key), {"heartbreak": 1_000} if key == 0 else {"joy": 1}) for key in range(61)]
    point = next(point for point in Arc(loud * 2).points if 0 in point.keys and len(point.keys) > 1)
    assert point.valence == pytest.approx(
        (-1.0 * point.keys.count(0) + 0.9 * (point.count - point.keys.count(0))) / point.count
    )


# What is veiled


stories = st.lists(st.tuples(tallies, st.booleans(), st.integers(0, 9)), max_size=90)


def told(story):
    """The rows of a story in which some moments are veiled."""
    return [
        Row.behind_veil(key, float(key)) if veiled else Row(key, float(key), tally, weight=weight)
        for key, (tally, veiled, weight) in enumerate(story)
    ]


@given(stories)
def test_every_moment_is_drawn_unfelt_or_veiled(story):
    arc = Arc(told(story))
    assert arc.moments + arc.unfelt + arc.veiled == len(story)
    assert arc.between + arc.ahead == arc.veiled
    assert sum(point.count for point in arc.points) == arc.moments
    assert len(arc.points) <= MOST_POINTS


@given(stories)
def test_dots_stand_in_the_part_of_the_width_that_was_seen(story):
    arc = Arc(told(story))
    shares = [arc.share(point.step) for point in arc.points]
    assert shares == sorted(set(shares))
    assert all(0 <= share <= arc.seen or arc.steps == 1 for share in shares)
    assert (arc.seen < 1) == (arc.ahead > 0)


@given(stories, tallies)
def test_what_a_veiled_moment_is_like_changes_nothing_that_is_drawn(story, secret):
    rows = told(story)
    careless = [replace(row, tally=secret, title="Secret", weight=9) if row.veiled else row for row in rows]
    assert draw(Arc(careless)) == draw(Arc(rows))


@given(st.lists(st.sampled_from(sorted(FEELINGS)), min_size=1, max_size=55), st.integers(1, 5))
def test_what_was_seen_keeps_its_heights_whatever_comes(slugs, ahead):
    rows = rows_of(*({slug: 1} for slug in slugs))
    later = [Row.behind_veil(1000 + key, 1000.0 + key) for key in range(ahead)]
    whole, part = Arc(rows), Arc(rows + later)
    assert part.points == whole.points
    assert part.shape == whole.shape
    assert (part.ahead, part.seen < 1) == (ahead, True)


def test_two_thirds_of_a_story_take_two_thirds_of_the_width():
    rows = [Row(key, float(key), {"joy": 1}) for key in range(17)]
    rows += [Row.behind_veil(key, float(key)) for key in range(17, 25)]
    arc = Arc(rows)
    assert arc.share(arc.points[-1].step) == pytest.approx(16 / 24)
    assert arc.seen == pytest.approx(16.5 / 24)


def test_a_long_story_of_which_little_was_seen_has_fewer_dots_for_it():
    rows = [Row(key, float(key), {"joy": 1}) for key in range(5_000)]
    rows += [Row.behind_veil(key, float(key)) for key in range(5_000, 10_000)]
    arc = Arc(rows)
    assert (len(arc.points), arc.ahead, round(arc.seen, 3)) == (30, 5_000, 0.5)


def test_an_arc_of_nothing_but_veils_is_all_ahead():
    arc = Arc(Row.behind_veil(key, float(key)) for key in range(3))
    assert (bool(arc), arc.ahead, arc.seen, arc.shape, arc.reading) == (False, 3, 0.0, None, "")
    assert describe(arc) == "All 3 moments are still ahead."
    assert "still ahead" in draw(arc)
    assert bool(Drawing(arc)) is True


def test_a_moment_without_a_dot_still_has_its_place():
    rows = [Row(1, 1.0, {"joy": 1}), Row(2, 2.0, {}), Row(3, 3.0, {"joy": 1}), Row.behind_veil(4, 4.0)]
    arc = Arc(rows)
    assert [arc.share_of(key) for key in (1, 2, 3, 4)] == [0, 0.25, 0.5, 1]
    assert arc.share_of(5) is None
    marked = parsed(draw(arc, here=4)).find(f"{SVG}g[@class='arc-here']")
    assert [element.tag for element in marked] == [f"{SVG}line"]


# One's own line


@given(films, st.data())
def test_ones_own_points_lie_below_the_dots_of_their_moments(film, data):
    rows = [Row(key, float(key), tally) for key, (tally, _) in enumerate(film)]
    arc = Arc(rows)
    keys = data.draw(st.sets(st.sampled_from(range(250)), max_size=80))
    own = arc.under(Arc(Row(key, float(key), {"joy": 1}) for key in keys))
    drawn = {key for point in arc.points for key in point.keys}
    assert {key for point in own.values() for key in point.keys} == keys & drawn
    assert all(set(point.keys) <= set(arc.points[index].keys) for index, point in own.items())
    assert all(point.step == arc.points[index].step for index, point in own.items())
    assert list(own) == sorted(own)


def test_ones_own_feelings_below_one_dot_are_one_point():
    arc = Arc(Row(key, float(key), {"hope": 1}) for key in range(120))
    own = arc.under(Arc([Row(0, 0.0, {"joy": 1}), Row(1, 1.0, {"heartbreak": 1})]))
    assert [(index, point.keys, point.height) for index, point in own.items()] == [(0, (0, 1), "−0.05")]


# Curve


@given(st.lists(heights, min_size=1, max_size=70), st.data())
def test_the_curve_never_overshoots_its_neighbours(ys, data):
    xs = [0.0]
    for _ in ys[1:]:
        xs.append(xs[-1] + data.draw(st.floats(0.01, 5)))
    curve = Curve(xs, ys)
    for i in range(len(ys) - 1):
        low, high = sorted(ys[i : i + 2])
        for step in range(21):
            y = curve.at(xs[i] + (xs[i + 1] - xs[i]) * step / 20)
            assert low - 1e-9 <= y <= high + 1e-9


@given(st.lists(heights, min_size=2, max_size=70))
def test_the_drawn_control_points_do_not_overshoot_either(ys):
    curve = Curve(range(len(ys)), ys)
    for i, (_, y1, _, y2, x, y) in enumerate(curve.beziers()):
        low, high = sorted(ys[i : i + 2])
        assert low - 1e-9 <= min(y1, y2) <= max(y1, y2) <= high + 1e-9
        assert (x, y) == (i + 1, ys[i + 1])


@given(st.lists(heights, min_size=1, max_size=70))
def test_the_curve_goes_through_its_points_and_rests_beyond_them(ys):
    curve = Curve(range(len(ys)), ys)
    assert [curve.at(x) for x in range(len(ys))] == pytest.approx(ys)
    assert (curve.at(-5), curve.at(len(ys) + 5)) == (ys[0], ys[-1])


def test_the_curve_is_level_on_top_of_a_hill():
    assert Curve([0, 1, 2], [0, 1, 0]).slopes[1] == 0


lines = st.lists(st.integers(-100, 100).map(lambda y: y / 100), min_size=2, max_size=40)


@given(lines)
def test_a_curve_upside_down_is_the_mirrored_curve(ys):
    curve, mirrored = Curve(range(len(ys)), ys), Curve(range(len(ys)), [-y for y in ys])
    assert mirrored.slopes == pytest.approx([-slope for slope in curve.slopes])


@given(lines)
def test_a_curve_read_backwards_is_the_same_curve(ys):
    curve, back = Curve(range(len(ys)), ys), Curve(range(len(ys)), ys[::-1])
    end = len(ys) - 1
    for step in range(4 * end + 1):
        assert curve.at(step / 4) == pytest.approx(back.at(end - step / 4), abs=1e-9)


@given(lines)
def test_between_two_points_the_curve_goes_one_way(ys):
    curve = Curve(range(len(ys)), ys)
    for i in range(len(ys) - 1):
        heights = [curve.at(i + step / 20) for step in range(21)]
        rises = [b - a for a, b in pairwise(heights)]
        assert all(rise >= -1e-9 for rise in rises) or all(rise <= 1e-9 for rise in rises)


@given(lines, st.floats(0.1, 1000))
def test_a_curve_stretches_with_its_width(ys, wide):
    curve, stretched = Curve(range(len(ys)), ys), Curve([wide * x for x in range(len(ys))], ys)
    for step in range(4 * len(ys)):
        assert stretched.at(wide * step / 4) == pytest.approx(curve.at(step / 4), abs=1e-6)


# Shape


@pytest.mark.parametrize(
    "heights, slug",
    [
        ([-1, -0.4, 0.1, 0.8], "rags-to-riches"),
        ([0.9, 0.5, -0.2, -1], "tragedy"),
        ([0.8, -0.6, -0.7, 0.9], "man-in-a-hole"),
        ([-0.8, 0.6, 0.7, -0.9], "icarus"),
        ([-0.9, 0.5, 0.6, -0.6, -0.5, 0.9], "cinderella"),
        ([0.9, -0.5, -0.6, 0.6, 0.5, -0.9], "oedipus"),
        ([-0.1, 0.0, 0.1], "rags-to-riches"),
        ([0.1, 0.0, -0.1], "tragedy"),
    ],
)
def test_a_line_is_named_after_the_basic_arc_that_it_follows(heights, slug):
    shape = shape_of(heights)
    assert shape.slug == slug
    assert shape.is_clear


@pytest.mark.parametrize("heights", [[], [0.4], [-0.9, 0.9], [0.3, 0.3, 0.3], [-0.5, -0.5, -0.56]])
def test_too_little_or_a_flat_line_has_no_shape(heights):
    assert shape_of(heights) is None


@given(st.lists(heights, min_size=2, max_size=60))
def test_a_line_upside_down_is_the_opposite_shape(ys):
    shape, mirrored = shape_of(ys), shape_of([-y for y in ys])
    if shape is None:
        assert mirrored is None
        return
    assert isclose(shape.fit, mirrored.fit, abs_tol=0.002)
    waves = {known.slug: waves for (_, waves), known in SHAPES.items()}
    if waves[shape.slug] == waves[mirrored.slug]:
        assert shape.slug != mirrored.slug


@given(st.lists(heights, min_size=2, max_size=40), st.floats(0.2, 0.9))
def test_a_shape_does_not_depend_on_how_strongly_it_is_felt(ys, share):
    shape, faint = shape_of(ys), shape_of([y * share for y in ys])
    if shape and faint:
        assert isclose(shape.fit, faint.fit, abs_tol=0.002)


@given(lines, st.floats(0.5, 4), st.floats(-3, 3))
def test_a_shape_is_the_same_brighter_or_louder(ys, louder, brighter):
    shape, other = shape_of(ys), shape_of([louder * y + brighter for y in ys])
    if shape and other:
        assert other.fit == pytest.approx(shape.fit, abs=0.0015)


@given(lines)
def test_a_line_read_backwards_fits_as_well(ys):
    shape, back = shape_of(ys), shape_of(ys[::-1])
    assert (shape is None) == (back is None)
    if shape:
        assert back.fit == pytest.approx(shape.fit, abs=0.0015)


@given(lines)
def test_a_named_shape_never_runs_against_its_line(ys):
    shape = shape_of(ys)
    assert shape is None or 0 <= shape.fit <= 1


@given(lines, st.floats(0.1, 50))
def test_a_shape_does_not_depend_on_how_far_its_points_are_apart(ys, wide):
    assert shape_of(ys, [wide * x for x in range(len(ys))]) == shape_of(ys)


def test_a_gap_in_the_story_weighs_in_its_shape():
    ys = [0.0, 1.0, 0.0]
    assert shape_of(ys, [0, 5, 10]).slug == "icarus"
    assert shape_of(ys, [0, 1, 10]).slug == "tragedy"


@given(st.lists(heights, min_size=2, max_size=40), st.lists(heights, min_size=2, max_size=40))
def test_a_correlation_is_between_minus_one_and_one_and_the_same_both_ways(one, other):
    size = min(len(one), len(other))
    one, other = one[:size], other[:size]
    assert -1 - 1e-9 <= correlation(one, other) <= 1 + 1e-9
    assert correlation(one, other) == pytest.approx(correlation(other, one))


def test_correlation_of_what_does_not_vary_is_nothing():
    assert correlation([1, 1, 1], [1, 2, 3]) == 0.0
    assert isclose(correlation([1, 2, 3], [2, 4, 6]), 1.0)


def test_a_height_is_written_with_its_sign():
    assert [signed(value) for value in (0.583, -0.3, 0)] == ["+0.58", "−0.30", "+0.00"]


# Drawing


def test_the_drawing_links_each_dot_to_its_moment_and_says_what_it_is():
    svg = parsed(draw(Arc(rows_of({"joy": 1}, {"fear": 1}))))
    links = svg.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == ["/m/0/", "/m/1/"]
    assert [link.find(f"{SVG}title").text for link in links] == [
        "Moment 0: joy, +0.90",
        "Moment 1: fear, −0.70",
    ]
    assert (svg.get("role"), svg.get("aria-label")) == ("group", "Emotional arc")


def test_the_small_drawing_is_one_image_with_a_name_and_a_description():
    svg = parsed(draw(Arc(rows_of({"joy": 1}, {"fear": 1})), "side", size="small"))
    ids = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
    assert svg.get("role") == "img"
    assert ids[svg.get("aria-labelledby")] == "Emotional arc"
    assert ids[svg.get("aria-describedby")].startswith(
        "2 moments in story order. Brightest: Moment 0, joy +0.90."
    )
    assert svg.findall(f"{SVG}a") == []


def test_the_place_where_we_are_is_marked():
    arc = Arc(rows_of({"joy": 1}, {"fear": 1}, {"love": 1}))
    marked = parsed(draw(arc, here=1))
    assert "arc-here" in [element.get("class", "").split(" ")[0] for element in marked]
    assert [link.get("aria-current") for link in marked.findall(f"{SVG}a")] == [None, "true", None]
    assert "arc-here" not in draw(arc, here=99)


def test_ids_begin_with_the_prefix_so_that_two_drawings_share_a_page():
    arc = Arc(rows_of({"joy": 1}, {"fear": 1}))
    ids = [
        element.get("id")
        for prefix in ("one", "two")
        for element in parsed(draw(arc, prefix)).iter()
        if element.get("id")
    ]
    assert len(ids) == len(set(ids)) == 8


def test_colours_come_by_class_and_nothing_is_styled_inline():
    svg = draw(Arc(rows_of({"joy": 1}, {"fear": 1})), mine=Arc(rows_of({"love": 1}, {"hope": 1})))
    assert 'class="feeling-joy"/>' in svg
    assert "style=" not in svg


def test_titles_and_addresses_cannot_break_out():
    row = Row(1, 1.0, {"joy": 1}, title='"><script>alert(1)</script>', url='/"onload="x')
    svg = draw(Arc([row]), 'p"')
    assert "<script" not in svg
    assert parsed(svg).find(f"{SVG}a").get("href") == '/"onload="x'


def test_an_empty_arc_draws_nothing_and_says_so():
    assert draw(Arc([])) == ""
    assert describe(Arc([])) == "Nobody has felt anything here yet."
    assert not Drawing(Arc([]))


def test_one_moment_is_a_dot_in_the_middle_without_a_line():
    svg = draw(Arc(rows_of({"wonder": 1})))
    assert 'cx="50.00%"' in svg
    assert "arc-line" not in svg
    assert (
        describe(Arc(rows_of({"wonder": 1}))) == "1 moment in story order. Brightest: Moment 0, wonder +0.70."
    )


def test_ones_own_line_runs_over_everybodys_at_the_same_places():
    arc = Arc(rows_of({"joy": 1}, {"fear": 1}, {"love": 1}, {"hope": 1}))
    mine = Arc([Row(3, 1.0, {"anger": 1}), Row(1, 9.0, {"joy": 1}), Row(77, 3.0, {"joy": 1})])
    svg = parsed(draw(arc, mine=mine))
    dots = svg.find(f"{SVG}g[@class='arc-mine-dots']")
    everybody = [link.find(f"{SVG}circle").get("cx") for link in svg.findall(f"{SVG}a")]
    assert [(dot.get("cx"), dot.get("class")) for dot in dots] == [
        (everybody[1], "feeling-joy"),
        (everybody[3], "feeling-anger"),
    ]
    assert [own.height if own else None for _, own in Drawing(arc, mine=mine).rows] == [
        None,
        "+0.90",
        None,
        "−0.60",
    ]


@given(films)
def test_any_film_can_be_drawn(film):
    rows = [
        Row(key, float(key), tally, weight=weight, title="A & B", url="/m/")
        for key, (tally, weight) in enumerate(film)
    ]
    svg = draw(Arc(rows), here=3, mine=Arc(rows[::3]))
    assert svg == "" or parsed(svg).tag == f"{SVG}svg"


# Templates


def test_the_page_shows_the_drawing_its_shape_its_legend_and_its_numbers():
    drawing = Drawing(Arc(rows_of({"joy": 1}, {"joy": 1}, {"fear": 1}, house=True)))
    html = render_to_string("arc/_arc.html", {"arc": drawing, "heading_id": "arc"})
    assert '<h2 id="arc">' in html
    assert "House reading: fewer than five members" in html
    assert "<b>Shape: Tragedy</b> (fall)" in html
    assert '<li class="feeling-fear"><a href="/feelings/fear/">Fear</a></li>' in html
    assert '<th scope="row"><a href="/m/1/">Moment 1</a></th>' in html
    assert '<td class="num">−0.70</td>' in html


def test_the_side_panel_has_the_small_drawing_alone():
    html = render_to_string("arc/_arc.html", {"arc": Drawing(Arc(rows_of({"joy": 1}))), "small": True})
    assert "arc-small" in html
    assert "<table" not in html


def test_a_table_of_ones_own_line_has_a_column_for_it():
    drawing = Drawing(Arc(rows_of({"joy": 1}, {"fear": 1})), mine=Arc(rows_of({"love": 1})))
    html = render_to_string("arc/_arc.html", {"arc": drawing, "heading_id": "arc"})
    assert "arc-key-mine" in html
    assert html.count('<td class="num">+0.80</td>') == 1
    assert html.count('<td class="num">–</td>') == 1


def test_the_feelings_of_a_moment_show_as_a_bar_and_as_numbers():
    shares = bar({"joy": 3, "love": 1})
    assert "<b>Joy</b>" in render_to_string("arc/_feelbar.html", {"bar": shares})
    assert "<b>25 %</b>" in render_to_string("arc/_shares.html", {"bar": shares})
    assert render_to_string("arc/_feelbar.html", {"bar": bar({})}).strip() == ""


def test_a_moments_page_tells_its_feelings_as_a_bar_and_as_numbers(client, film, moment, mia):
    FeelingTally.objects.create(moment=moment, feeling="fear", house=3)
    FeelingTally.objects.create(moment=moment, feeling="hope", house=1)
    page = client.get(moment.get_absolute_url()).content.decode()
    assert 'It leaves mostly <span class="feeling-fear">fear</span>' in page
    assert 'aria-label="Hope 25 %, Fear 75 %"' in page
    assert '<a href="/feelings/fear/">Fear</a> <b>75 %</b></li>' in page
    assert "House reading, until five members have felt something here." in page
    for number in range(5):
        moment.feel(make_member(f"fan{number}"), "joy")
    page = client.get(moment.get_absolute_url()).content.decode()
    assert '<a href="/feelings/joy/">Joy</a> <b>100 %</b> <small>5</small></li>' in page
    assert "Shares of what 5 members felt here, and how many felt each." in page


def test_a_moment_that_nobody_has_felt_has_no_bar(client, moment):
    assert "It leaves mostly" not in client.get(moment.get_absolute_url()).content.decode()
