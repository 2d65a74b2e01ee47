"""The list of scheduled posts: each can be changed, published now, called off or discarded."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from moments.models import Draft, Film, Moment, Song
from tests.support.makers import make_song
from tests.support.pages import messages_of, select
from tests.support.scheduled import minute, schedule, turn

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


def test_scheduled_posts_stand_apart_in_the_list_the_soonest_first(as_seb, add, tomorrow):
    for days in (2, 1):
        schedule(as_seb, add, tomorrow + days * DAY, title=f"In {days} days", anyway="1")
    page = as_seb.get("/drafts/")
    assert [row.title for row in page.context["scheduled"]] == ["In 1 days", "In 2 days"]
    assert len(select(page, "section[aria-labelledby=scheduled] .entry")) == 2
    assert page.context["rows"] == []


def test_a_scheduled_post_is_changed(scheduled, as_seb, add, tomorrow):
    sent = {name: value for name, value in scheduled.begun.items() if value}
    as_seb.post(add, sent | {"title": "Two Benches", "publish_at": minute(tomorrow + DAY)})
    row = Draft.objects.get()
    assert (row.title, row.publish_at) == ("Two Benches", tomorrow + DAY)


def test_a_scheduled_post_is_not_saved_by_itself_half_written(scheduled, as_seb, add):
    page = as_seb.get(add, {"draft": scheduled.pk})
    assert (select(page, "form[data-keep]") != [], select(page, "form[data-autosave]")) == (True, [])


def test_a_scheduled_post_that_is_saved_as_a_draft_waits_no_more(scheduled, as_seb, add, tomorrow):
    sent = {name: value for name, value in scheduled.begun.items() if value}
    page = as_seb.post(add, sent | {"draft": "1"}, follow=True)
    assert len(messages_of(page)) == 2, "of the scheduling and of its end"
    turn(tomorrow)
    assert (Draft.objects.get().publish_at, Moment.objects.count()) == (None, 0)


def test_a_scheduled_post_is_published_now(scheduled, as_seb):
    answer = as_seb.post(f"/drafts/{scheduled.pk}/publish/")
    assert answer["Location"] == Moment.objects.get().get_absolute_url()
    assert as_seb.post(f"/drafts/{scheduled.pk}/publish/").status_code == 404


def test_what_cannot_be_published_now_is_a_draft_again(scheduled, as_seb):
    Film.objects.update(state="removed")
    page = as_seb.post(f"/drafts/{scheduled.pk}/publish/", follow=True)
    assert [row.refusal for row in page.context["rows"]] == ["film"]


def test_a_scheduled_post_is_called_off_or_discarded(scheduled, as_seb, add, tomorrow):
    as_seb.post(f"/drafts/{scheduled.pk}/call-off/")
    other = schedule(as_seb, add, tomorrow, title="Another")
    as_seb.post(f"/drafts/{other.pk}/discard/")
    as_seb.post(f"/drafts/{other.pk}/restore/")
    turn(tomorrow)
    assert (Moment.objects.count(), [row.publish_at for row in Draft.objects.all()]) == (0, [None, None])


def test_a_song_in_its_moments_is_scheduled(as_seb, film, moment, mia, tomorrow):
    make_song(film, mia, "Epilogue")
    address = reverse("song-add", args=[film.slug])
    schedule(as_seb, address, tomorrow, title="City", artist="Them", heard_in=str(moment.pk))
    turn(tomorrow)
    assert [use.moment_id for use in Song.objects.get(title="City").uses.all()] == [moment.pk]
