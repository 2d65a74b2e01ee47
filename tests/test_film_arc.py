"""The arc of a film as one reader sees it: their own line over everybody's, and nothing that lies ahead."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import FeelingTally, Filter, Mute, Progress
from moments.spoilers.rules import SEEN, UNPLACED, UNSEEN, ProgressPoint
from moments.viewer.arc import film_arc
from moments.views.posts import _best
from tests.support.makers import make_member, make_moment
from tests.support.pages import select
from tests.support.rows import for_each
from tests.support.viewers import viewing, visitor


@pytest.fixture
def story(film, mia):
    """Five moments that the house has felt; the last two are flagged."""
    feelings = ("joy", "wonder", "love", "fear", "heartbreak")
    moments = [
        make_moment(film, mia, f"Scene {slug}", position=float(place), spoiler=place > 3)
        for place, slug in enumerate(feelings, 1)
    ]
    for moment, slug in zip(moments, feelings, strict=True):
        FeelingTally.objects.create(moment=moment, feeling=slug, house=3)
    return moments


def titles(arc):
    return [point.title for point in arc.drawing.arc.points]


def own(arc):
    """The reader's own heights, a moment each, and None where they have felt nothing."""
    return [point and point.height for _, point in arc.drawing.rows]


# One's own line


def test_members_see_their_own_line_over_everybodys(film, story, seb):
    story[0].feel(seb, "anger")
    story[2].feel(seb, "joy")
    story[2].feel(seb, "longing")
    arc = film_arc(film, seb)
    assert own(arc) == ["−0.60", None, "+0.30"]
    assert arc.drawing.arc.reading == "house"
    assert arc.feelings == {"joy": 1, "longing": 1, "anger": 1}


def test_nobody_sees_the_line_of_another(film, story, seb, keith):
    story[0].feel(keith, "anger")
    for viewer in (seb, visitor()):
        arc = film_arc(film, viewer)
        assert (arc.drawing.mine, own(arc), arc.feelings) == (None, [None] * 3, {})


def test_a_feeling_is_counted_at_each_moment_that_it_was_felt_at(film, story, seb):
    for moment in story[:3]:
        moment.feel(seb, "longing")
    story[0].feel(seb, "joy")
    assert film_arc(film, seb).feelings == {"longing": 3, "joy": 1}


def test_a_visitors_feelings_are_their_own_line(film, story):
    arc = film_arc(film, visitor(felt={story[1].pk: ["hope"], 10**9: ["joy"]}))
    assert own(arc) == [None, "+0.50", None]
    assert arc.feelings == {"hope": 1}


def test_a_moment_that_only_this_visitor_has_felt_has_a_dot_for_it(film, mia):
    moment = make_moment(film, mia)
    assert not film_arc(film, visitor()).drawing
    arc = film_arc(film, visitor(felt={moment.pk: ["hope"]}))
    assert [(point.height, mine.height) for point, mine in arc.drawing.rows] == [("+0.50", "+0.50")]


def test_what_one_felt_behind_the_veil_is_counted_and_not_drawn(film, story, seb):
    story[4].feel(seb, "anger")
    arc = film_arc(film, seb)
    assert arc.drawing.mine is None
    assert arc.feelings == {"anger": 1}


def test_the_page_of_a_film_shows_a_member_both_lines(client, film, story, seb):
    story[0].feel(seb, "anger")
    story[1].feel(seb, "joy")
    client.force_login(seb)
    page = client.get(film.get_absolute_url())
    assert select(page, "svg .arc-mine")
    columns = len(select(page, "thead th.num"))
    client.logout()
    page = client.get(film.get_absolute_url())
    assert select(page, ".arc-mine") == []
    assert len(select(page, "thead th.num")) == columns - 1, "the table has a column for it as well"


def test_a_visitors_line_is_read_from_a_session_that_is_there(client, film, story):
    session = client.session
    session["felt"] = {str(story[0].pk): ["anger"], str(story[1].pk): ["joy"]}
    session.save()
    assert select(client.get(film.get_absolute_url()), "svg .arc-mine")


def test_nobody_is_given_a_session_to_look_at_an_arc(client, film, story):
    assert dict(client.get(film.get_absolute_url()).cookies) == {}


# Progress


def test_the_arc_ends_where_the_flagged_part_of_the_story_begins(film, story):
    arc = film_arc(film, visitor())
    assert titles(arc) == ["Scene joy", "Scene wonder", "Scene love"]
    assert (arc.drawing.arc.ahead, arc.drawing.arc.between) == (2, 0)


@for_each(
    "progress, seen",
    [(UNSEEN, 0), (ProgressPoint(1.0), 1), (ProgressPoint(4.0), 4), (SEEN, 5), (None, 3)],
    ids=["not seen", "the first", "all but one", "all", "nothing said"],
)
def test_the_arc_reaches_as_far_as_its_reader(film, story, seb, progress, seen):
    if progress:
        Progress.objects.set_progress(seb, film, progress)
    arc = film_arc(film, seb).drawing.arc
    assert ([point.title for point in arc.points], arc.ahead) == (
        [moment.title for moment in story[:seen]],
        5 - seen,
    )


def test_nothing_of_what_lies_ahead_is_in_the_drawing(film, story, seb):
    Progress.objects.set_progress(seb, film, ProgressPoint(2.0))
    drawing = film_arc(film, seb, here=story[3]).drawing
    source = drawing.wide + drawing.small
    for moment, slug in zip(story[2:], ("love", "fear", "heartbreak"), strict=True):
        assert moment.title not in source
        assert moment.slug not in source
        assert f"feeling-{slug}" not in source
    assert "Scene joy" in source


@pytest.mark.parametrize("progress, drawn", [(UNSEEN, 0), (ProgressPoint(1.0), 1)])
def test_nothing_is_drawn_where_all_of_it_lies_ahead(as_seb, seb, film, story, progress, drawn):
    Progress.objects.set_progress(seb, film, progress)
    page = as_seb.get(film.get_absolute_url())
    assert len(select(page, ".arc-head")) == 1
    assert len(select(page, "section[aria-labelledby=arc] .arc-figure")) == drawn


def test_a_veiled_moment_on_the_way_leaves_a_gap(film, story, seb):
    type(story[1]).objects.filter(pk=story[1].pk).update(spoiler=True)
    arc = film_arc(film, seb).drawing.arc
    assert [point.step for point in arc.points] == [0, 2]
    assert (arc.between, arc.ahead) == (1, 2)


def test_dots_lead_to_their_moments(film, story):
    arc = film_arc(film, visitor())
    assert [point.url for point in arc.drawing.arc.points] == [
        moment.get_absolute_url() for moment in story[:3]
    ]


# On a moment's page


def test_a_moment_knows_its_place_and_its_neighbours(film, story):
    arc = film_arc(film, visitor(), here=story[1])
    assert (arc.place, arc.previous, arc.next) == ("Moment 2 of 5", story[0], story[2])
    assert arc.drawing.place == "Moment 2 of 5"
    assert "We are at Scene wonder." in arc.drawing.small


def test_the_first_and_the_last_have_one_neighbour(film, story):
    first, last = film_arc(film, visitor(), here=story[0]), film_arc(film, visitor(), here=story[4])
    assert (first.previous, first.next) == (None, story[1])
    assert (last.previous, last.next) == (story[3], None)


def test_an_arc_costs_one_query_also_with_the_line_of_a_member(film, story, seb):
    story[0].feel(seb, "anger")
    for viewer in (visitor(), viewing(seb)):
        assert not viewer.filters  # asked for once, whatever else a page shows
        with CaptureQueriesContext(connection) as asked:
            film_arc(film, viewer)
        assert len(asked) == 1


def test_who_feels_something_behind_a_veil_is_not_told_what_others_felt(client, film, story, seb):
    client.force_login(seb)
    for moment, told in ((story[0], True), (story[4], False)):
        address = f"/moments/{moment.pk}/feel/"
        answer = client.post(address, {"feeling": "hope"}, headers={"HX-Request": "true"})
        assert bool(select(answer, "#leaves")) is told
        assert ("Hope <b>1</b>" in answer.content.decode()) is told


# Other moments on the page of one


def test_the_best_others_are_those_that_a_query_finds(film, story, mia, seb, keith):
    """Whatever is veiled, muted or filtered; unplaced ones are among them, the one that is shown is not."""
    best = [make_moment(film, keith, f"Best {n}", position=UNPLACED, votes=n // 2) for n in range(1, 4)]
    best[0].film.posts.filter(pk=story[1].pk).update(votes=9)
    far, muting, filtering = (make_member(name) for name in ("far", "muting", "filtering"))
    Progress.objects.set_progress(far, film, ProgressPoint(1))
    Mute.objects.add(muting, keith)
    Filter.objects.add(filtering, "post", story[1].pk)
    viewers = [visitor(), visitor({film.pk: UNSEEN}), visitor(revealed=[story[4].pk])]
    viewers += [viewing(member) for member in (mia, seb, far, muting, filtering)]
    found = [keys(film_arc(film, viewer, here=story[0]).best) for viewer in viewers]
    assert found == [keys(_best(viewer, film, story[0].pk)) for viewer in viewers]
    assert len(set(map(tuple, found))) >= 4
    assert story[1].pk not in keys(film_arc(film, viewing(seb), here=story[1]).best)


def keys(moments):
    return [moment.pk for moment in moments]


def test_the_story_and_what_is_shown_of_others_take_one_query(film, story, mia):
    viewer = viewing(mia)
    film_arc(film, viewer, here=story[2])
    with CaptureQueriesContext(connection) as queries:
        arc = film_arc(film, viewer, here=story[2])
        shown = [(moment.title, moment.is_veiled, moment.art_url) for moment in (*arc.best, arc.next)]
    assert (len(queries), len(shown)) == (1, 5)


def test_a_neighbour_that_is_veiled_says_so(film, story, seb):
    arc = film_arc(film, viewing(seb), here=story[3])
    assert [(moment.pk, moment.is_veiled) for moment in (arc.previous, arc.next)] == [
        (story[2].pk, False),
        (story[4].pk, True),
    ]
