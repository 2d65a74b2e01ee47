"""When the author of a text hears that it was flagged, and what its numbers say."""

import pytest

from moments.labels import LABELS_BY_SLUG, MEMBER_THRESHOLDS, SPOILER_QUORUM
from moments.models import Event, EventKind, Label
from tests.support.makers import make_comment, make_member

pytestmark = pytest.mark.django_db


def told():
    return list(
        Event.objects.filter(kind=EventKind.FLAG).order_by("pk").values_list("post", "comment", "detail")
    )


@pytest.fixture
def fans():
    return [make_member(f"fan{number}") for number in range(5)]


@pytest.mark.parametrize("kind", ["spoiler", "off-topic"])
def test_the_author_is_told_once_by_the_label_that_hides_it_for_members(kind, moment, fans):
    enough = MEMBER_THRESHOLDS[kind]
    for number, fan in enumerate(fans, start=1):
        assert moment.label(fan, kind) is True
        assert told() == [(moment.pk, None, kind)] * (number >= enough)


def test_the_author_is_not_told_where_that_was_asked_for(moment, fans):
    for fan in fans:
        assert moment.label(fan, "spoiler", is_told=False) is True
    assert (told(), moment.spoiler_labels) == ([], 5)


def test_one_s_own_text_is_not_labelled_and_none_twice(moment, mia, fans):
    assert moment.label(mia, "spoiler") is False
    assert [moment.label(fans[0], "unkind") for _twice in range(2)] == [True, False]
    assert (Label.objects.count(), moment.unkind_labels, moment.is_labelled) == (1, 1, True)


def test_a_label_that_is_taken_back_leaves_those_of_others_and_of_other_texts(moment, seb, fans):
    comment = make_comment(moment, seb)
    for text in (moment, comment):
        text.label(fans[0], "spoiler")
    moment.label(fans[1], "spoiler")
    moment.label(fans[0], "unkind")
    assert [moment.unlabel(fans[0], "spoiler") for _twice in range(2)] == [True, False]
    for text in (moment, comment):
        text.refresh_from_db()
    assert (moment.spoiler_labels, moment.unkind_labels, comment.spoiler_labels) == (1, 1, 1)
    left = Label.objects.order_by("pk").values_list("post", "comment", "member", "kind")
    assert list(left) == [
        (None, comment.pk, fans[0].pk, "spoiler"),
        (moment.pk, None, fans[1].pk, "spoiler"),
        (moment.pk, None, fans[0].pk, "unkind"),
    ]


def test_its_labels_are_named_with_their_numbers(moment, fans):
    assert (moment.label_counts, moment.is_labelled, moment.spoils_by_quorum) == ([], False, False)
    for fan in fans[:SPOILER_QUORUM]:
        moment.label(fan, "spoiler")
    moment.label(fans[0], "wrong")
    named = {LABELS_BY_SLUG[slug].name: count for slug, count in (("spoiler", SPOILER_QUORUM), ("wrong", 1))}
    assert (dict(moment.label_counts), moment.spoils_by_quorum) == (named, True)
