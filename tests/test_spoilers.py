"""What lists veil for members and visitors, and what a browser carries of their progress."""

from itertools import product

import pytest
from django.core import signing
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from moments.labels import SPOILER_QUORUM
from moments.models import Moment, Post, Progress
from moments.spoilers.cookies import FILMS_KEPT, REVEALED_KEPT, SpoilerCookies
from moments.spoilers.rules import (
    ALL_SEEN,
    NOT_SEEN,
    SEEN,
    UNSEEN,
    ProgressPoint,
    end_of,
    is_beyond,
    story_time,
)
from tests.support.makers import make_film, make_member, make_moment, make_song, make_trivia
from tests.support.viewers import viewing, visitor

# The rule in the database.


PROGRESS = [
    None,
    UNSEEN,
    SEEN,
    *(
        ProgressPoint(place, at)
        for place in (NOT_SEEN, 3.0, 5.5)
        for at in (None, 40.0, end_of(1), end_of(2, 3))
    ),
    ProgressPoint(5.0, story_time(2, 3, 10)),
    ProgressPoint(5.0, story_time(2, 3, None)),
]
TIMES_TRIED = [
    (None, None, None), (None, None, 40), (None, None, 41), (None, 3, None), (1, None, None), (2, 3, 10),
    (2, 3, 11), (2, 3, None), (2, 4, 0), (0, 0, 5),
]  # fmt: skip


def make_story():
    """A moment for each place, time and flag, and songs and claims that belong somewhere or nowhere."""
    mia, film = make_member("mia"), make_film()
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
    return {"mia": mia, "film": film}


SCENE = make_story


@pytest.fixture
def story(film):
    return film


def veiled(viewer):
    return set(Post.objects.veiled_for(viewer).filter(is_veiled=True).values_list("pk", flat=True))


def by_the_rule(progress):
    def at(post):
        return story_time(post.season, post.episode, post.timecode)

    def place(post):
        return post.reveals_at if post.position is None else post.position

    return {
        post.pk
        for post in Post.objects.all()
        if is_beyond(progress, place(post), at(post), flagged=post.is_marked_spoiler)
    }


def test_lists_follow_the_rule_for_a_member(story, seb):
    for progress in PROGRESS:
        Progress.objects.set_progress(seb, story, progress)
        assert veiled(seb) == by_the_rule(progress), progress


def test_lists_follow_the_rule_for_a_visitor(story):
    for progress in PROGRESS:
        carried = {story.pk + 1: SEEN} | ({story.pk: progress} if progress else {})
        assert veiled(visitor(carried)) == by_the_rule(progress), progress


@pytest.mark.parametrize("place", [ALL_SEEN, -ALL_SEEN, float("inf"), 2e300])
@pytest.mark.parametrize("column", ["position", "reveals_at"])
def test_nothing_stands_outside_of_its_story(moment, column, place):
    with pytest.raises(IntegrityError, match=f"post_{column}_in_story"):
        Post.objects.filter(pk=moment.pk).update(**{column: place})


def test_progress_in_one_film_says_nothing_of_another_film_or_member(story, seb, keith, mia):
    other = make_moment(make_film("Snatch"), mia, spoiler=True)
    Progress.objects.set_progress(seb, story, SEEN)
    assert veiled(seb) == {other.pk}
    assert veiled(keith) == by_the_rule(None)


def test_author_reads_what_they_wrote_about_what_they_have_not_seen(story, mia):
    Progress.objects.set_progress(mia, story, UNSEEN)
    assert veiled(mia) == set()


def test_a_lifted_veil_stays_lifted(story, seb):
    first, second, *_others = sorted(veiled(seb))
    assert veiled(viewing(seb, revealed=[first])) == by_the_rule(None) - {first}
    assert veiled(visitor(revealed=[second])) == by_the_rule(None) - {second}


def test_what_a_member_relived_is_not_veiled_for_them_and_for_nobody_else(story, seb, keith):
    Progress.objects.set_progress(seb, story, UNSEEN)
    moment = Moment.objects.filter(pk__in=by_the_rule(None)).first()
    entry = moment.relive(seb)
    assert veiled(seb) == by_the_rule(UNSEEN) - {moment.pk}
    assert moment.pk in veiled(keith)
    moment.forget(entry)
    assert moment.pk in veiled(seb)


def test_members_who_asked_for_it_are_shown_everything(story, seb):
    Progress.objects.set_progress(seb, story, UNSEEN)
    seb.spoiler_stance = User.SpoilerStance.SHOW
    assert veiled(seb) == set()


def test_members_who_asked_for_it_have_veiled_posts_left_out_of_lists(story, seb):
    Progress.objects.set_progress(seb, story, ProgressPoint(5.0))
    seb.spoiler_stance = User.SpoilerStance.HIDE
    shown = set(Post.objects.shown_in_lists(seb).values_list("pk", flat=True))
    assert shown == set(Post.objects.values_list("pk", flat=True)) - by_the_rule(ProgressPoint(5.0))


def test_saying_how_far_one_is_twice_keeps_one_row(film, seb):
    Progress.objects.set_progress(seb, film, UNSEEN)
    Progress.objects.set_progress(seb, film, ProgressPoint(4.0, 60.0))
    assert Progress.objects.of(seb, film) == ProgressPoint(4.0, 60.0)
    Progress.objects.set_progress(seb, film, None)
    assert Progress.objects.of(seb, film) is None
    assert Progress.objects.filter(member=seb).count() == 1


# What a browser carries.


def test_progress_travels_in_cookies_and_back():
    spoiler_cookies = (
        SpoilerCookies()
        .with_progress(3, SEEN)
        .with_progress(4, ProgressPoint(2.5, 61.0))
        .with_revealed(7)
        .with_revealed(300)
    )
    assert SpoilerCookies.read(spoiler_cookies.cookies()) == spoiler_cookies
    assert SpoilerCookies().cookies() == {"horizons": "", "revealed": ""}


def test_cookies_keep_the_progress_that_was_said_last():
    spoiler_cookies = SpoilerCookies()
    for number in range(100):
        spoiler_cookies = spoiler_cookies.with_progress(number, UNSEEN).with_revealed(number)
    spoiler_cookies = spoiler_cookies.with_progress(99, SEEN).with_progress(98, None).with_revealed(50)
    assert list(spoiler_cookies.progress_by_film) == [*range(40, 98), 99]
    assert spoiler_cookies.progress_by_film[99] == SEEN
    assert spoiler_cookies.revealed == (*range(40, 50), *range(51, 100), 50)
    assert len(spoiler_cookies.revealed) == REVEALED_KEPT == FILMS_KEPT
    assert sum(map(len, spoiler_cookies.cookies().values())) < 3_000, "two cookies that any browser takes"


@given(st.text(max_size=80), st.text(max_size=80))
def test_a_garbled_cookie_says_nothing(progress_by_film, revealed):
    spoiler_cookies = SpoilerCookies.read({"horizons": progress_by_film, "revealed": revealed})
    assert spoiler_cookies.progress_by_film == {}
    assert all(0 <= pk < 2**48 for pk in spoiler_cookies.revealed)


def test_a_cookie_that_another_site_signed_says_nothing():
    assert (
        SpoilerCookies.read({"horizons": signing.dumps([[1, 1e12, None]], salt="else", key="theirs")})
        == SpoilerCookies()
    )
