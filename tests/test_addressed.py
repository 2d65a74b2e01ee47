"""An address that is made of a title: a new title brings a new one, and the former one still leads on."""

import pytest

from moments.models import Moment
from tests.support.makers import make_moment
from tests.support.revisions import age, edit

pytestmark = pytest.mark.django_db


def former(post):
    return sorted(post.former_slugs.values_list("slug", flat=True))


def retitled(post, *titles):
    for title in titles:
        edit(post, title=title)
    return Moment.objects.get(pk=post.pk)


@pytest.fixture
def bench(film, mia):
    return age(make_moment(film, mia, "The Bench"))


def test_a_new_title_brings_a_new_slug_and_keeps_the_former_one(bench):
    bench = retitled(bench, "The Hill", "The Pier")
    assert (bench.slug, former(bench)) == ("the-pier", ["the-bench", "the-hill"])


def test_an_edit_of_other_words_keeps_the_slug(bench):
    edit(bench, body="They dance.", title="The bench!")
    bench.refresh_from_db()
    assert (bench.slug, former(bench)) == ("the-bench", [])


def test_an_edit_writes_no_counter_back(bench):
    stale = Moment.objects.get(pk=bench.pk)
    Moment.objects.filter(pk=bench.pk).update(votes=7, comment_count=3)
    stale.title = "The Hill"
    stale.save_edit()
    bench.refresh_from_db()
    assert (bench.title, bench.slug, bench.votes, bench.comment_count) == ("The Hill", "the-hill", 7, 3)


def test_a_title_without_letters_has_a_slug_that_says_what_it_is_of(film, mia):
    assert [make_moment(film, mia, title).slug for title in ("★ ★", "!")] == ["moment", "moment-2"]


def test_a_slug_that_is_taken_within_the_film_gets_a_number(bench, film, mia):
    assert make_moment(film, mia, "The bench").slug == "the-bench-2"
    other = age(make_moment(film, mia, "The Hill"))
    assert retitled(other, "The Bench").slug == "the-bench-3"


def test_a_former_slug_leads_to_whoever_had_it_last(bench, film, mia):
    retitled(bench, "The Hill")
    other = age(make_moment(film, mia, "The Bench"))
    other = retitled(other, "The Pier")
    assert (former(bench), former(other)) == ([], ["the-bench"])


def test_the_address_of_a_revoked_title_is_dropped_unless_another_version_has_that_title(bench, keith):
    bench = retitled(bench, "Seb Smith", "The Bench", "Seb Smith", "The Pier")
    assert former(bench) == ["seb-smith", "the-bench"]
    versions = list(bench.revisions.filter(texts__title="Seb Smith"))
    versions[0].strike(keith)
    assert former(bench) == ["seb-smith", "the-bench"]
    versions[1].strike(keith)
    assert former(bench) == ["the-bench"]
