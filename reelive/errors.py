"""The error pages that must work when nothing else does."""

import logging
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
TOO_LARGE = "That is more than this site takes in one piece (8 MiB for a picture)."
LOST_DATABASE = (OperationalError, InterfaceError)


def plain_page(status: int, sentence: str) -> HttpResponse:
    """The page of that status, rendered without a request; its sentence where there is no template."""
    try:
        return HttpResponse(render_to_string(f"{status}.html"), status=status)
    except TemplateDoesNotExist:
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def database_away(problem: Exception) -> HttpResponse:
    logger.error("The database does not answer.", exc_info=problem)
    response = plain_page(503, "The database is away for a moment. Nothing is lost; please try again.")
    response["Retry-After"] = "5"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The URLconf's `handler400`. It asks nothing of the request, whose body may be what cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return plain_page(413, TOO_LARGE)
    return plain_page(400, "Something in the address or the form was garbled on its way.")


def server_error(request: HttpRequest) -> HttpResponse:
    """The URLconf's `handler500`: also reached by what goes wrong outside of a view, in a middleware."""
    problem = sys.exc_info()[1]
    if isinstance(problem, LOST_DATABASE):
        return database_away(problem)
    return plain_page(500, "Something went wrong on our side. It has been written down.")
