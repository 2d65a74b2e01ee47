"""A member brings along what another site holds of them: a file, a preview, and work that can be watched."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.archives.exports.parts import PARTS_BY_NAME
from moments.archives.imports.making import KNOWN, LATER, LEFT_OUT, MADE, STEPS, hold, preview
from moments.forms import ImportBeginForm, ImportForm
from moments.models import Import
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast


@member_required
@never_cache
def imported(request):
    """Send an archive; the one that was sent, with its preview, how far it is, and what it came to."""
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if done(request, form, "upload", lambda: hold(request.user, form.cleaned_data["archive"], form.rows)):
        return HttpResponseRedirect(reverse("import"))
    row = Import.objects.filter(member=request.user).first()
    context = {"importing": row, "done": row.part if row else 0, "steps": STEPS, "begin": ImportBeginForm()}
    if row and row.state == Import.State.HELD:
        context["parts"] = [line | {"says": PARTS_BY_NAME[line["part"]].says} for line in preview(row)]
    if row and row.state == Import.State.DONE:
        context["outcome"] = [_came_to(part, counts) for part, counts in row.outcome.items() if counts]
    return form_page(request, "imports/import.html", form, **context)


def _came_to(part, counts):
    said = {"made": MADE, "known": KNOWN, "later": LATER, "left": LEFT_OUT}
    return {"says": PARTS_BY_NAME[part].says} | {name: counts.get(word, 0) for name, word in said.items()}


@members_alone
def _own(request, state):
    return get_object_or_404(Import, member=request.user, state=state)


def import_begin(request):
    form = ImportBeginForm(request.POST)
    row = _own(request, Import.State.HELD)
    if form.is_valid() and row.begin(form.cleaned_data["with_settings"]):
        toast(request, _("Your posts are being brought along. You may leave this page."))
    return HttpResponseRedirect(reverse("import"))


def import_stop(request):
    if _own(request, Import.State.MAKING).stop():
        toast(request, _("Your import is stopped."), undo=reverse("import-go-on"))
    return HttpResponseRedirect(reverse("import"))


def import_go_on(request):
    if _own(request, Import.State.STOPPED).go_on():
        toast(request, _("Your import goes on."))
    return HttpResponseRedirect(reverse("import"))
