"""Three questions for a newcomer: films that they have seen, a scene that stayed with them, their picture."""

from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.forms.profile import PictureForm
from moments.forms.welcome import FirstFeelingForm, SeenFilmsForm
from moments.models import Film, Moment, Progress
from moments.models.filter import unfiltered
from moments.models.post_queryset import HOT
from moments.spoilers.rules import ALL_SEEN
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required
from reelive.toasts import toast

FILMS_OFFERED, SCENES_OFFERED = 12, 6


@never_cache
@member_required
def welcome(request):
    """One question a page, each may be skipped. Those who have come through are not asked again."""
    if request.user.welcomed:
        return HttpResponseRedirect(reverse("home"))
    step = request.POST.get("step") or request.GET.get("step", "films")
    if step not in STEPS:
        raise Http404
    if "skip" in request.POST:
        return _next(request, None if request.POST["skip"] == "all" else step)
    form = STEPS[step](request)
    if done(request, form, "vote", lambda: form.save_for(request.user)):
        return _next(request, step)
    number = list(STEPS).index(step) + 1
    context = {"step": step, "number": number, "of": len(STEPS)}
    return form_page(request, f"welcome/{step}.html", form, **context)


def _next(request, step):
    """Lead on to the question after this one, or end the welcome."""
    later = list(STEPS)[list(STEPS).index(step) + 1 :] if step else []
    if later:
        return HttpResponseRedirect(f"{reverse('welcome')}?step={later[0]}")
    request.user.end_welcome()
    toast(request, _("Welcome to Reelive."))
    return HttpResponseRedirect(reverse("home"))


def _films(request):
    films = unfiltered(Film.objects.listed(), request.viewer).order_by("-moment_count", "-id")[:FILMS_OFFERED]
    return SeenFilmsForm(request.POST or None, films=list(films))


def _scene(request):
    """The warmest scenes of the films that they have seen, or of all films where they have said none."""
    moments = Moment.objects.listed().veiled_for(request.viewer).filter(is_veiled=False)
    moments = moments.without_filtered(request.viewer).select_related("film").order_by(*HOT)
    seen = Progress.objects.filter(member=request.user, place__gte=ALL_SEEN).values("film")
    offered = list(moments.filter(film__in=seen)[:SCENES_OFFERED]) or list(moments[:SCENES_OFFERED])
    return FirstFeelingForm(request.POST or None, moments=offered)


def _picture(request):
    return PictureForm(request.POST or None, request.FILES or None)


STEPS = {"films": _films, "scene": _scene, "picture": _picture}
