"""A member lets a device show news, and takes it away again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.sessions import device_name
from moments.forms import PushForm
from moments.models import PushSubscription
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, members_alone, require_member
from reelive.toasts import toast


def push_add(request):
    """From now on this browser is told of news."""
    require_member(request, reverse("app"))
    form = PushForm(request.POST)
    if not form.is_valid():
        toast(request, _("This browser named no push service that the site can reach."), messages.ERROR)
        return back_to(request, reverse("app"))
    about = form.cleaned_data | {"name": device_name(request.headers.get("User-Agent", ""))}
    with spending("vote", request.user):
        PushSubscription.objects.add(request.user, request.session.session_key, **about)
    toast(request, _("You get notifications on this device."))
    return back_to(request, reverse("app"))


@members_alone
def push_remove(request, subscription_id):
    """A device of the member gets no more of them."""
    get_object_or_404(PushSubscription, member=request.user, pk=subscription_id).delete()
    toast(request, _("That device gets no notifications any more."))
    return back_to(request, reverse("app"))
