"""A table that is walked in one test keeps its rows apart, tries all of them and names those that fail."""

from inspect import signature

import pytest

from accounts.models import User
from tests.support.makers import make_member
from tests.support.rows import for_each


def test_all_rows_are_tried_and_each_that_fails_is_named():
    tried = []

    @for_each("number, word", [(1, "one"), (2, "two"), (3, "three"), (4, "four")])
    def odd(number, word):
        tried.append(word)
        assert number % 2

    with pytest.raises(ExceptionGroup, match="2 of 4 rows") as failed:
        odd()
    assert tried == ["one", "two", "three", "four"]
    notes = [failure.__notes__ for failure in failed.value.exceptions]
    assert notes == [["In the row (2, 'two')"], ["In the row (4, 'four')"]]


@pytest.mark.parametrize("ids", [["ONE"], str.upper])
def test_rows_have_names_of_their_own(ids):
    @for_each("word", ["one"], ids=ids)
    def fail(word):
        raise LookupError(word)

    with pytest.raises(ExceptionGroup) as failed:
        fail()
    assert failed.value.exceptions[0].__notes__ == ["In the row ONE"]


def test_what_a_row_does_is_undone_before_the_next(client, mia):
    found = []

    @for_each("first", ["tracy", "tom"])
    @for_each("second", ["laura"])
    def act(first, second, client, mia):
        names = list(User.objects.values_list("username", flat=True))
        found.append((mia.username, names, dict(client.cookies)))
        make_member(first), make_member(second)
        client.force_login(mia)
        mia.username = first

    assert list(signature(act).parameters) == ["client", "mia"]
    act(client=client, mia=mia)
    assert found == [("mia", ["mia"], {})] * 2
    assert (mia.username, User.objects.count(), dict(client.cookies)) == ("mia", 1, {})
