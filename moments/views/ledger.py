"""The public ledger: its rows by who, what, why and where, each row by itself, and all to take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from moments.ledger import canonical, fingerprint
from moments.models import Action, Appeal, Film, LedgerEntry, Reason
from moments.views.paging import page_of
from reelive.text import clean_line

PAGE, EXPORTED, OTHERS = 50, 5_000, 10
NEWEST = ("-number",)


def ledger(request):
    chosen = chosen_by(request)
    rows, film = filtered(chosen)
    page = page_of(request, rows, NEWEST, size=PAGE)
    context = {
        "rows": with_films(page.items),
        "next_cursor": page.next_cursor,
        "chosen": chosen,
        "film": film,
        "head": LedgerEntry.objects.order_by(*NEWEST).first(),
        "choices": {"action": Action.choices, "reason": Reason.choices},
    }
    return render(request, "ledger/ledger.html", context)


def chosen_by(request):
    return {name: clean_line(request.GET.get(name, "")) for name in ("actor", "action", "reason", "film")}


def filtered(chosen):
    """The rows that the filters leave, and the film that one of them names."""
    rows, film = LedgerEntry.objects.all(), None
    for name, known in (("action", Action.values), ("reason", Reason.values)):
        if chosen[name] and chosen[name] not in known:
            raise Http404
    named = {name: value for name, value in chosen.items() if value and name != "film"}
    if "actor" in named:
        named["actor"] = named["actor"].removeprefix("@").lower()
    if chosen["film"]:
        film = get_object_or_404(Film.objects.listed(), slug=chosen["film"])
        named["film"] = film.pk
    return rows.filter(**named), film


def with_films(rows):
    """The rows, each with the present name of its film, while that can be seen."""
    rows = list(rows)
    films = Film.objects.listed().in_bulk({row.film for row in rows if row.film})
    for row in rows:
        row.film_title = str(films.get(row.film, ""))
    return rows


def ledger_entry(request, number):
    """One row, what else was done about the same thing, and the very bytes that its hash is made of."""
    (row,) = with_films([get_object_or_404(LedgerEntry, number=number)])
    same = LedgerEntry.objects.filter(target=row.target).exclude(number=number)
    context = {
        "row": row,
        "appeal": _appeal_of(row),
        "others": with_films(same.order_by(*NEWEST)[:OTHERS]),
        "canonical": canonical(row),
        "following": LedgerEntry.objects.filter(number=number + 1).first(),
    }
    return render(request, "ledger/entry.html", context)


def _appeal_of(row):
    """The appeal against this removal, or the one whose text or answer this row has the fingerprint of."""
    appeals = Appeal.objects.filter(removal__target=row.target).select_related("author", "answered_by")
    for appeal in appeals:
        marks = (fingerprint([appeal.text]), fingerprint([appeal.answer]))
        if appeal.removal_id == row.number or row.text in marks:
            return appeal
    return None


@cache_control(public=True, max_age=60)
def ledger_export(request):
    """Rows in their order, a line of JSON each: 5,000 from the number that `from` asks for."""
    start = request.GET.get("from", "1")
    if not (start.isascii() and start.isdecimal() and len(start) < 18):
        raise Http404
    rows = list(LedgerEntry.objects.filter(number__gte=int(start)).order_by("number")[:EXPORTED])
    lines = "".join(map(_line, rows))
    response = HttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    if len(rows) == EXPORTED:
        response["Link"] = f'<{request.path}?from={rows[-1].number + 1}>; rel="next"'
    return response


def _line(row):
    return f'{canonical(row)[:-1]},"hash":"{row.hash}"}}\n'
