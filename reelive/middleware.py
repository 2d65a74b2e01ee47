"""Answers that no view gives: a body that is not taken in, a lost database, and what code raises."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.cache import patch_vary_headers

from reelive.declared import declared
from reelive.error_pages import (
    TOO_LARGE,
    database_away,
    is_lost,
    no_room,
    plain_page,
    refused,
    refused_body,
    too_many,
)
from reelive.exceptions import GoneForGood, Moved, Refused, SignInFirst
from reelive.languages import are_several, language_of_browser
from reelive.page_cache import SAFE, UNCHANGED
from reelive.ratelimit import TooMany, check_visitor
from reelive.request_bodies import REFUSED
from reelive.shortcuts import NoRoom

Answer = Callable[[HttpRequest], HttpResponse]


class BodySizeLimit:
    """Says 413 before a byte of the body is read, and why the door did not take a body in."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if REFUSED in request.META:
            return refused_body(request.META[REFUSED])
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and len(length) <= 20 and int(length) <= settings.MAX_BODY_BYTES:
            return self.get_response(request)
        return plain_page(413, TOO_LARGE)


class UnchangedPages:
    """Tells the kept pages which requests have changed nothing that visitors see.

    Those are the forms of visitors and the refused ones: a flood of them must not have all pages made anew.
    A view that changes something for a visitor, such as the sign-up, says so by `request.changes_pages`.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method not in SAFE and not self.may_have_changed(request, response.status_code):
            request.environ[UNCHANGED] = True
        return response

    def process_view(self, request: HttpRequest, *view) -> None:
        """Whose form it is shows before the view: a deleted account is signed out after it."""
        if request.method not in SAFE and request.user.is_authenticated:
            request.changes_pages = True

    def may_have_changed(self, request: HttpRequest, status: int) -> bool:
        if 400 <= status < 500:
            return False
        return getattr(request, "changes_pages", False) or (
            hasattr(request, "user") and request.user.is_authenticated
        )


class WithoutCookies:
    """Reads no cookie where the answer must not depend on who asks, and sets none there."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response
        self.paths = declared("paths_without_cookies")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(self.paths):
            return self.get_response(request)
        request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        response.cookies.clear()
        return response


class BrowserLanguage:
    """Texts, dates and numbers are in the language that the browser asks for, among those of the site.

    It stands outside of nearly all others, so that their error pages are in that language too. With one
    language there is nothing to choose. It is set all the same: Django looks for a text in a language that is
    set in half the time.
    """

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of_browser(request.headers.get("Accept-Language", ""))
        with translation.override(language):
            response = self.get_response(request)
        if not are_several():
            response.headers.setdefault("Content-Language", language)
        elif not request.path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
            response.headers.setdefault("Content-Language", language)
            patch_vary_headers(response, ["Accept-Language"])
        return response


class DatabaseAway:
    """Turns a lost database into a page that says so; the next request tries anew."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return database_away(problem, request) if is_lost(problem) else None


class ExceptionMiddleware:
    """Turns what code raised into the page that says so."""

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
        if isinstance(exception, GoneForGood):
            return render(request, "410.html", {"sentence": exception.sentence}, status=410)
        if isinstance(exception, SignInFirst):
            return exception.response
        if isinstance(exception, TooMany):
            return too_many(request, exception.retry_after)
        if isinstance(exception, Refused):
            return refused(request, exception)
        if isinstance(exception, NoRoom):
            return no_room(request, exception)
        return None


class BoundedSessions:
    """Visitors of one network get so many sessions and no more, whatever it is that is kept in them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not is_new_for_visitor(request.session):
            return response
        try:
            check_visitor("session", request)
        except TooMany as refusal:
            request.session = type(request.session)()
            return too_many(request, refusal.retry_after)
        return response


def is_new_for_visitor(session):
    """Whether a row is about to be made for somebody who is not signed in."""
    return (
        session.modified and not session.session_key and not session.is_empty() and SESSION_KEY not in session
    )
