"""Members confirm or dispute a claim and revoke their verdict; lists of claims are narrowed by status."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.vary import vary_on_headers

from moments.forms import VerdictForm
from moments.models import Trivia
from moments.models.trivia import Status
from moments.models.verdict import VERDICT_ORDER
from reelive.formpages import done, form_page
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import member_required, require_member, take_draft

REASONS_AT_ONCE = 20
EMPTY = {
    Status.UNSOURCED: _("Every claim here has its source."),
    Status.SOURCED: _("No claim here rests on its sources alone."),
    Status.CONFIRMED: _("No claim here has been confirmed yet. It takes five members who looked into it."),
    Status.DISPUTED: _("No claim here is disputed."),
}


def trivia_context(request, claim):
    """What the page of a piece of trivia shows."""
    return verdict_context(request, claim) | {"sources": claim.sources.all()}


def verdict_context(request, claim, form=None):
    """What the section of verdicts shows: the reasons, newest first, and the member's own with its form."""
    said = claim.verdicts.with_words().without_muted(request.viewer).select_related("member", "removal")
    page = page_of(request, said, VERDICT_ORDER, size=REASONS_AT_ONCE, key="reasons")
    mine = claim.verdict_of(request.viewer)
    # What was typed is shown again, also where nothing can be sent any more.
    is_kept = form is not None and form.is_bound
    return {
        "post": claim,
        "verdicts": page.items,
        "older_reasons": page.next_cursor,
        "mine": mine,
        "judgeable": is_kept or claim.can_be_judged_by(request.viewer),
        "verdict_form": form or VerdictForm(initial=mine and mine.form_data),
    }


@member_required(draft_for=[VerdictForm])
@vary_on_headers("HX-Request")
def verdict_add(request, trivia_id):
    """Confirm or dispute a piece of trivia, or change the verdict that was given before."""
    return judged(request, _claim(request, trivia_id))


def judged(request, claim):
    """The answer to the form of a verdict on a claim."""
    mine = claim.verdict_of(request.viewer)
    form = VerdictForm(request.POST or None, initial=take_draft(request) or (mine and mine.form_data))
    if done(request, form, "vote", lambda: claim.judge(request.user, **form.cleaned_data)):
        return _answer(request, claim)
    template = "posts/_verdicts.html" if request.htmx else "posts/verdict.html"
    return form_page(request, template, form, film=claim.film, **verdict_context(request, claim, form))


def verdict_revoke(request, trivia_id):
    return revoked(request, _claim(request, trivia_id))


def revoked(request, claim):
    require_member(request, claim.link, "#verdicts")
    with spending("vote", request.user):
        claim.revoke_verdict(request.user)
    return _answer(request, claim)


def _claim(request, trivia_id):
    claims = Trivia.objects.open_to(request.viewer).select_related("film", "author")
    return get_object_or_404(claims.veiled_for(request.viewer), pk=trivia_id)


def _answer(request, claim):
    if request.htmx:
        context = verdict_context(request, claim) | {"changed": True}
        return render(request, "posts/_verdicts.html", context)
    return HttpResponseRedirect(claim.link + "#verdicts")


def status_filter(listing):
    """The status that a list of trivia is narrowed to, and links to the others."""
    chosen = listing.chosen.get("status", "")
    links = [
        {
            "label": label,
            "url": f"{listing.path}?status={value}" if value else listing.path,
            "current": value == chosen,
        }
        for value, label in [("", _("All")), *Status.choices]
    ]
    return {"status_filter": links, **({"empty": EMPTY[chosen]} if chosen else {})}
