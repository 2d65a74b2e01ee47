"""The first page of sharing, where one chooses a film and a kind, and the suggestions of its forms."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control

from moments.graphics.artwork import artwork
from moments.models import Film
from moments.models.filter import unfiltered
from moments.search import results
from moments.views.catalogue import titles_for
from reelive.headers import for_other_sites
from reelive.text import clean, clean_line

FILMS_TO_CHOOSE = 12
LONGEST_TITLE, LONGEST_TEXT = 150, 3_000  # of what another app shares


def share(request):
    query = clean_line(request.GET.get("q", ""))[:150]
    most = unfiltered(Film.objects.listed(), request.viewer).order_by("-moment_count", "-id")
    films = results.films_to_choose(query) if query else most
    begun = _begun(request)
    context = {"films": films[:FILMS_TO_CHOOSE], "q": query, "begun": begun, "asked": urlencode(begun)}
    context |= titles_for(request, query)
    return render(request, "share/share.html", context)


def _begun(request):
    """What the form is going to begin with, by its fields, where another app has shared something."""
    begun = {
        "title": clean_line(request.GET.get("title", ""))[:LONGEST_TITLE],
        "body": clean(request.GET.get("body", ""))[:LONGEST_TEXT],
        "picture": "shared" if "picture" in request.GET else "",
    }
    return {name: value for name, value in begun.items() if value}


def receive(request):
    """Where a device leads who shares a text or a link into the site from another app.

    A picture comes by POST and never gets here: the service worker keeps it for the form on the device, and
    leads here too. So no form of this site is sent without a token, and nothing is shared before its author
    has seen it.
    """
    title, text, url = (request.GET.get(name, "").strip() for name in ("title", "text", "url"))
    body = "\n\n".join(part for part in (text, "" if url in text else url) if part)
    asked = {"title": title, "body": body, "picture": request.GET.get("picture", "")}
    asked = {name: value for name, value in asked.items() if value}
    return HttpResponseRedirect(f"{reverse('share')}?{urlencode(asked)}" if asked else reverse("share"))


def tag_suggest(request):
    query = clean_line(request.GET.get("q", ""))[:40]
    return render(
        request,
        "tags/_suggest.html",
        {"tags": results.suggest_tags(query) if query else []},
    )


@for_other_sites
@cache_control(public=True, max_age=31_536_000, immutable=True)
def art(request, seed, colours):
    """Generated artwork. The address holds all that it is made of, so it never changes."""
    try:
        svg = artwork(["#" + colour for colour in colours.split("-")], seed)
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(svg, content_type="image/svg+xml")
