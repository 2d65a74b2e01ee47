"""Where pages are read from when the database has a copy: who reads it, and when it is new enough.

The copy is a second connection to the same database here; how far it has come is what the test says.
tests/test_deploy.py has a real one.
"""

from contextlib import ExitStack

import pytest
from django.conf import settings as site_settings
from django.core.cache import caches
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection, connections, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from reelive import environment, page_cache, replica
from reelive.page_cache import PageCache
from reelive.replica import PRIMARY, REPLICA, Reading, Replica, VisitorsReadReplica
from tests.support.makers import make_film, make_moment
from tests.support.page_cache import ask

pytestmark = pytest.mark.django_db(transaction=True)
PLACES = (PRIMARY, REPLICA)


class Copy:
    """How far both have come, and how often each was asked."""

    def __init__(self):
        self.written = self.replayed = 1
        self.asked = []
        self.problem = None

    def __call__(self, place, question, *values):
        self.asked.append(place)
        if place == PRIMARY:
            return self.written
        if self.problem:
            raise self.problem
        return self.replayed is not None and self.replayed >= values[0]


@pytest.fixture
def copy(monkeypatch, settings):
    """A site whose database has a copy."""
    copy = Copy()
    monkeypatch.setattr(replica, "ask", copy)
    monkeypatch.setattr(replica, "_replica", Replica())
    same = {"NAME": connection.settings_dict["NAME"]}
    connections.databases[REPLICA] = connections.databases[PRIMARY] | same
    second = connections[REPLICA]
    # Tests may not reach any database but the usual one, except here.
    monkeypatch.setattr(second, "ensure_connection", lambda: second.connection or second.connect())
    settings.DATABASE_ROUTERS = ["reelive.replica.Router"]
    before = settings.MIDDLEWARE.index("reelive.middleware.DatabaseAway")
    middleware = settings.MIDDLEWARE
    own = "reelive.replica.VisitorsReadReplica"
    settings.MIDDLEWARE = [*middleware[:before], own, *middleware[before:]]
    yield copy
    second.close()
    del connections[REPLICA], connections.databases[REPLICA]


@pytest.fixture
def address(copy, mia, client):
    """Of a page that writes nothing: who comes first to a moment has its picture for links painted."""
    address = make_moment(make_film(), mia).get_absolute_url()
    client.get(address)
    copy.asked.clear()
    return address


def places_of(act):
    """Which of both an act asked questions of, and the status of its answer."""
    with ExitStack() as stack:
        asked = {place: stack.enter_context(CaptureQueriesContext(connections[place])) for place in PLACES}
        answer = act()
    return {place for place, questions in asked.items() if len(questions)}, answer.status_code


def test_a_visitor_reads_the_copy_and_a_member_the_primary(address, client, mia):
    assert places_of(lambda: client.get(address)) == ({REPLICA}, 200)
    client.force_login(mia)
    assert places_of(lambda: client.get(address)) == ({PRIMARY}, 200)


@pytest.mark.parametrize(
    "own",
    [{"HTTP_COOKIE": "sessionid=abc"}, {"HTTP_AUTHORIZATION": "Basic abc"}, {"HTTP_HX_REQUEST": "true"}],
)
def test_whoever_brings_something_of_their_own_reads_the_primary(address, own):
    assert places_of(lambda: Client().get(address, **own)) == ({PRIMARY}, 200)


def test_a_form_reads_and_writes_the_primary(copy, address, client):
    form = {"login": "nobody", "password": "wrong"}
    assert places_of(lambda: client.post("/accounts/login/", form)) == ({PRIMARY}, 422)


def test_what_asks_nothing_of_the_database_asks_nobody(copy, client):
    assert places_of(lambda: client.get("/healthz")) == (set(), 200)
    assert copy.asked == []


def test_an_address_that_holds_by_a_secret_is_looked_up_at_the_primary(copy, client):
    assert places_of(lambda: client.get("/feeds/nobodys/notifications.atom"))[0] == {PRIMARY}


def test_a_copy_that_has_not_come_as_far_is_not_read(copy, address, client):
    copy.written = 2
    assert places_of(lambda: client.get(address)) == ({PRIMARY}, 200)
    copy.replayed = 2
    assert places_of(lambda: client.get(address)) == ({REPLICA}, 200)
    copy.replayed = None  # it was made a primary of its own
    assert places_of(lambda: client.get(address)) == ({PRIMARY}, 200)


def test_a_new_change_asks_how_far_the_primary_is_at_once_and_nothing_else_does(copy, monkeypatch):
    known, clock = Replica(), [100.0]
    monkeypatch.setattr(replica, "monotonic", lambda: clock[0])
    for mark, now, primary_asked in (
        ("a", 100.0, 1),
        ("a", 100.5, 1),
        ("b", 100.6, 2),
        ("b", 101.5, 2),
        ("b", 101.6, 3),
        (None, 101.6, 4),
        (None, 101.6, 5),
    ):
        clock[0] = now
        assert known.is_new_enough(mark)
        assert copy.asked.count(PRIMARY) == primary_asked
    copy.written = 2
    assert known.is_new_enough("c") is False


def test_a_copy_that_is_away_is_asked_again_in_some_seconds(copy, address, client, caplog, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(replica, "monotonic", lambda: clock[0])
    copy.problem = OperationalError("gone")
    for _ in range(3):
        assert places_of(lambda: client.get(address)) == ({PRIMARY}, 200)
    assert copy.asked.count(REPLICA) == 1
    copy.problem = None
    assert places_of(lambda: client.get(address)) == ({PRIMARY}, 200)
    clock[0] += replica.SECONDS_BEFORE_NEXT_TRY
    assert places_of(lambda: client.get(address)) == ({REPLICA}, 200)
    assert [record.message for record in caplog.records if record.name == "reelive.replica"] == [
        "The replica is away, visitors read from the primary: gone",
        "The replica is back.",
    ]


def test_a_page_that_broke_off_is_made_by_the_primary(copy, address, client, caplog):
    def breaks_off(execute, *question):
        raise OperationalError("canceling statement due to conflict with recovery")

    with connections[REPLICA].execute_wrapper(breaks_off):
        assert client.get(address).status_code == 200
    assert "The replica is away, visitors read from the primary: it broke off" in caplog.messages


def test_who_writes_reads_from_then_on_where_they_wrote(copy, mia):
    read = []

    def page(request):
        read.append(User.objects.get(pk=mia.pk)._state.db)
        with transaction.atomic():
            read.append(User.objects.get(pk=mia.pk)._state.db)
        read.append(User.objects.get(pk=mia.pk)._state.db)
        caches["database"].set("key", "value")
        assert caches["database"].get("key") == "value"
        read.append(User.objects.get(pk=mia.pk)._state.db)
        User.objects.filter(pk=mia.pk).update(bio="new")
        read.append(User.objects.get(pk=mia.pk)._state.db)
        return type("Answer", (), {"status_code": 200})()

    VisitorsReadReplica(page)(RequestFactory().get("/"))
    assert read == [REPLICA, PRIMARY, REPLICA, REPLICA, PRIMARY]


def test_outside_of_a_page_everything_is_at_the_primary(copy, mia):
    assert User.objects.get(pk=mia.pk)._state.db == PRIMARY


def test_a_kept_page_is_as_old_as_what_it_was_read_from(copy, address, tmp_path, monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(replica, "monotonic", lambda: clock[0])
    monkeypatch.setattr(page_cache, "monotonic", lambda: clock[0])
    pages = PageCache(get_wsgi_application(), 5, tmp_path / "changed")
    ask(pages, address)
    clock[0] = 100.9  # the copy is known to be as new as it was at 100.0
    ask(pages, "/new/")
    assert [page.until for page in pages.pages.values()] == [105.0, 105.0]
    copy.replayed = 0
    clock[0] = 101.0
    ask(pages, "/films/")
    assert [page.until for page in pages.pages.values()] == [105.0, 105.0, 106.0]


def test_a_change_of_this_machine_is_on_the_next_page_whatever_the_copy_holds(copy, address, tmp_path):
    pages = PageCache(get_wsgi_application(), 60, tmp_path / "changed")
    assert places_of_page(pages, address) == {REPLICA}
    copy.written = 2
    pages.note_change()
    assert places_of_page(pages, address) == {PRIMARY}


def places_of_page(pages, address):
    def act():
        status = ask(pages, address)[0]
        return type("Answer", (), {"status_code": int(status[:3])})()

    return places_of(act)[0]


def test_a_reading_decides_once(copy):
    reading = Reading({})
    assert reading.where() == REPLICA
    copy.replayed = 0
    assert reading.where() == REPLICA
    assert len(copy.asked) == 2


POSTGRES = "django.db.backends.postgresql"
PRIMARY_ADDRESS = {"ENGINE": POSTGRES, "HOST": "one", "PORT": 5433, "OPTIONS": {"a": 1}}


def test_the_copy_is_reached_as_the_primary_but_at_its_own_address(monkeypatch):
    monkeypatch.setenv("DATABASE_REPLICA_URL", "postgres://mia:word@two/films?sslmode=require")
    made = environment.replica("DATABASE_REPLICA_URL", PRIMARY_ADDRESS | {"CONN_MAX_AGE": None})
    assert (made["HOST"], made["PORT"], made["NAME"], made["USER"]) == ("two", "", "films", "mia")
    assert (made["OPTIONS"], made["CONN_MAX_AGE"]) == ({"a": 1, "sslmode": "require"}, None)


@pytest.mark.parametrize(
    "primary, address",
    [
        (PRIMARY_ADDRESS, "sqlite:////srv/copy.sqlite3"),
        (site_settings.SQLITE_FILE | {"OPTIONS": {}}, "postgres://two/films"),
    ],
)
def test_only_postgresql_has_copies(monkeypatch, primary, address):
    monkeypatch.setenv("DATABASE_REPLICA_URL", address)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_REPLICA_URL is wrong: only PostgreSQL has"):
        environment.replica("DATABASE_REPLICA_URL", primary)
