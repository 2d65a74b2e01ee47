"""Lists are read from the last row seen on (keyset pages): a deep page costs what the first one costs."""

import base64
import binascii
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import BooleanField, F, Func, Q, QuerySet, Value

from reelive.conditions import Condition

PAGE_SIZE = 25  # rows of a page, where a list has no number of its own
MAX_CURSOR_LENGTH = 1_500
MAX_TEXT_LENGTH = 200
MAX_INTEGER = 2**63 - 1


class BadCursor(ValueError):
    """The cursor was not made for this order: somebody's own, a cut one, one of an older release.

    Callers answer 404: an address that was never given out names no page.
    """


@dataclass(frozen=True)
class Page:
    """`items` are the rows of this page; `next_cursor` leads to the next one and is None on the last page.

    `previous_cursor` leads to the page before: empty for the first page, None where that is not asked.
    """

    items: list
    next_cursor: str | None
    previous_cursor: str | None = None


def cursor_before(queryset: QuerySet, order: Sequence[str], cursor: str, size: int) -> str:
    """The cursor of the page before the one that this cursor leads to; empty where that is the first."""
    names = [name.lstrip("-") for name in order]
    rows = queryset.select_related(None).prefetch_related(None).values(*names)
    before = paginate(rows, backwards(order), cursor, size).items
    return cursor_after(before[-1], order) if len(before) == size else ""


class _Beyond(Func):
    """(a, b) < (x, y): a row comparison, begun by a database at its very place in an index of a and b.

    Only SQLite walks all ties of `a` when b is its integer primary key. Where many rows tie, an order of
    three, such as votes, hot, id, spares that.
    """

    output_field = BooleanField()

    def __init__(self, *expressions: Any, operator: str):
        super().__init__(*expressions, operator=operator)

    def as_sql(self, compiler, connection, **extra):
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(parts) // 2
        left, right = (", ".join(sql for sql, _ in side) for side in (parts[:half], parts[half:]))
        return f"(({left}) {self.extra['operator']} ({right}))", [p for _, params in parts for p in params]


def in_order(rows: QuerySet, ids: Sequence[int]) -> list:
    """The rows with these ids, in the order of the ids; ids that have no row are left out."""
    return in_this_order(ids, rows.in_bulk(ids))


def in_this_order(ids: Sequence[int], found: Mapping[int, Any]) -> list:
    """What was found by these ids, in their order; ids by which nothing was are left out."""
    return [found[pk] for pk in ids if pk in found]


def paginate(
    queryset: QuerySet,
    order: Sequence[str] = ("-hot", "-id"),
    cursor: str | None = None,
    size: int = PAGE_SIZE,
) -> Page:
    """The rows after the cursor (from the start without one), in this order, at most `size`; one query.

    `order` names fields or annotations, "-" for descending, the last one unique; it comes from code, never
    from a query string. They hold numbers, times or text of at most 200 characters, no nulls; a field over
    a relation is written as in a filter ("film__title"). Raises BadCursor.
    """
    return page_from(
        list(rows_of_page(queryset, order, read_cursor(queryset, order, cursor), size)), order, size
    )


def read_cursor(queryset: QuerySet, order: Sequence[str], cursor: str | None) -> list[Any]:
    """The values that a cursor holds for this order; none without a cursor. Raises BadCursor."""
    return _decode(cursor, fields_of(queryset, order)) if cursor else []


def fields_of(queryset: QuerySet, order: Sequence[str]) -> list[models.Field]:
    """The fields that an order names."""
    return [_field(queryset, name.lstrip("-")) for name in order]


def rows_of_page(queryset: QuerySet, order: Sequence[str], after: Sequence[Any], size: int) -> QuerySet:
    """The rows of a page behind these values, or the first ones, and one more that tells of the next page.

    Args:
        after: the values of a cursor, or expressions that stand for them.
    """
    if after:
        queryset = queryset.filter(_after(order, fields_of(queryset, order), after))
    return queryset.order_by(*order)[: size + 1]


def page_from(rows: list, order: Sequence[str], size: int) -> Page:
    """The page of what `rows_of_page` found."""
    items = rows[:size]
    return Page(items, cursor_after(items[-1], order) if len(rows) > size else None)


def rows_after(queryset: QuerySet, order: Sequence[str], row: Any) -> QuerySet:
    """The rows after this one in this order, for a query of which they are a part."""
    names = [name.lstrip("-") for name in order]
    fields, values = [_field(queryset, name) for name in names], [_value(row, name) for name in names]
    return queryset.filter(_after(order, fields, values)).order_by(*order)


def cursor_after(row: Any, order: Sequence[str]) -> str:
    """The cursor that leads to the rows after this one."""
    return _encode([_value(row, name.lstrip("-")) for name in order])


def backwards(order: Sequence[str]) -> tuple[str, ...]:
    """The same order from its end; of a cursor, it walks the rows before it."""
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _field(queryset: QuerySet, name: str) -> models.Field:
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    model, field = queryset.model, None
    for part in name.split("__"):
        field = model._meta.pk if part == "pk" else model._meta.get_field(part)
        model = field.related_model
    if field is None:
        raise FieldDoesNotExist(name)
    return field.target_field if field.is_relation else field


def _after(order: Sequence[str], fields: Sequence[models.Field], values: Sequence) -> Q | Condition:
    names = [name.lstrip("-") for name in order]
    operators = ["<" if name.startswith("-") else ">" for name in order]
    if len(set(operators)) == 1:
        bounds = [_bound(value, field) for value, field in zip(values, fields, strict=True)]
        return Condition(_Beyond(*map(F, names), *bounds, operator=operators[0]))
    return _after_mixed(list(zip(names, operators, values, strict=True)))


def _bound(value: Any, field: models.Field) -> Any:
    return value if hasattr(value, "resolve_expression") else Value(value, output_field=field)


def _after_mixed(keys: Sequence[tuple[str, str, Any]]) -> Q:
    # a <= x AND (a < x OR ...): the first condition is the one that an index can begin at.
    (name, operator, value), *rest = keys
    lookup = "lt" if operator == "<" else "gt"
    beyond = Q((f"{name}__{lookup}", value))
    if not rest:
        return beyond
    return Q((f"{name}__{lookup}e", value)) & (beyond | _after_mixed(rest))


def _value(row: Any, name: str) -> Any:
    if isinstance(row, dict):
        return row[name]
    for part in name.split("__"):
        row = getattr(row, part)
    return row.pk if isinstance(row, models.Model) else row


def _encode(values: Sequence[Any]) -> str:
    if None in values:
        raise TypeError("A page cannot be ordered by a column that holds nulls.")
    plain = [value.isoformat() if hasattr(value, "isoformat") else value for value in values]
    text = json.dumps(plain, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, fields: Sequence[models.Field]) -> list[Any]:
    if len(cursor) > MAX_CURSOR_LENGTH:
        raise BadCursor("too long")
    try:
        text = base64.b64decode(cursor.encode() + b"=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        values = json.loads(text.decode())
    except (ValueError, binascii.Error, RecursionError) as error:
        raise BadCursor("not a cursor") from error
    if not isinstance(values, list) or len(values) != len(fields):
        raise BadCursor("of another order")
    return [_typed(value, field) for value, field in zip(values, fields, strict=True)]


def _typed(value: Any, field: models.Field) -> Any:
    """The value as this column can hold it: what the database would refuse must not reach it."""
    try:
        for kind, read in _READERS.items():
            if isinstance(field, kind):
                return read(value)
        return _text(value)
    except (TypeError, ValueError, OverflowError) as error:
        raise BadCursor("of another order") from error


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value):
        raise ValueError(value)
    return float(value)


def _flag(value: Any) -> bool:
    if type(value) is not bool:
        raise TypeError(value)
    return value


def _integer(value: Any) -> int:
    if type(value) is not int or abs(value) > MAX_INTEGER:
        raise ValueError(value)
    return value


def _time(value: Any) -> datetime:
    time = datetime.fromisoformat(value)
    if time.tzinfo is None or not 1000 <= time.year <= 9000:
        raise ValueError(value)
    return time


def _text(value: Any) -> str:
    if type(value) is not str or len(value) > MAX_TEXT_LENGTH or "\0" in value:
        raise ValueError(value)
    value.encode()  # half a surrogate pair raises a ValueError
    return value


_READERS = {  # the first that fits; a DateTimeField is a DateField too
    models.FloatField: _number,
    models.BooleanField: _flag,
    models.IntegerField: _integer,
    models.DateTimeField: _time,
    models.DateField: date.fromisoformat,
}
