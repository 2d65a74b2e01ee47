"""What every page knows: the site and the reader's theme."""

from django.conf import settings

THEMES = ("system", "dark", "light")


def site(request):
    return {
        "site": {"name": "Reelive", "url": settings.SITE_URL},
        "theme": _theme(request),
    }


def _theme(request):
    if request.user.is_authenticated:
        return request.user.theme
    theme = request.COOKIES.get("theme")
    return theme if theme in THEMES else "system"
