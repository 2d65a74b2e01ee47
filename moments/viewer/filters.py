"""What a viewer filters: of members it is kept in rows, and of visitors in their browser.

Words are looked up in the index of the search, into which is entered first what was written meanwhile.
"""

from accounts.models import User
from moments.models import Film, Filter, Follow, Mute, Tag
from moments.models.filter import LONGEST_WORD, Filters, TooManyFilters
from moments.search.analyser import pairs, pieces, tokens
from moments.search.index import catch_up_a_little
from moments.search.stems import is_small_word
from moments.viewer.filter_cookie import COLUMNS_IN_COOKIE
from reelive.markdown import shown

SHORTEST_PART, MOST_PARTS = 2, 6


def filters_of_member(member):
    """The Filters of a member; one query, and more only while words wait to be entered."""
    filters, is_behind = Filter.objects.chosen_by(member)
    if filters.word and is_behind:
        catch_up_a_little()
    return filters


def filters_of_visitor(browser):
    """The Filters that a browser tells; no query unless there are words among them."""
    chosen = {column: set() for column in COLUMNS_IN_COOKIE}
    for column, value in browser.filters:
        chosen[column].add(value)
    if chosen["word"]:
        catch_up_a_little()
    return Filters(**{column: frozenset(values) for column, values in chosen.items()})


def folded_word(text):
    """A word as filters keep it: as the search folds it, with spaces between its parts; "" for none."""
    found = (pairs(parts[0]) if is_run else parts for parts, is_run in pieces(text))
    return " ".join(token for parts in found for token in parts)


def is_one_word(word):
    """Whether that is a word, or a few that belong together."""
    return bool(word) and len(word) <= LONGEST_WORD and len(word.split()) <= MOST_PARTS


def is_everywhere(word):
    """Whether it is so common, or so short, that it would leave out nearly everything."""
    return all(is_small_word(part) or len(part) < SHORTEST_PART for part in word.split())


def why_filtered(viewer, post):
    """Why the post is left out of the viewer's lists: pairs of a column of Filter and its value."""
    filters = viewer.filters
    if not filters or (viewer.pk is not None and post.author_id == viewer.pk):
        return []
    reasons = [("post", post.pk)] if post.pk in filters.post else []
    reasons += [("film", post.film_id)] if post.film_id in filters.film else []
    reasons += [("tag", tag.pk) for tag in post.tag_list if tag.pk in filters.tag]
    held = _words_of(post) if filters.word else ""
    return reasons + [("word", word) for word in sorted(filters.word) if f" {word} " in held]


def _words_of(post):
    """What the index holds of the post and its tags, with spaces around each word."""
    texts = [post.title, post.artist, shown(post.context), shown(post.body)]
    texts += [tag.name for tag in post.tag_list]
    return " | ".join(["", *(" ".join(tokens(text)) for text in texts), ""])


def bring_filters_along(browser, member):
    """A visitor who signs in brings along what they filter, as far as there is room for it, and whom they
    mute, but for those whom they follow as a member.
    """
    carried = browser.filters
    if not carried:
        return
    known = {
        "member": set(),
        "tag": set(Tag.objects.filter(pk__in=_keys(carried, "tag")).values_list("pk", flat=True)),
        "film": set(Film.objects.filter(pk__in=_keys(carried, "film")).values_list("pk", flat=True)),
        "word": _keys(carried, "word"),
    }
    for (column, value), until in carried.items():
        if value in known[column]:
            try:
                Filter.objects.add(member, column, value, until)
            except TooManyFilters:
                break
    for other in User.objects.filter(pk__in=_keys(carried, "member"), is_active=True):
        if not Follow.objects.follows(member, person=other):
            Mute.objects.add(member, other, carried["member", other.pk])
    browser.set_filters({})


def _keys(carried, column):
    return {value for name, value in carried if name == column}
