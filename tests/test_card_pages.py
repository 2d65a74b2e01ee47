"""Cards are read by statements that viewers of one shape share: each gets what a query of their own finds."""

from datetime import timedelta
from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moments.models import Filter, LastRead, Moment, Mute, Post, Tag
from moments.models.asked import Asked
from moments.models.card import card_rows
from moments.models.card_pages import card_of, cards_of, chosen_cards, page_of_cards, page_of_keys
from moments.models.filter import Filters
from moments.models.post_queryset import HOT, NEW, STORY, TOP
from moments.models.viewer_shape import fill, shape_of
from moments.search.index import catch_up
from moments.spoilers.rules import ProgressPoint
from moments.syndication.listings import STRONGEST, TAGGED, posts_of, taggings_of, tallies_of
from reelive import statements
from reelive.pagination import paginate
from tests.support.clock import Clock
from tests.support.makers import (
    make_comment,
    make_film,
    make_member,
    make_moment,
    make_song,
    make_trivia,
    moderator,
)
from tests.support.rows import for_each
from tests.support.viewers import viewing, visitor

STANCES = ("veil", "hide", "show")
SEEDS = range(40)


def SCENE():
    """Three films, posts of every kind and state, members who mute, have seen a part, voted and read."""
    dice = Random(7)
    films = [make_film(title) for title in ("La La Land", "Cats", "Ponyo")]
    members = [make_member(name) for name in ("mia", "seb", "laura", "tracy")]
    posts = []
    for number in range(30):
        make = (make_moment, make_moment, make_song, make_trivia)[number % 4]
        tags = dice.sample(("stars", "tap dance", "dusk", "sea", "lamp"), dice.randint(0, 3))
        spoiler, body = number % 5 == 0, dice.choice(("They waltz.", "A lamp.", "The sea, the lamp."))
        post = make(dice.choice(films), dice.choice(members), tags=tags, spoiler=spoiler, body=body)
        Post.objects.filter(pk=post.pk).update(created=post.created - timedelta(hours=number * 9))
        posts.append(post)
    for post in posts:
        for member in dice.sample(members, 2):
            post.upvote(member)
        make_comment(post, dice.choice(members))
        if isinstance(post, Moment):
            post.feel(dice.choice(members), dice.choice(("joy", "hope")))
            post.tallies.update(house=dice.randint(0, 4))
    posts[3].remove(moderator(), "spam")
    posts[4].delete_by_author()
    for member in members:
        viewing(member).set_progress(films[0], ProgressPoint(float(dice.randint(0, 300))))
        for post in dice.sample(posts, 5):
            LastRead.objects.mark(member.pk, post, timezone.now() - timedelta(days=1))
    catch_up()
    return {"films": films, "members": members, "posts": posts}


def a_viewer(dice, staged):
    """Somebody with filters, mutes and revealed posts as chance will have it."""
    revealed = [post.pk for post in dice.sample(staged["posts"], dice.choice((0, 0, 1, 3)))]
    filters = Filters(
        tag=frozenset(
            tag.pk for tag in dice.sample(list(Tag.objects.order_by("pk")), dice.choice((0, 0, 1, 3)))
        ),
        film=frozenset(film.pk for film in dice.sample(staged["films"], dice.choice((0, 0, 0, 1)))),
        post=frozenset(post.pk for post in dice.sample(staged["posts"], dice.choice((0, 0, 2)))),
        word=frozenset(dice.sample(("sea", "waltz", "lamp", "moon"), dice.choice((0, 0, 1, 2)))),
    )
    if dice.random() < 0.3:
        viewer = visitor(revealed=revealed)
    else:
        member = dice.choice(staged["members"])
        member.spoiler_stance = dice.choice(STANCES)
        viewer = viewing(member, revealed)
        Mute.objects.add(member, dice.choice(staged["members"]))
    viewer.filters = filters
    return viewer


def a_list(dice, staged):
    """A function of a list with its values, its order, and the page it stands on."""
    film, member = dice.choice(staged["films"]), dice.choice(staged["members"])
    since = timezone.now() - timedelta(days=dice.choice((1, 4, 9)))
    return dice.choice((
        ({}, HOT, None),
        ({"kind": dice.choice(("moment", "song", "trivia"))}, NEW, None),
        ({"since": since}, TOP, None),
        ({"since": since, "kind": "moment"}, TOP, None),
        ({"kind": "trivia", "status": "unsourced"}, HOT, None),
        ({"film": film.pk, "kind": "moment"}, STORY, film),
        ({"film": film.pk}, TOP, film),
        ({"author": member.pk}, NEW, member),
    ))  # fmt: skip


@for_each("seed", SEEDS)
def test_a_shared_statement_finds_what_a_query_of_ones_own_finds(seed, staged):
    dice = Random(seed)
    viewer, (given, order, opened) = a_viewer(dice, staged), a_list(dice, staged)
    rows, cursor = Asked(posts_of, viewer, **given), None
    own = card_rows(posts_of(viewer, **given).shown_in_lists(viewer, opened), viewer)
    for _page in range(3):
        found = page_of_cards(rows, viewer, order, cursor, 4, opened)
        wanted = list(own.order_by(*order).filter(pk__in=[post.pk for post in found.items]))
        everything = list(own.order_by(*order))
        start = everything.index(wanted[0]) if wanted else 0
        assert list(map(tuple, found.items)) == everything[start : start + 4]
        assert start == 4 * _page or not found.items
        cursor = found.next_cursor
        if cursor is None:
            assert start + len(found.items) == len(everything)
            return


@for_each("seed", SEEDS)
def test_the_same_holds_of_rows_that_stand_for_posts(seed, staged):
    dice = Random(seed)
    viewer, tag = a_viewer(dice, staged), dice.choice(Tag.objects.order_by("pk"))
    for find, given, order, key in (
        (taggings_of, {"tag": tag.pk, "opened": tag}, TAGGED, "content_object_id"),
        (tallies_of, {"feeling": "joy"}, STRONGEST, "moment_id"),
    ):
        page = page_of_keys(Asked(find, viewer, **given), viewer, order, None, 3, key, given.get("opened"))
        wanted = paginate(find(viewer, **given), order, None, 3)
        keys = [row[key] for row in page.items]
        assert keys == [getattr(row, key) for row in wanted.items]
        assert page.next_cursor == wanted.next_cursor
        own = Post.objects.listed().filter(pk__in=keys).shown_in_lists(viewer, given.get("opened"))
        assert sorted(map(tuple, cards_of(keys, viewer, given.get("opened")))) == sorted(
            card_rows(own, viewer)
        )


def test_a_row_answers_as_the_post_itself(staged):
    member = staged["members"][1]
    viewer = viewing(member)
    names = (
        "pk", "model_name", "kind", "title", "shown_title", "named", "link", "excerpt", "episode_text",
        "art_url", "still_url", "artist_url", "is_labelled", "label_counts", "is_marked_spoiler", "colours",
        "votes", "labels_url", "join_url", "vote_url", "feelings", "reading", "created", "is_veiled",
        "my_vote", "comment_count", "relive_count", "status", "confirms", "disputes", "state", "is_visible",
    )  # fmt: skip
    rows = {row.pk: row for row in page_of_cards(Post.objects.listed(), viewer, HOT, None, 100).items}
    posts = {post.pk: post for post in Post.objects.listed().for_page(viewer)}
    assert set(rows) <= set(posts)
    assert len(rows) > 20
    for pk, row in rows.items():
        post = posts[pk]
        post.art_turn = row.art_turn
        assert {name: getattr(row, name) for name in names} == {name: getattr(post, name) for name in names}
        assert [(tag.name, tag.get_absolute_url()) for tag in row.tag_list] == [
            (tag.name, tag.get_absolute_url()) for tag in sorted(post.tag_list, key=row_order(post))
        ]
        assert (row.film.title, row.film.get_absolute_url()) == (
            post.film.title,
            post.film.get_absolute_url(),
        )
        assert (row.author.username, row.author.is_house) == (post.author.username, post.author.is_house)
        assert row.role_of(viewer) == post.role_of(viewer)


def row_order(post):
    order = list(post.taggings.order_by("pk").values_list("tag", flat=True))
    return lambda tag: order.index(tag.pk)


def test_new_comments_are_counted_as_the_page_of_a_post_counts_them(staged):
    new = 0
    for viewer in map(viewing, staged["members"]):
        rows = page_of_cards(Post.objects.listed(), viewer, HOT, None, 100).items
        posts = LastRead.objects.laid_over(Post.objects.filter(pk__in=[row.pk for row in rows]), viewer)
        counted = {post.pk: post.new_comments for post in posts}
        assert {row.pk: row.new_comments for row in rows} == counted
        new += sum(counted.values())
    assert new > 1


def test_what_ends_ends_although_the_statement_is_kept(staged, monkeypatch):
    clock, member = Clock(monkeypatch), staged["members"][0]
    loud, tag = staged["members"][1], Tag.objects.get(name="sea")
    Mute.objects.all().delete()
    everything = keys_for(member)
    Mute.objects.add(member, loud, clock.now + timedelta(hours=1))
    Filter.objects.add(member, "tag", tag.pk, clock.now + timedelta(hours=2))
    sea = set(Post.objects.filter(taggings__tag=tag).exclude(author=member).values_list("pk", flat=True))
    theirs = set(Post.objects.filter(author=loud).values_list("pk", flat=True))
    assert keys_for(member) == everything - sea - theirs
    clock.forward(hours=1)
    assert keys_for(member) == everything - sea
    clock.forward(hours=1)
    assert keys_for(member) == everything
    assert sea & theirs & everything


def keys_for(member):
    viewer = viewing(member)
    return {row.pk for row in page_of_cards(Asked(posts_of, viewer), viewer, HOT, None, 100).items}


def test_the_second_viewer_of_a_shape_builds_no_query(staged, monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})
    first, second = map(viewing, staged["members"][:2])
    first.filters = second.filters = Filters()
    with CaptureQueriesContext(connection) as queries:
        page_of_cards(Asked(posts_of, first), first, HOT, None, 4)
        monkeypatch.setattr(Post, "objects", None)
        page_of_cards(Asked(posts_of, second), second, HOT, None, 4)
    assert len(queries) == 2
    assert len(statements._kept) == 1


def test_shapes_differ_by_whatever_changes_the_sql(staged):
    member, film = staged["members"][0], staged["films"][0]
    plain, tag = viewing(member), Tag.objects.first()
    plain.filters = Filters()
    shapes = [shape_of(plain)[0], shape_of(visitor())[0], shape_of(plain, film)[0], shape_of(plain, tag)[0]]
    shapes += [shape_of(plain, member)[0], shape_of(with_filters(member, [], [3]), None)[0]]
    for stance in ("hide", "show"):
        member.spoiler_stance = stance
        shapes.append(shape_of(plain)[0])
    shapes += [shape_of(with_filters(member, range(number)))[0] for number in (1, 2, 3, 5)]
    assert len(set(shapes)) == len(shapes)
    assert shape_of(with_filters(member, range(3)))[0] == shape_of(with_filters(member, range(4)))[0]
    assert shape_of(visitor(progress={film.pk: ProgressPoint(1.0)})) == (None, {})
    assert shape_of(member) == (None, {})


def with_filters(member, tags, revealed=()):
    viewer = viewing(member, revealed)
    viewer.filters = Filters(tag=frozenset(tags))
    return viewer


def test_places_that_are_left_over_hold_the_last_value_again():
    values = {}
    assert [fill(values, "none", []), fill(values, "one", [7]), fill(values, "three", [1, 2, 3])] == [0, 1, 4]
    assert values == {"one 0": 7, "three 0": 1, "three 1": 2, "three 2": 3, "three 3": 3}


@pytest.mark.parametrize("make", [
    lambda staged: visitor(progress={film.pk: ProgressPoint(20.0) for film in staged["films"]}),
    lambda staged: staged["members"][2],
])  # fmt: skip
def test_who_has_no_shape_asks_by_a_query_of_their_own(make, staged, monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})
    viewer = make(staged)
    page = page_of_cards(Asked(posts_of, viewer), viewer, HOT, None, 100)
    own = card_rows(posts_of(viewer).shown_in_lists(viewer), viewer).order_by(*HOT)
    assert list(map(tuple, page.items)) == list(own)
    assert any(row.is_veiled for row in page.items)
    assert statements._kept.keys() <= {"filters"}


def test_the_choice_of_ones_own_is_shown_whatever_lists_leave_out(staged):
    viewer = viewing(staged["members"][0])
    Mute.objects.add(viewer.member, staged["members"][1])
    theirs = list(Post.objects.listed().filter(author=staged["members"][1]).values_list("pk", flat=True))
    assert cards_of(theirs, viewer) == []
    assert [row.pk for row in chosen_cards(theirs, viewer)] == theirs
    post = Post.objects.for_page(viewer).get(pk=theirs[0])
    assert (card_of(post, viewer).pk, card_of(post, viewer).is_veiled) == (post.pk, post.is_veiled)
