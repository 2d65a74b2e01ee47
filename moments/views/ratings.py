"""A member rates a film by itself, without writing into their diary."""

from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.forms import RatingForm
from moments.models import Rating
from moments.viewer.lookup import find_film
from reelive.formpages import done, form_page
from reelive.shortcuts import back_to, member_required
from reelive.toasts import toast


@member_required
@never_cache
@vary_on_headers("HX-Request")
def film_rate(request, film):
    film = find_film(request, film)
    own = Rating.objects.mine(request.viewer, film)
    before = {"stars": (own and own.stars) or "", "liked": bool(own and own.liked)}
    form = RatingForm(request.POST if request.method == "POST" else None, initial=before)
    if done(request, form, "vote", lambda: Rating.objects.say(request.user, film, **form.cleaned_data)):
        _tell(request, form.cleaned_data)
        return back_to(request, film)
    template = "ratings/_form.html" if request.htmx else "ratings/form.html"
    return form_page(request, template, form, film=film, next=request.GET.get("next", ""))


def _tell(request, said):
    if said["stars"] or said["liked"]:
        toast(request, _("Your rating is saved."))
    else:
        toast(request, _("Your rating is gone."))
