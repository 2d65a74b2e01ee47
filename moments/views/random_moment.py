"""A link that leads to another moment each time."""

from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.viewer.random_moment import random_moment
from reelive.toasts import toast


@never_cache
def random(request):
    moment = random_moment(request.viewer)
    if moment is None:
        toast(request, _("There is no moment yet that would not give you something away."))
        return HttpResponseRedirect(reverse("home"))
    return HttpResponseRedirect(moment.get_absolute_url())
