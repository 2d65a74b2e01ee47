"""Sharing begins with choosing a film and a kind; and the suggestions that help a form along."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from moments import search
from moments.artwork import artwork
from moments.models import Film
from reelive.text import clean_line

FILMS_TO_CHOOSE = 12


def share(request):
    query = clean_line(request.GET.get("q", ""))[:150]
    films = search.find_films(query) if query else Film.objects.listed().order_by("-moment_count", "-id")
    return render(request, "share/share.html", {"films": films[:FILMS_TO_CHOOSE], "q": query})


def tag_suggest(request):
    query = clean_line(request.GET.get("q", ""))[:40]
    return render(
        request,
        "tags/_suggest.html",
        {"tags": search.suggest_tags(query) if query else []},
    )


@cache_control(public=True, max_age=31_536_000, immutable=True)
def art(request, seed, colours):
    """Generated artwork; its recipe is its address."""
    try:
        svg = artwork(["#" + colour for colour in colours.split("-")], seed)
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(svg, content_type="image/svg+xml")
