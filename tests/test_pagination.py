"""Keyset pages: every row once and in order, whatever the order, the ties and the cursor."""

import base64
import json
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, models
from django.db.models import F
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reelive.pagination import BadCursor, cursor_after, paginate
from tests.support.database import plan_of
from tests.support.rows import for_each

START = datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC)
FRACTIONS = [0.1, 1 / 3, 2589.572370767287, 1e-300, -0.0, 2.0**53 + 2]


class Shelf(models.Model):
    title = models.CharField(max_length=150)

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "tests_shelf"

    def __str__(self):
        return self.title


class Row(models.Model):
    shelf = models.ForeignKey(Shelf, models.DO_NOTHING)
    hot = models.FloatField()
    votes = models.IntegerField()
    title = models.CharField(max_length=150)
    created = models.DateTimeField()
    day = models.DateField()
    pinned = models.BooleanField()

    class Meta:
        app_label = "tests"
        managed = False
        db_table = "tests_row"

    def __str__(self):
        return str(self.pk)


@pytest.fixture
def rows(db):
    """Thirty rows with many ties."""
    time, truth = ("timestamptz", "boolean") if connection.vendor == "postgresql" else ("datetime", "bool")
    tables = f"""
        CREATE TABLE tests_shelf (id integer PRIMARY KEY, title varchar(150) NOT NULL);
        CREATE TABLE tests_row (
            id integer PRIMARY KEY, shelf_id integer NOT NULL, hot double precision NOT NULL,
            votes integer NOT NULL, title varchar(150) NOT NULL, created {time} NOT NULL,
            day date NOT NULL, pinned {truth} NOT NULL
        );
        CREATE INDEX tests_row_hot ON tests_row (hot DESC, id DESC);
        CREATE INDEX tests_row_top ON tests_row (votes DESC, hot DESC, id DESC)
    """
    with connection.cursor() as cursor:
        for statement in tables.split(";"):
            cursor.execute(statement)
    Shelf.objects.bulk_create(Shelf(id=n, title=f"Shelf {n % 2}") for n in range(1, 4))
    Row.objects.bulk_create(
        Row(
            id=n,
            shelf_id=1 + n % 3,
            hot=FRACTIONS[n % len(FRACTIONS)],
            votes=n % 4 - 1,
            title="é한" * (n % 5) + "'\\" * 3,
            created=START + timedelta(microseconds=n % 7),
            day=date(2026, 1, 1 + n % 3),
            pinned=n % 2 == 0,
        )
        for n in range(1, 31)
    )
    return Row.objects.all()


def walk(queryset, order, size):
    """The ids of all pages, by following the cursors to the end."""
    ids, cursor = [], None
    for _ in range(40):
        page = paginate(queryset, order, cursor, size)
        assert len(page.items) <= size
        ids += [row["id"] if isinstance(row, dict) else row.id for row in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return ids
    raise AssertionError("pages without an end")


def in_order(queryset, order):
    return list(queryset.order_by(*order).values_list("id", flat=True))


ORDERS = [
    ("-hot", "-id"),
    ("hot", "id"),
    ("-votes", "-id"),
    ("title", "id"),
    ("-created", "-id"),
    ("day", "id"),
    ("-pinned", "-id"),
    ("-votes", "title", "-id"),
    ("-votes", "-hot", "-id"),
    ("-hot", "id"),
    ("votes", "-created", "id"),
    ("shelf__title", "-votes", "id"),
    ("shelf", "id"),
    ("shelf_id", "pk"),
    ("-id",),
]


@for_each("order", ORDERS, ids=",".join)
@for_each("size", [1, 7, 29, 30, 31])
def test_following_the_pages_meets_every_row_once_and_in_order(rows, order, size):
    assert walk(rows, order, size) == in_order(rows, order)


def test_rows_may_be_dictionaries_and_orders_annotations(rows):
    queryset = rows.annotate(double=F("votes") * 2).values("id", "double", "shelf__title")
    order = ("-double", "shelf__title", "id")
    assert walk(queryset, order, 4) == in_order(rows.annotate(double=F("votes") * 2), order)


def test_a_filter_holds_on_every_page(rows):
    few = rows.filter(votes__gt=0, shelf__title="Shelf 0")
    assert walk(few, ("-hot", "-id"), 2) == in_order(few, ("-hot", "-id"))


def test_the_last_page_leads_nowhere(rows):
    assert paginate(rows, size=30).next_cursor is None
    assert paginate(rows.none()).next_cursor is None
    assert paginate(rows.none()).items == []


def test_rows_added_meanwhile_neither_repeat_nor_shift_the_next_page(rows):
    first = paginate(rows, ("-id",), size=10)
    Row.objects.create(
        id=99, shelf_id=1, hot=0, votes=0, title="", created=START, day=START.date(), pinned=False
    )
    Row.objects.filter(id=first.items[-1].id).delete()
    second = paginate(rows, ("-id",), first.next_cursor, 10)
    assert [row.id for row in second.items] == list(range(20, 10, -1))


def test_a_page_is_one_query_without_offset_or_count(rows):
    cursor = paginate(rows, size=10).next_cursor
    with CaptureQueriesContext(
        connection,
    ) as queries:
        paginate(rows, cursor=cursor, size=10)
    assert len(queries) == 1
    sql = queries[0]["sql"].upper()
    assert "LIMIT 11" in sql
    assert "OFFSET" not in sql
    assert "COUNT" not in sql


@for_each(
    "order, on_sqlite, on_postgresql",
    [
        (("-hot", "-id"), "tests_row_hot (hot<?)", "(ROW(hot, id) < ROW("),
        (("-hot", "id"), "tests_row_hot (hot<?)", "(hot <= "),
        (("-votes", "-hot", "-id"), "tests_row_top ((votes,hot)<(?,?))", "(ROW(votes, hot, id) < ROW("),
    ],
)
def test_a_page_begins_at_its_place_in_the_index(rows, order, on_sqlite, on_postgresql):
    cursor = paginate(rows, order, size=10).next_cursor
    with CaptureQueriesContext(connection) as queries:
        paginate(rows, order, cursor, 10)
    plan = plan_of(queries[0]["sql"])
    if connection.vendor == "sqlite":
        assert f"SEARCH tests_row USING INDEX {on_sqlite}" in plan
    else:
        assert f"Index Cond: {on_postgresql}" in plan


def test_a_cursor_goes_into_an_address_as_it_is(rows):
    cursor = cursor_after(rows.order_by("id")[4], ("title", "id"))
    assert set(cursor) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_")
    assert [row.id for row in paginate(rows, ("title", "id"), cursor, 1).items] == [10]


def test_a_long_title_makes_a_cursor_that_is_read_again(rows):
    Row.objects.filter(id=1).update(title="한" * 150)
    assert walk(rows, ("-title", "-id"), 1) == in_order(rows, ("-title", "-id"))


def test_an_order_by_a_column_with_nulls_is_a_mistake_of_ours(rows):
    row = rows.first()
    row.votes = None
    with pytest.raises(TypeError):
        cursor_after(row, ("votes", "id"))


# Bad input


def made(*values):
    """A cursor of these values, or of the very bytes."""
    raw = isinstance(values[0], bytes) if values else False
    text = values[0] if raw else json.dumps(values).encode()
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


BAD = [
    "x",
    "!!!!",
    "é",
    "\ud800",
    "a b",
    "A" * 100_000,
    made(b"\xff\xfe"),
    made(b"{}"),
    made(b"[1"),
    made(b"[" * 1_000),
    made(b"null"),
    made(b"[NaN, 1]"),
    made(b"[Infinity, 1]"),
    made(b"[1e999, 1]"),
    made(b"[1" + b"0" * 400 + b", 1]"),
    made(),
    made(1.0),
    made(1.0, 2, 3),
    made("1.0", 2),
    made(1.0, "2"),
    made(1.0, 2.5),
    made(True, 2),
    made(1.0, False),
    made(None, 2),
    made(1.0, None),
    made(1.0, [2]),
    made({"a": 1}, 2),
    made(1.0, 2**63),
    made(1.0, -(2**70)),
]


@for_each("cursor", BAD, ids=lambda cursor: ascii(cursor[:30]))
def test_a_cursor_that_was_never_given_out_is_refused(rows, cursor):
    with pytest.raises(BadCursor):
        paginate(rows, ("-hot", "-id"), cursor)


@for_each(
    "field, value",
    [
        ("title", 5),
        ("title", "nu\0ll"),
        ("title", "half \ud800"),
        ("title", "x" * 1_000),
        ("created", 5),
        ("created", "yesterday"),
        ("created", "2026-01-01"),
        ("created", "0001-01-01T00:00:00+23:59"),
        ("created", "9999-12-31T23:59:59-23:59"),
        ("day", "2026-02-30"),
        ("day", 20260101),
        ("pinned", 1),
        ("votes", 1.5),
    ],
)
def test_a_value_that_the_column_cannot_hold_is_refused(rows, field, value):
    for order in ((field, "id"), (field, "-id")):
        with pytest.raises(BadCursor):
            paginate(rows, order, made(value, 1))


def test_an_empty_cursor_is_the_first_page(rows):
    assert paginate(rows, cursor="", size=3).items == paginate(rows, size=3).items


VALUES = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("2026-01-01T00:00:00+00:00")
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(VALUES, max_size=4) | st.binary(max_size=40), st.sampled_from(ORDERS))
def test_no_cursor_is_an_error_of_the_site(rows, values, order):
    cursor = made(values) if isinstance(values, bytes) else made(*values)
    with suppress(BadCursor):
        assert len(paginate(rows, order, cursor).items) <= 25
