"""Members report posts, comments, lists, films, people and members, and read what came of it."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.forms import ReportForm
from moments.models import Report, Verdict
from moments.models.report import can_be_reported_by
from moments.viewer.lookup import (
    comment_for_verb,
    find_film,
    find_member,
    find_person,
    list_for_verb,
    post_for_verb,
)
from reelive.formpages import done, form_page
from reelive.listpages import page_of
from reelive.shortcuts import back_to, came_from, member_required, require_member, take_draft
from reelive.toasts import toast


@member_required(draft_for=[ReportForm])
@never_cache
def post_report(request, post_id):
    post = post_for_verb(request, post_id)
    return _report(request, post, post=post, about=post)


@member_required(draft_for=[ReportForm])
@never_cache
def comment_report(request, comment_id):
    comment = comment_for_verb(request, comment_id)
    return _report(request, comment, comment=comment, about=comment.about)


@member_required(draft_for=[ReportForm])
@never_cache
def verdict_report(request, verdict_id):
    verdict = get_object_or_404(Verdict.objects.listed().select_related("member"), pk=verdict_id)
    return _report(request, verdict, verdict=verdict, about=post_for_verb(request, verdict.post_id))


@member_required(draft_for=[ReportForm])
@never_cache
def film_report(request, film):
    film = find_film(request, film)
    return _report(request, film, film=film)


@member_required(draft_for=[ReportForm])
@never_cache
def person_report(request, person):
    credited = find_person(request, person)
    return _report(request, credited, credited=credited)


@member_required(draft_for=[ReportForm])
@never_cache
def list_report(request, name, slug):
    member_list = list_for_verb(request, name, slug)
    return _report(request, member_list, member_list=member_list)


@member_required(draft_for=[ReportForm])
@never_cache
def member_report(request, name):
    person = find_member(name)
    return _report(request, person, person=person)


def _report(request, target, **context):
    """Ask what is wrong. To members who own the target or have reported it the page says so instead."""
    context["may"] = can_be_reported_by(target, request.viewer)
    context["before"] = Report.objects.waiting().on(target).filter(member=request.user).first()
    context["back"] = target.get_absolute_url() if "person" in context else target.link
    context["next"] = request.POST.get("next") or came_from(request)
    form = ReportForm(request.POST if request.method == "POST" else None, initial=take_draft(request))
    if request.method == "POST" and not context["may"]:
        raise Http404
    free = context["may"] and not context["before"]
    if free and not done(request, form, "report", lambda: _file(request, form, target)):
        return form_page(request, "reports/form.html", form, **context)
    if request.method != "POST":
        return render(request, "reports/form.html", context)
    link = {"link": reverse("reports"), "link_text": _("Your reports")}
    toast(request, _("A moderator will look at it. Your reports say what comes of it."), **link)
    return back_to(request, context["back"], f"#c{target.pk}" if "comment" in context else "")


def _file(request, form, target):
    return Report.objects.file(request.user, target, **form.cleaned_data)


@member_required
@never_cache
def reports(request):
    """The member's own reports and their outcomes."""
    mine = Report.objects.filter(member=request.user).with_targets()
    page = page_of(request, mine, ("-id",))
    return render(request, "reports/reports.html", {"reports": page.items, "next_cursor": page.next_cursor})


def reports_read(request):
    require_member(request, reverse("reports"))
    Report.objects.mark_read(request.user)
    return HttpResponseRedirect(reverse("reports"))
