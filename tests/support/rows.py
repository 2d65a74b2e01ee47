"""Tables of which each row is tried in the same test: to set a scene anew costs more than the row does."""

import reprlib
from contextlib import ExitStack, contextmanager
from copy import deepcopy
from functools import wraps
from inspect import signature

import pytest
from django.core import mail
from django.core.cache import caches
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from moments.models.ledger import HEAD
from moments.viewer.activity import OF_THE_STAFF, OF_THE_WEEK


def know_head():
    """What pages show from a cache, such as the ledger's newest hash: no test pays for its first look."""
    caches["local"].set_many({HEAD: "", OF_THE_WEEK: (0, 0), OF_THE_STAFF: (0, 0, 0)}, None)


def for_each(names, rows, ids=None):
    """Like `parametrize`, but one test for all rows: each finds what the fixtures made, untouched by others.

    All rows are tried; each that fails is named in a note.

    Args:
        names: of the arguments, with commas between them.
        rows: a tuple for each call, or a single value where there is a single name.
        ids: what the rows are called, or a function that says so of one.
    """
    names, rows = names.replace(" ", "").split(","), list(rows)
    assert rows, "Without a row nothing is tried."

    def decorate(test):
        @wraps(test)
        def walk(**given):
            failures = []
            for number, row in enumerate(rows):
                values = dict(zip(names, row if len(names) > 1 else [row], strict=True))
                try:
                    with untouched(given) as copies:
                        test(**copies, **values)
                except (Exception, pytest.fail.Exception) as failure:
                    failure.add_note(f"In the row {called(ids, number, row)}")
                    failures.append(failure)
            if failures:
                raise BaseExceptionGroup(f"{len(failures)} of {len(rows)} rows", failures)

        asked = signature(test)
        left = [one for one in asked.parameters.values() if one.name not in names]
        walk.__signature__ = asked.replace(parameters=left)
        return walk

    return decorate


def called(ids, number, row):
    return ids[number] if isinstance(ids, list | tuple) else (ids or reprlib.repr)(row)


@contextmanager
def untouched(given):
    """Copies of what the fixtures made; whatever is done to the database and by browsers is undone."""
    know_head()
    getattr(mail, "outbox", []).clear()
    with ExitStack() as undoing:
        for client in given.values():
            if isinstance(client, Client):
                undoing.callback(setattr, client, "cookies", deepcopy(client.cookies))
        if given and connection.in_atomic_block:
            undoing.enter_context(transaction.atomic())
            undoing.callback(transaction.set_rollback, True)
        yield given | deepcopy({name: one for name, one in given.items() if is_data(one)})


def is_data(one):
    """Whether that is a row, or a collection of such; an empty one may be there to take notes."""
    parts = one.values() if isinstance(one, dict) else one if isinstance(one, list | tuple) else [one]
    return bool(parts) and all(isinstance(part, Model | str | int | dict | None) for part in parts)
