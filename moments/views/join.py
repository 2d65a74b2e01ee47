"""Asks a visitor to join who wants to upvote, feel, note or say something, and keeps what that was."""

from dataclasses import replace
from urllib.parse import urlencode, urlsplit

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.feelings import FEELINGS
from moments.forms import CommentForm
from moments.models import Kind
from moments.viewer.lookup import comment_for_verb, list_for_verb, post_for_verb
from moments.viewer.waiting_deeds import deed_on, do, keep_deed
from reelive.shortcuts import came_from, is_on_site

LONGEST_PLACE = 500  # letters
HEADINGS = {
    ("post", "upvote"): _("Join to upvote %(name)s"),
    ("post", "feel"): _("Join to say what you felt at %(name)s"),
    ("post", "relive"): _("Join to keep %(name)s in your diary"),
    ("post", "comment"): _("Join to comment on %(name)s"),
    ("member_list", "upvote"): _("Join to upvote %(name)s"),
    ("member_list", "comment"): _("Join to comment on %(name)s"),
    ("comment", "upvote"): _("Join to upvote a comment on %(name)s"),
    ("comment", "comment"): _("Join to answer a comment on %(name)s"),
}
OF_MOMENTS = {"feel", "relive"}
WAYS = {"join": "account_signup", "sign-in": "account_login"}


@never_cache
@vary_on_headers("HX-Request")
def post_join(request, post_id):
    return _join(request, post_for_verb(request, post_id))


@never_cache
@vary_on_headers("HX-Request")
def comment_join(request, comment_id):
    comment = comment_for_verb(request, comment_id)
    return _join(request, comment.about, comment)


@never_cache
@vary_on_headers("HX-Request")
def list_join(request, name, slug):
    return _join(request, list_for_verb(request, name, slug))


def _join(request, about, comment=None):
    """The question, as a page or as a dialog; its form keeps the deed and leads to the sign-up or sign-in."""
    target = comment or about
    asked = request.POST if request.method == "POST" else request.GET
    deed = _deed(asked, about, comment)
    back = _back(request, deed, target)
    form = CommentForm(request.POST or None) if deed.verb == "comment" else None
    if request.method == "POST" and (form is None or form.is_valid()):
        text = form.cleaned_data["body"] if form else deed.detail
        return _led_on(request, replace(deed, detail=text), back)
    if request.user.is_authenticated:
        return HttpResponseRedirect(back)
    context = {"deed": deed, "back": back, "form": form, "film": about.film}
    context["heading"] = HEADINGS[target.model_name, deed.verb] % {"name": about.named}
    template = "join/_dialog.html" if request.htmx else "join/page.html"
    return render(request, template, context, status=422 if form and form.is_bound else 200)


def _deed(asked, about, comment):
    """What the visitor wants to do. Raises Http404 where that cannot be done to it."""
    verb, feeling = asked.get("deed", "upvote"), asked.get("feeling", "")
    if ((comment or about).model_name, verb) not in HEADINGS:
        raise Http404
    if verb in OF_MOMENTS and about.kind != Kind.MOMENT:
        raise Http404
    if verb == "feel" and feeling not in FEELINGS:
        raise Http404
    detail = feeling if verb == "feel" else ""
    return deed_on(about, verb, comment=comment and comment.pk, detail=detail)


def _back(request, deed, target):
    """Where they come back to: the very place in the list or thread at which they were asked."""
    wish = request.POST.get("next", "")
    if wish:
        return wish if is_on_site(wish) and len(wish) <= LONGEST_PLACE else target.link
    page = came_from(request)
    path = urlsplit(page).path
    if not page or len(page) > LONGEST_PLACE or path.startswith("/accounts/") or path == request.path:
        page = target.link
    return page + _anchor(deed, target, urlsplit(page).path)


def _anchor(deed, target, path):
    if deed.comment:
        return f"#c{deed.comment}"
    if deed.verb == "comment":
        return "#comments"
    if deed.verb in OF_MOMENTS:
        return "#relive"
    return "" if path == target.link else f"#card-{deed.post}"


def _led_on(request, deed, back):
    if request.user.is_authenticated:  # they signed in meanwhile, in another window
        return HttpResponseRedirect(do(request, request.user, deed) or back)
    keep_deed(request, deed)
    way = WAYS.get(request.POST.get("way"), WAYS["join"])
    return HttpResponseRedirect(f"{reverse(way)}?{urlencode({'next': back})}")
