"""What every page knows: the site, the viewer's theme and what a script says of a quota."""

from django.conf import settings

from reelive.cookies import UNREADABLE
from reelive.ratelimit import too_fast

THEMES = ("system", "dark", "light")


def site(request):
    return {
        "site": {"name": "Reelive", "url": settings.SITE_URL},
        "sends_mail": settings.MAIL_IS_ON,
        "has_unreadable_cookies": request.META.get(UNREADABLE, False),
        "theme": _theme(request),
        "too_fast": too_fast,  # called where a page names it
    }


def _theme(request):
    if request.user.is_authenticated:
        return request.user.theme
    theme = request.COOKIES.get("theme")
    return theme if theme in THEMES else "system"
