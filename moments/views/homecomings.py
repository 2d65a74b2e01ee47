"""Homecomings: a member brings what another place holds of them, looks at it, and says what comes of it."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRefresh

from moments.archives.bringing.comparing import NAMED
from moments.archives.bringing.holding import hold
from moments.archives.bringing.places import PLACES
from moments.archives.bringing.previewing import preview, problem, undone
from moments.archives.bringing.tally import outcome
from moments.archives.homecoming.refusals import OurOwn, Unreadable
from moments.archives.imports import making as own_imports
from moments.forms import HomecomingBeginForm, HomecomingForm, ImportForm
from moments.models import Homecoming, WaitingWork
from moments.models.homecoming import MOST_HOMECOMINGS, HomecomingRunning
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required, members_alone, sign_in_first
from reelive.toasts import toast

QUARTER = 25  # hundredths, after which it is said how far it is


@never_cache
def homecomings(request):
    """What can be brought, and what was. Whoever is signed out reads what it is, and is asked to join."""
    if not request.user.is_authenticated:
        if request.method == "POST":
            return sign_in_first(request, request.path)
        return render(request, "homecomings/list.html", {"places": PLACES.values()})
    sent, places = request.method == "POST", []
    form = HomecomingForm(request.POST if sent else None, request.FILES if sent else None)
    if done(
        request, form, "upload", lambda: places.append(_take_in(request.user, form.cleaned_data["file"]))
    ):
        return HttpResponseRedirect(places[0])
    rows = list(Homecoming.objects.of(request.user)[:MOST_HOMECOMINGS])
    for row in rows:
        row.place_name = PLACES[row.source].name
    waiting = WaitingWork.objects.of(request.user).waiting()[:1]
    return form_page(
        request, "homecomings/list.html", form, rows=rows, places=PLACES.values(), waiting=waiting
    )


def _take_in(member, file):
    """Keep the file. Returns where its member looks at it."""
    try:
        row = hold(member, file, file.name)
    except OurOwn:
        _take_in_our_own(member, file)
        return reverse("import")
    except HomecomingRunning:
        row = _same(member, file)
        if row is None:
            raise
    return reverse("homecoming", args=[row.pk])


def _same(member, file):
    """What another click on the form has brought a moment before."""
    being_read = Homecoming.objects.of(member).filter(state=Homecoming.State.MAKING, begun=None)
    return being_read.filter(name=file.name[-100:], size=file.size).first()


def _take_in_our_own(member, file):
    file.seek(0)
    form = ImportForm(files={"archive": file})
    if not form.is_valid():
        raise Unreadable(form.errors["archive"][0])
    file.seek(0)
    own_imports.hold(member, file, form.rows)


@member_required
@never_cache
@vary_on_headers("HX-Request")
def homecoming(request, homecoming_id):
    """One of them: how far it is, what was found, and what came of it. Its form begins it."""
    row = _own(request, homecoming_id)
    if request.htmx and request.method == "GET":
        return _how_far(request, row)
    if row.state != Homecoming.State.HELD:
        if request.method == "POST":
            return HttpResponseRedirect(request.path)
        return render(request, "homecomings/homecoming.html", _shown(row))
    found = preview(row)
    form = HomecomingBeginForm(request.POST or None, preview=found, felt=row.found.get("felt"))
    if done(request, form, None, lambda: row.begin(form.choices.as_json())):
        return HttpResponseRedirect(request.path)
    return form_page(
        request, "homecomings/homecoming.html", form, **_previewed(row, found, form), **_shown(row)
    )


def _previewed(row, found, form):
    """What was found, its parts with their boxes, and the titles of what is not known here for certain."""
    lines = [line | {"box": box} for line, box in zip(found.parts, form["parts"], strict=True)]
    named = {name: row.found.get(name, []) for name in NAMED.values()}
    more = {f"more_{name}": max(0, found.works[known] - len(named[name])) for known, name in NAMED.items()}
    titles = {name: sorted(set(some)) for name, some in named.items()}
    return {"preview": found, "lines": lines} | titles | more


def _how_far(request, row):
    """What a page asks for again and again: how far it is, until that is another page."""
    if row.state != Homecoming.State.MAKING or row.stage != request.GET.get("stage"):
        return HttpResponseClientRefresh()
    context = _shown(row)
    context["is_told"] = request.GET.get("told") != str(context["told"])
    return render(request, "homecomings/_how_far.html", context)


def _shown(row):
    shown = {"homecoming": row, "place": PLACES[row.source], "told": row.hundredths // QUARTER * QUARTER}
    shown |= {"outcome": outcome(row), "undone": undone(row)}
    shown |= {name: any(line[name] for line in shown["outcome"]) for name in ("made", "waits")}
    if row.state == Homecoming.State.FAILED:
        shown["problem"] = problem(row)
    return shown


@member_required
@never_cache
def homecoming_undo(request, homecoming_id):
    """Asks whether all that it made goes, and says what stays."""
    row = _own(request, homecoming_id)
    if request.method == "POST":
        row.undo()
    elif row.can_be_undone:
        return render(request, "homecomings/undo.html", _shown(row))
    return _to(row)


def homecoming_stop(request, homecoming_id):
    said = _("It is stopped. What was written so far is kept.")
    return _change(request, homecoming_id, Homecoming.stop, said)


def homecoming_go_on(request, homecoming_id):
    return _change(request, homecoming_id, Homecoming.go_on, _("It goes on."))


def homecoming_finish(request, homecoming_id):
    return _change(request, homecoming_id, Homecoming.finish, _("The rest is not brought."))


def _change(request, homecoming_id, verb, said):
    row = _own(request, homecoming_id)
    if verb(row):
        toast(request, said)
    return _to(row)


def homecoming_drop(request, homecoming_id):
    if _own(request, homecoming_id).drop():
        toast(request, _("The file is gone, and nothing of it was kept."))
    return HttpResponseRedirect(reverse("homecomings"))


@members_alone
def _own(request, homecoming_id):
    return get_object_or_404(Homecoming.objects.of(request.user), pk=homecoming_id)


def _to(row):
    return HttpResponseRedirect(reverse("homecoming", args=[row.pk]))
