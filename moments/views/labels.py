"""Labelling posts and comments, and choosing what one finds folded for it."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.vary import vary_on_headers

from moments.forms import FoldingForm
from moments.labels import KINDS, LABELS
from moments.models import Label
from moments.models.label import Labelled
from moments.views.formpages import form_page
from moments.views.lookup import comment_for_verb, post_for_verb
from reelive.ratelimit import check
from reelive.shortcuts import back_to, member_required, sign_in_first


@member_required
@vary_on_headers("HX-Request")
def post_labels(request, post_id):
    return _answer(request, post_for_verb(request, post_id))


@member_required
@vary_on_headers("HX-Request")
def comment_labels(request, comment_id):
    return _answer(request, comment_for_verb(request, comment_id))


def post_label(request, post_id):
    return _label(request, post_for_verb(request, post_id), Labelled.label)


def post_unlabel(request, post_id):
    return _label(request, post_for_verb(request, post_id), Labelled.unlabel)


def comment_label(request, comment_id):
    return _label(request, comment_for_verb(request, comment_id), Labelled.label)


def comment_unlabel(request, comment_id):
    return _label(request, comment_for_verb(request, comment_id), Labelled.unlabel)


def _label(request, thing, verb):
    if not request.user.is_authenticated:
        return sign_in_first(request, thing.link)
    kind = request.POST.get("kind", "")
    if kind not in LABELS:
        raise Http404
    check("vote", request.user)
    verb(thing, request.user, kind)
    return _answer(request, thing, swapped=True) if request.htmx else back_to(request, thing.link)


def _answer(request, thing, **context):
    """The five labels to give or take back: in their place, or on a page of their own."""
    mine = Label.objects.on(thing).by(request.user)
    choices = [
        {
            "kind": kind,
            "count": getattr(thing, kind.column),
            "mine": kind.slug in mine,
            "verb": reverse(f"{thing.WORD}-{'unlabel' if kind.slug in mine else 'label'}", args=[thing.pk]),
        }
        for kind in KINDS
    ]
    post = thing if thing.WORD == "post" else thing.post
    context |= {"thing": thing, "choices": choices, "post": post, "film": post.film}
    context["report_url"] = reverse(f"{thing.WORD}-report", args=[thing.pk])
    context["labellable"] = thing.author_id != request.user.pk
    return render(request, "labels/_menu.html" if request.htmx else "labels/page.html", context)


@member_required
def folding(request):
    """From how many labels of each kind on the member wants a text folded."""
    form = FoldingForm(request.POST if request.method == "POST" else None, member=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, "What you find folded is saved.")
        return HttpResponseRedirect(reverse("folding"))
    return form_page(request, "labels/folding.html", form)
