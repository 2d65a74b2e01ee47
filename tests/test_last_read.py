"""The cookie of last visits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.viewer.last_read import POSTS_KEPT, last_visit, with_visit
from tests.support.makers import make_comment

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def test_a_visit_is_remembered_to_the_second():
    assert last_visit(with_visit("", 7, NOON), 7) == NOON


def test_only_the_last_visits_are_kept():
    cookie = ""
    for post in range(POSTS_KEPT + 5):
        cookie = with_visit(cookie, post, NOON)
    assert last_visit(cookie, 4) is None
    assert last_visit(cookie, 5) == NOON


def test_a_time_beyond_all_calendars_is_harmless():
    assert last_visit(f"1-{'f' * 12}", 1).year == 2106
    assert [last_visit(f"1-{garbled}", 1) for garbled in ("f" * 13, "-1", "", "g")] == [None] * 4


@given(st.text(max_size=200))
def test_any_cookie_is_harmless(cookie):
    assert last_visit(with_visit(cookie, 1, NOON), 1) == NOON


@pytest.mark.django_db
def test_comments_since_the_last_visit_are_marked(as_seb, moment, mia):
    url = moment.get_absolute_url()
    make_comment(moment, mia, "Old news")
    assert as_seb.get(url).context["last_visit"] is None
    seen = as_seb.get(url).context["last_visit"]
    fresh = make_comment(moment, mia, "Fresh", created=seen + timedelta(days=1))
    page = as_seb.get(url)
    comments = [step.node.comment for step in page.context["thread"] if step.kind == "item"]
    assert [comment.pk for comment in comments if comment.is_new] == [fresh.pk]


@pytest.mark.django_db
def test_signed_out_readers_get_no_cookie(client, moment):
    assert not client.get(moment.get_absolute_url()).cookies
