"""A member mutes or restricts another and undoes it, and sees the list of all whom they did it to."""

from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from accounts.models import User
from moments.models import Mute, Restrict
from moments.viewer.lookup import find_member
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, sign_in_first

MUTES_AT_ONCE = 50


def mute_choices_of(request, other):
    """Whether the viewer mutes and restricts the other member; None when they can do neither."""
    viewer = request.viewer
    if not viewer.is_authenticated or viewer.pk == other.pk or other.is_house:
        return None
    return {
        "mutes": Mute.objects.exists_between(viewer.pk, other.pk),
        "restricts": Restrict.objects.exists_between(viewer.pk, other.pk),
    }


def member_mute(request, name):
    return _change(request, find_member(name), Mute.objects.add)


def member_restrict(request, name):
    return _change(request, find_member(name), Restrict.objects.add)


def member_unmute(request, name):
    return _change(request, _anybody(name), Mute.objects.remove)


def member_unrestrict(request, name):
    return _change(request, _anybody(name), Restrict.objects.remove)


def _anybody(name):
    """A member of this name, a suspended one included: the viewer can still unmute them."""
    return get_object_or_404(User, username=name.lower())


def _change(request, other, verb):
    if not request.user.is_authenticated:
        return sign_in_first(request, other.get_absolute_url())
    with spending("vote", request.user):
        verb(request.user, other)
    return back_to(request, other)


@member_required
def mutes(request):
    """The list of those whom the member mutes and restricts, which nobody else sees."""
    mutes, restricts = (
        page_of(
            request,
            model.objects.filter(member=request.user).select_related("other"),
            ("-id",),
            key,
            size=MUTES_AT_ONCE,
        )
        for model, key in ((Mute, "mutes"), (Restrict, "restricts"))
    )
    groups = [
        {"name": _("Muted"), "key": "mutes", "page": mutes, "undo": "member-unmute", "word": _("Unmute")},
        {
            "name": _("Restricted"),
            "key": "restricts",
            "page": restricts,
            "undo": "member-unrestrict",
            "word": _("Lift"),
        },
    ]
    return render(request, "members/mutes.html", {"groups": groups})
