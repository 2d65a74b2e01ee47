"""A member reacts to a moment on its page. The part of the page that shows it holds the diary form, too."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from moments.feelings import FEELINGS
from moments.forms import DiaryEntryForm
from moments.models import DiaryEntry, Moment
from moments.models.refusals import Gone
from moments.viewer.brought_feelings import felt_before
from moments.viewer.lookup import is_veiled, unread_moment
from moments.viewer.waiting_deeds import Deed, keep_deed
from reelive.prepared import PreparedRows
from reelive.ratelimit import spending
from reelive.shortcuts import sign_in_first, take_draft

CHIPS_SHOWN = 5  # the others are behind one press


def feel(request, moment_id):
    return _react(request, moment_id, felt=True)


def unfeel(request, moment_id):
    return _react(request, moment_id, felt=False)


def _react(request, moment_id, *, felt):
    """Add or take back a reaction; a visitor's is kept until they have joined."""
    feeling = request.POST.get("feeling", "")
    if feeling not in FEELINGS:
        raise Http404
    if not request.user.is_authenticated:
        moment = moment_with_reactions(request, moment_id)
        if felt:
            keep_deed(request, Deed("feel", moment.pk, detail=feeling))
        return sign_in_first(request, moment.link, "#relive")
    moment = unread_moment(moment_id)
    react = request.viewer.feel if felt else request.viewer.unfeel
    try:
        with spending("vote", request.user):
            react(moment, feeling)
    except Gone as gone:
        raise Http404 from gone
    if request.htmx:
        return _felt(request, moment)
    return answer(request, moment_with_reactions(request, moment_id))


def _felt(request, moment):
    """The parts of the page that change with a feeling. What is typed into the diary form meanwhile stays."""
    moment.is_veiled = is_veiled(request.viewer, moment.pk)
    context = _feelings_context(moment, moment.counted.mine)
    if HAS_ENTRIES(moment.pk, request.viewer.pk):
        context["diary_entries"] = moment.diary_entries_of(request.viewer)
    return render(request, "posts/_felt.html", context)


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
    mine = moment.feelings_of(request.viewer)
    context = _feelings_context(moment, mine)
    if not request.viewer.is_authenticated:
        return context
    return context | {
        "felt_before": felt_before(request.viewer, moment, mine),
        "diary_form": DiaryEntryForm(initial=take_draft(request, diary_place(moment))),
        "diary_entries": moment.diary_entries_of(request.viewer),
    }


def relived(request, moment):
    """The parts of the page that change with a diary entry."""
    moment.is_veiled = False  # as nothing is for those who relived it
    chips = [{"feeling": FEELINGS[slug], "mine": True} for slug in FEELINGS if slug in moment.counted.mine]
    entries = moment.diary_entries_of(request.viewer)
    context = {"post": moment, "chips": chips, "diary_form": None, "diary_entries": entries}
    return render(request, "posts/_relived.html", context)


def _feelings_context(moment, mine):
    tallies = {} if moment.is_veiled else {tally.feeling: tally for tally in moment.tallied}
    chips = [_chip(feeling, tallies.get(slug), slug in mine) for slug, feeling in FEELINGS.items()]
    chips.sort(key=lambda chip: chip["of_others"], reverse=True)
    first, more = chips[:CHIPS_SHOWN], chips[CHIPS_SHOWN:]
    return {
        "post": moment,
        "chips": chips,
        "first_chips": first,
        "more_chips": more,
        "more_chosen": any(chip["mine"] for chip in more),
    }


def _chip(feeling, tally, mine):
    """A feeling to choose. What others felt is its place, so that it stays there when it is pressed."""
    count, house = (tally.count, tally.house) if tally else (0, 0)
    return {"feeling": feeling, "count": count, "mine": mine, "of_others": (count - mine, house)}


def diary_place(moment):
    """Where a draft for the diary is kept: under the page's own address waits the draft of a comment."""
    return f"{moment.link}#relive"


HAS_ENTRIES = PreparedRows(
    lambda moment, member: DiaryEntry.objects.filter(moment=moment, member=member).values_list("pk")[:1]
)
