"""Answers that any depth of the code may ask for: moved for ever, too fast, a form that cannot be trusted."""

import math

from django.http import HttpResponsePermanentRedirect
from django.shortcuts import render

from .ratelimit import TooMany
from .shortcuts import typed_text


class Moved(Exception):
    """The thing has another address now."""

    def __init__(self, url):
        super().__init__(url)
        self.url = url


class OutcomeMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, Moved):
            response = HttpResponsePermanentRedirect(exception.url)
            # A title may come back, and with it its address: a browser that kept this would go in circles.
            response["Cache-Control"] = "no-cache"
            return response
        if isinstance(exception, TooMany):
            return too_many(request, exception.retry_after)
        return None


def too_many(request, seconds):
    """429: a page that says when to try again and gives back what was typed."""
    context = {"seconds": math.ceil(seconds), "typed": typed_text(request)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = math.ceil(seconds)
    return response


def stale_form(request, reason=""):
    """403 for a form without the right token: a page that gives back what was typed and sends nothing."""
    return render(request, "403_csrf.html", {"typed": typed_text(request)}, status=403)
