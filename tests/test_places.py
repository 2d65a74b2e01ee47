"""The place of a moment in the story: said in one of four ways or not at all, and said later."""

from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse

from moments.models import Moment, Post, Progress, SongUse
from moments.spoilers.rules import SEEN, UNPLACED, UNSEEN, ProgressPoint, end_of
from tests.support.makers import make_film, make_moment, make_song, make_trivia
from tests.support.pages import links, select, texts, the
from tests.support.rows import for_each

TEXTS = {"title": "The Bench", "body": "Two people, one bench, a city below."}


@pytest.fixture
def story(film, mia):
    return [make_moment(film, mia, f"Scene {name}", position=float(name)) for name in (1, 2, 3, 4)]


@pytest.fixture
def series(db):
    return make_film("Dark", medium="series")


def share(client, film, **place):
    response = client.post(reverse("moment-add", args=[film.slug]), TEXTS | {"anyway": "1"} | place)
    assert response.status_code == 302, response.context["form"].errors
    return Moment.objects.get(title="The Bench")


def order(film):
    placed = Moment.objects.filter(film=film).placed().order_by("position", "id")
    return list(placed.values_list("title", flat=True))


def is_veiled(moment, member):
    return Moment.objects.veiled_for(member).get(pk=moment.pk).is_veiled


# Sharing.


def test_nothing_is_preset_and_what_is_not_said_is_not_placed(as_mia, film, story):
    form = as_mia.get(reverse("moment-add", args=[film.slug])).context["form"]
    assert (form["placing"].value(), list(form.fields["after"].picked(form["after"].value()))) == (
        "unsure",
        [],
    )
    shared = share(as_mia, film)
    assert not shared.is_placed
    assert order(film) == [moment.title for moment in story]


@for_each(
    "place, number",
    [
        ({"placing": "after", "after": "start"}, 0),
        ({"after": "start"}, 0),
        ({"placing": "line", "line": "0"}, 0),
        ({"placing": "line", "line": "500"}, 2),
        ({"placing": "line", "line": "1000"}, 4),
        ({"placing": "unsure", "line": "500", "timecode": "0:35:00"}, 1),  # of 2:20:00
        ({"placing": "time", "timecode": "2:19:00"}, 4),
    ],
)
def test_a_place_is_said_by_time_by_the_moment_before_or_on_the_line(as_mia, film, story, place, number):
    type(film).objects.filter(pk=film.pk).update(runtime=140)
    share(as_mia, film, **place)
    assert order(film).index("The Bench") == number


def test_a_place_is_said_by_the_moment_before(as_mia, film, story):
    share(as_mia, film, placing="after", after=story[1].pk)
    assert order(film).index("The Bench") == 2


@pytest.mark.parametrize(("way", "field"), [("after", "after"), ("time", "timecode")])
def test_a_way_that_is_chosen_is_asked_for_what_it_needs(as_mia, film, story, way, field):
    response = as_mia.post(reverse("moment-add", args=[film.slug]), TEXTS | {"placing": way})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])


@for_each("line", ["-1", "1001", "middle", "1e400"])
def test_a_wrong_spot_on_the_line_comes_back(as_mia, film, story, line):
    response = as_mia.post(reverse("moment-add", args=[film.slug]), TEXTS | {"placing": "line", "line": line})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["line"])


def test_a_moment_without_a_place_cannot_be_what_another_one_comes_after(as_mia, film, story):
    floating = share(as_mia, film)
    again = TEXTS | {"title": "Another one", "after": floating.pk}
    response = as_mia.post(reverse("moment-add", args=[film.slug]), again)
    assert list(response.context["form"].errors) == ["after"]


# Editing.


def edit(client, moment, **changes):
    client.post(reverse("post-edit", args=[moment.pk]), TEXTS | changes)
    moment.refresh_from_db()
    return moment


def test_an_edit_leaves_a_moment_where_it_is(as_mia, film, story):
    form = as_mia.get(reverse("post-edit", args=[story[2].pk])).context["form"]
    assert (form["placing"].value(), form["line"].value()) == ("keep", 666)
    assert edit(as_mia, story[2]).position == edit(as_mia, story[2], placing="keep", line=0).position == 3.0


@pytest.fixture
def timed(story):
    """The second and the fourth have times; the others have none."""
    for moment, seconds in zip(story, (None, 600, None, 3_600), strict=True):
        Moment.objects.filter(pk=moment.pk).update(timecode=seconds)
    return story


@for_each(
    "place, number",
    [
        ({"after": "start"}, 2),  # no earlier than behind the second
        ({"line": "1000"}, 3),  # no later than before the fourth
        ({"line": "750"}, 3),  # between the two it stands as it was said
        ({"line": "500"}, 2),
    ],
)
def test_a_place_that_the_times_deny_is_the_nearest_that_they_allow(as_mia, film, timed, place, number):
    share(as_mia, film, placing=next(iter(place)), timecode="0:20:00", **place)
    assert order(film).index("The Bench") == number
    assert [title for title in order(film) if title != "The Bench"] == [moment.title for moment in timed]


@for_each("said, number", [("0:05:00", 0), ("0:20:00", 1), ("1:30:00", 3), ("", 0)])
def test_a_moment_that_gets_a_time_goes_where_the_times_of_others_allow(as_mia, film, timed, said, number):
    edit(as_mia, timed[0], title=timed[0].title, placing="keep", timecode=said)
    assert order(film).index(timed[0].title) == number


def test_an_edit_of_the_text_moves_nothing_whatever_the_times_say(as_mia, film, story):
    for moment, seconds in zip(story, (600, 60, None, None), strict=True):
        Moment.objects.filter(pk=moment.pk).update(timecode=seconds)
    assert edit(as_mia, story[0], placing="keep", timecode="0:10:00", body="Another text.").position == 1.0


def test_a_place_can_be_said_later_and_taken_back(as_mia, film, story):
    shared = share(as_mia, film)
    edit_page = f"{reverse('post-edit', args=[shared.pk])}#id_placing"
    assert edit_page in links(as_mia.get(shared.get_absolute_url()))
    assert the(as_mia.get(edit_page), "form details").has_attr("open")
    assert edit(as_mia, shared, placing="after", after=story[0].pk).position == 1.5
    assert not edit(as_mia, shared, placing="unsure").is_placed
    assert edit(as_mia, shared, placing="line", line=1000).position == 5.0


def test_what_belongs_to_a_moment_follows_it_to_its_place(as_mia, film, mia, story):
    shared = share(as_mia, film)
    claim = make_trivia(film, mia, reveals_at=shared.position)
    other = make_trivia(film, mia, reveals_at=2.0)
    song = make_song(film, mia, reveals_at=shared.position)
    SongUse.objects.create(song=song, moment=shared)
    edit(as_mia, shared, placing="after", after=story[1].pk)
    places = dict(Post.objects.exclude(kind="moment").values_list("pk", "reveals_at"))
    assert places == {claim.pk: 2.5, song.pk: 2.5, other.pk: 2.0}


def test_a_song_is_revealed_by_the_first_moment_it_is_heard_in_also_after_a_move(as_mia, film, mia, story):
    song = make_song(film, mia, reveals_at=2.0)
    for moment in (story[1], story[2]):
        SongUse.objects.create(song=song, moment=moment)
    edit(as_mia, story[1], placing="line", line=1000)
    assert Post.objects.get(pk=song.pk).reveals_at == 3.0


# What a moment without a place does to others: nothing.


def test_unplaced_moments_are_listed_apart(as_mia, client, film, story):
    shared = share(as_mia, film)
    url = film.get_absolute_url()
    cards = {
        query: [post.pk for post in client.get(url + query).context["posts"]]
        for query in ("", "?order=unplaced")
    }
    assert cards == {"": [moment.pk for moment in story], "?order=unplaced": [shared.pk]}
    assert f"{url}?order=unplaced#posts" in links(client.get(url))
    edit(as_mia, shared, placing="line", line=0)
    assert f"{url}?order=unplaced#posts" not in links(client.get(url))


def test_a_film_of_unplaced_moments_alone_leads_to_them(as_mia, client, film):
    share(as_mia, film)
    page = client.get(film.get_absolute_url())
    assert f"{film.get_absolute_url()}?order=unplaced#posts" in links(page)
    assert client.get(reverse("film-relive", args=[film.slug])).status_code == 200


def test_arc_and_relive_mode_pass_an_unplaced_moment_by(as_mia, client, film, story):
    shared = share(as_mia, film)
    shared.feel(shared.author, "joy")
    story[0].feel(shared.author, "joy")
    arc = client.get(film.get_absolute_url()).context["arc"].drawing.arc
    assert [point.keys for point in arc.points] == [(story[0].pk,)]
    page = client.get(shared.get_absolute_url())
    assert (page.context["previous"], page.context["next"]) == (None, None)
    assert reverse("relive-moment", args=[film.slug, shared.pk]) not in links(page, "body")
    last = client.get(reverse("relive-moment", args=[film.slug, story[3].pk]))
    assert (last.context["stop"].next, last.context["stop"].of) == (None, 4)
    there = client.get(reverse("relive-moment", args=[film.slug, shared.pk]))
    assert there["Location"] == reverse("film-relive", args=[film.slug])


def test_nobody_is_up_to_a_moment_that_has_no_place(as_seb, seb, film, mia):
    floating = make_moment(film, mia, position=UNPLACED)
    assert as_seb.post(reverse("moment-progress", args=[floating.pk])).status_code == 404
    assert Progress.objects.of(seb, film) is None
    assert select(as_seb.get(floating.get_absolute_url()), "form[action$='/progress/']") == []


@for_each(
    "seen, expected",
    [
        (None, False),
        (UNSEEN, True),
        (ProgressPoint(4.0), True),
        (ProgressPoint(4.0, 9e3), True),
        (SEEN, False),
    ],
)
def test_an_unplaced_moment_is_veiled_for_whoever_has_not_seen_all(film, story, seb, seen, expected):
    floating = make_moment(film, story[0].author, position=UNPLACED)
    Progress.objects.set_progress(seb, film, seen)
    assert is_veiled(floating, seb) is expected


def test_each_unplaced_moment_has_a_place_of_its_own_to_be_known_by(film, mia):
    first, second = Moment(film=film, author=mia, title="One"), Moment(film=film, author=mia, title="Two")
    for moment in (first, second):
        moment.leave_unplaced()
        moment.publish([])
    assert [first.position, second.position] == [UNPLACED, UNPLACED + 1]
    placed = Moment(film=film)
    placed.place_after(None)
    assert placed.position == 1.0


# Specials.


def test_a_special_stands_where_it_was_put_and_not_before_the_pilot(as_mia, series, mia, seb):
    make_moment(series, mia, "Pilot", position=1.0, season=1, episode=1)
    second = make_moment(series, mia, "Second", position=2.0, season=2, episode=1)
    special = share(as_mia, series, season="0", episode="5", placing="after", after=second.pk)
    assert order(series) == ["Pilot", "Second", "The Bench"]
    Progress.objects.set_progress(seb, series, ProgressPoint(1.0, end_of(1, 1)))
    assert is_veiled(special, seb)
    Progress.objects.set_progress(seb, series, ProgressPoint(3.0, end_of(2)))
    assert not is_veiled(special, seb)


def test_a_special_whose_author_does_not_say_where_has_no_place(as_mia, series, mia, seb):
    make_moment(series, mia, "Pilot", position=1.0, season=1, episode=1)
    special = share(as_mia, series, season="0", episode="5")
    Progress.objects.set_progress(seb, series, ProgressPoint(1.0, end_of(1, 1)))
    assert (special.is_placed, is_veiled(special, seb)) == (False, True)


def test_an_episode_finds_its_place_among_those_with_a_number(as_mia, series, mia):
    for number, (season, episode) in enumerate([(1, 1), (0, 3), (2, 1)]):
        make_moment(series, mia, f"S{season}", position=float(number), season=season, episode=episode)
    share(as_mia, series, season="1", episode="4")
    assert order(series) == ["S1", "S0", "The Bench", "S2"]


def test_the_way_to_say_a_place_is_offered_where_there_is_another_moment(as_mia, film, mia):
    ways = "#id_placing input"
    url = reverse("moment-add", args=[film.slug])
    assert [way["value"] for way in select(as_mia.get(url), ways)] == ["unsure", "time"]
    make_moment(film, mia)
    assert [way["value"] for way in select(as_mia.get(url), ways)] == ["unsure", "time", "after", "line"]
    assert the(as_mia.get(url), "#id_line")["type"] == "range"
    assert texts(as_mia.get(url), "#id_placing label")


def test_specials_that_were_put_before_the_pilot_lose_that_place(series, mia):
    special = make_moment(series, mia, position=-1.0, season=0, episode=5)
    make_moment(series, mia, "Pilot", position=1.0, season=1, episode=1)
    later = make_moment(series, mia, position=2.0, season=0, episode=6)
    claim = make_trivia(series, mia, reveals_at=-1.0)
    only = make_moment(make_film("Another series"), mia, position=1.0, season=0)
    import_module("moments.migrations.0027_unplaced_specials").leave_unplaced(apps, None)
    places = dict(Post.objects.exclude(title="Pilot").values_list("pk", "position"))
    assert places == {special.pk: UNPLACED, later.pk: 2.0, only.pk: 1.0, claim.pk: None}
    assert Post.objects.get(pk=claim.pk).reveals_at == UNPLACED
