"""What a member has seen: their films with what they make of each, and the same in numbers."""

from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from moments.forms import SpanForm
from moments.models import WaitingWork, Wanted
from moments.models.film import decades
from moments.models.mixins.whole import MOST_HALVES, stars_text
from moments.syndication.link_pictures import seen_by
from moments.syndication.listings import open_member
from moments.viewer.member_numbers import films_of, member_numbers, span_query
from reelive.formats import stars_in_words
from reelive.listpages import page_of

NEWEST_SEEN = ("-date", "-id")
DECADES_OFFERED = 10


def member_films(request, name):
    """The films that a member logged or rated, the latest first, as far as the viewer may know of them."""
    member = open_member(request, name)
    chosen = _chosen(request)
    rows = films_of(member, request.viewer)
    if "stars" in chosen:
        rows = rows.filter(stars=chosen["stars"])
    if "decade" in chosen:
        rows = rows.filter(film__year__gte=chosen["decade"], film__year__lt=chosen["decade"] + 10)
    if "year" in chosen:
        rows = rows.filter(film__year=chosen["year"])
    page = page_of(request, rows.select_related("film"), NEWEST_SEEN)
    context = {"rows": page.items, "next_cursor": page.next_cursor, "is_own": member.pk == request.viewer.pk}
    context |= {"narrowed": chosen, "filters": _filters(member, chosen)}
    context["waiting"] = WaitingWork.objects.number_told(member, request.viewer)
    context["shows_watchlist"] = Wanted.objects.is_open(member, request.viewer)
    return render(request, "member_films/films.html", {"member": member, "tab": "films", **context})


def _chosen(request):
    """What the address narrows the list by; 404 for what was never a choice."""
    known = {"stars": range(1, MOST_HALVES + 1), "decade": decades(), "year": range(1800, 2200)}
    chosen = {}
    for name, values in known.items():
        said = request.GET.get(name)
        if said:
            if not (said.isascii() and said.isdecimal() and len(said) < 5 and int(said) in values):
                raise Http404
            chosen[name] = int(said)
    return chosen


def _filters(member, chosen):
    stars = {halves: stars_text(halves) for halves in range(MOST_HALVES, 0, -1)}
    offered = {decade: _("%(decade)ss") % {"decade": decade} for decade in decades()[:DECADES_OFFERED]}
    address = f"{member.get_absolute_url()}films/"
    return [
        _group(address, chosen, "stars", _("Rating"), {"": pgettext("rating", "Any")} | stars),
        _group(address, chosen, "decade", _("Decade"), {"": pgettext("decade", "Any")} | offered),
    ]


def _group(address, chosen, name, label, options):
    links = []
    for value, text in options.items():
        wanted = {key: said for key, said in (chosen | {name: value}).items() if said}
        words = stars_in_words(value) if name == "stars" and value else ""
        url = f"{address}?{urlencode(wanted)}" if wanted else address
        current = chosen.get(name, "") == value
        links.append({"label": text, "words": words, "url": url, "current": current})
    return {"name": name, "label": label, "links": links}


def numbers_of_member(request, name):
    """The same in numbers, of all time or of some days; a page made to be shared, as a year is."""
    member = open_member(request, name)
    form = SpanForm(request.GET or None)
    span = form.span if not form.is_bound or form.is_valid() else None
    numbers = member_numbers(member, request.viewer, films_of(member, request.viewer), span)
    context = {"member": member, "tab": "numbers", "form": form, "numbers": numbers, "span": span}
    context |= {"asked": span_query(span), "sent_title": seen_by(member, span)}
    return render(request, "member_films/numbers.html", context)
