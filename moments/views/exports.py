"""A member takes along everything that is held of them: asks for it, watches it being made, fetches it."""

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.archives.exports.making import STEPS
from moments.archives.exports.segments import joined
from moments.forms import ExportForm
from moments.models import Export
from reelive.formpages import done, form_page
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast


@member_required
@never_cache
def export(request):
    """Ask for an export; the one of this week, and how far it is."""
    form = ExportForm(request.POST if request.method == "POST" else None)
    ask = Export.objects.ask
    if done(request, form, None, lambda: ask(request.user, form.cleaned_data["with_pictures"])):
        toast(request, _("Your export is being made. You may leave this page."))
        return HttpResponseRedirect(reverse("export"))
    row = Export.objects.filter(member=request.user).first()
    context = {"export": row, "done": row.part if row else 0, "steps": STEPS}
    return form_page(request, "exports/export.html", form, **context)


@member_required
def export_file(request):
    """The archive, for its member alone; it has no address by which anybody else could fetch it."""
    row = get_object_or_404(Export, member=request.user, state=Export.State.READY)
    try:
        file = joined(row.archive_names)
    except FileNotFoundError as problem:
        raise Http404 from problem
    name = f"reelive-{request.user.username}-{row.created:%Y-%m-%d}.zip"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["Content-Length"] = row.size
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, no-store"
    return response


@members_alone
def _own(request, state):
    return get_object_or_404(Export, member=request.user, state=state)


def export_stop(request):
    if _own(request, Export.State.MAKING).stop():
        toast(request, _("Your export is stopped."), undo=reverse("export-go-on"))
    return HttpResponseRedirect(reverse("export"))


def export_go_on(request):
    if _own(request, Export.State.STOPPED).go_on():
        toast(request, _("Your export goes on."))
    return HttpResponseRedirect(reverse("export"))
