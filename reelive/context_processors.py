"""What every page knows: whether letters are sent, and the viewer's theme."""

from django.conf import settings

from reelive.cookies import UNREADABLE

THEMES = ("system", "dark", "light")


def site(request):
    return {
        "sends_mail": settings.MAIL_IS_ON,
        "has_unreadable_cookies": request.META.get(UNREADABLE, False),
        "theme": _theme(request),
        "address": request.get_full_path,
    }


def _theme(request):
    if request.user.is_authenticated:
        return request.user.theme
    theme = request.COOKIES.get("theme")
    return theme if theme in THEMES else "system"
