"""Answering with one keyset page of a list, whole or as the next cards."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from reelive.pagination import PAGE_SIZE, BadCursor, cursor_before, paginate

MOST_PAGES = 10


def page_of(request, queryset, order, key="after", **options):
    """The page of `queryset` that the address asks for by `key`; 404 for a cursor that means nothing."""
    return page_read(request, lambda after: paginate(queryset, order, after, **options), key)


def page_read(request, read, key="after"):
    """The same of rows that are read otherwise: `read` is a function of a cursor."""
    try:
        return read(request.GET.get(key))
    except BadCursor as error:
        raise Http404 from error


def growing_page_of(request, queryset, order, size=PAGE_SIZE):
    """The same for a list to which more is added in place, with the page before it.

    Its address says by `pages` to how many pages it has grown, so that whoever comes back finds it so long.
    """

    def read(after, size):
        return paginate(queryset, order, after, size)

    return growing_page(request, read, lambda: queryset, order, size)


def growing_page(request, read, rows, order, size=PAGE_SIZE):
    """The same of rows that are read otherwise.

    Args:
        read: a function of a cursor and a size, which gives the page behind that cursor.
        rows: a function that gives the same rows as a queryset, to be walked backwards.
    """
    after, is_more = request.GET.get("after"), is_for_more(request)
    try:
        page = read(after, size if is_more else size * _pages(request))
    except BadCursor as error:
        raise Http404 from error
    if is_more or not after:
        return page
    return replace(page, previous_cursor=cursor_before(rows(), order, after, size))


def _pages(request):
    asked = request.GET.get("pages", "")
    return int(asked) if asked in map(str, range(1, MOST_PAGES + 1)) else 1


def is_for_more(request):
    """Whether htmx asks for what is to be added to a list."""
    return bool(request.GET.get("after") and request.htmx)


def render_list(request, template, page, **context):
    """A whole page, or only its next cards when htmx asks for more."""
    return whole_or_more(request, template, "posts/_list.html", page, context | {"posts": page.items})


def whole_or_more(request, template, fragment, page, context):
    """Caches are told that the two answers of one address differ by htmx's header."""
    context |= {"next_cursor": page.next_cursor, "previous_cursor": page.previous_cursor}
    response = render(request, fragment if is_for_more(request) else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
