"""Muting and restricting a member, undoing it, and the page of all whom one silences."""

from django.shortcuts import get_object_or_404, render

from accounts.models import User
from moments.models import Mute, Restrict
from moments.views.lookup import find_member
from moments.views.paging import page_of
from reelive.ratelimit import check
from reelive.shortcuts import back_to, member_required, sign_in_first

SILENCES_AT_ONCE = 50


def silence_of(request, other):
    """What the viewer may do about the other member, and has done; None where there is nothing to do."""
    viewer = request.user
    if not viewer.is_authenticated or viewer == other or other.is_house:
        return None
    return {
        "mutes": Mute.objects.holds(viewer.pk, other.pk),
        "restricts": Restrict.objects.holds(viewer.pk, other.pk),
    }


def member_mute(request, name):
    return _silence(request, find_member(name), Mute.objects.begin)


def member_restrict(request, name):
    return _silence(request, find_member(name), Restrict.objects.begin)


def member_unmute(request, name):
    return _silence(request, _anybody(name), Mute.objects.end)


def member_unrestrict(request, name):
    return _silence(request, _anybody(name), Restrict.objects.end)


def _anybody(name):
    """Also who is suspended: that is no reason to keep one's silence for ever."""
    return get_object_or_404(User, username=name.lower())


def _silence(request, other, verb):
    if not request.user.is_authenticated:
        return sign_in_first(request, other.get_absolute_url())
    check("vote", request.user)
    verb(request.user, other)
    return back_to(request, other)


@member_required
def silences(request):
    """Nobody but the member sees it."""
    mutes, restricts = (
        page_of(
            request,
            model.objects.filter(member=request.user).select_related("other"),
            ("-id",),
            key,
            size=SILENCES_AT_ONCE,
        )
        for model, key in ((Mute, "mutes"), (Restrict, "restricts"))
    )
    groups = [
        {"name": "Muted", "key": "mutes", "page": mutes, "undo": "member-unmute", "word": "Unmute"},
        {
            "name": "Restricted",
            "key": "restricts",
            "page": restricts,
            "undo": "member-unrestrict",
            "word": "Lift",
        },
    ]
    return render(request, "members/silences.html", {"groups": groups})
