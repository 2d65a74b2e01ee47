"""Homecomings and others at once: nothing is written twice, nothing is lost, and nobody sees an error."""

from contextlib import suppress
from functools import partial
from threading import Event as Signal
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import User
from moments.archives.bringing import comparing, joining, making, reading, undoing, writing
from moments.archives.bringing.choices import Choices
from moments.archives.bringing.holding import hold
from moments.archives.bringing.joining import join_due
from moments.models import BroughtRow, DiaryEntry, Film, Homecoming, Rating, WaitingRecord
from moments.models.homecoming import HomecomingRunning
from moments.models.waiting_work import ASKED_AGAIN_AFTER
from tests.support.bringing import held, join, work
from tests.support.counters import differences
from tests.support.homecoming import zipped
from tests.support.makers import make_film, make_member, make_title
from tests.support.races import at_once, signed_in
from tests.support.waiting import PATIENCE

pytestmark = pytest.mark.django_db(transaction=True)
TITLES = ("Heat", "Ran", "Jaws", "Crash")
DIARY = "Date,Name,Year,Letterboxd URI,Rating,Rewatch,Tags,Watched Date\n" + "".join(
    f"2024-03-01,{title},1999,https://boxd.it/{title},4,,,2024-02-01\n" for title in TITLES
)
FILES = {"diary.csv": DIARY}
HALF = 0.3  # seconds that somebody is given to come in between; a slow machine only meets no race


@pytest.fixture
def mia():
    return make_member("mia")


@pytest.fixture
def films():
    return [make_film(title, year=1999) for title in TITLES]


def pausing(monkeypatch, module, name):
    """The first call of a function says that it began, and lets others come in between before it goes on."""
    begun, goes_on, act = Signal(), Signal(), getattr(module, name)

    def paused(*args):
        if not begun.is_set():
            begun.set()
            goes_on.wait(HALF)
        return act(*args)

    monkeypatch.setattr(module, name, paused)
    return begun


def step(row, now=None):
    making.take_step(row.pk, now or timezone.now())


def together(*acts):
    return at_once(lambda act: act(), acts)


def after(signal, act):
    def waiting():
        assert signal.wait(PATIENCE), "nobody began"
        return act()

    return waiting


def now(row):
    row.refresh_from_db()
    return row


def written():
    """How many rows there are of what the file says, and of what came of it."""
    return DiaryEntry.objects.count(), Rating.objects.count(), BroughtRow.objects.count()


NOTHING = (0, 0, 0)


def test_a_file_sent_and_confirmed_many_times_at_once_is_written_once(mia, films):
    def send(_turn):
        with suppress(HomecomingRunning):
            return hold(mia, ContentFile(zipped(FILES)), "a.zip")

    assert len([row for row in at_once(send, range(4)) if row]) == 1
    work()
    row = Homecoming.objects.get()
    choices = {"parts": ["seen"], "audience": "diary"}
    clients = [signed_in(mia) for _each in range(4)]
    answers = at_once(lambda client: client.post(f"/import/{row.pk}/", choices), clients)
    assert {answer.status_code for answer in answers} == {302}
    together(*[partial(making.make_due, timezone.now())] * 3)
    work()
    assert (now(row).state, row.outcome) == ("done", {"seen": {"made": 4}})
    assert (DiaryEntry.objects.count(), Rating.objects.count(), differences()) == (4, 4, {})


def test_two_workers_on_one_step_write_and_take_back_each_thing_once(mia, films, monkeypatch):
    row = held(mia, FILES)
    row.begin(Choices().as_json())
    # The time of the first worker is over before it goes on, so that another one takes the step up as well.
    begun = pausing(monkeypatch, writing, "KnownFilms")
    together(partial(step, row), after(begun, partial(step, row)))
    work()
    assert (now(row).outcome, row.passed) == ({"seen": {"made": 4}}, 4)
    assert (DiaryEntry.objects.count(), differences()) == (4, {})
    monkeypatch.setattr(undoing, "ROWS_UNDONE_AT_ONCE", 3)
    assert row.undo()
    begun = pausing(monkeypatch, Homecoming, "lock_step")
    together(partial(step, row), after(begun, partial(step, row)))
    work()
    assert (now(row).state, row.outcome["undone"]) == ("undone", {"gone": 4, "stay": 0})
    assert (written(), differences()) == (NOTHING, {})


@pytest.mark.parametrize("module, name", [(writing, "KnownFilms"), (writing, "write_records")])
def test_a_homecoming_is_stopped_and_undone_while_it_is_written(mia, films, monkeypatch, module, name):
    row = held(mia, FILES)
    row.begin(Choices().as_json())

    def stop_and_undo():
        mine = Homecoming.objects.get(pk=row.pk)
        mine.stop()
        return Homecoming.objects.get(pk=row.pk).undo()

    begun = pausing(monkeypatch, module, name)
    assert together(partial(step, row), after(begun, stop_and_undo)) == [None, True]
    work()
    assert (now(row).state, written(), differences()) == ("undone", NOTHING, {})


def test_a_film_that_somebody_adds_meanwhile_is_one_film_and_joined(mia, monkeypatch):
    seb, anna = make_member("seb"), make_member("anna")
    for title in TITLES[:3]:
        make_title(title, year=1999)
    rows = [held(member, FILES) for member in (mia, seb)]
    for row in rows:
        row.begin(Choices().as_json())
    begun = pausing(monkeypatch, writing, "write_records")
    film = {"title": "Crash", "year": "1999", "medium": "film", "nonce": str(uuid4())}
    add = partial(signed_in(anna).post, reverse("film-add"), film)
    answer = together(after(begun, add), *(partial(step, row) for row in rows))[0]
    assert answer.status_code == 302
    work()
    while join_due(timezone.now() + ASKED_AGAIN_AFTER):
        pass
    assert sorted(Film.objects.values_list("title", flat=True)) == sorted(TITLES)
    assert WaitingRecord.objects.count() == 0
    assert [now(row).outcome["seen"]["made"] for row in rows] == [4, 4]
    assert (DiaryEntry.objects.count(), differences()) == (8, {})


def test_what_joins_while_the_rest_is_written_is_counted_as_well(mia, monkeypatch):
    monkeypatch.setattr(reading, "RECORDS_AT_ONCE", 2)
    row = held(mia, FILES)
    row.begin(Choices().as_json())
    step(row)
    assert now(row).outcome == {"seen": {"waits": 2}}
    for title in TITLES:
        make_film(title, year=1999)
    begun = pausing(monkeypatch, writing, "KnownFilms")
    together(partial(step, row), after(begun, join))
    work(), join()
    assert (now(row).outcome, DiaryEntry.objects.count()) == ({"seen": {"waits": 0, "made": 4}}, 4)


@pytest.mark.parametrize("module, name", [(reading, "_store"), (comparing, "how_known")])
def test_a_file_that_two_workers_read_is_found_once(mia, films, monkeypatch, module, name):
    monkeypatch.setattr(reading, "RECORDS_AT_ONCE", 2)
    row = hold(mia, ContentFile(zipped(FILES)), "a.zip")
    if module is comparing:
        step(row)
    begun = pausing(monkeypatch, module, name)
    together(partial(step, row), after(begun, lambda: [step(row) for _each in range(3)]))
    work()
    assert (now(row).state, row.found["works"], row.passed) == ("held", {"title": 4}, 4)
    row.begin(Choices().as_json())
    work()
    assert (now(row).state, row.outcome) == ("done", {"seen": {"made": 4}})


@pytest.mark.parametrize("module", [writing, joining])
def test_a_member_leaves_while_what_they_brought_is_written(mia, films, monkeypatch, module):
    make_title("Stalker", year=1979)
    row = held(mia, FILES | {"watchlist.csv": "Date,Name,Year,Letterboxd URI\n2024-04-01,Alien,1979,x\n"})
    row.begin(Choices().as_json())
    act = partial(step, row)
    if module is joining:
        work()
        make_film("Alien", year=1979)
        act = partial(join_due, timezone.now())
    begun = pausing(monkeypatch, module, "write_records")
    together(act, after(begun, partial(delete_account, mia, take_texts=True)))
    work(), join()
    assert (written(), Homecoming.objects.count(), WaitingRecord.objects.count()) == (NOTHING, 0, 0)
    assert (User.objects.filter(username="mia").exists(), differences()) == (False, {})
