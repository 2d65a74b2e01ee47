"""The search page: the query, and either what was found or why the query is not understood."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.catalogue.suggesting import suggest_titles
from moments.search.kinds import KINDS_WITH_TAB
from moments.search.live import live
from moments.search.query import LENGTH_LIMIT
from moments.search.results import EVERYTHING, films_to_begin_with
from moments.search.results import search as find
from reelive.pagination import BadCursor
from reelive.text import clean_line


def search(request):
    typed, kind = clean_line(request.GET.get("q", "")), request.GET.get("kind", EVERYTHING)
    if kind != EVERYTHING and kind not in KINDS_WITH_TAB:
        raise Http404
    try:
        results = find(typed, request.viewer, kind, request.GET.get("after"))
    except BadCursor as error:
        raise Http404 from error
    meant = results.meant.text if results.meant else ""
    context = {
        "q": typed,
        "kind": kind,
        "shown_alone": kind != EVERYTHING,
        "problem": results.problem,
        "tabs": _tabs(typed, kind, results.numbers),
        "groups": [_group(typed, kind, group) for group in results.groups],
        "near": [_group(meant, kind, group) for group in results.near],
        "meant": meant and {"text": results.meant_as_written, "url": _url(meant, kind)},
        "next_cursor": results.next_cursor,
        "offer": _offer(typed, kind),
        "films": [] if typed else films_to_begin_with(request.viewer),
        "titles": _titles(typed, kind, request),
    }
    return render(request, "search/search.html", context)


@never_cache
def suggest(request):
    """What is listed below a search field while somebody types."""
    typed = clean_line(request.GET.get("q", ""))[:LENGTH_LIMIT]
    context = {"q": typed, "live": live(typed, request.viewer), "url": _url(typed, EVERYTHING)}
    return render(request, "search/_live.html", context)


def _titles(typed, kind, request):
    """Of the catalogue, where films are looked for and on the first page alone."""
    return suggest_titles(typed) if kind in (EVERYTHING, "films") and not request.GET.get("after") else []


def _tabs(typed, kind, numbers):
    labels = {EVERYTHING: _("Everything")} | {slug: shown.label for slug, shown in KINDS_WITH_TAB.items()}
    everything = _url(typed, EVERYTHING)
    return [
        {
            "label": label,
            "url": everything if slug == EVERYTHING else f"{everything}&kind={slug}",
            "current": slug == kind,
            "count": numbers.get(slug, ""),
        }
        for slug, label in labels.items()
    ]


def _offer(typed, kind):
    """Where somebody who found nothing may share it, and what that is called; None for what nobody shares."""
    if kind == "films":
        return {"url": f"{reverse('film-add')}?{urlencode({'title': typed})}", "label": _("Add the film")}
    if kind == EVERYTHING or KINDS_WITH_TAB[kind].is_shared:
        return {"url": reverse("share"), "label": _("Add it yourself")}
    return None


def _url(typed, kind):
    asked = {"q": typed} if kind == EVERYTHING else {"q": typed, "kind": kind}
    return f"{reverse('search')}?{urlencode(asked)}"


def _group(typed, shown, group):
    """One group of results: its heading, its rows, and a link to all when only a few are shown."""
    kind = group.kind
    is_cut = shown == EVERYTHING and kind.slug in KINDS_WITH_TAB and len(group.rows) == kind.few
    return {
        "kind": kind.slug,
        "label": kind.label,
        "template": kind.template,
        "rows": group.rows,
        "url": _url(typed, kind.slug) if is_cut else "",
    }
