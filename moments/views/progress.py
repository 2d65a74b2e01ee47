"""A viewer says how far they have seen a film: by a form, or by “I’m up to here” at a moment."""

from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.forms import ProgressForm
from moments.models import Moment
from moments.viewer.lookup import find_film
from reelive.formpages import form_page
from reelive.shortcuts import back_to


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
    if form.is_valid():
        request.viewer.set_progress(film, form.cleaned_data["progress"])
        return back_to(request, film)
    template = "films/_progress_form.html" if request.htmx else "films/progress.html"
    back = request.POST.get("next") or request.GET.get("next", "")
    return form_page(request, template, form, film=film, next=back)


def moment_progress(request, moment_id):
    """“I’m up to here”: the viewer has seen the film up to this moment."""
    moments = Moment.objects.open_to(request.viewer).placed().select_related("film")
    moment = get_object_or_404(moments, pk=moment_id)
    request.viewer.set_progress(moment.film, moment.progress)
    return back_to(request, moment)
