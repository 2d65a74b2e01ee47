"""The lists that members make, for pages and feeds: all of them, those of a member, the entries of one."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from moments.models import Comment, MemberList
from moments.models.list_entry import IN_ORDER
from moments.models.member_list import HOT, NEW, Visibility
from moments.syndication.listings import Listing, open_member
from moments.viewer.lookup import find_list


def member_lists_of_all(request):
    """The public lists, the hottest or the newest first."""
    order = request.GET.get("order", "")
    if order not in ("", "new"):
        raise Http404
    rows = MemberList.objects.found_by(request.viewer).select_related("author")
    chosen = {"order": order} if order else {}
    return Listing(reverse("lists"), rows, NEW if order else HOT, NEW, chosen=chosen)


def member_lists(request, name):
    """The public lists of a member; their own page shows them the others, too."""
    member = open_member(request, name)
    rows = MemberList.objects.visible_to(request.viewer).listed().filter(author=member)
    rows = rows.filter(visibility=Visibility.PUBLIC).select_related("author")
    title = _("Lists by %(member)s") % {"member": f"@{member.username}"}
    return Listing(f"{member.get_absolute_url()}lists/", rows, NEW, title=title, target=member)


def list_entries(request, name, slug):
    """What is in a list, as far as the viewer sees it; nobody subscribes to a private one."""
    member_list = find_list(request, name, slug)
    if member_list.visibility == Visibility.PRIVATE:
        raise Http404
    return entries_of_list(member_list, member_list.entries.shown_to(request.viewer))


def comments_of_list(request, name, slug):
    """The comments on a list, newest first; nobody subscribes to those of a private one."""
    member_list = find_list(request, name, slug)
    if not member_list.is_visible or member_list.visibility == Visibility.PRIVATE:
        raise Http404
    rows = Comment.objects.listed().of(member_list).without_filtered(request.viewer, member_list)
    title = _("Comments on %(post)s") % {"post": member_list.title}
    return Listing(member_list.thread_url, rows, ("-id",), title=title, target=member_list)


def entries_of_list(member_list, rows):
    path, order = member_list.get_absolute_url(), IN_ORDER
    return Listing(path, rows, order, ("-id",), title=member_list.title, target=member_list)
