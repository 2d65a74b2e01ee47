"""What is listed below a text while a member types somebody's name in it."""

from django.shortcuts import render
from django.views.decorators.cache import never_cache

from moments.search.mentions import mentionable
from reelive.ratelimit import check
from reelive.shortcuts import member_required
from reelive.text import clean_line

LONGEST_NAME = 30
LONGEST_KEY = 18  # digits


@member_required
@never_cache
def mention_suggest(request):
    check("suggest", request.user)
    typed = clean_line(request.GET.get("q", ""))[:LONGEST_NAME]
    thread = {"post": _key(request.GET.get("post", "")), "member_list": _key(request.GET.get("list", ""))}
    members = mentionable(request.viewer, typed, **thread)
    return render(request, "members/_suggest.html", {"members": members})


def _key(text):
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None
