"""A member's drafts and scheduled posts. Nobody else sees any of these pages."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.forms.publishing import NotPublished, publish_one
from moments.models import Draft, MemberList, Post
from moments.models.draft import DRAFT_KEPT_FOR, MOST_DRAFTS
from moments.viewer.draft_saving import address_of
from reelive.exceptions import Refused
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast


@member_required
@never_cache
def drafts(request):
    """What is scheduled, the soonest first, and all other drafts, the newest first. One has few enough."""
    posts = Prefetch("post", Post.objects.for_diary(request.viewer))
    lists = Prefetch("member_list", MemberList.objects.visible_to(request.viewer).select_related("author"))
    rows = Draft.objects.of(request.user).select_related("film", "comment").prefetch_related(posts, lists)
    rows = list(rows.order_by("-updated", "-id")[:MOST_DRAFTS])
    for row in rows:
        row.member, row.address = request.user, address_of(row)
    context = {
        "scheduled": sorted((row for row in rows if row.publish_at), key=lambda row: row.publish_at),
        "rows": [row for row in rows if not row.publish_at],
        "days": DRAFT_KEPT_FOR.days,
    }
    return render(request, "drafts/list.html", context)


def draft_discard(request, draft_id):
    draft = _own(request, draft_id)
    if draft.discard():
        toast(request, _("The draft is discarded."), undo=reverse("draft-restore", args=[draft.pk]))
    return HttpResponseRedirect(reverse("drafts"))


def draft_restore(request, draft_id):
    """The member undoes the discarding of a draft, within a day."""
    try:
        if not _own(request, draft_id).restore():
            raise Http404
        toast(request, _("The draft is back."))
    except Refused as refusal:
        toast(request, str(refusal), messages.WARNING)
    return HttpResponseRedirect(reverse("drafts"))


def draft_call_off(request, draft_id):
    """A scheduled post is a draft again."""
    if _own(request, draft_id).call_off():
        toast(request, _("It is not scheduled any more, and stays among your drafts."))
    return HttpResponseRedirect(reverse("drafts"))


def draft_publish(request, draft_id):
    """Publish a scheduled post now."""
    draft = _own(request, draft_id)
    try:
        post = publish_one(draft.pk)
    except NotPublished as refusal:
        toast(request, _("It was not published: %(reason)s.") % {"reason": refusal}, messages.WARNING)
        return HttpResponseRedirect(reverse("drafts"))
    if post is None:
        raise Http404
    toast(request, _("Your post is published."))
    return HttpResponseRedirect(post.get_absolute_url())


@members_alone
def _own(request, draft_id):
    return get_object_or_404(Draft.objects.filter(member=request.user).select_related("member"), pk=draft_id)
