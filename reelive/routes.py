"""The three shapes of a view, said where its address is: what it reads, what it asks, what it does."""

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe


def page(route, view, *args, **kwargs):
    """Something to read: GET and HEAD."""
    return path(route, require_safe(view), *args, **kwargs)


def form(route, view, *args, **kwargs):
    """A form and its answer on one address: GET, HEAD and POST."""
    return path(route, require_http_methods(["GET", "HEAD", "POST"])(view), *args, **kwargs)


def verb(route, view, *args, **kwargs):
    """One act: POST alone."""
    return path(route, require_POST(view), *args, **kwargs)
