"""Small things that views of every family need: signing in first, drafts, safe redirects."""

import json
from contextlib import suppress
from functools import partial, wraps
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from reelive.exceptions import SignInFirst
from reelive.fields import PictureField
from reelive.held_uploads import Keeper
from reelive.images import ImageError, read
from reelive.ratelimit import TooMany, check_visitor

DRAFTS = "drafts"
DRAFTS_KEPT, DRAFT_BYTES = 5, 60_000  # in one session, all together
BY_ITSELF = "auto"  # what a form sends as `draft` that is saved without anybody pressing its button
NOT_TYPED = {
    *("csrfmiddlewaretoken", "nonce", "next", "preview", "anyway", "draft", "draft_version"),
    *("password", "password1", "password2", "oldpassword", "code", "credential"),
    *("old_password", "new_password1", "new_password2"),
}


class NoRoom(Exception):
    """The text does not fit beside the drafts that are kept: `typed` is for its author to copy."""

    def __init__(self, typed, back):
        super().__init__("No room for another draft.")
        self.typed, self.back = typed, back


def typed_text(request):
    """What a person typed into the form of this request, by field."""
    return {name: value for name, value in request.POST.items() if name not in NOT_TYPED and value}


def draft_of(request, *forms):
    """What was typed into the fields of these forms; whatever else was sent is nobody's text."""
    return texts_of(request, *forms) | _chosen(request, _fields_of(forms))


def texts_of(request, *forms):
    """The same without the pictures that were chosen."""
    fields = _fields_of(forms)
    typed = {name: value for name, value in typed_text(request).items() if _is_of(name, fields)}
    several = {name: values for name, values in request.POST.lists() if len(values) > 1}
    return {name: several.get(name, value) for name, value in typed.items()}


def _fields_of(forms):
    return {name: field for form in forms for name, field in form.base_fields.items()}


def _is_of(name, fields):
    """Whether something was sent for one of the fields, or for a part of it."""
    parts = ((field.parts, name.removeprefix(of)) for of, field in fields.items() if hasattr(field, "parts"))
    return name in fields or any(part.fullmatch(rest) for part, rest in parts if rest != name)


def _chosen(request, fields):
    """The pictures that were chosen, as the tokens under which they are kept; what is none is left out."""
    tokens, keeper = {}, Keeper(request)
    for name in [name for name in fields if isinstance(fields[name], PictureField) and name in request.FILES]:
        with suppress(TooMany, ImageError):
            keeper.spend()
            tokens[f"{name}_held"] = keeper.hold(read(request.FILES[name]))
    return {name: token for name, token in tokens.items() if token}


def keep_draft(request, place, draft):
    """Keep what was typed in the session until the form at `place` is shown again, one draft a form.

    Raises NoRoom, and TooMany for a network of visitors that keeps a lot.
    """
    drafts = request.session.get(DRAFTS, {}) | {place: draft}
    if len(drafts) > DRAFTS_KEPT or size_of(drafts) > DRAFT_BYTES:
        raise NoRoom(draft, place)
    check_visitor("draft", request)
    request.session[DRAFTS] = drafts


def size_of(drafts):
    return len(json.dumps(drafts, ensure_ascii=False).encode())


def take_draft(request, place=None):
    """The text kept for the form at `place` (this page), once; an empty dict when there is none."""
    if not request.user.is_authenticated or DRAFTS not in request.session:
        return {}
    drafts = request.session[DRAFTS]
    draft = drafts.pop(place or request.path, {})
    if draft:
        request.session.modified = True
    return draft


def sign_in_first(request, back, anchor="", draft_for=(), place=""):
    """Send a signed-out person to the sign-in and then to `back`.

    What they typed into the forms of `draft_for` is kept for the one at `place`; that is `back` if not said.
    """
    if request.POST.get("draft") == BY_ITSELF:
        return HttpResponse(status=401)  # a script, whose member has signed out: their browser keeps the text
    draft = draft_of(request, *draft_for) if request.method == "POST" else {}
    if draft:
        keep_draft(request, place or back, draft)
    address = sign_in_address(back + anchor)
    return HttpResponseClientRedirect(address) if request.htmx else HttpResponseRedirect(address)


def sign_in_address(back):
    return f"{reverse('account_login')}?{urlencode({'next': back})}"


def member_required(view=None, *, draft_for=()):
    """For pages with a form: sign in, come back to this very page, and find the text there.

    `draft_for` names the forms whose text is kept meanwhile.
    """
    if view is None:
        return partial(member_required, draft_for=draft_for)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        back = request.get_full_path() if request.method == "GET" else request.path
        return sign_in_first(request, back, draft_for=draft_for)

    return wrapper


def require_member(request, back, anchor=""):
    """Raise SignInFirst for whoever is signed out: it leads them to the sign-in, and then to `back`."""
    if not request.user.is_authenticated:
        raise SignInFirst(sign_in_first(request, back, anchor))


def members_alone(function):
    """For what only a member can have: for whoever is signed out it is not there. Raises Http404."""

    @wraps(function)
    def wrapper(request, *args, **kwargs):
        if not request.user.is_authenticated:
            raise Http404
        return function(request, *args, **kwargs)

    return wrapper


def came_from(request):
    """The page of this site from which this one was asked for, path and query; empty where nobody says."""
    url = urlsplit(request.headers.get("Referer", ""))
    place = f"{url.path}?{url.query}" if url.query else url.path
    return place if url.netloc == request.get_host() and is_on_site(place) else ""


def is_on_site(place):
    """Whether it is a path from the root of this site, with or without a query and an anchor."""
    return place.startswith("/") and url_has_allowed_host_and_scheme(place, allowed_hosts=None)


def safe_place(address):
    """The address when it is a path on this site, "" otherwise."""
    return address if is_on_site(address) else ""


def back_to(request, fallback, anchor=""):
    """Redirect to the form's `next` when it stays on this site, to `fallback` (url or object) otherwise.

    `anchor` is where on that page, with its #; a fallback needs none.
    """
    wish = safe_place(request.POST.get("next", ""))
    return HttpResponseRedirect(wish + anchor if wish else resolve_url(fallback))
