"""The owner of a list invites co-writers; who is invited accepts or declines, and leaves at any time."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.forms import ListWriterForm
from moments.models import ListWriter
from moments.viewer.lookup import own_list
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast


@member_required(draft_for=[ListWriterForm])
@never_cache
def list_writers(request, list_id):
    """Who writes in the list and who is invited; for its owner alone."""
    found = own_list(request, list_id)
    form = ListWriterForm(request.POST or None)
    if done(
        request,
        form,
        "edit",
        lambda: ListWriter.objects.invite(found, request.user, form.cleaned_data["name"]),
    ):
        toast(request, _("@%(name)s is invited.") % {"name": form.cleaned_data["name"]})
        return HttpResponseRedirect(reverse("list-writers", args=[found.pk]))
    writers = found.writers.select_related("member").order_by("id")
    return form_page(request, "member_lists/writers.html", form, member_list=found, writers=writers)


def writer_remove(request, writer_id):
    """The owner takes somebody out, or takes an invitation back."""
    row = _row(request, writer_id, member_list__author=request.user.pk)
    ListWriter.objects.drop(row.member_list, row.member)
    toast(request, _("@%(name)s does not write in your list any more.") % {"name": row.member.username})
    return HttpResponseRedirect(reverse("list-writers", args=[row.member_list_id]))


def writer_accept(request, writer_id):
    """The member writes in the list from now on."""
    row = _row(request, writer_id, member=request.user.pk)
    if row.accept():
        toast(request, _("You write in this list now."))
    return HttpResponseRedirect(row.member_list.get_absolute_url())


def writer_leave(request, writer_id):
    """The member declines, or leaves the list; what they put into it stays there."""
    row = _row(request, writer_id, member=request.user.pk)
    ListWriter.objects.drop(row.member_list, row.member)
    toast(request, _("You do not write in that list."))
    return HttpResponseRedirect(reverse("member-lists", args=[request.user.username]))


@members_alone
def _row(request, writer_id, **whose):
    rows = ListWriter.objects.select_related("member", "member_list__author").filter(**whose)
    return get_object_or_404(rows.filter(member_list__state="visible"), pk=writer_id)
