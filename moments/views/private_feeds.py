"""Private feeds: the page on which a member makes and revokes their addresses, and the feeds themselves."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.models.private_feed import PrivateFeed
from moments.notifications.private_feeds import answer_for
from moments.syndication.addresses import absolute
from moments.syndication.atom import written_as_atom
from moments.syndication.json_feed import written_as_json
from reelive.ratelimit import spending
from reelive.shortcuts import member_required, members_alone
from reelive.toasts import toast

Purpose = PrivateFeed.Purpose


@member_required
@never_cache
def private_feeds(request):
    """The member's addresses. A new one is shown in the answer to the form, and never again."""
    if request.method != "POST":
        return _page(request)
    purpose = request.POST.get("purpose", "")
    if purpose not in Purpose.values:
        raise Http404
    with spending("edit", request.user):
        token = PrivateFeed.objects.renew(request.user, purpose)
    return _page(request, purpose, token)


def _page(request, told="", token=""):
    made = {feed.purpose: feed for feed in PrivateFeed.objects.filter(member=request.user)}
    rows = [
        {"purpose": purpose, "made": made.get(purpose), "addresses": _addresses(purpose, token, told)}
        for purpose in Purpose
    ]
    return render(request, "private_feeds/list.html", {"rows": rows})


def _addresses(purpose, token, told):
    """The two addresses of a feed that was just made; none of any other."""
    if purpose != told:
        return []
    return [
        (name, absolute(reverse("private-feed-read", args=[token, purpose.value, form])))
        for form, name in (("atom", "Atom"), ("json", "JSON"))
    ]


def private_feed_revoke(request, purpose):
    """The address leads nowhere from now on."""
    if not request.user.is_authenticated or purpose not in Purpose.values:
        raise Http404
    if PrivateFeed.objects.revoke(request.user, purpose):
        toast(request, _("The address is revoked. It works for nobody any more."))
    return HttpResponseRedirect(reverse("private-feeds"))


@members_alone
def letter_links_renew(request):
    """Make the links void by which letters are stopped without signing in, such as in a letter passed on."""
    request.user.renew_letter_links()
    toast(request, _("The links in letters that you have got are void. The next letters have new ones."))
    return HttpResponseRedirect(reverse("private-feeds"))


@never_cache
def private_feed(request, feed_token, purpose, form):
    """The feed itself: no session is needed, the token says whose and which."""
    member = PrivateFeed.objects.holder_of(feed_token, purpose)
    if member is None or form not in ("atom", "json"):
        raise Http404
    answer = answer_for(request, member, purpose, request.path)
    return _written(request, answer, form)


def _written(request, answer, form) -> HttpResponse:
    return written_as_json(answer) if form == "json" else written_as_atom(request, answer)
