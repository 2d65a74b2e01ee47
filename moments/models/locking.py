"""Locks on rows: a verb locks the row that it changes and reads it anew, since a page may be open for long.

A transaction that locks several rows locks them in this order, so that no two wait for each other:

1. the quotas of the member who acts,
2. the film,
3. the post,
4. the list of a member,
5. the comments of the thread of a post or list,
6. members: the author of what is written (against twins), those who reported it,
7. a recording, and then the songs that it is,
8. tags, and other rows with counters.

Only the deletion of an account locks its member right after the quotas: nothing new points at them then; and
work of the task process that writes for a member keeps them from it before all else (`keep_member`).
The lock leaves the row's key free, so that votes and comments that point at it need not wait. SQLite lets one
writer in at a time, and has no locks of rows.
"""

from functools import lru_cache

from django.db import connection
from django.db.models import Exists, Value

from accounts.models import User
from reelive.prepared import PreparedRows

from .refusals import Gone, Suspended


def lock_rows(rows):
    """Lock these rows until the transaction ends; whoever has locked one of them is waited for."""
    list(_locking(rows))


def lock_one(model, pk):
    """The same for the one row of a model with this key, by a prepared statement."""
    _lock_statement(model)(pk)


@lru_cache
def _lock_statement(model):
    return PreparedRows(lambda pk: _locking(model.objects.filter(pk=pk)))


def _locking(rows):
    return rows.select_for_update(no_key=True).order_by("pk").values_list("pk")


def keep_member(key):
    """Whether the member is there; if so, nobody deletes their account before the transaction ends.

    All else of the row stays free: every new row that points at a member takes the same lock. Work takes it
    first that would otherwise come to wait for a deletion which waits for that work.
    """
    rows = User.objects.filter(pk=key).values_list("pk")
    if not connection.features.has_select_for_update:
        return bool(rows)
    text, values = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(f"{text} FOR KEY SHARE", values)
        return cursor.fetchone() is not None


def read_locked(row):
    """Lock a row until the transaction ends and read it anew; False when it is gone.

    What is judged, fingerprinted or written after that is what the row says now, not what a page once read.
    """
    rows = type(row)._base_manager.select_for_update(no_key=True)
    try:
        row.refresh_from_db(from_queryset=rows)
    except type(row).DoesNotExist:
        return False
    return True


def locked_row(rows, member, *columns, **facts):
    """Lock the one row of `rows` and read it anew, in one statement.

    Args:
        member: the key of the member who acts; None for the site itself.
        columns: names of its columns to read besides its state.
        facts: expressions about it, by the name that each gets. Other tables are read as they were when the
            statement began, before it waited for the lock.

    Returns a dict of the state, the columns and the facts.

    Raises Gone when there is no such row, and Suspended when the member may not act any more.
    """
    return _judged(_asking(rows, member, columns, facts), columns, facts)


def locked_by_key(model, pk, member, *columns, **facts):
    """The same for the row of a model with this key, by a statement that is prepared once.

    Args:
        facts: functions that make such an expression of the member's key; they belong to a module or class,
            since what is prepared is kept under them.
    """
    ask = _asking_statement(model, bool(member), columns, tuple(facts.items()))
    return _judged(ask(pk, member) if member else ask(pk), columns, facts)


@lru_cache
def _asking_statement(model, is_member, columns, facts):
    def asking(pk, member=None):
        made = {name: fact(member) for name, fact in facts}
        return _asking(model.objects.filter(pk=pk), member, columns, made)

    return PreparedRows(asking if is_member else lambda pk: asking(pk))


def _asking(rows, member, columns, facts):
    active = Exists(User.objects.filter(pk=member, is_active=True)) if member else Value(True)
    rows = rows.select_for_update(no_key=True).order_by().annotate(is_active=active, **facts)
    return rows.values_list("state", "is_active", *columns, *facts)


def _judged(rows, columns, facts):
    row = next(iter(rows), None)
    if row is None:
        raise Gone
    row = dict(zip(("state", "is_active", *columns, *facts), row, strict=True))
    if not row["is_active"]:
        raise Suspended
    return row
