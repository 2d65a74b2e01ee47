"""What one does in relive mode: feel and take it back, keep one's place; and what a visitor may keep."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from moments import felt
from moments.bookmark import keep_place
from moments.feelings import FEELINGS
from moments.models import Moment, Reaction, Relive
from moments.views.lookup import find_film
from moments.views.relive import chip
from reelive.ratelimit import TooMany, check
from reelive.shortcuts import back_to, member_required, sign_in_first
from reelive.templatetags.ui import counted

ENTRIES_AT_ONCE = 60
MINUTE = 60  # seconds


def relive_feel(request, moment_id):
    return _tap(request, moment_id, Moment.feel, felt.feel, mine=True)


def relive_unfeel(request, moment_id):
    return _tap(request, moment_id, Moment.unfeel, felt.unfeel, mine=False)


def _tap(request, moment_id, of_member, of_visitor, *, mine):
    """A member's feeling counts at once, a visitor's stays in the session. Either way this is the place."""
    moments = Moment.objects.open_to(request.user).veiled_for(request.user).filter(is_veiled=False)
    moment = get_object_or_404(moments.select_related("film"), pk=moment_id)
    feeling = request.POST.get("feeling", "")
    if feeling not in FEELINGS:
        raise Http404
    if request.user.is_authenticated:
        check("vote", request.user)
        of_member(moment, request.user, feeling)
    elif ratelimit.consume(request, action="tap"):
        of_visitor(request, moment.pk, feeling)
    else:
        raise TooMany(MINUTE)
    response = HttpResponseRedirect(_address(moment) + "#feels")
    if request.htmx:
        response = render(request, "relive/_chip.html", {"post": moment, "chip": chip(feeling, mine)})
    return keep_place(request, response, moment)


def relive_bookmark(request, moment_id):
    """Keep the place at a moment, also a veiled one: nothing of it is told."""
    moment = get_object_or_404(Moment.objects.open_to(request.user).select_related("film"), pk=moment_id)
    return keep_place(request, back_to(request, _address(moment)), moment)


def relive_diary(request, film):
    """Write today's entry of every moment of the film at which the member felt something."""
    film = find_film(request, film)
    end = reverse("relive-end", args=[film.slug])
    if not request.user.is_authenticated:
        return sign_in_first(request, end)
    check("vote", request.user)
    reactions = Reaction.objects.filter(member=request.user, moment__film=film)
    today = Relive.objects.filter(member=request.user, date=timezone.localdate())
    new = Moment.objects.open_to(request.user).filter(pk__in=reactions.values("moment"))
    new = new.exclude(pk__in=today.values("moment")).order_by("pk")[:ENTRIES_AT_ONCE]
    # One by one: in one transaction the film, once counted, would be held while waiting for the next moment.
    noted = [entry for moment in new if (entry := moment.relive(request.user))]
    messages.success(request, _noted(len(noted)))
    return HttpResponseRedirect(end)


def _noted(count):
    if not count:
        return "It is all in your diary."
    rest = " Press again for the rest." if count == ENTRIES_AT_ONCE else ""
    return f"{counted(count, 'moment')} noted in your diary.{rest}"


def _address(moment):
    return reverse("relive-moment", args=[moment.film.slug, moment.pk])


@never_cache
@member_required
def felt_kept(request):
    """What was felt before signing in: kept as the member's own, or thrown away."""
    if request.method == "POST":
        return _settle(request)
    kept = felt.felt_in(request)
    moments = Moment.objects.open_to(request.user).filter(pk__in=kept).veiled_for(request.user)
    moments = moments.select_related("film").order_by("film__title", "film_id", "position", "id")
    rows = [{"post": post, "feelings": _named(kept[post.pk])} for post in moments]
    return render(request, "relive/kept.html", {"rows": rows})


def _named(slugs):
    return [FEELINGS[slug] for slug in slugs if slug in FEELINGS]


def _settle(request):
    if "throw" in request.POST:
        felt.throw_away(request)
        messages.success(request, "What you felt before is thrown away.")
        return HttpResponseRedirect(reverse("home"))
    check("vote", request.user)
    if felt.take_over(request):
        messages.info(request, "A part of it is yours now. Keep the rest as well?")
        return HttpResponseRedirect(reverse("felt-kept"))
    messages.success(request, "What you felt is yours now.")
    return HttpResponseRedirect(request.user.get_absolute_url())
