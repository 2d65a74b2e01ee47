"""`manage.py prune` deletes what the housekeeping would, all of it at once, and counts it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.utils import timezone

from moments.models import Export, LinkPicture, Notification
from reelive import housekeeping
from tests.support.makers import make_member


def said_by(**options):
    said = StringIO()
    call_command("prune", stdout=said, **options)
    return said.getvalue().splitlines()


@pytest.fixture
def old(settings, tmp_path):
    """Rows of three tables that are past their time, one of them with a file, and one row that is not."""
    options = {"location": tmp_path, "base_url": None}
    settings.STORAGES = settings.STORAGES | {"private": settings.STORAGES["private"] | {"OPTIONS": options}}
    settings.MEDIA_ROOT = tmp_path
    cache.clear()  # no test empties its table
    mia, now = make_member("mia"), timezone.now()
    for number in range(5):
        over = now + timedelta(days=1 if number == 4 else -1)
        Session.objects.create(session_key=f"s{number}", session_data="", expire_date=over)
    half_a_year_ago = now - timedelta(days=181)
    about = {"kind": "reply", "subject": "comment/1"}
    Notification.objects.create(member=mia, since=half_a_year_ago, updated=half_a_year_ago, **about)
    export = Export.objects.create(member=mia, due=now, kept_until=now - timedelta(hours=1))
    for name in export.file_names():
        storages["private"].save(name, ContentFile(b"all that is mine"))
    LinkPicture.objects.create(kind="post", key=0, wished="w", name="links/gone.png")
    storages["default"].save("links/gone.png", ContentFile(b"a picture"))
    return tmp_path


def files(folder):
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


LINES = ["Exports: 1", "Link pictures: 1", "Notifications: 1", "Sessions: 4"]


@pytest.mark.django_db(transaction=True)
def test_a_dry_run_says_what_would_go_and_leaves_it(old):
    there = files(old)
    assert len(there) >= 2
    assert said_by(dry_run=True) == [*LINES, "7 rows would be deleted."]
    assert (Session.objects.count(), Notification.objects.count(), Export.objects.count()) == (5, 1, 1)
    assert files(old) == there


@pytest.mark.django_db(transaction=True)
def test_all_that_is_past_its_time_goes_at_once(old, monkeypatch):
    monkeypatch.setattr(housekeeping, "ROWS_DELETED_AT_ONCE", 2)
    assert said_by() == [*LINES, "7 rows were deleted."]
    assert list(Session.objects.values_list("pk", flat=True)) == ["s4"]
    assert (Notification.objects.count(), Export.objects.count(), files(old)) == (0, 0, [])
    assert said_by() == ["0 rows were deleted."]
