"""Browsers search here: what the search is (OpenSearch 1.1), and what is suggested in their own field.

Suggestions are what everybody may see, whoever asks: a browser keeps them beside those of other sites.
"""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control

from moments.search.live import live
from moments.search.query import LENGTH_LIMIT
from moments.syndication.addresses import absolute
from moments.syndication.page_titles import SITE
from moments.viewer.browser import Browser
from moments.viewer.viewer import Visitor
from reelive.text import clean_line


@cache_control(public=True, max_age=86_400)
def description(request):
    context = {"name": SITE, "site": settings.SITE_URL, "icon": absolute(static("img/icon-512.png"))}
    return render(request, "opensearch.xml", context, content_type="application/opensearchdescription+xml")


@cache_control(public=True, max_age=60)
def suggestions(request):
    """What was typed, what may be meant by it, and where each of that is."""
    typed = clean_line(request.GET.get("q", ""))[:LENGTH_LIMIT]
    found = live(typed, Visitor(request, Browser({})))
    named = [
        *((film.title, film.get_absolute_url()) for film in found.films),
        *((post.title, post.get_absolute_url()) for post in found.posts),
        *((f"@{member.username}", member.get_absolute_url()) for member in found.members),
    ]
    answer = [typed, [name for name, _path in named], [], [absolute(path) for _name, path in named]]
    return JsonResponse(answer, safe=False, content_type="application/x-suggestions+json")
