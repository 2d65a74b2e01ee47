"""Waiting works: what members brought and nobody here knows, until they say which film it is, or leave it."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.archives.bringing.places import PLACES
from moments.models import WaitingWork
from moments.viewer.film_choice import chosen_film, films_to_choose
from reelive.listpages import page_of
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast

MOST_FIRST = ("-records", "-id")
KINDS_OF_WORK = {
    "": WaitingWork.objects.waiting,
    "episodes": WaitingWork.objects.without_numbers,
    "left": WaitingWork.objects.left,
}


@member_required
@never_cache
def waiting_works(request):
    """Those of the member, what most waits for first: for a film, for an episode of it, or not wanted."""
    shown = request.GET.get("show", "")
    if shown not in KINDS_OF_WORK:
        raise Http404
    rows = KINDS_OF_WORK[shown]().of(request.user).select_related("film")
    page = page_of(request, rows, MOST_FIRST)
    for work in page.items:
        work.place_name = PLACES[work.source].name
    context = {"rows": _each_once(page.items), "next_cursor": page.next_cursor, "shown": shown}
    return render(request, "waiting_works/list.html", context)


def _each_once(works):
    """The same work may have come with two files: it is asked for once."""
    shown = {}
    for work in works:
        first = shown.setdefault(work.key, work)
        if first is not work:
            first.records += work.records
    return list(shown.values())


@member_required
@never_cache
def waiting_work(request, waiting_id):
    """Say which film it is."""
    work = get_object_or_404(WaitingWork.objects.of(request.user), pk=waiting_id)
    if request.method == "POST":
        film = chosen_film(request, "vote")  # who comes home has many to choose
        work.choose(film)
        toast(
            request,
            _("What you brought of %(work)s goes to %(film)s next.") % {"work": work, "film": film.title},
        )
        return HttpResponseRedirect(reverse("waiting-works"))
    context = {"work": work, "place": PLACES[work.source]}
    return render(
        request, "waiting_works/choose.html", context | films_to_choose(request, work.work["title"])
    )


def waiting_work_leave(request, waiting_id):
    """It is not asked again, until they take it up."""
    work = _own(request, waiting_id)
    if work.leave():
        undo = reverse("waiting-work-take-up", args=[work.pk])
        toast(request, _("%(work)s is left alone.") % {"work": work}, undo=undo)
    return HttpResponseRedirect(reverse("waiting-works"))


def waiting_work_take_up(request, waiting_id):
    work = _own(request, waiting_id)
    if work.take_up():
        toast(request, _("%(work)s waits for its film again.") % {"work": work})
    return HttpResponseRedirect(reverse("waiting-works"))


@members_alone
def _own(request, waiting_id):
    return get_object_or_404(WaitingWork.objects.of(request.user), pk=waiting_id)
