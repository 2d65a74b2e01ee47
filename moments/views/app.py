"""The site as an app: how it is installed, what is there without a network, which devices it reaches."""

import json
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from csp.decorators import csp_update
from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache

from moments.notifications.devices import devices_of
from moments.viewer.lookup import find_film
from moments.viewer.walkthrough import walkthrough_of
from reelive.management.commands.bundle import BUNDLE
from reelive.shortcuts import member_required
from reelive.web_push import application_key

MOST_MOMENTS = 200  # of a film that is kept on a device
SOURCE = Path(settings.BASE_DIR, "static")
WORKER_FILES = ("store", "pages", "films", "feelings", "shared", "push", "events")
FONTS_KEPT = [f"{face}-latin{part}" for face in ("figtree", "fraunces") for part in ("", "-rest", "-ext")]
IMAGES = ("favicon.svg", "favicon.png", "icons.svg", "touch.png", "icon-192.png")
HTMX = "django_htmx/htmx-2.min.js"


@never_cache
def app(request):
    """How to get the app, what it keeps on this device, and on which devices the member hears of news."""
    devices = devices_of(request)
    is_told_here = any(device.is_here for device in devices)
    context = {"devices": devices, "is_told_here": is_told_here, "push_key": application_key()}
    return render(request, "app/app.html", context)


def offline(request):
    """What is shown where the network is away. Browsers keep it, so it says nothing of anybody."""
    return render(request, "app/offline.html")


@cache_control(no_cache=True)
@csp_update({"connect-src": settings.UPLOAD_ORIGINS})
def service_worker(request):
    """The program that a browser runs beside the pages. It fetches the pictures of films that are kept."""
    return HttpResponse(program(), content_type="text/javascript; charset=utf-8")


def program():
    """The service worker with what it has to know of this release. Each release makes another one."""
    parts = "\n".join(
        Path(SOURCE, "worker", f"{part}.js").read_text(encoding="utf-8") for part in WORKER_FILES
    )
    known = {
        "SHELL": shell(),
        "OFFLINE": reverse("offline"),
        "STATIC": settings.STATIC_URL,
        "PICTURES": settings.UPLOAD_ORIGINS,
        "ICON": static("img/icon-192.png"),
    }
    said = "".join(f"const {name} = {json.dumps(value)};\n" for name, value in known.items())
    release = sha256(f"{said}{parts}".encode()).hexdigest()[:12]
    return f'"use strict";\nconst RELEASE = "{release}";\n{said}{parts}'


@lru_cache(maxsize=1)
def shell():
    """The addresses of what every page is made of. While it is being worked on, nothing is kept of it."""
    if settings.DEBUG:
        return []
    scripts = sorted(path.name for path in Path(SOURCE, "js").glob("*.js"))
    names = [
        BUNDLE,
        HTMX,
        *(f"js/{name}" for name in scripts if not name.startswith("admin")),
        *(f"fonts/{name}.woff2" for name in FONTS_KEPT),
        *(f"img/{name}" for name in IMAGES),
    ]
    return [static(name) for name in names]


@never_cache
def film_offline(request, film):
    """The addresses of relive mode of a film, for the browser to keep: its cover, its moments and its end."""
    film = find_film(request, film)
    walkthrough = walkthrough_of(film, request.viewer)
    if not walkthrough:
        raise Http404
    moments = [reverse("relive-moment", args=[film.slug, key]) for key in walkthrough.keys(MOST_MOMENTS)]
    cover, end = (reverse(name, args=[film.slug]) for name in ("film-relive", "relive-end"))
    return JsonResponse({"title": film.title, "moments": len(moments), "pages": [cover, *moments, end]})


@member_required
@never_cache
def own_diary(request):
    """The diary of whoever asks, for a shortcut of the app."""
    return HttpResponseRedirect(reverse("member-diary", args=[request.user.username]))
