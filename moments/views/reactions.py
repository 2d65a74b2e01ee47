"""A member reacts to a moment on its page. The part of the page that shows it holds the diary form, too."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from moments.feelings import FEELINGS
from moments.forms import DiaryEntryForm
from moments.models import Moment
from moments.viewer.deeds import Deed, keep_deed
from reelive.ratelimit import spending
from reelive.shortcuts import sign_in_first, take_draft


def feel(request, moment_id):
    return _react(request, moment_id, request.viewer.feel)


def unfeel(request, moment_id):
    return _react(request, moment_id, request.viewer.unfeel)


def _react(request, moment_id, react):
    moment = moment_with_reactions(request, moment_id)
    feeling = request.POST.get("feeling", "")
    if feeling not in FEELINGS:
        raise Http404
    if not request.user.is_authenticated:
        if react == request.viewer.feel:
            keep_deed(request, Deed("feel", moment.pk, detail=feeling))
        return sign_in_first(request, moment.link, "#relive")
    with spending("vote", request.user):
        react(moment, feeling)
    return answer(request, moment)


def moment_with_reactions(request, moment_id):
    """A moment that the viewer may react to or write about, with all that the part of the page shows."""
    moments = Moment.objects.open_to(request.viewer).veiled_for(request.viewer)
    return get_object_or_404(moments.select_related("film").prefetch_related("tallies"), pk=moment_id)


def answer(request, moment):
    """The part of the page as it is now; without htmx a redirect to the whole page."""
    if not request.htmx:
        return HttpResponseRedirect(moment.link + "#relive")
    moment = moment_with_reactions(request, moment.pk)
    return render(request, "posts/_reactions_now.html", reaction_context(request, moment))


def reaction_context(request, moment):
    """The feelings to choose from, the member's own among them, and the diary form with their entries."""
    tallies = [] if moment.is_veiled else moment.tallies.all()
    counts = {tally.feeling: tally.count for tally in tallies}
    mine = moment.feelings_of(request.viewer)
    return {
        "post": moment,
        "chips": [
            {"feeling": feeling, "count": counts.get(slug, 0), "mine": slug in mine}
            for slug, feeling in FEELINGS.items()
        ],
        "diary_form": DiaryEntryForm(initial=take_draft(request, diary_place(moment))),
        "diary_entries": moment.diary_entries_of(request.viewer),
    }


def diary_place(moment):
    """Where a draft for the diary is kept: under the page's own address waits the draft of a comment."""
    return f"{moment.link}#relive"
