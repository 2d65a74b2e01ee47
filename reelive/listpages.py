"""Answering with one keyset page of a list, whole or as the next cards."""

from django.http import Http404
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from reelive.pagination import BadCursor, paginate


def page_of(request, queryset, order, key="after", **options):
    """The page of `queryset` that the address asks for by `key`; 404 for a cursor that means nothing."""
    try:
        return paginate(queryset, order, request.GET.get(key), **options)
    except BadCursor as error:
        raise Http404 from error


def render_list(request, template, page, **context):
    """A whole page, or only its next cards when htmx asks for more."""
    context |= {"posts": page.items, "next_cursor": page.next_cursor}
    return whole_or_more(request, template, "posts/_list.html", context)


def whole_or_more(request, template, fragment, context):
    """Caches are told that the two answers of one address differ by htmx's header."""
    more = request.htmx and request.GET.get("after")
    response = render(request, fragment if more else template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
