"""Whose pages a browser keeps for when the network is away: a name that says nothing of the member."""

from django.utils.crypto import salted_hmac

VIEWER_HEADER = "Reelive-Viewer"
SALT = "moments.viewer.offline"


def name_viewer(request, response):
    """Tell the service worker whose page this is. A page that looked nobody up is a visitor's."""
    member = getattr(request, "_cached_user", None)
    is_page = response.get("Content-Type", "").startswith("text/html")
    if is_page and member is not None and member.is_authenticated:
        response[VIEWER_HEADER] = salted_hmac(SALT, str(member.pk), algorithm="sha256").hexdigest()[:16]
