"""Members label posts and comments, and choose from how many labels on a text is hidden for them."""

from contextlib import suppress
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.vary import vary_on_headers

from moments.forms import HidingForm
from moments.labels import LABEL_KINDS, LABELS_BY_SLUG
from moments.models import Favourite, Label, SavedPost, State
from moments.models.mixins.labelled import Labelled
from moments.models.refusals import Restricted
from moments.viewer.lookup import comment_for_verb, comment_with_menu, post_for_verb
from moments.viewer.staff import place_of
from moments.views.filters import menu_choices_of
from moments.views.mutes import mute_choices_of
from reelive.formpages import form_page
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, require_member


@vary_on_headers("HX-Request")
def post_labels(request, post_id):
    return _answer(request, post_for_verb(request, post_id))


@member_required
@vary_on_headers("HX-Request")
def comment_labels(request, comment_id):
    return _answer(request, comment_with_menu(request, comment_id))


def post_label(request, post_id):
    return _label(request, post_for_verb(request, post_id), Labelled.label)


def post_unlabel(request, post_id):
    return _label(request, post_for_verb(request, post_id), Labelled.unlabel)


def comment_label(request, comment_id):
    return _label(request, comment_for_verb(request, comment_id), Labelled.label)


def comment_unlabel(request, comment_id):
    return _label(request, comment_for_verb(request, comment_id), Labelled.unlabel)


def _label(request, target, verb):
    require_member(request, target.link)
    kind = request.POST.get("kind", "")
    if kind not in LABELS_BY_SLUG:
        raise Http404
    with suppress(Restricted), spending("vote", request.user):  # nobody is told that they are restricted
        verb(target, request.user, kind)
    return _answer(request, target, swapped=True) if request.htmx else back_to(request, target.link)


def _answer(request, target, **context):
    """The menu of a post or comment, with the five flags to give or take back.

    It is a part of the page for htmx, and otherwise a page of its own.
    """
    mine = Label.objects.on(target).by(request.viewer.pk)
    choices = [
        {
            "kind": kind,
            "count": getattr(target, kind.column),
            "mine": kind.slug in mine,
            "verb": reverse(
                f"{target.model_name}-{'unlabel' if kind.slug in mine else 'label'}", args=[target.pk]
            ),
        }
        for kind in LABEL_KINDS
    ]
    post = target if target.model_name == "post" else target.post
    about = post or target.member_list
    context |= {"target": target, "choices": choices, "post": post, "about": about, "film": about.film}
    context["place"] = place_of(request, target)
    context["back"] = urlencode({"next": target.labels_url})
    context["editable"] = target is post and target.can_be_edited_by(request.viewer)
    context["labellable"] = target.state == State.VISIBLE and target.author_id != request.viewer.pk
    context["keepable"] = target is post and request.viewer.is_authenticated
    context |= _kept_by(request.viewer, post) if context["keepable"] else {}
    context["mute_offers"] = menu_choices_of(request, post) if target is post else []
    context["mute_choices"] = mute_choices_of(request, target.author) if target.author else None
    return render(request, "labels/_menu.html" if request.htmx else "labels/page.html", context)


def _kept_by(viewer, post):
    """What of their own the viewer has made of a post."""
    return {
        "is_saved": SavedPost.objects.of(viewer).filter(post=post.pk).exists(),
        "is_favourite": Favourite.objects.of(viewer).filter(moment=post.pk).exists(),
    }


@member_required
def hiding(request):
    """The member says from how many labels of each kind on a text is hidden for them."""
    form = HidingForm(request.POST if request.method == "POST" else None, member=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice of what is hidden for you is saved."))
        return HttpResponseRedirect(reverse("hiding"))
    return form_page(request, "labels/hiding.html", form)
