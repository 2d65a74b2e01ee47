"""Whom a newcomer may want to follow."""

import pytest
from django.core.cache import cache

from accounts.models import User
from moments.models import Follow, Mute, Restrict
from moments.viewer import suggestions
from moments.viewer.browser import Browser
from moments.viewer.suggestions import suggestions_for
from moments.viewer.viewer import Member
from tests.support.makers import make_film, make_member, make_moment
from tests.support.rows import for_each


@pytest.fixture
def tom(db):
    return make_member("tom")


@pytest.fixture
def suggested(film, moment, mia, seb, tom):
    """Seb felt what tom felt, at a moment that mia shared."""
    moment.feel(seb, "joy"), moment.feel(tom, "joy")

    def names():
        cache.clear()
        return [member.username for member in suggestions_for(Member(seb, Browser({})))]

    return names


def test_those_who_felt_the_same_come_before_those_who_shared_the_film(suggested):
    assert suggested() == ["tom", "mia"]


def test_who_felt_something_else_or_shared_other_films_is_not_suggested(suggested, moment):
    moment.feel(make_member("bill"), "dread")
    make_moment(make_film("Whiplash"), make_member("paul"))
    assert suggested() == ["tom", "mia"]


@for_each("pair", [Mute, Restrict])
@for_each("is_mine", [True, False])
def test_nobody_is_suggested_to_whom_they_mute_or_restrict_or_who_does_so(suggested, seb, tom, pair, is_mine):
    pair.objects.add(seb, tom) if is_mine else pair.objects.add(tom, seb)
    assert suggested() == ["mia"]


def test_who_is_followed_suspended_or_does_not_want_to_is_not_suggested(suggested, seb, mia, tom):
    Follow.objects.follow(seb, person=mia)
    assert suggested() == ["tom"]
    User.objects.filter(pk=tom.pk).update(is_active=False)
    assert suggested() == []
    User.objects.filter(pk=tom.pk).update(is_active=True, is_suggested=False)
    assert suggested() == []


def test_members_switch_it_off_in_their_profile(as_seb, seb):
    form = as_seb.get("/accounts/profile/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    assert sent.pop("is_suggested") is True
    as_seb.post("/accounts/profile/", sent)
    seb.refresh_from_db()
    assert seb.is_suggested is False


def test_it_is_looked_up_once_a_day(suggested, moment, seb, mia):
    names = suggested()
    moment.feel(make_member("bill"), "joy")
    assert [member.username for member in suggestions_for(Member(seb, Browser({})))] == names
    assert suggested() == ["tom", "bill", "mia"]


def test_so_many_rows_are_read_and_no_more(suggested, film, mia, monkeypatch):
    monkeypatch.setattr(suggestions, "MOST_READ", 1)
    for number in range(5):
        make_moment(film, make_member(f"member-{number}"))
    assert len(suggested()) <= 2


def test_whoever_shares_nothing_with_anybody_gets_no_suggestion(db, film, mia, tom):
    assert suggestions_for(Member(mia, Browser({}))) == []
