"""Pages of cards: each shape of a list is built and compiled once, and then only asked again."""

from reelive.pagination import PAGE_SIZE, in_this_order, page_from

from .asked import Asked, read_rows
from .card import CardRow, card_rows
from .mixins.pictured import vary_scenes
from .mixins.stateful import State
from .post import Post


def page_of_cards(source, viewer, order, cursor=None, size=PAGE_SIZE, opened=None):
    """The posts behind the cursor as cards; what the viewer filters or mutes is left out. Raises BadCursor.

    Args:
        source: posts, Asked for or a queryset.
        opened: the film, tag or member whose page the list stands on.
    """
    found = read_rows(source, viewer, _listed_cards, order, cursor, size, opened)
    page = page_from([CardRow(*row) for row in found], order, size)
    vary_scenes(page.items)
    return page


def page_of_keys(source, viewer, order, cursor=None, size=PAGE_SIZE, key="id", opened=None):
    """The same of rows that stand for posts, such as taggings: dicts of the columns of the order and the key.

    Args:
        key: the column that holds the key of the post.
    """
    columns = tuple(dict.fromkeys([*(name.lstrip("-") for name in order), key]))
    found = read_rows(source, viewer, columns, order, cursor, size, opened)
    return page_from([dict(zip(columns, row, strict=True)) for row in found], order, size)


def cards_of(keys, viewer, opened=None):
    """The cards of the posts with these keys, in this order, without what lists leave out."""
    if not keys:
        return []
    rows = read_rows(Asked(_listed, viewer, keys=list(keys)), viewer, _listed_cards, opened=opened)
    return _in_order(keys, rows)


def chosen_cards(keys, viewer):
    """The same with what the viewer filters or mutes: the choice was their own."""
    if not keys:
        return []
    rows = read_rows(Asked(_listed, viewer, keys=list(keys)), viewer, _veiled_cards)
    return _in_order(keys, rows)


def card_of(post, viewer):
    """The card of one post whose page the viewer sees, veiled if the post is."""
    (row,) = read_rows(Asked(_of_key, viewer, key=post.pk), viewer, _veiled_cards)
    return CardRow(*row)._replace(is_veiled=post.is_veiled)


def _of_key(viewer, key):
    return Post.objects.filter(pk=key)


def _listed(viewer, keys):
    return Post.objects.listed().filter(film__state=State.VISIBLE, pk__in=keys)


def _in_order(keys, rows):
    found = {row[0]: CardRow(*row) for row in rows}
    return vary_scenes(in_this_order(keys, found))


def _listed_cards(posts, viewer, opened):
    return card_rows(posts.shown_in_lists(viewer, opened), viewer)


def _veiled_cards(posts, viewer, opened):
    return card_rows(posts.veiled_for(viewer), viewer)
