"""An author appeals against a removal, in public and once."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from moments.forms import AppealForm
from moments.models import Appeal, LedgerEntry
from moments.models.appeal import open_to_appeal
from moments.syndication.listings import with_films
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required, take_draft


@member_required(draft_for=[AppealForm])
def appeal(request, number):
    (row,) = with_films([get_object_or_404(LedgerEntry, number=number)])
    target = open_to_appeal(row, request.user)
    if target is None:
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None, initial=take_draft(request))
    if done(request, form, None, lambda: _lodge(request, form, target)):
        return HttpResponseRedirect(f"{row.get_absolute_url()}#appeal")
    return form_page(request, "ledger/appeal.html", form, row=row)


def _lodge(request, form, target):
    return Appeal.objects.lodge(target, request.user, form.cleaned_data["text"])
