"""A row by its key, as each page of a member asks for it, with a statement that is compiled once.

To build and to compile a query of one condition takes Django five times as long as the database needs to
answer it. What is read is the row as it is now: nothing of it is kept.
"""

from collections.abc import Mapping
from typing import Any

from django.db import router
from django.db.models import Model, QuerySet
from django.utils import timezone

from reelive.statements import Given, statement

# From it on Django has to say that there is no such row, since databases take no such number.
TOO_LARGE = 2**63


def is_plain_number(key: Any) -> bool:
    """Whether it can be put into a statement as it is: no expression, no row, no text."""
    return type(key) is int and 0 <= key < TOO_LARGE


def row_by_key(
    model: type[Model], key: int | str, database: str, beside: Mapping[str, Any] | None = None
) -> Model:
    """As `model.objects.using(database).get(pk=key)`, without conditions of a manager's own.

    Args:
        key: a plain one of the type of the key's column; see `is_plain_number`.
        beside: what is read with the row, expressions by the names that it gets there; of the time of now as
            a Given of that name. They are the same ones for the same names.
    """
    beside = beside or {}
    key_of_statement = (row_by_key, model, database, tuple(beside))
    rows = statement(key_of_statement, lambda: _by_key(model, database, beside))
    rows = rows.rows(key=key, now=timezone.now())
    if not rows:
        raise model.DoesNotExist(f"{model._meta.object_name} matching query does not exist.")
    columns = _columns(model)
    found = model.from_db(database, columns, rows[0][: len(columns)])
    vars(found).update(zip(beside, rows[0][len(columns) :], strict=True))
    return found


def partly(model: type[Model], **known: Any) -> Model:
    """A row of which these columns are known, as `only` reads it: others are read where they are needed."""
    names = [name for name in _columns(model) if name in known]
    return model.from_db(router.db_for_read(model), names, [known[name] for name in names])


def _by_key(model: type[Model], database: str, beside: Mapping[str, Any]) -> QuerySet:
    rows = model._base_manager.using(database).filter(pk=Given("key"))
    return rows.order_by().annotate(**beside).values_list(*_columns(model), *beside)


def _columns(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]
