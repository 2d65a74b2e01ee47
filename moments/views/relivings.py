"""Feeling and reliving a moment."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from moments.feelings import FEELINGS
from moments.forms import ReliveForm
from moments.models import Moment, Relive
from moments.views.posts import relive_context
from reelive.ratelimit import check
from reelive.shortcuts import back_to, sign_in_first


def feel(request, moment_id):
    return _react(request, moment_id, Moment.feel)


def unfeel(request, moment_id):
    return _react(request, moment_id, Moment.unfeel)


def _react(request, moment_id, verb):
    moment = _moment(request, moment_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, moment.get_absolute_url(), "#relive")
    feeling = request.POST.get("feeling", "")
    if feeling not in FEELINGS:
        raise Http404
    check("vote", request.user)
    verb(moment, request.user, feeling)
    return _answer(request, moment)


def relive_add(request, moment_id):
    moment = _moment(request, moment_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, moment.get_absolute_url(), "#relive")
    form = ReliveForm(request.POST)
    if not form.is_valid():
        context = relive_context(request, moment) | {
            "relive_form": form,
            "film": moment.film,
        }
        template = "posts/_relive.html" if request.htmx else "posts/relive.html"
        return render(request, template, context, status=422)
    check("vote", request.user)
    moment.relive(request.user, **form.cleaned_data)
    return _answer(request, moment)


def relive_delete(request, relive_id):
    if not request.user.is_authenticated:
        raise Http404
    entry = get_object_or_404(Relive.objects.filter(member=request.user), pk=relive_id)
    entry.moment.forget(entry)
    return back_to(request, entry.moment)


def _moment(request, moment_id):
    moments = Moment.objects.open_to(request.user).select_related("film").prefetch_related("tallies")
    return get_object_or_404(moments, pk=moment_id)


def _answer(request, moment):
    if request.htmx:
        return render(
            request,
            "posts/_relive.html",
            relive_context(request, _moment(request, moment.pk)),
        )
    return HttpResponseRedirect(moment.get_absolute_url() + "#relive")
