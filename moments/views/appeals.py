"""Appealing against a removal, in public and once."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404

from moments.forms import AppealForm
from moments.models import Appeal, LedgerEntry
from moments.models.appeal import thing_of
from moments.views.formpages import form_page
from moments.views.ledger import with_films
from reelive.shortcuts import member_required, take_draft


@member_required
def appeal(request, number):
    (row,) = with_films([get_object_or_404(LedgerEntry, number=number)])
    thing = thing_of(row)
    if thing is None or thing.removal_id != number or not Appeal.objects.may_be_lodged(thing, request.user):
        raise Http404
    form = AppealForm(request.POST if request.method == "POST" else None, initial=take_draft(request))
    if form.is_valid():
        Appeal.objects.lodge(thing, request.user, form.cleaned_data["text"])
        return HttpResponseRedirect(f"{row.get_absolute_url()}#appeal")
    return form_page(request, "ledger/appeal.html", form, row=row)
