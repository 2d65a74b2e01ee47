"""The spoiler horizon as readers meet it: the veil over a post, lifting it, saying how far one has seen."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.forms import ProgressForm
from moments.horizon import horizon_of, lift_veil, move_to, set_horizon
from moments.models import Moment
from moments.views.formpages import form_page
from moments.views.lookup import find_film
from reelive.shortcuts import back_to


def unveiled(request, post):
    """Whether the reader sees the post; asking to be shown it lifts the veil for good."""
    if post.is_veiled and request.GET.get("show"):
        lift_veil(request, post)
        post.is_veiled = False
    return not post.is_veiled


def veiled_page(request, post, show=""):
    """All that may be told of a post beyond the horizon; `show` is the address that lifts the veil."""
    context = {
        "post": post,
        "film": post.film,
        "show": show or f"{post.link}?show=1",
        "horizon": horizon_of(request, post.film),
    }
    return render(request, "posts/veiled.html", context)


@never_cache
@vary_on_headers("HX-Request")
def film_progress(request, film):
    """How far the reader has seen the film: asked on a page of its own, or in place on the film's."""
    film = find_film(request, film)
    before = horizon_of(request, film)
    form = ProgressForm(
        request.POST if request.method == "POST" else None,
        reader=request.user,
        film=film,
        before=before,
        start=request.GET,
    )
    if form.is_valid():
        set_horizon(request, film, form.cleaned_data["horizon"])
        return back_to(request, film)
    template = "films/_progress.html" if request.htmx else "films/progress.html"
    back = request.POST.get("next") or request.GET.get("next", "")
    return form_page(request, template, form, film=film, next=back)


def horizon_context(request, film):
    """What the film's page says of the reader's horizon."""
    horizon = horizon_of(request, film)
    context = {"horizon": horizon}
    if horizon and not horizon.is_all and not horizon.is_start:
        moments = Moment.objects.listed().filter(film=film).veiled_for(request.user)
        context["open_count"] = moments.filter(is_veiled=False).count()
    return context


def moment_progress(request, moment_id):
    """“I’m up to here”."""
    moments = Moment.objects.open_to(request.user).select_related("film")
    moment = get_object_or_404(moments, pk=moment_id)
    move_to(request, moment)
    return back_to(request, moment)
