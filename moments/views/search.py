"""The search page: the query, and either what was found or why the query is not understood."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from moments.search.kinds import KINDS_WITH_TAB
from moments.search.results import ALL
from moments.search.results import search as find
from reelive.pagination import BadCursor
from reelive.text import clean_line


def search(request):
    typed, kind = clean_line(request.GET.get("q", "")), request.GET.get("kind", ALL)
    if kind != ALL and kind not in KINDS_WITH_TAB:
        raise Http404
    try:
        results = find(typed, request.viewer, kind, request.GET.get("after"))
    except BadCursor as error:
        raise Http404 from error
    labels = {ALL: _("Everything")} | {slug: shown.label for slug, shown in KINDS_WITH_TAB.items()}
    context = {
        "q": typed,
        "kind": kind,
        "problem": results.problem,
        "tabs": [
            {"label": label, "url": _url(typed, slug), "current": slug == kind}
            for slug, label in labels.items()
        ],
        "groups": [_group(typed, kind, group) for group in results.groups],
        "next_cursor": results.next_cursor,
    }
    return render(request, "search/search.html", context)


def _url(typed, kind):
    asked = {"q": typed} if kind == ALL else {"q": typed, "kind": kind}
    return f"{reverse('search')}?{urlencode(asked)}"


def _group(typed, shown, group):
    """One group of results: its heading, its rows, and a link to all when only a few are shown."""
    kind = group.kind
    is_cut = shown == ALL and kind.slug in KINDS_WITH_TAB and len(group.rows) == kind.few
    return {
        "kind": kind.slug,
        "label": kind.label,
        "template": kind.template,
        "rows": group.rows,
        "url": _url(typed, kind.slug) if is_cut else "",
    }
