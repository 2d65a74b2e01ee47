"""Threads as trees: their order, where they fold, how they are walked, where a reply goes."""

from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.threads import FOLD_DEPTH, MAX_DEPTH, Place, build, flatten, place_reply
from tests.support.growth import lines_run


def comment(id, parent_id=None, best=0.0, reply_count=0, **fields):
    return SimpleNamespace(id=id, parent_id=parent_id, best=best, reply_count=reply_count, **fields)


def shape(nodes):
    """The ids as nested lists: [1, [2, [3]]] is 1 answered by 2, answered by 3."""
    return [
        part for node in nodes for part in (node.comment.id, *([shape(node.replies)] if node.replies else []))
    ]


def chain(length):
    return [comment(n, n - 1 or None, reply_count=int(n < length)) for n in range(1, length + 1)]


def walk(nodes):
    return [(step.kind, step.node.comment.id) for step in flatten(nodes)]


@st.composite
def threads_of_any_shape(draw):
    rows = [
        comment(
            n,
            draw(st.none() | st.integers(1, n - 1)) if n > 1 else None,
            draw(st.sampled_from([0, 0.3, 0.9])),
            votes=draw(st.integers(0, 2)),
        )
        for n in range(1, draw(st.integers(1, 40)))
    ]
    counts = Counter(row.parent_id for row in rows)
    for row in rows:
        row.reply_count = counts[row.id]
    return draw(st.permutations(rows))


# Trees


def test_nothing_makes_no_thread():
    assert build([]) == []
    assert list(flatten([])) == []


def test_replies_hang_below_what_they_answer():
    rows = [comment(1), comment(2, 1), comment(3), comment(4, 2), comment(5, 1)]
    assert shape(build(rows)) == [1, [2, [4], 5], 3]


@pytest.mark.parametrize(
    "sort, expected",
    [("best", [2, 3, 1, [5, 4, 6]]), ("new", [3, 2, 1, [6, 5, 4]]), ("old", [1, [4, 5, 6], 2, 3])],
)
def test_every_level_is_sorted(sort, expected):
    rows = [comment(6, 1, 0.2), comment(3, best=0.7), comment(5, 1, 0.6), comment(1), comment(4, 1, 0.2)]
    assert shape(build([*rows, comment(2, best=0.7)], sort)) == expected


def test_by_votes_the_newest_of_equals_comes_first():
    votes = {1: 2, 2: 5, 3: 2, 4: 0}
    assert shape(build([comment(key, votes=number) for key, number in votes.items()], "top")) == [2, 3, 1, 4]


def test_an_unknown_sort_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        build([comment(1)], "hot")


def test_a_comment_whose_parent_is_elsewhere_stands_at_the_top():
    nodes = build([comment(8, 7), comment(9, 8)])
    assert shape(nodes) == [8, [9]]
    assert [nodes[0].level, nodes[0].replies[0].level] == [0, 1]


def test_rows_may_be_plain_dictionaries():
    rows = [
        {"id": 1, "parent_id": None, "best": 0.1, "reply_count": 1},
        {"id": 2, "parent_id": 1, "best": 0.2, "reply_count": 0},
    ]
    top = build(rows)[0]
    assert (top.comment["id"], top.replies[0].comment["id"]) == (1, 2)


def test_comments_that_answer_each_other_do_not_hang_the_page():
    assert shape(build([comment(1), comment(2, 3), comment(3, 2), comment(4, 4)])) == [1]


@given(threads_of_any_shape(), st.sampled_from(["best", "top", "new", "old"]))
def test_a_thread_holds_every_comment_once_and_in_order(rows, sort):
    keys = {
        "best": lambda c: (-c.best, c.id),
        "top": lambda c: (-c.votes, -c.id),
        "new": lambda c: -c.id,
        "old": lambda c: c.id,
    }

    def check(nodes, parent_id, level):
        comments = [node.comment for node in nodes]
        assert comments == sorted(comments, key=keys[sort])
        for node in nodes:
            assert (node.comment.parent_id, node.level) == (parent_id, level)
            check(node.replies, node.comment.id, level + 1)

    tops = build(rows, sort, fold_depth=None)
    check(tops, None, 0)
    assert sorted(id for kind, id in walk(tops) if kind == "item") == sorted(row.id for row in rows)


# Folding


def test_a_deep_thread_continues_elsewhere():
    nodes = [step.node for step in flatten(build(chain(15))) if step.kind == "item"]
    assert [node.level for node in nodes] == list(range(FOLD_DEPTH + 1))
    assert [node.continues for node in nodes] == [False] * FOLD_DEPTH + [True]
    assert [node.hidden_replies for node in nodes] == [0] * FOLD_DEPTH + [1]


def test_a_thread_of_just_that_depth_does_not_continue():
    nodes = [step.node for step in flatten(build(chain(9))) if step.kind == "item"]
    assert (len(nodes), nodes[-1].level, nodes[-1].continues) == (9, FOLD_DEPTH, False)


def test_a_thread_continues_also_when_the_deeper_rows_were_not_read():
    last = [step.node for step in flatten(build(chain(15)[:9])) if step.kind == "item"][-1]
    assert (last.continues, last.hidden_replies) == (True, 1)


def test_replies_that_were_not_read_are_counted():
    top = build([comment(1, reply_count=5), comment(2, 1), comment(3, 1)])[0]
    assert (top.hidden_replies, top.continues) == (3, False)


def test_a_counter_that_lags_behind_hides_nothing():
    top = build([comment(1, reply_count=0), comment(2, 1)])[0]
    assert (shape([top]), top.hidden_replies) == ([1, [2]], 0)


# Walking


def test_a_walk_opens_and_closes_lists_around_replies():
    rows = [comment(1), comment(2, 1), comment(3, 2), comment(4, 1), comment(5)]
    assert walk(build(rows)) == [
        ("item", 1),
        ("open", 1),
        ("item", 2),
        ("open", 2),
        ("item", 3),
        ("end", 3),
        ("close", 2),
        ("end", 2),
        ("item", 4),
        ("end", 4),
        ("close", 1),
        ("end", 1),
        ("item", 5),
        ("end", 5),
    ]


@given(threads_of_any_shape())
def test_a_walk_is_nested_as_html_must_be(rows):
    opened = []
    for step in flatten(build(rows)):
        if step.kind in ("item", "open"):
            opened.append((step.kind, step.node.comment.id))
        else:
            begin = "item" if step.kind == "end" else "open"
            assert opened.pop() == (begin, step.node.comment.id)
    assert opened == []


def test_ten_thousand_comments_are_laid_out_at_once():
    def walk(half):
        deep = [comment(n, n - 1 or None) for n in range(1, half + 1)]
        wide = [comment(n, half + 1 if n > half + 1 else None) for n in range(half + 1, 2 * half + 1)]
        return list(flatten(build(deep + wide, fold_depth=None)))

    assert len(walk(5_000)) == 20_000 + 2 * 5_000
    assert lines_run(lambda: walk(5_000)) <= 4.2 * lines_run(lambda: walk(1_250))


# Replying


def stored(parent=None, **fields):
    place = place_reply(parent)
    return SimpleNamespace(parent=place.parent, root=place.root, depth=place.depth, **fields)


def test_a_first_comment_starts_a_branch():
    assert place_reply(None) == Place(None, None, 0)


def test_a_reply_knows_its_parent_and_its_branch():
    first = stored()
    second = stored(first)
    third = stored(second)
    assert (second.parent, second.root, second.depth) == (first, first, 1)
    assert (third.parent, third.root, third.depth) == (second, first, 2)


def test_a_reply_to_the_deepest_becomes_its_sibling():
    branch = [stored()]
    while branch[-1].depth < MAX_DEPTH:
        branch.append(stored(branch[-1]))
    assert len(branch) == MAX_DEPTH + 1
    reply = place_reply(branch[-1])
    assert reply == Place(branch[-2], branch[0], MAX_DEPTH)
