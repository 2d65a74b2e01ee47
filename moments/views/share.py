"""The first page of sharing, where one chooses a film and a kind, and the suggestions of its forms."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control

from moments.graphics.artwork import artwork
from moments.models import Film
from moments.search import results
from reelive.headers import for_other_sites
from reelive.text import clean_line

FILMS_TO_CHOOSE = 12


def share(request):
    query = clean_line(request.GET.get("q", ""))[:150]
    films = (
        results.films_to_choose(query) if query else Film.objects.listed().order_by("-moment_count", "-id")
    )
    return render(request, "share/share.html", {"films": films[:FILMS_TO_CHOOSE], "q": query})


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
