"""The error pages that must work when nothing else does."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
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


def server_error(request: HttpRequest) -> HttpResponse:
    """The URLconf's `handler500`: also reached by what goes wrong outside of a view, in a middleware."""
    problem = sys.exc_info()[1]
    if isinstance(problem, LOST_DATABASE):
        return database_away(problem)
    return plain_page(500, "Something went wrong on our side. It has been written down.")
