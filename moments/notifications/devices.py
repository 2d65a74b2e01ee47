"""The devices on which a member hears of news, named so that the member recognises them."""

from moments.models import PushSubscription


def devices_of(request):
    """Those of the member, the newest first, each saying whether it `is_here`; none for a visitor."""
    if not request.user.is_authenticated:
        return []
    devices = list(PushSubscription.objects.of(request.user).order_by("-created", "-pk"))
    for device in devices:
        device.is_here = device.session_id == request.session.session_key
    return devices
