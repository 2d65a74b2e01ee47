"""What browsers are told about an answer: who may show it in their pages, and what to forget after it."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from reelive.cookies import OF_ONE_PERSON

RESOURCE_POLICY = "Cross-Origin-Resource-Policy"
PARTS_OF_PAGES = (".js", ".css", ".woff2")
View = Callable[..., HttpResponse]


def for_other_sites(view: View) -> View:
    """For pictures that link previews and feed readers show in pages of their own."""

    @wraps(view)
    def wrapper(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response[RESOURCE_POLICY] = "cross-origin"
        return response

    return wrapper


class ResourcePolicy:
    """No other site may load an answer into its pages, but for static files and what a view gives away."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # A 304 counts as well: browsers put its headers in the place of those that they keep.
        is_static = request.path.startswith(settings.STATIC_URL) and response.status_code < 400
        response.headers.setdefault(RESOURCE_POLICY, "cross-origin" if is_static else "same-origin")
        if is_static and request.path.endswith(PARTS_OF_PAGES):
            without_rules_for_pages(response)
        return response


def without_rules_for_pages(response: HttpResponse) -> None:
    """A page has a dozen scripts, and such rules were longer than most of them.

    Browsers heed them in documents and workers alone. The one worker of the site is no static file.
    """
    response._csp_exempt = True
    for name in ("Permissions-Policy", "X-Frame-Options"):
        response.headers.pop(name, None)


def forgotten(response: HttpResponse) -> HttpResponse:
    """The answer to a sign-out: the browser forgets pages and drafts, so that who sits down next finds none.

    Most cookies stay: the theme and what else was chosen there belong to the browser. What this person asked
    to see and which threads they read goes with them.
    """
    response["Clear-Site-Data"] = '"cache", "storage"'
    for name in OF_ONE_PERSON:
        response.delete_cookie(name, samesite="Lax")
    return response
