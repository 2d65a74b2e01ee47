"""A member chooses the four moments at the head of their page: from their diary, or any of a film."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.forms import FavouriteForm
from moments.forms.moment_picker import FIND
from moments.models import Favourite, Moment
from moments.models.favourite import MOST_FAVOURITES
from moments.search import results
from moments.viewer.favourites import of_the_diary, own_favourites
from moments.viewer.lookup import find_film
from reelive.exceptions import Refused
from reelive.formpages import done, form_page
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, members_alone, require_member
from reelive.text import clean_line
from reelive.toasts import toast

FILMS_FOUND = 8


@member_required
@never_cache
def favourites(request):
    """Those that are chosen, and what may be chosen."""
    chosen = own_favourites(request.viewer)
    query = clean_line(request.GET.get("q", ""))[:150]
    context = {
        "favourites": chosen,
        "is_full": len(chosen) >= MOST_FAVOURITES,
        "of_diary": of_the_diary(request.viewer, {row.moment_id for row in chosen}),
        "q": query,
        "films": results.films_to_choose(query)[:FILMS_FOUND] if query else [],
    }
    return render(request, "favourites/list.html", context)


@member_required
@never_cache
def favourite_choose(request, film):
    """Choose any moment of a film."""
    film = find_film(request, film)
    form = FavouriteForm(request.POST or None, viewer=request.viewer, film=film)
    if FIND in request.POST:
        form.errors.clear()
        return render(request, "favourites/choose.html", {"form": form, "film": film})
    if done(request, form, "vote", lambda: Favourite.objects.add(request.user, form.cleaned_data["moment"])):
        return HttpResponseRedirect(reverse("favourites"))
    return form_page(request, "favourites/choose.html", form, film=film)


def favourite_add(request, moment_id):
    moments = Moment.objects.open_to(request.viewer).select_related("film").veiled_for(request.viewer)
    moment = get_object_or_404(moments, pk=moment_id)
    require_member(request, moment.link)
    asked = request.GET.get("place", "")
    place = int(asked) if asked in map(str, range(1, MOST_FAVOURITES + 1)) else MOST_FAVOURITES
    try:
        with spending("vote", request.user):
            Favourite.objects.add(request.user, moment, place)
    except Refused as refusal:
        toast(request, str(refusal), link=reverse("favourites"), link_text=_("Your favourites"))
        return back_to(request, reverse("favourites"))
    toast(request, _("It is one of your favourites."), undo=reverse("favourite-remove", args=[moment.pk]))
    return back_to(request, reverse("favourites"))


def favourite_remove(request, moment_id):
    place = Favourite.objects.remove(request.user, _own(request, moment_id))
    undo = f"{reverse('favourite-add', args=[moment_id])}?place={place}"
    toast(request, _("It is no longer one of your favourites."), undo=undo)
    return back_to(request, reverse("favourites"))


def favourite_up(request, moment_id):
    Favourite.objects.move_up(request.user, _own(request, moment_id))
    return back_to(request, reverse("favourites"))


@members_alone
def _own(request, moment_id):
    return get_object_or_404(Favourite, member=request.user, moment=moment_id).moment_id
