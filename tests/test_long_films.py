"""Films with more moments than their arcs have dots: nothing of a page grows with them."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.arc.arc import MOST_POINTS, Arc, ArcMoment
from moments.arc.walkthrough import MOST_SEGMENTS, Walkthrough
from moments.feelings import REACTION_QUORUM
from moments.models import FeelingTally, FilmArc, Moment, Mute, Progress
from moments.models.erasure import erase
from moments.models.feeling import reading_of
from moments.models.film_arc import drawn
from moments.models.stored_arcs import StoredArcs
from moments.spoilers.rules import SEEN, UNSEEN, ProgressPoint
from moments.viewer.arc import film_arc
from moments.viewer.walkthrough import LongWalkthrough, walkthrough_of
from tests.support.counters import differences
from tests.support.database import plan_of
from tests.support.long_films import make_long_film, read_anew, rows_read
from tests.support.makers import make_film, make_member, make_moment
from tests.support.pages import select
from tests.support.rows import for_each
from tests.support.viewers import viewing, visitor

LONG = 150


def SCENE():
    mia, film = make_member("mia"), make_film()
    return {"mia": mia, "film": film, "story": make_long_film(film, mia, LONG), "seb": make_member("seb")}


@pytest.fixture
def story(staged):
    return staged["story"]


@pytest.fixture
def all_seen(seb):
    seb.spoiler_stance = User.SpoilerStance.SHOW
    seb.save()
    return viewing(seb)


def arc_by_rule(moments):
    """The arc as the rule makes it of all of its moments at once."""
    rows = []
    for moment in moments:
        tally, is_house = reading_of(moment.tallies.all(), moment.felt_by)
        rows.append(ArcMoment(moment.pk, moment.position, tally, is_house, weight=moment.relive_count))
    return Arc(rows)


# The stored arc.


def test_who_sees_all_sees_what_the_rule_says(film, story, all_seen):
    arc, rule = film_arc(film, all_seen).drawing.arc, arc_by_rule(story)
    assert (len(arc.points), arc.moments, arc.steps) == (MOST_POINTS, LONG, LONG)
    for point, other in zip(arc.points, rule.points, strict=True):
        assert point.valence == pytest.approx(other.valence, abs=1e-3)
        assert (point.feeling, point.weight, point.count) == (other.feeling, other.weight, other.count)
        assert (point.step, point.keys[0]) == (other.step, other.keys[0])
    assert (arc.reading, arc.shape.slug if arc.shape else "") == (
        rule.reading,
        rule.shape.slug if rule.shape else "",
    )


def test_dots_say_which_moments_they_stand_for_and_name_none(film, story, all_seen):
    first = film_arc(film, all_seen).drawing.arc.points[0]
    assert (first.title, first.url, first.count) == ("Moments 1–2", f"/posts/{story[0].pk}/", 2)


def test_a_film_with_few_moments_has_no_stored_arc(mia):
    film = make_film("Snatch")
    make_long_film(film, mia, MOST_POINTS)
    assert (read_anew(film).runs, FilmArc.objects.filter(film=film).exists()) == (None, False)


def test_a_stored_arc_has_a_bounded_number_of_runs_whatever_comes(film, story):
    assert [len(drawn(film.pk)), len(film.runs), film.runs.count] == [MOST_POINTS, MOST_POINTS, LONG]


@pytest.mark.parametrize("is_felt", [True, False])
def test_members_and_guesses_are_told_apart(film, story, all_seen, is_felt):
    Moment.objects.filter(film=film).update(felt_by=REACTION_QUORUM)
    FeelingTally.objects.filter(moment__film=film).update(count=2)
    Moment.objects.filter(pk=story[0].pk).update(felt_by=REACTION_QUORUM if is_felt else 0)
    FilmArc.objects.store({film.pk: drawn(film.pk)})
    assert film_arc(read_anew(film), all_seen).drawing.arc.reading == ("members" if is_felt else "mixed")


# What is veiled.


def drawn_moments(film, viewer, story):
    """The moments that stand behind the dots which the viewer gets."""
    dots = {point.keys[0] for point in film_arc(film, viewer).drawing.arc.points}
    runs = [run for run in film.runs if run.first in dots]
    return {moment.pk for moment in story for run in runs if run.place <= moment.position <= run.until}


@for_each("progress, seen", [
    (UNSEEN, 0), (ProgressPoint(1.0), 0), (ProgressPoint(37.0), 37), (ProgressPoint(37.0, 600.0), 10),
    (ProgressPoint(100.0, 37 * 60.0), 37), (ProgressPoint(2.0, 9_000.0), 2), (SEEN, LONG),
])  # fmt: skip
def test_no_dot_has_anything_of_what_lies_beyond(film, story, seb, progress, seen):
    Progress.objects.set_progress(seb, film, progress)
    viewer = viewing(seb)
    veiled = Moment.objects.filter(film=film).veiled_for(viewer).filter(is_veiled=True)
    assert drawn_moments(film, viewer, story) & set(veiled.values_list("pk", flat=True)) == set()
    arc = film_arc(film, viewer).drawing.arc
    assert (arc.moments, arc.veiled, arc.ahead) == (seen, LONG - seen, LONG - seen)


def test_flagged_moments_are_in_no_dot_of_who_said_nothing(film, story, all_seen):
    FeelingTally.objects.filter(moment__film=film).delete()
    flagged = [moment for moment in story if moment.spoiler]
    FeelingTally.objects.bulk_create(
        FeelingTally(moment=moment, feeling="heartbreak" if moment.spoiler else "joy", house=3)
        for moment in story
    )
    FilmArc.objects.store({film.pk: drawn(film.pk)})
    film = read_anew(film)
    arc = film_arc(film, visitor()).drawing.arc
    assert {(point.feeling.slug, point.valence) for point in arc.points} == {("joy", 0.9)}
    assert (arc.veiled, arc.moments) == (len(flagged), LONG - len(flagged))
    assert len({point.valence for point in film_arc(film, all_seen).drawing.arc.points}) > 1


def test_a_moment_is_marked_at_its_run(film, story, all_seen):
    drawing = film_arc(film, all_seen, here=story[75]).drawing
    assert story[75].pk in drawn_moments(film, all_seen, story)
    assert "arc-here" in drawing.small
    assert (drawing.place, drawing.here) == (f"Moment 76 of {LONG}", story[75].pk)


# One's own line.


def test_what_one_felt_is_a_line_over_the_runs(film, story, seb, keith):
    for moment, slug in ((story[0], "anger"), (story[2], "joy"), (story[149], "hope")):
        moment.feel(seb, slug)
    arc = film_arc(read_anew(film), viewing(seb))
    own = [mine.height for _point, mine in arc.drawing.rows if mine]
    assert (own, arc.feelings, arc.reacted_to) == (
        ["−0.60", "+0.90", "+0.50"],
        {"anger": 1, "joy": 1, "hope": 1},
        3,
    )
    assert film_arc(film, viewing(keith)).drawing.mine is None


def test_a_visitors_line_is_over_the_runs_as_well(film, story):
    arc = film_arc(film, visitor(felt={story[3].pk: ["hope"], story[1].pk: ["fear"], 10**9: ["joy"]}))
    assert [mine.height for _point, mine in arc.drawing.rows if mine] == ["+0.50"], "the other is flagged"
    assert arc.feelings == {"hope": 1, "fear": 1}


# When it is drawn anew.


def feel(moment, mia, seb):
    moment.feel(seb, "joy")


def relive(moment, mia, seb):
    moment.relive(seb)


def flag(moment, mia, seb):
    moment.label(seb, "spoiler")


def edit(moment, mia, seb):
    moment.position = 0.5
    moment.revise()


def delete(moment, mia, seb):
    moment.delete_by_author()


def remove(moment, mia, seb):
    moment.remove(make_member("anna", is_staff=True, is_superuser=True), "spam")


def share(moment, mia, seb):
    make_moment(moment.film, mia, position=2.5)


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Does something, and then what waits for the end of the transaction."""

    def commit(work, *arguments):
        with django_capture_on_commit_callbacks(execute=True):
            return work(*arguments)

    return commit


def outdated(film):
    return FilmArc.objects.filter(film=film, outdated__isnull=False).exists()


@pytest.mark.parametrize("change", [feel, relive, flag, edit, delete, remove, share])
def test_a_change_has_the_arc_drawn_anew(film, story, mia, seb, commit, change):
    assert not outdated(film)
    commit(change, Moment.objects.get(pk=story[4].pk), mia, seb)
    assert outdated(film)
    FilmArc.objects.renew(timezone.now())
    assert not outdated(film)
    assert FilmArc.objects.get(film=film).runs == drawn(film.pk)


def test_however_much_changes_it_is_drawn_once(film, story, seb, commit):
    for moment in story[:5]:
        commit(moment.feel, seb, "joy")
    with CaptureQueriesContext(connection) as asked:
        FilmArc.objects.renew(timezone.now())
    assert sum("moments_feelingtally" in query["sql"] for query in asked) == 1


def test_what_changes_while_it_is_drawn_has_it_drawn_once_more(film, story, seb, commit, monkeypatch):
    commit(story[0].feel, seb, "joy")

    def slowly(key):
        FilmArc.objects.outdate([key])
        return drawn(key)

    monkeypatch.setattr("moments.models.film_arc.drawn", slowly)
    FilmArc.objects.renew(timezone.now())
    assert outdated(film)


def test_the_moment_that_makes_a_film_long_has_its_arc_stored(mia, commit):
    film = make_film("Snatch")
    make_long_film(film, mia, MOST_POINTS)
    commit(make_moment, read_anew(film), mia)
    assert outdated(film)
    assert not film_arc(read_anew(film), visitor()).drawing, "until the task process has come to it"
    FilmArc.objects.renew(timezone.now())
    assert film_arc(read_anew(film), visitor()).drawing


def test_a_former_drawing_is_proved_and_repaired_by_recount(film, story):
    call_command("recount", stdout=StringIO())
    right = FilmArc.objects.get(film=film).runs
    FilmArc.objects.filter(film=film).update(runs=right[:-1])
    assert differences([StoredArcs()]) == {"film.arc": {film.pk: {"arc": right}}}
    call_command("recount", stdout=StringIO())
    assert FilmArc.objects.get(film=film).runs == right
    FilmArc.objects.all().delete()
    call_command("recount", stdout=StringIO())
    assert FilmArc.objects.get(film=film).runs == right
    assert differences([StoredArcs()]) == {}


def test_who_leaves_takes_their_feelings_off_the_arc(film, story, seb, commit):
    story[0].feel(seb, "joy")
    FilmArc.objects.renew(timezone.now())
    commit(erase, seb, False)
    assert outdated(film)


# Relive mode.


def test_a_walkthrough_of_many_goes_as_one_of_all_does(film, story, seb):
    viewer = viewing(seb)
    many = walkthrough_of(film, viewer)
    whole = Walkthrough([(moment.pk, moment.position) for moment in story])
    assert isinstance(many, LongWalkthrough)
    for moment in (story[0], story[1], story[77], story[148], story[149]):
        assert many.stop(moment.pk) == whole.stop(moment.pk)
        assert many.line(many.stop(moment.pk), {}) == whole.line(whole.stop(moment.pk), {})
    assert (many.first, many.last, len(many)) == (whole.first, whole.last, len(whole))
    assert many.keys(5) == whole.keys(5)
    assert [many.nearest(place) for place in (0.5, 77.5, 999.0)] == [
        whole.nearest(place) for place in (0.5, 77.5, 999.0)
    ]
    assert many.stop(10**9) is None
    felt = {story[0].pk: ["joy"], story[149].pk: ["fear"]}
    assert many.line(many.stop(story[75].pk), felt) == whole.line(whole.stop(story[75].pk), felt)


def test_moments_at_one_place_come_one_after_the_other(film, story):
    Moment.objects.filter(pk__in=[moment.pk for moment in story[10:13]]).update(position=11.0)
    FilmArc.objects.store({film.pk: drawn(film.pk)})
    many = walkthrough_of(read_anew(film), visitor())
    stops = [many.stop(moment.pk) for moment in story[9:14]]
    assert [stop.number for stop in stops] == [10, 11, 12, 13, 14]
    assert [stop.next for stop in stops[:-1]] == [moment.pk for moment in story[10:14]]
    assert [stop.previous for stop in stops[1:]] == [moment.pk for moment in story[9:13]]


def test_whom_one_muted_is_passed_over(film, story, seb, keith):
    Moment.objects.filter(pk=story[1].pk).update(author=keith)
    Mute.objects.add(seb, keith)
    many = walkthrough_of(film, viewing(seb))
    assert many.stop(story[0].pk).next == story[2].pk
    assert many.stop(story[1].pk) is None


# Pages.

PAGES = {
    "film": lambda film, moment: film.get_absolute_url(),
    "film-votes": lambda film, moment: f"{film.get_absolute_url()}?order=votes",
    "moment": lambda film, moment: moment.get_absolute_url(),
    "barcode": lambda film, moment: film.barcode_url,
    "home": lambda film, moment: "/",
    "cover": lambda film, moment: reverse("film-relive", args=[film.slug]),
    "relive": lambda film, moment: reverse("relive-moment", args=[film.slug, moment.pk]),
    "end": lambda film, moment: reverse("relive-end", args=[film.slug]),
    "card": lambda film, moment: reverse("relive-card", args=[film.slug]),
}


@pytest.fixture
def longer(mia):
    """Two moments of a film that has three times as many."""
    moments = make_long_film(make_film("Snatch"), mia, 3 * LONG)
    return [moments[50], moments[75]]


@for_each("page", PAGES)
@for_each("progress", [None, ProgressPoint(40.0)], ids=["unsaid", "midway"])
def test_pages_read_as_much_of_a_longer_film(client, story, longer, seb, page, progress):
    """The same number of queries, and as many rows, of a film with three times the moments."""
    client.force_login(seb)
    read = []
    for felt, moment in ([story[50], story[75]], longer):
        if progress:
            Progress.objects.set_progress(seb, moment.film, progress)
        felt.feel(seb, "joy")
        address = PAGES[page](moment.film, moment)
        client.get(address)
        with rows_read() as rows:
            assert client.get(address).status_code == 200
        read.append(rows)
    assert len(read[0]) == len(read[1])
    assert sum(read[1]) <= sum(read[0]) + MOST_POINTS


def test_relive_mode_shows_a_bounded_line(client, film, story):
    page = client.get(reverse("relive-moment", args=[film.slug, story[120].pk]))
    assert len(page.context["line"]) == MOST_SEGMENTS
    assert page.context["stop"].number == 121


def test_the_page_of_a_long_film_has_a_next_page(client, film, story):
    page = client.get(film.get_absolute_url())
    (more,) = select(page, "a[rel=next]")
    assert [post.pk for post in page.context["posts"]] == [moment.pk for moment in story[:25]]
    following = client.get(film.get_absolute_url() + more["href"])
    assert [post.pk for post in following.context["posts"]] == [moment.pk for moment in story[25:50]]


@pytest.mark.parametrize("page", ["film", "film-votes", "moment", "relive", "end"])
def test_posts_are_found_by_an_index(client, film, story, seb, page):
    story[50].feel(seb, "joy")
    client.force_login(seb)
    with CaptureQueriesContext(connection) as asked:
        client.get(PAGES[page](film, story[75]))
    questions = [query["sql"] for query in asked if '"moments_post"' in query["sql"]]
    assert questions
    for plan in map(plan_of, (each for each in questions if each.startswith("SELECT"))):
        assert not any(sign in plan for sign in ("SCAN moments_post", "Seq Scan on moments_post")), plan


def test_forms_number_moments_as_relive_mode_does(client, film, story, seb):
    client.force_login(seb)
    asked = {"field": "after", "q": "1:41:00"}
    page = client.get(reverse("moment-choices", args=[film.slug]), asked)
    assert f"101. {story[100].title}" in page.content.decode()
    form = client.get(reverse("moment-add", args=[film.slug]))
    assert form.context["form"].others == LONG


def test_a_moment_is_put_about_there_on_the_line_of_a_long_story(film, story, mia):
    film = read_anew(film)
    numbers, places = (1, 76, LONG, LONG + 9), (0, 75, 149, 149)
    assert [film.nth_moment(number) for number in numbers] == [story[place] for place in places]
    moment = Moment(film=film, author=mia, title="Between", body="Two.")
    moment.place_on_line(0.5)
    assert story[74].position < moment.position < story[75].position


def test_pages_of_a_film_whose_arc_is_not_drawn_yet_are_there(client, mia):
    film = make_film("Snatch")
    story = make_long_film(film, mia, MOST_POINTS + 10, is_drawn=False)
    for page in PAGES.values():
        assert client.get(page(film, story[40])).status_code == 200
    stop = client.get(PAGES["relive"](film, story[40])).context["stop"]
    assert (stop.number, stop.of, stop.next) == (41, MOST_POINTS + 10, story[41].pk)
