"""Locks on rows: a verb locks the row that it changes and reads it anew, since a page may be open for long.

A transaction that locks several rows locks them in this order, so that no two wait for each other:

1. the quotas of the member who acts,
2. the film,
3. the post,
4. the list of a member,
5. the comments of the thread of a post or list,
6. members: the author of what is written (against twins), those who reported it,
7. tags, and other rows with counters.

Only the deletion of an account locks its member right after the quotas: nothing new points at them then.
The lock leaves the row's key free, so that votes and comments that point at it need not wait. SQLite lets one
writer in at a time, and has no locks of rows.
"""

from django.db.models import Exists, Value

from accounts.models import User

from .refusals import Gone, Suspended


def lock_rows(rows):
    """Lock these rows until the transaction ends; whoever has locked one of them is waited for."""
    list(rows.select_for_update(no_key=True).order_by("pk").values_list("pk"))


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
    active = Exists(User.objects.filter(pk=member, is_active=True)) if member else Value(True)
    rows = rows.select_for_update(no_key=True).order_by().annotate(is_active=active, **facts)
    row = next(iter(rows.values("state", "is_active", *columns, *facts)), None)
    if row is None:
        raise Gone
    if not row["is_active"]:
        raise Suspended
    return row
