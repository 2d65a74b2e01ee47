"""Scheduled posts: published by the task process at their time and once, or given back to their member."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connections, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.forms import publishing
from moments.forms.publishing import publish_one
from moments.models import Draft, FeedEntry, Follow, Moment, Song, draft
from reelive import ratelimit
from tests.support.drafts import FORM
from tests.support.makers import make_moment
from tests.support.pictures import picture
from tests.support.rows import for_each
from tests.support.scheduled import minute, schedule, told, turn

DAY = timedelta(days=1)


@pytest.fixture
def add(film):
    return reverse("moment-add", args=[film.slug])


@pytest.fixture
def tomorrow():
    return timezone.now().replace(second=0, microsecond=0) + DAY


@pytest.fixture
def scheduled(as_seb, add, tomorrow):
    """A post of seb's for tomorrow."""
    return schedule(as_seb, add, tomorrow)


# At its time.


def test_a_scheduled_post_is_published_at_its_time_as_a_post_of_its_member(scheduled, seb, mia, tomorrow):
    Follow.objects.follow(mia, person=seb)
    turn(tomorrow - timedelta(minutes=1))
    assert not Moment.objects.exists()
    turn(tomorrow)
    post = Moment.objects.get()
    assert (post.author, post.title, [tag.name for tag in post.tag_list]) == (seb, "The Bench", ["dusk"])
    assert not Draft.objects.exists()
    assert FeedEntry.objects.filter(member=mia, post=post).exists()


def test_songs_and_trivia_are_scheduled_as_well(as_seb, film, moment, tomorrow):
    for kind, fields in (("song", {"artist": "Them"}), ("trivia", {"sources": "https://example.org/ One"})):
        schedule(as_seb, reverse(f"{kind}-add", args=[film.slug]), tomorrow, title=f"A {kind}", **fields)
    turn(tomorrow)
    kinds = set(film.posts.exclude(pk=moment.pk).values_list("kind", "title"))
    assert kinds == {("song", "A song"), ("trivia", "A trivia")}
    assert Song.objects.get().artist == "Them"


def test_a_picture_is_published_with_its_post(as_seb, add, tomorrow, clock):
    tomorrow = clock.now.replace(second=0, microsecond=0) + 60 * DAY
    schedule(as_seb, add, tomorrow, picture=picture(), still_alt="A square.")
    clock.now = tomorrow
    turn(tomorrow)
    assert Moment.objects.get().still_alt == "A square."
    assert Moment.objects.get().still.name.endswith(".webp")


def test_nobody_sees_anything_of_it_before(scheduled, client, film, mia):
    client.force_login(mia)
    pages = ["/", film.get_absolute_url(), "/members/seb/", "/search/?q=bench", "/new/", "/drafts/"]
    assert [page for page in pages if "The Bench" in client.get(page).text] == []


@pytest.mark.parametrize("zone, written, due", [
    ("Europe/Berlin", "2027-01-15T20:30", datetime(2027, 1, 15, 19, 30, tzinfo=UTC)),
    ("America/New_York", "2027-01-15T20:30", datetime(2027, 1, 16, 1, 30, tzinfo=UTC)),
    ("Europe/Berlin", "2027-03-28T03:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # clocks go forward
    ("Europe/Berlin", "2027-10-31T02:30", datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),  # comes twice
])  # fmt: skip
def test_the_time_is_that_of_the_clock_where_the_member_lives(as_seb, add, seb, clock, zone, written, due):
    User.objects.update(time_zone=zone)
    clock.now = due - 40 * DAY
    as_seb.force_login(seb)
    as_seb.post(add, FORM | {"publish_at": written})
    assert Draft.objects.get().publish_at == due
    page = as_seb.get(add, {"draft": Draft.objects.get().pk})
    assert page.context["form"]["publish_at"].value() == written


@pytest.mark.parametrize("written", [
    "2027-03-28T02:30", "2020-01-01T00:00", "2029-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59",
    "tomorrow", "2027-13-01T00:00",
])  # fmt: skip
def test_a_time_that_cannot_be_is_refused(as_seb, add, seb, clock, written):
    User.objects.update(time_zone="Europe/Berlin")
    clock.now = datetime(2027, 3, 1, tzinfo=UTC)
    as_seb.force_login(seb)
    page = as_seb.post(add, FORM | {"publish_at": written})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["publish_at"])
    assert (Draft.objects.count(), Moment.objects.count()) == (0, 0)


def test_twenty_wait_at_most(as_seb, add, tomorrow, monkeypatch):
    monkeypatch.setattr(draft, "MOST_SCHEDULED", 1)
    schedule(as_seb, add, tomorrow)
    page = as_seb.post(add, FORM | {"title": "Another", "publish_at": minute(tomorrow)})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["__all__"])
    assert Draft.objects.count() == 1


# Exactly once.


def test_a_second_worker_finds_nothing_to_publish(scheduled, tomorrow):
    post = publish_one(scheduled.pk)
    assert publish_one(scheduled.pk) is None
    assert list(Moment.objects.all()) == [post]


def test_a_worker_that_dies_in_between_leaves_the_draft_and_no_post(scheduled, tomorrow, monkeypatch):
    monkeypatch.setattr(Draft, "drop", lambda draft: (_ for _ in ()).throw(KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        publish_one(scheduled.pk)
    monkeypatch.undo()
    assert (Moment.objects.count(), Draft.objects.count()) == (0, 1)
    turn(tomorrow)
    assert (Moment.objects.count(), Draft.objects.count()) == (1, 0)


def test_what_was_published_from_its_form_is_not_published_again(scheduled, as_seb, add, tomorrow):
    begun = scheduled.begun
    as_seb.post(add, {name: value for name, value in begun.items() if value} | {"publish_at": ""})
    Draft.objects.update(due=tomorrow)
    turn(tomorrow)
    assert (Moment.objects.count(), Draft.objects.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_publish_it_once(as_seb, add, tomorrow):
    key, ends = schedule(as_seb, add, tomorrow).pk, []
    both = threading.Barrier(2)

    def work():
        both.wait()
        ends.append(publish_one(key))
        connections.close_all()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [post for post in ends if post] == list(Moment.objects.all())
    assert (len(ends), Draft.objects.count()) == (2, 0)


# Refused.


def suspend(film):
    User.objects.filter(username="seb").update(is_active=False)


def remove_film(film):
    type(film).objects.filter(pk=film.pk).update(state="removed")


def share_twin(film):
    make_moment(film, User.objects.get(username="mia"), "The Bench")


@for_each("refuse, refusal", [
    (suspend, Draft.Refusal.SUSPENDED), (remove_film, Draft.Refusal.FILM), (share_twin, Draft.Refusal.TWIN),
])  # fmt: skip
def test_what_is_refused_is_a_draft_again_and_its_member_is_told(
    scheduled, film, seb, mia, tomorrow, refuse, refusal
):
    refuse(film)
    posts = Moment.objects.count()
    turn(tomorrow)
    row = Draft.objects.get()
    assert (row.publish_at, row.due, row.refusal, row.title) == (None, None, refusal, "The Bench")
    assert Moment.objects.count() == posts
    sentence = "Your scheduled post was not published and is a draft again: "
    news = [sentence + str(refusal.label)] if User.objects.get(pk=seb.pk).is_active else []
    for _time in range(2):
        turn(tomorrow + DAY)
        assert told(seb) == news


def test_a_quota_that_is_used_up_gives_it_back(scheduled, seb, tomorrow, monkeypatch, settings):
    settings.LIMITS = True
    monkeypatch.setitem(ratelimit.LIMITS, "post", (1, 86_400))
    ratelimit.check("post", seb)
    turn(tomorrow)
    assert Draft.objects.get().refusal == Draft.Refusal.QUOTA


def test_who_said_that_theirs_is_another_is_not_asked_again(as_seb, add, film, mia, tomorrow):
    share_twin(film)
    page = as_seb.post(add, FORM | {"publish_at": minute(tomorrow)})
    assert [post.title for post in page.context["similar"]] == ["The Bench"]
    schedule(as_seb, add, tomorrow, anyway="1")
    turn(tomorrow)
    assert Moment.objects.filter(title="The Bench").count() == 2


def test_a_disk_that_fails_is_tried_again_and_other_posts_are_published(
    as_seb, add, film, tomorrow, monkeypatch
):
    first = schedule(as_seb, add, tomorrow)
    schedule(as_seb, reverse("song-add", args=[film.slug]), tomorrow, title="A song", artist="Them")
    real = publishing._sent_form

    def fail(row):
        if row.pk == first.pk:
            raise OSError("The disk is full.")
        return real(row)

    monkeypatch.setattr(publishing, "_sent_form", fail)
    turn(tomorrow)
    first.refresh_from_db()
    assert (first.attempts, first.publish_at, first.due > tomorrow) == (1, tomorrow, True)
    assert Song.objects.count() == 1
    monkeypatch.undo()
    turn(first.due)
    assert Moment.objects.get().title == "The Bench"


def test_what_breaks_for_good_is_a_draft_again(scheduled, tomorrow, monkeypatch):
    monkeypatch.setattr(publishing, "_sent_form", lambda row: 1 / 0)
    turn(tomorrow)
    assert Draft.objects.get().refusal == Draft.Refusal.FORM
