"""What the front page and the moderation log say of the last days, from a cache and within bounds."""

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from moments.models import Comment, DiaryEntry, Mute
from moments.viewer import activity
from tests.support.makers import make_comment, make_copies, make_moment
from tests.support.pages import links, select


@pytest.fixture(autouse=True)
def nothing_counted_yet():
    caches["local"].delete_many([activity.OF_THE_WEEK, activity.OF_THE_STAFF])


def told(client):
    return client.get("/").context["activity"]


def test_the_front_page_says_what_happened_this_week(client, moment, mia, seb):
    make_comment(moment, mia)
    newest = make_comment(moment, seb)
    moment.relive(mia)
    shown = told(client)
    assert (shown["relived"], shown["comments"], shown["latest"]) == (1, 2, newest)
    assert links(client.get("/"), ".activity") == [newest.link]


def test_what_is_older_than_a_week_is_not_counted_and_nothing_is_not_said(client, moment, mia):
    make_comment(moment, mia)
    moment.relive(mia)
    long_ago = timezone.now() - timedelta(days=8)
    for model in (Comment, DiaryEntry):
        model.objects.update(created=long_ago)
    assert (told(client)["relived"], told(client)["comments"]) == (0, 0)
    assert select(client.get("/"), ".activity") == []


def test_the_newest_comment_is_not_by_somebody_whom_the_viewer_muted(client, moment, mia, seb, keith):
    heard = make_comment(moment, mia)
    make_comment(moment, keith)
    Mute.objects.add(seb, keith)
    client.force_login(seb)
    assert told(client)["latest"] == heard


def test_the_numbers_are_counted_once_and_never_beyond_their_bound(client, moment, mia, monkeypatch):
    monkeypatch.setattr(activity, "MOST_ROWS_READ", 3)
    entry = moment.relive(mia)
    make_copies(entry, 5, date=lambda place: entry.date - timedelta(days=place + 1))
    assert told(client)["relived"] == 3
    DiaryEntry.objects.all().delete()
    assert told(client)["relived"] == 3


def test_the_moderation_log_says_how_much_was_removed_appealed_and_restored(client, film, mia, keith):
    posts = [make_moment(film, mia) for _number in range(3)]
    for post in posts:
        post.remove(keith, "spam")
    posts[0].restore(keith)
    numbers = client.get("/ledger/").context["numbers"]
    assert numbers == {"removed": 3, "appealed": 0, "restored": 1}
