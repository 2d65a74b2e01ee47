"""The devices on which a member is signed in, named so that the member recognises them."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.translation import gettext

# The first mark that is found decides, since browsers carry the names of others too.
BROWSERS = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser/": "Samsung Internet",
    "Firefox/": "Firefox",
    "FxiOS/": "Firefox",
    "CriOS/": "Chrome",
    "Chrome/": "Chrome",
    "Safari/": "Safari",
}
SYSTEMS = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS X": "macOS",
    "CrOS": "ChromeOS",
    "Linux": "Linux",
}


def device_name(user_agent):
    """Such as "Firefox on Linux"."""
    browser, system = _first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)
    if browser and system:
        return gettext("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or gettext("An unknown browser")


def _first(names, user_agent):
    return next((name for mark, name in names.items() if mark in user_agent), "")


def sessions_of(member, current_key):
    """Sessions that still open something, this one first, then the newest. Rows of dead ones are dropped."""
    rows = {row.session_key: row for row in UserSession.objects.filter(user=member).order_by("-created_at")}
    alive = Session.objects.filter(session_key__in=rows, expire_date__gt=timezone.now())
    alive = set(alive.values_list("session_key", flat=True))
    UserSession.objects.filter(user=member).exclude(session_key__in=alive).delete()
    devices = [row for key, row in rows.items() if key in alive]
    for row in devices:
        row.name, row.is_here = device_name(row.user_agent), row.session_key == current_key
    return sorted(devices, key=lambda row: not row.is_here)
