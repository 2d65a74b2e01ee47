"""The spoiler horizon: the rule, its twin in SQL, and what a browser carries of it."""

from itertools import product

import pytest
from conftest import make_film, make_moment, make_song, make_trivia
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from moments.labels import SPOILER_QUORUM
from moments.models import Moment, Post, Progress
from moments.sight import FILMS_KEPT, REVEALED_KEPT, Sight
from moments.spoilers import (
    ALL,
    LAST_EPISODE,
    LAST_SEASON,
    NOT_SEEN,
    SEEN,
    UNSEEN,
    Horizon,
    clock,
    end_of,
    episode_of,
    is_beyond,
    reached,
)

PARTS = st.one_of(st.none(), st.integers(0, 12))
SECONDS = st.one_of(st.none(), st.integers(0, 90))
TIMES = st.tuples(PARTS, PARTS, SECONDS)
PLACES = st.one_of(st.none(), st.integers(-3, 12).map(float))
CLOCKS = st.one_of(
    st.none(), TIMES.map(lambda time: clock(*time)), st.builds(end_of, st.integers(1, 12), PARTS)
)


# The rule.


@given(place=PLACES, at=CLOCKS, flagged=st.booleans())
def test_who_said_nothing_is_spared_what_is_flagged(place, at, flagged):
    assert is_beyond(None, place, at, flagged=flagged) is flagged


@given(place=PLACES, at=CLOCKS, flagged=st.booleans())
def test_who_has_seen_it_all_sees_it_all(place, at, flagged):
    assert is_beyond(SEEN, place, at, flagged=flagged) is False


@given(place=PLACES, at=CLOCKS, flagged=st.booleans())
def test_who_has_seen_nothing_is_spared_all_that_has_a_place(place, at, flagged):
    assert is_beyond(UNSEEN, place, at, flagged=flagged) is (flagged if place is None else True)


@given(
    places=st.tuples(PLACES, PLACES).filter(lambda pair: None not in pair),
    at=CLOCKS,
    other=CLOCKS,
    flagged=st.booleans(),
)
def test_seeing_further_never_veils_more(places, at, other, flagged):
    near, far = sorted(places)
    for place in (-9.0, *places, 99.0):
        if is_beyond(Horizon(far, other), place, at, flagged=flagged):
            assert is_beyond(Horizon(near, other), place, at, flagged=flagged)


@given(time=TIMES.filter(any), place=PLACES)
def test_a_moment_is_within_the_horizon_of_who_is_up_to_it(time, place):
    at = clock(*time)
    assert not is_beyond(Horizon(0.0 if place is None else place, at), place, at, flagged=False)


@given(season=st.integers(1, LAST_SEASON), episode=st.integers(0, LAST_EPISODE - 2), second=SECONDS)
def test_an_episode_ends_behind_each_moment_of_it_and_before_the_next(season, episode, second):
    horizon = Horizon(NOT_SEEN, end_of(season, episode))
    assert not is_beyond(horizon, 5.0, clock(season, episode, second), flagged=False)
    assert is_beyond(horizon, 5.0, clock(season, episode + 1, 0), flagged=False)
    assert is_beyond(horizon, 5.0, clock(season, None, None), flagged=False)
    assert not is_beyond(Horizon(NOT_SEEN, end_of(season)), 5.0, clock(season, None, None), flagged=False)


@given(season=st.integers(0, LAST_SEASON), episode=st.one_of(st.none(), st.integers(0, LAST_EPISODE - 1)))
def test_the_end_of_an_episode_tells_which_it_was(season, episode):
    assert episode_of(end_of(season, episode)) == (season, episode)


def test_a_moment_that_others_put_in_between_goes_by_the_clock():
    horizon = Horizon(7.0, clock(2, 3, None))
    assert is_beyond(horizon, 6.5, clock(2, 4, 10), flagged=False)
    assert not is_beyond(horizon, 7.5, clock(2, 3, 10), flagged=False)


def test_a_place_is_reached_until_a_moment_that_is_later():
    story = [
        (1.0, clock(None, None, 60)),
        (2.0, None),
        (3.0, 1800.0),
        (4.0, None),
        (5.0, 4000.0),
        (6.0, 90.0),
    ]
    assert reached(story, 1800.0) == 3.0
    assert reached(story, 59.0) == NOT_SEEN
    assert reached(story, 9000.0) == 6.0
    assert reached(story, end_of(1, 1)) == NOT_SEEN, "an episode says nothing of the minutes of a film"


# The same in the database.


HORIZONS = [
    None,
    UNSEEN,
    SEEN,
    *(Horizon(place, at) for place in (NOT_SEEN, 3.0, 5.5) for at in (None, 40.0, end_of(1), end_of(2, 3))),
    Horizon(5.0, clock(2, 3, 10)),
    Horizon(5.0, clock(2, 3, None)),
]
TIMES_TRIED = [
    (None, None, None), (None, None, 40), (None, None, 41), (None, 3, None), (1, None, None), (2, 3, 10),
    (2, 3, 11), (2, 3, None), (2, 4, 0), (0, 0, 5),
]  # fmt: skip


@pytest.fixture
def story(film, mia):
    """A moment for each place, time and flag, and songs and claims that belong somewhere or nowhere."""
    for place, time, flagged in product((1.0, 5.0, 9.0), TIMES_TRIED, (True, False)):
        season, episode, second = time
        make_moment(
            film, mia, position=place, season=season, episode=episode, timecode=second, spoiler=flagged
        )
    for place, flagged in product((None, 1.0, 9.0), (True, False)):
        make_song(film, mia, reveals_at=place, spoiler=flagged)
        make_trivia(film, mia, reveals_at=place, spoiler=flagged)
        for number in (SPOILER_QUORUM - 1, SPOILER_QUORUM):
            make_song(film, mia, reveals_at=place, spoiler=flagged, spoiler_labels=number)
    return film


def veiled(viewer):
    return set(Post.objects.veiled_for(viewer).filter(is_veiled=True).values_list("pk", flat=True))


def by_the_rule(horizon):
    def at(post):
        return clock(post.season, post.episode, post.timecode)

    def place(post):
        return post.reveals_at if post.position is None else post.position

    return {
        post.pk
        for post in Post.objects.all()
        if is_beyond(horizon, place(post), at(post), flagged=post.is_flagged)
    }


def visitor(sight):
    """Somebody without an account, and what their browser brings along."""
    somebody = AnonymousUser()
    somebody.sight = sight
    return somebody


def test_lists_follow_the_rule_for_a_member(story, seb):
    for horizon in HORIZONS:
        Progress.objects.reach(seb, story, horizon)
        assert veiled(seb) == by_the_rule(horizon), horizon


def test_lists_follow_the_rule_for_a_visitor(story):
    for horizon in HORIZONS:
        carried = Sight().reaching(story.pk + 1, SEEN).reaching(story.pk, horizon)
        assert veiled(visitor(carried)) == by_the_rule(horizon), horizon


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", [ALL, -ALL, float("inf"), 2e300])
@pytest.mark.parametrize("column", ["position", "reveals_at"])
def test_nothing_stands_outside_of_its_story(moment, column, place):
    with pytest.raises(IntegrityError, match=f"post_{column}_in_story"):
        Post.objects.filter(pk=moment.pk).update(**{column: place})


def test_one_horizon_says_nothing_of_another_film_or_member(story, seb, keith, mia):
    other = make_moment(make_film("Snatch"), mia, spoiler=True)
    Progress.objects.reach(seb, story, SEEN)
    assert veiled(seb) == {other.pk}
    assert veiled(keith) == by_the_rule(None)


def test_author_reads_what_they_wrote_about_what_they_have_not_seen(story, mia):
    Progress.objects.reach(mia, story, UNSEEN)
    assert veiled(mia) == set()


def test_a_lifted_veil_stays_lifted(story, seb):
    first, second, *_others = sorted(veiled(seb))
    seb.sight = Sight().lifting(first)
    assert veiled(seb) == by_the_rule(None) - {first}
    assert veiled(visitor(Sight().lifting(second))) == by_the_rule(None) - {second}


def test_what_a_member_relived_is_not_veiled_for_them_and_for_nobody_else(story, seb, keith):
    Progress.objects.reach(seb, story, UNSEEN)
    moment = Moment.objects.filter(pk__in=by_the_rule(None)).first()
    entry = moment.relive(seb)
    assert veiled(seb) == by_the_rule(UNSEEN) - {moment.pk}
    assert moment.pk in veiled(keith)
    moment.forget(entry)
    assert moment.pk in veiled(seb)


def test_members_who_asked_for_it_are_shown_everything(story, seb):
    Progress.objects.reach(seb, story, UNSEEN)
    seb.spoiler_stance = User.SpoilerStance.SHOW
    assert veiled(seb) == set()


def test_members_who_asked_for_it_have_veiled_posts_left_out_of_lists(story, seb):
    Progress.objects.reach(seb, story, Horizon(5.0))
    seb.spoiler_stance = User.SpoilerStance.HIDE
    shown = set(Post.objects.for_cards(seb).values_list("pk", flat=True))
    assert shown == set(Post.objects.values_list("pk", flat=True)) - by_the_rule(Horizon(5.0))


def test_saying_how_far_one_is_twice_keeps_one_row(film, seb):
    Progress.objects.reach(seb, film, UNSEEN)
    Progress.objects.reach(seb, film, Horizon(4.0, 60.0))
    assert Progress.objects.horizon(seb, film) == Horizon(4.0, 60.0)
    Progress.objects.reach(seb, film, None)
    assert Progress.objects.horizon(seb, film) is None
    assert Progress.objects.filter(member=seb).count() == 1


# What a browser carries.


def test_sight_travels_in_cookies_and_back():
    sight = Sight().reaching(3, SEEN).reaching(4, Horizon(2.5, 61.0)).lifting(7).lifting(300)
    assert Sight.read(sight.cookies()) == sight
    assert Sight().cookies() == {"horizons": "", "revealed": ""}


def test_sight_keeps_what_was_said_last():
    sight = Sight()
    for number in range(100):
        sight = sight.reaching(number, UNSEEN).lifting(number)
    sight = sight.reaching(99, SEEN).reaching(98, None).lifting(50)
    assert list(sight.horizons) == [*range(40, 98), 99]
    assert sight.horizons[99] == SEEN
    assert sight.revealed == (*range(40, 50), *range(51, 100), 50)
    assert len(sight.revealed) == REVEALED_KEPT == FILMS_KEPT
    assert sum(map(len, sight.cookies().values())) < 3_000, "two cookies that any browser takes"


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_garbled_cookie_says_nothing(horizons, revealed):
    sight = Sight.read({"horizons": horizons, "revealed": revealed})
    assert sight.horizons == {}
    assert all(0 <= pk < 2**48 for pk in sight.revealed)


def test_a_cookie_that_another_site_signed_says_nothing():
    assert Sight.read({"horizons": signing.dumps([[1, 1e12, None]], salt="else", key="theirs")}) == Sight()
