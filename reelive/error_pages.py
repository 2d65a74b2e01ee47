"""The pages that say what went wrong. Those of a lost database and of a fault work when nothing else does."""

import logging
import math
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reelive.ratelimit import too_fast
from reelive.shortcuts import sign_in_address, typed_text

logger = logging.getLogger(__name__)
TOO_LARGE = _("That is more than this site takes in one piece (8 MiB for a picture).")
BODY_REFUSED = {
    400: _("The form broke off on its way. Please go back and send it again."),
    408: _("The form took too long to arrive. Please go back and send it again."),
    503: _("Too much is being sent here at the moment. Please go back and try again in a minute."),
}
LOST_DATABASE = (OperationalError, InterfaceError)
READ_ONLY = "25006"  # what PostgreSQL answers a write while it takes none


def plain_page(status: int, sentence: str, context: dict | None = None) -> HttpResponse:
    """The page of that status, rendered without a request; its sentence where there is no template."""
    try:
        return HttpResponse(render_to_string(f"{status}.html", context), status=status)
    except TemplateDoesNotExist:
        return HttpResponse(sentence, status=status, content_type="text/plain; charset=utf-8")


def refused_body(status: int) -> HttpResponse:
    """Why a body was not taken in. The templates of these statuses speak of other things."""
    return HttpResponse(BODY_REFUSED[status], status=status, content_type="text/plain; charset=utf-8")


def sent_with(request: HttpRequest) -> dict:
    """What such a page gives back of the request's form. The body is read, but no session and no database."""
    try:
        return {"typed": typed_text(request), "files": bool(request.FILES), "sent": request.method == "POST"}
    except Exception:
        # The body may be what went wrong, and the page that says so has to come all the same.
        logger.warning("The form of the request cannot be read.", exc_info=True)
        return {"sent": True}


def is_lost(problem: BaseException | None) -> bool:
    """Whether the database is away, or takes no writes, as SQLite says by one of these errors."""
    return isinstance(problem, LOST_DATABASE) or getattr(problem.__cause__, "sqlstate", "") == READ_ONLY


def database_away(problem: Exception, request: HttpRequest) -> HttpResponse:
    """503: a page that gives back what was typed, which no session can keep now."""
    logger.error("The database does not answer.", exc_info=problem)
    sentence = gettext("The database is away for a moment. Nothing that was saved is lost; please try again.")
    response = plain_page(503, sentence, sent_with(request))
    response["Retry-After"] = "5"
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The URLconf's `handler400`. It asks nothing of the request, whose body may be what cannot be read."""
    if isinstance(exception, RequestDataTooBig):
        return plain_page(413, TOO_LARGE)
    return plain_page(400, gettext("Something in the address or the form was garbled on its way."))


def server_error(request: HttpRequest) -> HttpResponse:
    """The URLconf's `handler500`: also reached by what goes wrong outside of a view, in a middleware."""
    problem = sys.exc_info()[1]
    if is_lost(problem):
        return database_away(problem, request)
    sentence = gettext("Something went wrong on our side. It has been written down.")
    return plain_page(500, sentence, sent_with(request))


def too_many(request, seconds):
    """429: a page that says when to try again and gives back what was typed."""
    context = {"sentence": too_fast(seconds), "typed": typed_text(request)}
    response = render(request, "429.html", context, status=429)
    response["Retry-After"] = math.ceil(seconds)
    return response


def refused(request, refusal):
    """422 where no form says it: a page with the sentence and what was typed."""
    context = {"sentence": str(refusal), "typed": typed_text(request)}
    return render(request, "422.html", context, status=422)


def no_room(request, problem):
    """413 for a text of a visitor that cannot be kept: a page that gives it back, to be copied first."""
    context = {"typed": problem.typed, "sign_in": sign_in_address(problem.back)}
    return render(request, "413_draft.html", context, status=413)


def stale_form(request, reason=""):
    """403 for a form without the right token: a page that gives back what was typed and sends nothing."""
    return render(request, "403_csrf.html", {"typed": typed_text(request)}, status=403)
