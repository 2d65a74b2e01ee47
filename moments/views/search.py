"""The search page: what was asked, why it makes no sense, or what was found."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from moments.search import FEW, LABELS
from moments.search import search as find
from reelive.pagination import BadCursor
from reelive.text import clean_line

GROUP_LABELS = LABELS | {"posts": "Moments, songs and trivia"}


def search(request):
    typed, kind = clean_line(request.GET.get("q", "")), request.GET.get("kind", "all")
    if kind not in LABELS:
        raise Http404
    try:
        results = find(typed, request.user, kind, request.GET.get("after"))
    except BadCursor as error:
        raise Http404 from error
    context = {
        "q": typed,
        "kind": kind,
        "problem": results.problem,
        "tabs": [_tab(typed, key, key == kind) for key in LABELS],
        "groups": [_group(typed, kind, group) for group in results.groups],
        "next_cursor": results.next_cursor,
    }
    return render(request, "search/search.html", context)


def _tab(typed, kind, current):
    asked = {"q": typed} if kind == "all" else {"q": typed, "kind": kind}
    return {"label": LABELS[kind], "url": f"{reverse('search')}?{urlencode(asked)}", "current": current}


def _group(typed, shown, group):
    """The rows under their heading; where only the first few are shown, the way to all of them."""
    cut = shown == "all" and group.kind in LABELS and len(group.rows) == FEW[group.kind]
    url = _tab(typed, group.kind, False)["url"] if cut else ""
    return {"kind": group.kind, "label": GROUP_LABELS[group.kind], "rows": group.rows, "url": url}
