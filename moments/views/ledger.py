"""The public ledger: the filtered list of its rows, the page of each row, and all rows as a download."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import cache_control

from moments.ledger.chain import canonical, fingerprint
from moments.ledger.keys import known_keys
from moments.ledger.sentences import ACTIONS
from moments.models import Appeal, LedgerEntry, Reason
from moments.models.appeal import open_to_appeal
from moments.syndication import listings
from moments.syndication.listings import LEDGER_ORDER, with_films
from moments.viewer.activity import moderation
from reelive.listpages import page_of

PAGE, ROWS_EXPORTED, OTHERS_LINKED = 50, 5_000, 10


def ledger(request):
    listing = listings.ledger(request)
    page = page_of(request, listing.rows, listing.order, size=PAGE)
    context = {
        "listing": listing,
        "rows": with_films(page.items),
        "next_cursor": page.next_cursor,
        "chosen": listing.chosen,
        "film": listing.target,
        "head": LedgerEntry.objects.order_by(*LEDGER_ORDER).first(),
        "choices": {"action": list(ACTIONS.items()), "reason": Reason.choices},
        "key": known_keys()[-1],
        "numbers": moderation(),
    }
    return render(request, "ledger/ledger.html", context)


def ledger_entry(request, number):
    """The page of one row: what else was done about its target, and the bytes of which its hash is made."""
    (row,) = with_films([get_object_or_404(LedgerEntry, number=number)])
    same = LedgerEntry.objects.filter(target=row.target).exclude(number=number)
    context = {
        "row": row,
        "appeal": _appeal_of(row),
        "may_appeal": request.user.is_authenticated and open_to_appeal(row, request.user) is not None,
        "others": with_films(same.order_by(*LEDGER_ORDER)[:OTHERS_LINKED]),
        "canonical": canonical(row),
        "following": LedgerEntry.objects.filter(number=number + 1).first(),
    }
    return render(request, "ledger/entry.html", context)


def _appeal_of(row):
    """The appeal against this removal, or the one of whose text or answer this row holds the fingerprint."""
    appeals = Appeal.objects.filter(removal__target=row.target).select_related("author", "answered_by")
    for appeal in appeals:
        marks = (fingerprint([appeal.text]), fingerprint([appeal.answer]))
        if appeal.removal_id == row.number or row.text in marks:
            return appeal
    return None


@cache_control(public=True, max_age=60)
def ledger_export(request):
    """Up to 5,000 rows in their order, a line of JSON each, from the number that `from` asks for."""
    start = request.GET.get("from", "1")
    if not (start.isascii() and start.isdecimal() and len(start) < 18):
        raise Http404
    rows = list(LedgerEntry.objects.filter(number__gte=int(start)).order_by("number")[:ROWS_EXPORTED])
    lines = "".join(map(_line, rows))
    response = HttpResponse(lines, content_type="application/jsonl; charset=utf-8")
    if len(rows) == ROWS_EXPORTED:
        response["Link"] = f'<{request.path}?from={rows[-1].number + 1}>; rel="next"'
    return response


def _line(row):
    """A row as a line of JSON. Its hash and signature come last; what stands before them was hashed."""
    return f'{canonical(row)[:-1]},"hash":"{row.hash}","signature":"{row.signature}"}}\n'


@cache_control(public=True, max_age=60)
def ledger_key(request):
    """The public keys in the order of their use, a line each. The last one signs new rows."""
    return HttpResponse("".join(f"{key}\n" for key in known_keys()), content_type="text/plain; charset=utf-8")
