"""What is new in a thread since a member was last there: on its pages, on cards, how long that is kept."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from moments.models import LastRead, Mute, last_read, turns
from moments.viewer import comment_place
from tests.support.database import plan_of
from tests.support.makers import make_comment, make_member, make_moment
from tests.support.pages import select, texts
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
OF_LAST_READS = '"read"'


def new_on(page):
    comments = [step.node.comment for step in page.context["thread"] if step.kind == "item"]
    return [strip_tags(comment.body_html).strip() for comment in comments if comment.is_new]


def read_before(member, post, ago=HOUR):
    LastRead.objects.mark(member.pk, post, timezone.now() - ago)


def badges(client, url="/new/"):
    return texts(client.get(url), ".card .badge")


# In the thread.


def test_comments_since_the_last_visit_are_marked(as_seb, moment, mia):
    url = moment.get_absolute_url()
    make_comment(moment, mia, "Old news")
    assert as_seb.get(url).context["last_visit"] is None
    seen = as_seb.get(url).context["last_visit"]
    make_comment(moment, mia, "Fresh", created=seen + timedelta(days=1))
    assert new_on(as_seb.get(url)) == ["Fresh"]


def test_what_was_read_on_one_device_is_read_on_the_other(moment, mia, seb):
    phone, desk = Client(), Client()
    phone.force_login(seb), desk.force_login(seb)
    read_before(seb, moment)
    make_comment(moment, mia, "Fresh")
    assert new_on(phone.get(moment.get_absolute_url())) == ["Fresh"]
    assert new_on(desk.get(moment.get_absolute_url())) == []


def test_what_one_wrote_what_is_gone_and_whom_one_muted_is_not_new(as_seb, moment, mia, seb):
    loud = make_member("loud")
    Mute.objects.add(seb, loud)
    read_before(seb, moment)
    for author, words in ((seb, "Mine"), (loud, "Loud"), (mia, "Fresh"), (mia, "Gone")):
        make_comment(moment, author, words)
    moment.comments.get(body="Gone").delete_by_author()
    assert badges(as_seb) == ["1 new"]
    assert new_on(as_seb.get(moment.get_absolute_url())) == ["Fresh"]


def test_a_clock_that_was_ahead_hides_nothing_for_long(as_seb, moment, mia, seb):
    read_before(seb, moment, -24 * HOUR)
    make_comment(moment, mia, "Fresh", created=timezone.now() + HOUR)
    assert new_on(as_seb.get(moment.get_absolute_url())) == ["Fresh"]


def test_each_new_comment_leads_to_the_next(as_seb, moment, mia, seb):
    make_comment(moment, mia, "Old", created=timezone.now() - 2 * HOUR)
    read_before(seb, moment)
    first, second = make_comment(moment, mia), make_comment(moment, mia)
    page = as_seb.get(f"{moment.get_absolute_url()}?sort=old")
    assert [link["href"] for link in select(page, ".next-new a")] == [f"#c{first.pk}"]
    assert [link["href"] for link in select(page, ".comment-next")] == [f"#c{second.pk}", "#comments"]


def test_what_was_new_is_still_new_on_the_other_pages_and_in_another_order(
    as_seb, moment, mia, seb, monkeypatch
):
    monkeypatch.setattr(comment_place, "THREAD_PAGE", 2)
    read_before(seb, moment)
    for number in range(3):
        make_comment(moment, mia, f"Number {number}")
    url = moment.get_absolute_url()
    page = as_seb.get(f"{url}?sort=old")
    (more,) = select(page, ".pager a")
    orders = [tab["href"] for tab in select(page, ".thread-head .tabs a")]
    assert new_on(as_seb.get(f"{url}{more['href'].partition('#')[0]}")) == ["Number 2"]
    assert new_on(as_seb.get(f"{url}{orders[2].partition('#')[0]}")) == ["Number 2", "Number 1"]
    assert new_on(as_seb.get(url)) == []


def test_what_is_new_on_later_pages_alone_is_announced_on_the_first(as_seb, moment, mia, seb, monkeypatch):
    monkeypatch.setattr(comment_place, "THREAD_PAGE", 1)
    make_comment(moment, mia, "Old", created=timezone.now() - 2 * HOUR)
    read_before(seb, moment)
    make_comment(moment, mia, "Fresh")
    url = moment.get_absolute_url()
    (link,) = select(as_seb.get(f"{url}?sort=old"), ".next-new a")
    assert new_on(as_seb.get(f"{url}{link['href'].partition('#')[0]}")) == ["Fresh"]
    assert select(as_seb.get(f"{url}?sort=old"), ".next-new a") == []


@for_each("since", ["", "x", "nan", "inf", "-1", "1e300", "9999999999", "٣"])
def test_a_made_up_time_in_the_address_changes_nothing(since, as_seb, moment, mia, seb):
    make_comment(moment, mia, "Old", created=timezone.now() - 2 * HOUR)
    read_before(seb, moment)
    make_comment(moment, mia, "Fresh")
    expected = ["Fresh", "Old"] if since == "٣" else ["Fresh"]
    page = as_seb.get(moment.get_absolute_url(), {"since": since, "sort": "new"})
    assert new_on(page) == expected


def test_for_visitors_nothing_is_kept(client, moment, mia):
    make_comment(moment, mia)
    page = client.get(moment.get_absolute_url(), {"since": "1"})
    assert (new_on(page), dict(page.cookies), LastRead.objects.count()) == ([], {}, 0)


def test_the_cookie_of_an_earlier_release_is_dropped(as_seb, moment):
    as_seb.cookies["visits"] = "1-1"
    assert as_seb.get("/").cookies["visits"]["max-age"] == 0


def test_a_page_on_which_nothing_is_new_is_noted_once_an_hour(as_seb, moment, mia, seb):
    def note_of_visit():
        as_seb.get(moment.get_absolute_url())
        return LastRead.objects.get().read

    first = note_of_visit()
    assert note_of_visit() == first
    make_comment(moment, mia, "Fresh")
    second = note_of_visit()
    assert second > first
    read_before(seb, moment)
    assert note_of_visit() > second
    read_before(seb, moment, -HOUR / 2)
    assert note_of_visit() < timezone.now()


# On cards.


def test_a_card_says_how_many_comments_are_new(as_seb, moment, mia, seb):
    make_comment(moment, mia)
    assert badges(as_seb) == []
    as_seb.get(moment.get_absolute_url())
    assert badges(as_seb) == []
    make_comment(moment, mia), make_comment(moment, mia)
    assert badges(as_seb) == ["2 new"]
    as_seb.get(moment.get_absolute_url())
    assert badges(as_seb) == []


def test_cards_of_others_and_of_visitors_are_not_mixed_up(as_seb, moment, mia, seb):
    read_before(seb, moment)
    make_comment(moment, mia)
    assert [badges(each) for each in (as_seb, Client(), as_seb)] == [["1 new"], [], ["1 new"]]


def test_many_are_counted_to_a_bound(as_seb, moment, mia, seb, monkeypatch):
    monkeypatch.setattr(last_read, "MOST_NEW", 100)
    read_before(seb, moment)
    row = make_comment(moment, mia)
    copies = [type(row)(post_id=moment.pk, author=mia, body="x", body_html="x") for _ in range(120)]
    type(row).objects.bulk_create(copies)
    assert badges(as_seb) == ["99+ new"]


@for_each("address", ["home", "new", "songs", "tag", "film", "member"])
def test_what_is_new_on_all_cards_is_asked_once(address, as_seb, film, moment, mia, seb):
    arguments = {"tag": ["stars"], "film": [film.slug], "member": ["mia"]}.get(address, [])
    posts = [moment, *(make_moment(film, mia) for _ in range(5))]
    for post in posts:
        read_before(seb, post), make_comment(post, mia)
    url = reverse(address, args=arguments)
    as_seb.get(url)
    with CaptureQueriesContext(connection) as queries:
        as_seb.get(url)
    asked = [query["sql"] for query in queries if OF_LAST_READS in query["sql"]]
    assert len(asked) == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the size of a table")
def test_what_is_new_is_counted_from_the_newest_on(as_seb, moment, mia, seb):
    read_before(seb, moment)
    make_comment(moment, mia)
    with CaptureQueriesContext(connection) as queries:
        as_seb.get("/new/")
    (counted,) = [query["sql"] for query in queries if "moments_lastread" in query["sql"]]
    assert "comment_newest_of_post" in plan_of(counted)


# What is kept.


def test_reading_again_changes_the_one_row(as_seb, moment, seb):
    for _ in range(3):
        as_seb.get(moment.get_absolute_url())
    assert [(row.member, row.post_id) for row in LastRead.objects.all()] == [(seb, moment.pk)]


def test_what_was_read_long_ago_is_forgotten(film, moment, mia, seb):
    other = make_moment(film, mia)
    read_before(seb, moment, last_read.LAST_READ_KEPT_FOR + HOUR)
    read_before(seb, other, last_read.LAST_READ_KEPT_FOR - HOUR)
    LastRead.objects.expire(timezone.now())
    assert [row.post_id for row in LastRead.objects.all()] == [other.pk]


def test_within_a_day_of_each_member_the_newest_are_kept(film, mia, seb, monkeypatch):
    monkeypatch.setattr(last_read, "MOST_THREADS", 2)
    posts = [make_moment(film, mia) for _ in range(4)]
    for member in (mia, seb):
        for age, post in enumerate(posts):
            read_before(member, post, age * HOUR)
    now = timezone.now().replace(hour=0, minute=0)
    LastRead.objects.filter(read__gt=now).update(read=now)
    for minute in range(turns.MINUTES_OF_A_DAY):
        first, end = turns.members_of_minute(now + timedelta(minutes=minute))
        if first <= mia.pk < end or first <= seb.pk < end:
            LastRead.objects.expire(now + timedelta(minutes=minute))
    assert [LastRead.objects.filter(member=member).count() for member in (mia, seb)] == [2, 2]


def test_a_post_or_member_that_goes_takes_its_rows_along(moment, seb, mia):
    read_before(seb, moment), read_before(mia, moment)
    seb.delete()
    assert [row.member for row in LastRead.objects.all()] == [mia]
