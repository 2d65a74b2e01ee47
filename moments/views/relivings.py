"""Feeling and reliving a moment."""

from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from moments.feelings import FEELINGS
from moments.forms import ReliveEditForm, ReliveForm
from moments.models import Moment, Relive
from moments.views.formpages import form_page
from moments.views.posts import relive_context
from reelive.ratelimit import check
from reelive.shortcuts import back_to, member_required, sign_in_first, take_draft


def feel(request, moment_id):
    return _react(request, moment_id, Moment.feel)


def unfeel(request, moment_id):
    return _react(request, moment_id, Moment.unfeel)


def _react(request, moment_id, verb):
    moment = _moment(request, moment_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, moment.link, "#relive")
    feeling = request.POST.get("feeling", "")
    if feeling not in FEELINGS:
        raise Http404
    check("vote", request.user)
    verb(moment, request.user, feeling)
    return _answer(request, moment)


def relive_add(request, moment_id):
    moment = _moment(request, moment_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, moment.link, "#relive")
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


@member_required
def relive_edit(request, relive_id):
    """Change an entry of one's own, also one whose moment is no longer here."""
    entry = _own_entry(request, relive_id)
    form = ReliveEditForm(request.POST or None, instance=entry, initial=take_draft(request))
    if form.is_bound and form.is_valid():
        check("vote", request.user)
        if form.save_revision():
            return HttpResponseRedirect(_place_of(entry))
        if not form.errors:
            raise Http404  # taken back on another device meanwhile
    return form_page(request, "members/relive_edit.html", form, entry=entry, moment=entry.moment)


def relive_delete(request, relive_id):
    if not request.user.is_authenticated:
        raise Http404
    entry = _own_entry(request, relive_id)
    entry.moment.forget(entry)
    # By its number: with the entry goes what showed that one had seen it.
    return back_to(request, reverse("post", args=[entry.moment_id]))


def _own_entry(request, relive_id):
    moments = Moment.objects.select_related("film").veiled_for(request.user)
    entries = Relive.objects.filter(member=request.user).select_related("member")
    return get_object_or_404(entries.prefetch_related(Prefetch("moment", moments)), pk=relive_id)


def _place_of(entry):
    return f"{entry.member.get_absolute_url()}relived/{entry.date:%Y}/{entry.date.month}/#day-{entry.date:%d}"


def _moment(request, moment_id):
    moments = Moment.objects.open_to(request.user).veiled_for(request.user)
    return get_object_or_404(moments.select_related("film").prefetch_related("tallies"), pk=moment_id)


def _answer(request, moment):
    if request.htmx:
        return render(
            request,
            "posts/_relive.html",
            relive_context(request, _moment(request, moment.pk)),
        )
    return HttpResponseRedirect(moment.link + "#relive")
