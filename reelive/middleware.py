"""Answers that must not depend on a view: a body that is too large, a database that is away."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reelive.errors import LOST_DATABASE, TOO_LARGE, database_away, plain_page

Answer = Callable[[HttpRequest], HttpResponse]


class RefuseLargeBodies:
    """Says 413 before a byte of the body is read."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and len(length) <= 20 and int(length) <= settings.MAX_BODY_BYTES:
            return self.get_response(request)
        return plain_page(413, TOO_LARGE)


class AnswerWithoutDatabase:
    """Turns a lost database into a page that says so; the next request tries anew."""

    def __init__(self, get_response: Answer):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return database_away(problem) if isinstance(problem, LOST_DATABASE) else None
