"""What is the same for every page: the member's time zone, and how methods and forms are refused."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.utils.translation import gettext

from accounts.zones import zone_named
from reelive.languages import are_several, is_offered

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


class MemberTimeZone:
    """Times are shown as the member's clock has them. Visitors without a session are not looked up."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        zone = None
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            zone = zone_named(request.user.time_zone)
        with timezone.override(zone):
            return self.get_response(request)


class MemberLanguage:
    """Texts, dates and numbers are in the member's language.

    Without one the browser's holds, which reelive.middleware.BrowserLanguage has set.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not are_several() or settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        language = getattr(request.user, "language", "")
        if not is_offered(language):
            return self.get_response(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ResponsePolicy:
    """Pages that others made keep the manners of our own: no method but the usual, 422 for a refused form."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(reverse("settings")):
            # What these pages show and ask is for one person's eyes, and for no cache on the way.
            add_never_cache_headers(response)
        elif settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            # A cache on the way that goes by the look of an address must not keep one person's page.
            patch_cache_control(response, private=True)
        return response

    def process_view(self, request, view, args, kwargs):
        return None if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    def process_template_response(self, request, response):
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and getattr(form, "errors", None):
            response.status_code = 422
        return response


class StaffSecondFactor:
    """Where the setting of that name is on, the admin opens only to staff whose accounts have one."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not settings.REQUIRE_STAFF_MFA or request.resolver_match.namespace != "admin":
            return None
        if not request.user.is_staff or is_mfa_enabled(request.user):
            return None
        messages.warning(
            request, gettext("Staff sign in with a second factor here. Add one, and the admin opens.")
        )
        return HttpResponseRedirect(reverse("mfa_index"))
