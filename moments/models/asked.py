"""What a page asks for: a query that is built and compiled once for each shape of viewer, then only asked."""

from datetime import datetime
from functools import cached_property

from django.db.models import DateTimeField, Model

from reelive.pagination import fields_of, read_cursor, rows_of_page
from reelive.statements import Given, ObjectStatement, Statement, statement

from .viewer_shape import fill, places, shape_of


class Asked:
    """The rows that `find(viewer, **given)` gives, which are built where nobody has asked for such yet.

    Args:
        find: a function of its module. Whatever the values are, it builds the same conditions of them: it is
            asked once more with a Given in the place of each.
        given: keys, lists of keys, texts and times; what is empty is a condition that is not set. A class, or
            a yes or no, is told as it is. `opened` is the film, tag or member whose page the list stands on.
    """

    def __init__(self, find, viewer, **given):
        self.find, self.viewer, self.given = find, viewer, given

    @cached_property
    def rows(self):
        return self.find(self.viewer, **self.given)

    @property
    def objects(self):
        """The objects that the rows are, as a list; what `find` prefetches does not come with them."""
        kept, values = self._kept(ObjectStatement)
        return list(self.rows) if kept is None else kept.objects(**values)

    @property
    def by_key(self):
        """The objects by their keys."""
        return {found.pk: found for found in self.objects}

    @property
    def first(self):
        """The first of them, or None."""
        return next(iter(self.objects), None)

    @property
    def values(self):
        """The rows of what `find` gives as a `values_list`."""
        kept, values = self._kept(Statement)
        return list(self.rows) if kept is None else kept.rows(**values)

    def _kept(self, kind):
        """The statement of this kind with its values; no statement for a viewer who has no shape."""
        shape, values = shape_of(self.viewer, self.given.get("opened"))
        if shape is None:
            return None, values
        stand_ins, sorts = _stand_ins(self.given, values)
        key = (kind, self.find, sorts, shape)
        return statement(key, lambda: self.find(shape.viewer, **stand_ins), kind), values


def rows_of(source):
    """The queryset that a list comes from."""
    return source.rows if isinstance(source, Asked) else source


def read_rows(source, viewer, lay, order=(), cursor=None, size=None, opened=None):
    """The plain rows of a page, and one more that tells of the next page; all rows without a size.

    Args:
        source: Asked for, or a queryset.
        lay: a function of its module of the rows, the viewer and `opened`, which gives a `values_list`; or
            the names of columns.
        opened: the film, tag or member whose page the list stands on.

    Raises BadCursor.
    """
    after = read_cursor(rows_of(source), order, cursor) if cursor else []
    shape, values = None, {}
    if isinstance(source, Asked):
        shape, values = shape_of(viewer, source.given.get("opened", opened))
    if shape is None:
        return Statement.of(_page(rows_of(source), viewer, opened, lay, order, after, size)).rows()
    stand_ins, sorts = _stand_ins(source.given, values)
    fill(values, "after", after)
    key = (source.find, sorts, shape, lay, order, bool(after), size)

    def make():
        found = source.find(shape.viewer, **stand_ins)
        behind = [Given(f"after {at}", field) for at, field in enumerate(fields_of(found, order))]
        return _page(found, shape.viewer, shape.opened_place, lay, order, after and behind, size)

    return statement(key, make).rows(**values)


def _page(rows, viewer, opened, lay, order, after, size):
    rows = lay(rows, viewer, opened) if callable(lay) else rows.values_list(*lay)
    return rows if size is None else rows_of_page(rows, order, after, size)


def _stand_ins(given, values):
    """What stands in a queryset for the values that are given, and of which sort each is; fills `values`."""
    stand_ins, sorts = dict(given), []
    for name, value in given.items():
        if value is None or value == "" or isinstance(value, bool | type):
            sorts.append((name, value))
        elif isinstance(value, list):
            room = fill(values, name, value)
            stand_ins[name] = places(name, room)
            sorts.append((name, room))
        elif isinstance(value, Model):
            values[name], stand_ins[name] = value.pk, type(value)(pk=Given(name))
            sorts.append((name, type(value)))
        else:
            field = DateTimeField() if isinstance(value, datetime) else None
            values[name], stand_ins[name] = value, Given(name, field)
            sorts.append((name, type(value)))
    return stand_ins, tuple(sorts)
