"""What fewer than five members felt is theirs: no page, drawing, table, card or feed says it of members."""

import pytest
from django.urls import reverse

from moments.feelings import REACTION_QUORUM
from moments.models import FeelingTally
from moments.ranking import wilson
from moments.viewer.arc import film_arc
from tests.support.makers import make_member, make_moment
from tests.support.pages import select
from tests.support.viewers import visitor


@pytest.fixture
def moments(film, mia):
    """Three that the site made no guess at."""
    return [make_moment(film, mia, position=place) for place in (1.0, 2.0, 3.0)]


def felt_by(moments, number, feeling="heartbreak"):
    for _member in range(number):
        member = make_member(f"{feeling}-{_member}")
        for moment in moments:
            moment.feel(member, feeling)


def shown(client, film, moment):
    """Everything that says what was felt, on the pages that may."""
    pages = {
        "film": client.get(film.get_absolute_url()),
        "moment": client.get(moment.get_absolute_url()),
        "home": client.get("/"),
        "end": client.get(reverse("relive-end", args=[film.slug])),
    }
    signs = ("svg.arc", ".arc-numbers", ".feelbar", ".leaves")
    return {
        (name, sign): len(select(page, sign))
        for name, page in pages.items()
        for sign in signs
        if select(page, sign)
    }


@pytest.mark.parametrize("number", [1, REACTION_QUORUM - 1])
def test_a_few_members_are_drawn_nowhere(client, film, moments, number):
    card = reverse("relive-card", args=[film.slug])
    before = client.get(card).content
    felt_by(moments, number)
    assert shown(client, film, moments[0]) == {}
    assert client.get(card).content == before
    assert not film_arc(film, visitor()).drawing


def test_five_members_are_drawn_everywhere(client, film, moments):
    card = reverse("relive-card", args=[film.slug])
    before = client.get(card).content
    felt_by(moments, REACTION_QUORUM)
    pages = {name for name, _sign in shown(client, film, moments[0])}
    assert pages == {"film", "moment", "home", "end"}
    assert client.get(card).content != before
    assert film_arc(film, visitor()).drawing.arc.reading == "members"


def test_the_guess_speaks_for_the_few(film, moments, seb):
    FeelingTally.objects.create(moment=moments[0], feeling="joy", house=3)
    felt_by(moments, 2)
    arc = film_arc(film, visitor()).drawing.arc
    assert [(point.feeling.slug, point.is_first_guess) for point in arc.points] == [("joy", True)]
    assert (arc.reading, arc.unfelt, arc.has_own) == ("house", 2, False)


def test_the_viewers_own_feeling_is_theirs_and_not_everybodys(film, moments, seb, keith):
    felt_by(moments, 2, "fear")
    moments[0].feel(seb, "joy")
    drawing = film_arc(film, seb).drawing
    assert drawing.arc.reading == "own"
    assert [(point.feeling.slug, point.height_for_all, own.height) for point, own in drawing.rows] == [
        ("joy", "", "+0.90")
    ]
    assert not film_arc(film, keith).drawing


def test_own_dots_between_guesses_are_named(film, moments, seb):
    FeelingTally.objects.create(moment=moments[1], feeling="love", house=3)
    moments[0].feel(seb, "joy")
    drawing = film_arc(film, seb).drawing
    assert (drawing.arc.reading, drawing.arc.has_own) == ("house", True)
    assert drawing.source_note.startswith(film_arc(film, visitor()).drawing.source_note)
    assert drawing.source_note != film_arc(film, visitor()).drawing.source_note


def test_the_few_still_order_the_list_of_a_feeling(moments):
    felt_by(moments[:1], 1)
    felt_by(moments[1:2], 3, "longing")
    strengths = FeelingTally.objects.order_by("moment_id").values_list("strength", flat=True)
    assert list(strengths) == [wilson(1, 4), wilson(3, 2)]
