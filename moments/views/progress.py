"""How far a viewer has seen a film: said by a form, or by “I’m up to here” at a moment, and undone."""

from urllib.parse import urlencode

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.forms import ProgressForm
from moments.forms.moment_picker import FIND
from moments.models import Moment
from moments.spoilers.rules import ProgressPoint, end_of
from moments.viewer.episodes import find_episode
from moments.viewer.lookup import find_film
from moments.viewer.progress import seen_moments
from reelive.formpages import form_page
from reelive.shortcuts import back_to
from reelive.toasts import toast

SALT = "progress"


@never_cache
@vary_on_headers("HX-Request")
def film_progress(request, film):
    """Ask how far the viewer has seen the film, on a page of its own or in place on the film's page."""
    film = find_film(request, film)
    form = ProgressForm(
        request.POST if request.method == "POST" else None,
        viewer=request.viewer,
        film=film,
        before=request.viewer.progress(film),
        start=request.GET,
    )
    if FIND in request.POST:
        form.errors.clear()  # a search for a moment: nothing is checked or saved yet
    elif form.is_valid():
        _set(request, film, form.cleaned_data["progress"])
        return back_to(request, film)
    template = "films/_progress_form.html" if request.htmx else "films/progress.html"
    back = request.POST.get("next") or request.GET.get("next", "")
    return form_page(request, template, form, film=film, next=back)


def moment_progress(request, moment_id):
    """“I’m up to here”: the viewer has seen the film up to this moment."""
    moments = Moment.objects.open_to(request.viewer).placed().select_related("film")
    moment = get_object_or_404(moments, pk=moment_id)
    _set(request, moment.film, moment.progress)
    return render(request, "_more_toasts.html") if request.htmx else back_to(request, moment)


def episode_seen(request, film, season, episode):
    """“I have seen up to here”: the viewer has seen the series up to the end of this episode."""
    film = find_film(request, film)
    seen = find_episode(request, film, season, episode)
    if not season:
        raise Http404  # the numbers of specials do not say where they stand
    _set(request, film, film.progress_until(end_of(season, episode)))
    return back_to(request, seen)


def progress_undo(request, film):
    """The viewer is as far again as they were before they said something else."""
    film = find_film(request, film)
    try:
        before = signing.loads(request.GET.get("was", ""), salt=f"{SALT}:{film.pk}")
    except signing.BadSignature as error:
        raise Http404 from error
    before = before and ProgressPoint(*before)
    request.viewer.set_progress(film, before)
    toast(request, _sentence(film, before))
    return back_to(request, film)


def _set(request, film, progress):
    """Note the progress, say so, and offer to undo it; nothing is said to who has said nothing, as before."""
    before = request.viewer.progress(film)
    if before is None and progress is None:
        return
    request.viewer.set_progress(film, progress)
    if before == progress:
        toast(request, _sentence(film, progress))
        return
    was = urlencode({"was": signing.dumps(before, salt=f"{SALT}:{film.pk}", compress=True)})
    toast(request, _sentence(film, progress), undo=f"{reverse('progress-undo', args=[film.slug])}?{was}")


def _sentence(film, progress):
    if progress is None:
        return _("Not said any more: how far you are in %(film)s.") % {"film": film.title}
    if progress.is_all:
        return _("Set: you have seen all of %(film)s.") % {"film": film.title}
    if progress.is_start:
        return _("Set: you have not seen %(film)s yet.") % {"film": film.title}
    counts = {"open": seen_moments(film, progress), "count": film.moment_count}
    return (
        ngettext(
            "Set: %(open)s of %(count)s moment seen.",
            "Set: %(open)s of %(count)s moments seen.",
            counts["count"],
        )
        % counts
    )
