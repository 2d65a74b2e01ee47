"""What members make of a claim: confirming, disputing and taking it back, and lists by what came of it."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.vary import vary_on_headers

from moments.forms import VerdictForm
from moments.models import Trivia
from moments.models.trivia import Status
from moments.models.verdict import NEWEST
from moments.views.formpages import allowed, form_page
from moments.views.paging import page_of
from reelive.ratelimit import check
from reelive.shortcuts import member_required, sign_in_first, take_draft

REASONS_AT_ONCE = 20
NOT_YOURS = "The claim is yours. What becomes of it is for others to say."
EMPTY = {
    Status.UNSOURCED: "Every claim here has its source.",
    Status.SOURCED: "No claim here rests on its sources alone.",
    Status.CONFIRMED: "No claim here has been confirmed yet. It takes five members who looked into it.",
    Status.DISPUTED: "No claim here is disputed.",
}


def verdict_context(request, claim, form=None):
    """What the section of verdicts shows: the reasons, newest first, and the member's own with its form."""
    said = claim.verdicts.with_words().without_muted(request.user).select_related("member", "removal")
    page = page_of(request, said, NEWEST, size=REASONS_AT_ONCE, key="reasons")
    mine = claim.verdict_of(request.user)
    return {
        "post": claim,
        "sources": claim.sources.all(),
        "verdicts": page.items,
        "older_reasons": page.next_cursor,
        "mine": mine,
        "judgeable": claim.can_be_judged_by(request.user),
        "verdict_form": form or VerdictForm(initial=mine and mine.said),
    }


@member_required
@vary_on_headers("HX-Request")
def verdict_add(request, trivia_id):
    """Confirm or dispute a claim, or think again."""
    claim = _claim(request, trivia_id)
    mine = claim.verdict_of(request.user)
    form = VerdictForm(request.POST or None, initial=take_draft(request) or (mine and mine.said))
    if form.is_bound and not claim.can_be_judged_by(request.user):
        form.add_error(None, NOT_YOURS)
    if allowed(request, form, "vote"):
        claim.judge(request.user, **form.cleaned_data)
        return _answer(request, claim)
    template = "posts/_verdicts.html" if request.htmx else "posts/verdict.html"
    return form_page(request, template, form, film=claim.film, **verdict_context(request, claim, form))


def verdict_withdraw(request, trivia_id):
    claim = _claim(request, trivia_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, claim.link, "#verdicts")
    check("vote", request.user)
    claim.withdraw_verdict(request.user)
    return _answer(request, claim)


def _claim(request, trivia_id):
    claims = Trivia.objects.open_to(request.user).select_related("film", "author")
    return get_object_or_404(claims.veiled_for(request.user), pk=trivia_id)


def _answer(request, claim):
    if request.htmx:
        context = verdict_context(request, claim) | {"changed": True}
        return render(request, "posts/_verdicts.html", context)
    return HttpResponseRedirect(claim.link + "#verdicts")


def status_filter(request, here):
    """The status that a list of trivia is narrowed to, or "", and what the list says about the choice."""
    chosen = request.GET.get("status", "")
    if chosen and chosen not in Status.values:
        raise Http404
    options = [("", "All"), *Status.choices]
    links = [
        {"label": label, "url": f"{here}?status={value}" if value else here, "current": value == chosen}
        for value, label in options
    ]
    return chosen, {"status_filter": links, **({"empty": EMPTY[chosen]} if chosen else {})}
