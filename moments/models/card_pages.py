"""Pages of cards: each shape of a list is built and compiled once, and then only asked again."""

from datetime import datetime
from functools import cached_property

from django.db.models import DateTimeField, Model

from reelive.pagination import fields_of, page_from, read_cursor, rows_of_page
from reelive.statements import Given, Statement, statement

from .card import CardRow, card_rows
from .mixins.pictured import vary_scenes
from .mixins.stateful import State
from .post import Post
from .viewer_shape import fill, places, shape_of

SIZE = 25


class Asked:
    """The rows that `find(viewer, **given)` gives, which are built where nobody has asked for such yet.

    Args:
        find: a function of its module. Whatever the values are, it builds the same conditions of them: it is
            asked once more with a Given in the place of each.
        given: keys, lists of keys, texts and times; what is empty is a condition that is not set.
    """

    def __init__(self, find, viewer, **given):
        self.find, self.viewer, self.given = find, viewer, given

    @cached_property
    def rows(self):
        return self.find(self.viewer, **self.given)


def rows_of(source):
    """The queryset that a list comes from."""
    return source.rows if isinstance(source, Asked) else source


def page_of_cards(source, viewer, order, cursor=None, size=SIZE, opened=None):
    """The posts behind the cursor as cards; what the viewer filters or mutes is left out. Raises BadCursor.

    Args:
        source: posts, Asked for or a queryset.
        opened: the film, tag or member whose page the list stands on.
    """
    found = _read(source, viewer, order, cursor, size, opened)
    page = page_from([CardRow(*row) for row in found], order, size)
    vary_scenes(page.items)
    return page


def page_of_keys(source, viewer, order, cursor=None, size=SIZE, key="id", opened=None):
    """The same of rows that stand for posts, such as taggings: dicts of the columns of the order and the key.

    Args:
        key: the column that holds the key of the post.
    """
    columns = tuple(dict.fromkeys([*(name.lstrip("-") for name in order), key]))
    found = _read(source, viewer, order, cursor, size, opened, columns)
    return page_from([dict(zip(columns, row, strict=True)) for row in found], order, size)


def cards_of(keys, viewer, opened=None):
    """The cards of the posts with these keys, in this order, without what lists leave out."""
    if not keys:
        return []
    rows = _read(Asked(_listed, viewer, keys=list(keys)), viewer, (), None, None, opened)
    return _in_order(keys, rows)


def chosen_cards(keys, viewer):
    """The same with what the viewer filters or mutes: the choice was their own."""
    rows = Post.objects.listed().filter(pk__in=keys).veiled_for(viewer)
    return _in_order(keys, Statement.of(card_rows(rows, viewer)).rows())


def card_of(post, viewer):
    """The card of one post whose page the viewer sees, veiled if the post is."""
    rows = card_rows(Post.objects.filter(pk=post.pk).veiled_for(viewer), viewer)
    return CardRow(*Statement.of(rows).rows()[0])._replace(is_veiled=post.is_veiled)


def _listed(viewer, keys):
    return Post.objects.listed().filter(film__state=State.VISIBLE, pk__in=keys)


def _in_order(keys, rows):
    found = {row[0]: CardRow(*row) for row in rows}
    return vary_scenes([found[key] for key in keys if key in found])


def _read(source, viewer, order, cursor, size, opened, columns=()):
    """The plain rows of a page: those of cards, or these columns alone."""
    after = read_cursor(rows_of(source), order, cursor) if cursor else []
    shape, values = None, {}
    if isinstance(source, Asked):
        shape, values = shape_of(viewer, source.given.get("opened", opened))
    if shape is None:
        return Statement.of(_page(rows_of(source), viewer, opened, columns, order, after, size)).rows()
    stand_ins, sorts = _stand_ins(source.given, values)
    fill(values, "after", after)
    key = (source.find, sorts, shape, columns, order, bool(after), size)

    def make():
        found = source.find(shape.viewer, **stand_ins)
        behind = [Given(f"after {at}", field) for at, field in enumerate(fields_of(found, order))]
        return _page(found, shape.viewer, shape.opened_place, columns, order, after and behind, size)

    return statement(key, make).rows(**values)


def _page(rows, viewer, opened, columns, order, after, size):
    if not columns:
        rows = card_rows(rows.shown_in_lists(viewer, opened), viewer)
    else:
        rows = rows.values_list(*columns)
    return rows if size is None else rows_of_page(rows, order, after, size)


def _stand_ins(given, values):
    """What stands in a queryset for the values that are given, and of which sort each is; fills `values`."""
    stand_ins, sorts = dict(given), []
    for name, value in given.items():
        if value is None or value == "" or isinstance(value, bool):
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
