"""The watchlist of a member, and how a film comes onto it and off it again."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from moments.models import Wanted
from moments.models.filter import filters_of
from moments.syndication.listings import open_member
from moments.viewer.lookup import find_film
from reelive.exceptions import Refused
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, require_member
from reelive.toasts import toast

NEWEST_FIRST = ("-id",)


def member_watchlist(request, name):
    """For whoever sees the member's diary."""
    member = open_member(request, name)
    if not Wanted.objects.is_open(member, request.viewer):
        raise Http404
    rows = Wanted.objects.listed().filter(member=member).select_related("film")
    is_own = member.pk == request.viewer.pk
    if not is_own:
        rows = rows.exclude(film__in=sorted(filters_of(request.viewer).film))
    page = page_of(request, rows, NEWEST_FIRST)
    context = {"rows": page.items, "next_cursor": page.next_cursor, "is_own": is_own}
    return render(request, "watchlist/list.html", {"member": member, "tab": "watchlist", **context})


def film_want(request, film):
    film = find_film(request, film)
    require_member(request, film.get_absolute_url())
    if _is_new(request, film):
        link = {"link": reverse("member-watchlist", args=[request.user.username]), "link_text": _("See it")}
        toast(request, _("It is on your watchlist."), undo=reverse("film-unwant", args=[film.slug]), **link)
    return back_to(request, film)


def _is_new(request, film):
    try:
        with spending("vote", request.user):
            return Wanted.objects.add(request.user, film)
    except Refused as refusal:
        toast(request, str(refusal), messages.WARNING)
    return False


def film_unwant(request, film):
    film = find_film(request, film)
    require_member(request, film.get_absolute_url())
    if Wanted.objects.remove(request.user, film):
        toast(request, _("It is off your watchlist."), undo=reverse("film-want", args=[film.slug]))
    return back_to(request, film)
