"""Small things that views of every family need: signing in first, drafts, safe redirects."""

from functools import wraps
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

DRAFTS = "drafts"
DRAFT_LIMIT, DRAFTS_KEPT = 40_000, 5
NOT_TYPED = {
    *("csrfmiddlewaretoken", "nonce", "next", "preview", "anyway"),
    *("password", "password1", "password2", "oldpassword", "code", "credential"),
}


def typed_text(request):
    """What a person typed into the form of this request, by field."""
    return {name: value for name, value in request.POST.items() if name not in NOT_TYPED and value}


def keep_draft(request, place):
    """Keep the typed text in the session until the form at `place` is shown again."""
    drafts = request.session.get(DRAFTS, {})
    drafts.pop(place, None)
    several = {name: values for name, values in request.POST.lists() if len(values) > 1}
    typed = {name: several.get(name, value) for name, value in typed_text(request).items()}
    drafts[place] = {name: value for name, value in typed.items() if len(str(value)) <= DRAFT_LIMIT}
    request.session[DRAFTS] = dict(list(drafts.items())[-DRAFTS_KEPT:])


def take_draft(request, place=None):
    """The text kept for the form at `place` (this page), once; an empty dict when there is none."""
    if not request.user.is_authenticated or DRAFTS not in request.session:
        return {}
    drafts = request.session[DRAFTS]
    draft = drafts.pop(place or request.path, {})
    if draft:
        request.session.modified = True
    return draft


def sign_in_first(request, back, anchor=""):
    """Send a signed-out person to the sign-in and then to `back`, with what they typed kept."""
    if request.method == "POST" and typed_text(request):
        keep_draft(request, back)
    address = f"{reverse('account_login')}?{urlencode({'next': back + anchor})}"
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def member_required(view):
    """For pages with a form: sign in, come back to this very page, and find the text there."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else request.path
        return sign_in_first(request, back)

    return wrapper


def back_to(request, fallback, anchor=""):
    """Redirect to the form's `next` when it stays on this site, to `fallback` (url or object) otherwise.

    `anchor` is where on that page, with its #; a fallback needs none.
    """
    wish = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wish, allowed_hosts=None) and wish.startswith("/")
    return HttpResponseRedirect(wish + anchor if safe else resolve_url(fallback))
