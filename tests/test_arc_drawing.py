"""The arc as a drawing, and the pages that show it."""

import re

from django.template.loader import render_to_string
from hypothesis import given

from moments.arc.arc import Arc, ArcMoment
from moments.feelings import FEELINGS, bar
from moments.graphics.arc import ArcDrawing, describe_arc, draw
from moments.models import FeelingTally
from tests.support.arcs import SVG, films, parsed, rows_of
from tests.support.makers import make_member
from tests.support.pages import links, select, texts, the

# Drawing


def test_the_drawing_links_each_dot_to_its_moment_and_says_what_it_is():
    svg = parsed(draw(Arc(rows_of({"joy": 1}, {"fear": 1}))))
    links = svg.findall(f"{SVG}a")
    assert [link.get("href") for link in links] == ["/m/0/", "/m/1/"]
    assert [link.find(f"{SVG}title").text for link in links] == [
        "Moment 0: Joy, +0.90",
        "Moment 1: Fear, −0.70",
    ]
    assert (svg.get("role"), bool(svg.get("aria-label"))) == ("group", True)


def test_the_small_drawing_is_one_image_with_a_name_and_a_description():
    arc = Arc(rows_of({"joy": 1}, {"fear": 1}))
    svg = parsed(draw(arc, "side", size="small"))
    ids = {element.get("id"): element.text for element in svg.iter() if element.get("id")}
    assert svg.get("role") == "img"
    assert ids[svg.get("aria-labelledby")] == parsed(draw(arc)).get("aria-label")
    assert ids[svg.get("aria-describedby")] == describe_arc(arc)
    assert "Moment 0: Joy, +0.90" in describe_arc(arc)
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
    assert "feeling-joy" in [part.get("class") for part in parsed(svg).iter()]
    assert "style=" not in svg


def test_titles_and_addresses_cannot_break_out():
    row = ArcMoment(1, 1.0, {"joy": 1}, title='"><script>alert(1)</script>', url='/"onload="x')
    svg = draw(Arc([row]), 'p"')
    assert "<script" not in svg
    assert parsed(svg).find(f"{SVG}a").get("href") == '/"onload="x'


def test_an_empty_arc_draws_nothing_and_says_so():
    assert draw(Arc([])) == ""
    said = describe_arc(Arc([]))
    assert (bool(said), re.findall(r"\d", said)) == (True, [])
    assert not ArcDrawing(Arc([]))


def test_one_moment_is_a_dot_in_the_middle_without_a_line():
    svg = draw(Arc(rows_of({"wonder": 1})))
    assert parsed(svg).find(f"{SVG}a/{SVG}circle").get("cx") == "50.00%"
    assert "arc-line" not in svg
    assert describe_arc(Arc(rows_of({"wonder": 1}))) == "1 moment. Happiest: Moment 0: Wonder, +0.70."


def test_ones_own_line_runs_over_everybodys_at_the_same_places():
    arc = Arc(rows_of({"joy": 1}, {"fear": 1}, {"love": 1}, {"hope": 1}))
    mine = Arc(
        [ArcMoment(3, 1.0, {"anger": 1}), ArcMoment(1, 9.0, {"joy": 1}), ArcMoment(77, 3.0, {"joy": 1})]
    )
    svg = parsed(draw(arc, mine=mine))
    dots = svg.find(f"{SVG}g[@class='arc-mine-dots']")
    everybody = [link.find(f"{SVG}circle").get("cx") for link in svg.findall(f"{SVG}a")]
    assert [(dot.get("cx"), dot.get("class")) for dot in dots] == [
        (everybody[1], "feeling-joy"),
        (everybody[3], "feeling-anger"),
    ]
    assert [own.height if own else None for _, own in ArcDrawing(arc, mine=mine).rows] == [
        None,
        "+0.90",
        None,
        "−0.60",
    ]


@given(films)
def test_any_film_can_be_drawn(film):
    rows = [
        ArcMoment(key, float(key), tally, weight=weight, title="A & B", url="/m/")
        for key, (tally, weight) in enumerate(film)
    ]
    svg = draw(Arc(rows), here=3, mine=Arc(rows[::3]))
    assert svg == "" or parsed(svg).tag == f"{SVG}svg"


# Templates


def test_the_page_shows_the_drawing_its_shape_its_legend_and_its_numbers():
    drawing = ArcDrawing(Arc(rows_of({"joy": 1}, {"joy": 1}, {"fear": 1}, is_first_guess=True)))
    html = render_to_string("arc/_arc.html", {"arc": drawing, "heading_id": "arc"})
    assert the(html, "h2")["id"] == "arc"
    (said,) = select(html, ".arc-head p")
    assert drawing.source_note in said.text
    assert [part.text for part in said.select("b")] == [drawing.arc.shape.turns]
    assert str(drawing.arc.shape.name) not in html
    assert "/feelings/fear/" in links(html, ".legend")
    rows = [
        (links(html, "tbody")[place], row.select("td.num"))
        for place, row in enumerate(select(html, "tbody tr"))
    ]
    assert ("/m/2/", "−0.70") in [(link, cells[0].text) for link, cells in rows]


def test_the_side_panel_has_the_small_drawing_alone():
    html = render_to_string("arc/_arc.html", {"arc": ArcDrawing(Arc(rows_of({"joy": 1}))), "small": True})
    assert "arc-small" in html
    assert "<table" not in html


def test_a_table_of_ones_own_line_has_a_column_for_it():
    drawing = ArcDrawing(Arc(rows_of({"joy": 1}, {"fear": 1})), mine=Arc(rows_of({"love": 1})))
    html = render_to_string("arc/_arc.html", {"arc": drawing, "heading_id": "arc"})
    assert "arc-key-mine" in html
    assert [texts(html, "td.num").count(height) for height in ("+0.80", "–")] == [1, 1]


def test_the_feelings_of_a_moment_show_as_a_bar_and_as_numbers():
    shares = bar({"joy": 3, "love": 1})
    assert "<b>Joy</b>" in render_to_string("arc/_feelbar.html", {"bar": shares})
    assert "<b>25 %</b>" in render_to_string("arc/_shares.html", {"bar": shares})
    assert render_to_string("arc/_feelbar.html", {"bar": bar({})}).strip() == ""


def test_a_moments_page_tells_its_feelings_as_a_bar_and_as_numbers(client, film, moment, mia):
    FeelingTally.objects.create(moment=moment, feeling="fear", house=3)
    FeelingTally.objects.create(moment=moment, feeling="hope", house=1)
    page = client.get(moment.get_absolute_url())
    shares = bar({"fear": 3, "hope": 1})
    assert texts(page, "#leaves .feeling-fear")[0] == FEELINGS["fear"].name
    assert the(page, "section.leaves svg")["aria-label"] == shares.label
    assert texts(page, ".leaves-list li") == ["Hope", "Fear"], "shares are told from five members on"
    guessed = texts(page, ".leaves-note")
    for number in range(5):
        moment.feel(make_member(f"fan{number}"), "joy")
    page = client.get(moment.get_absolute_url())
    assert texts(page, ".leaves-list li")[0].startswith("Joy 100 %")
    assert texts(page, ".leaves-list small")[0] == "5"
    assert [len(notes) for notes in (guessed, texts(page, ".leaves-note"))] == [1, 1]
    assert texts(page, ".leaves-note") != guessed, "whose reading it is is said"
    assert "5" in texts(page, ".leaves-note")[0].split()


def test_a_moment_that_nobody_has_felt_has_no_bar(client, moment):
    assert select(client.get(moment.get_absolute_url()), "#leaves") == []
