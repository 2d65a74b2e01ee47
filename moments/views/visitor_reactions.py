"""The verbs of relive mode, and the page on which a new member keeps what they felt as a visitor."""

from contextlib import nullcontext

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy
from django.views.decorators.cache import never_cache

from moments.feelings import FEELINGS
from moments.models import DiaryEntry, Moment, Reaction
from moments.models.refusals import Gone
from moments.viewer.lookup import find_film, is_veiled, unread_moment
from moments.viewer.reactions import SessionReactions
from moments.views.relive_mode import chip
from reelive.formats import counted
from reelive.ratelimit import check, check_visitor, spending
from reelive.shortcuts import back_to, member_required, require_member

ENTRIES_AT_ONCE = 60
NOTED = ngettext_lazy(
    "%(count)s moment noted in your diary.", "%(count)s moments noted in your diary.", "number"
)
NOTED_AND_MORE = ngettext_lazy(
    "%(count)s moment noted in your diary. Press again for the rest.",
    "%(count)s moments noted in your diary. Press again for the rest.",
    "number",
)


def relive_feel(request, moment_id):
    return _react(request, moment_id, felt=True)


def relive_unfeel(request, moment_id):
    return _react(request, moment_id, felt=False)


def _react(request, moment_id, *, felt):
    """Add or take back a reaction, and set the bookmark here.

    A member's reaction counts at once, a visitor's waits in their session.
    """
    moment, feeling = _unveiled(request, moment_id), request.POST.get("feeling", "")
    if feeling not in FEELINGS:
        raise Http404
    react = request.viewer.feel if felt else request.viewer.unfeel
    try:
        with _spending_one(request):
            react(moment, feeling)
    except Gone as gone:
        raise Http404 from gone
    request.viewer.set_bookmark(moment)
    if request.htmx:
        return render(request, "relive_mode/_chip.html", {"post": moment, "chip": chip(feeling, felt)})
    return HttpResponseRedirect(_address(moment) + "#feels")


def _unveiled(request, moment_id):
    """A moment that is not veiled for the viewer, for a member by its keys alone."""
    if not request.user.is_authenticated:
        moments = Moment.objects.open_to(request.viewer).veiled_for(request.viewer).filter(is_veiled=False)
        return get_object_or_404(moments.select_related("film"), pk=moment_id)
    moment = unread_moment(moment_id)
    if is_veiled(request.viewer, moment_id):
        raise Http404
    return moment


def _spending_one(request):
    """Spend one reaction of the viewer's quota.

    For members it is the quota of votes; visitors share that of their network.
    """
    if request.user.is_authenticated:
        return spending("vote", request.user)
    check_visitor("tap", request)
    return nullcontext()


def relive_bookmark(request, moment_id):
    """Set the bookmark at a moment. It may be veiled, since the answer shows nothing of it."""
    moment = get_object_or_404(Moment.objects.open_to(request.viewer).select_related("film"), pk=moment_id)
    request.viewer.set_bookmark(moment)
    return back_to(request, _address(moment))


def relive_diary(request, film):
    """Write today's entry of every moment of the film at which the member felt something."""
    film = find_film(request, film)
    end = reverse("relive-end", args=[film.slug])
    require_member(request, end)
    check("vote", request.user)
    reactions = Reaction.objects.filter(member=request.user, moment__film=film)
    today = DiaryEntry.objects.filter(member=request.user, date=timezone.localdate())
    new = Moment.objects.open_to(request.viewer).filter(pk__in=reactions.values("moment"))
    new = new.exclude(pk__in=today.values("moment")).order_by("pk")[:ENTRIES_AT_ONCE]
    # One by one: in one transaction the film would be held for as long as all of them take.
    noted = [entry for moment in new if (entry := _noted_in_diary(request.user, moment))]
    messages.success(request, _noted(len(noted)))
    return HttpResponseRedirect(end)


def _noted_in_diary(member, moment):
    """The diary entry of today; None when the moment was removed meanwhile."""
    try:
        return moment.relive(member)
    except Gone:
        return None


def _noted(count):
    if not count:
        return _("It is all in your diary.")
    if count == ENTRIES_AT_ONCE:
        return counted(count, NOTED_AND_MORE)
    return counted(count, NOTED)


def _address(moment):
    return reverse("relive-moment", args=[moment.film.slug, moment.pk])


@never_cache
@member_required
def visitor_reactions(request):
    """A new member keeps what they felt before they signed in, or discards it."""
    if request.method == "POST":
        return _keep_or_discard(request)
    kept = SessionReactions(request.session).by_moment()
    moments = Moment.objects.open_to(request.viewer).filter(pk__in=kept).veiled_for(request.viewer)
    moments = moments.select_related("film").order_by("film__title", "film_id", "position", "id")
    rows = [{"post": post, "feelings": _named(kept[post.pk])} for post in moments]
    return render(request, "relive_mode/visitor_reactions.html", {"rows": rows})


def _named(slugs):
    return [FEELINGS[slug] for slug in slugs if slug in FEELINGS]


def _keep_or_discard(request):
    reactions = SessionReactions(request.session)
    if "throw" in request.POST:
        reactions.discard()
        messages.success(request, _("What you felt before is discarded."))
        return HttpResponseRedirect(reverse("home"))
    with spending("vote", request.user):
        left = reactions.give_to(request.user)
    if left:
        messages.info(request, _("A part of it is yours now. Keep the rest as well?"))
        return HttpResponseRedirect(reverse("visitor-reactions"))
    messages.success(request, _("What you felt is yours now."))
    return HttpResponseRedirect(request.user.get_absolute_url())
