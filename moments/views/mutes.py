"""A member mutes or restricts another and undoes it; and the page of all that a viewer mutes."""

from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from accounts.models import User
from moments.forms import MuteForm
from moments.models import Mute, Restrict
from moments.viewer.lookup import find_member
from moments.views.filters import filter_rows, name_of, sentence_of, until_of
from reelive.formpages import done, form_page
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, require_member
from reelive.toasts import toast

MUTES_AT_ONCE = 50
LONGEST_NAME = 150
HEADINGS = {
    "tag": gettext_lazy("Tags"),
    "word": gettext_lazy("Words"),
    "film": gettext_lazy("Films"),
    "post": gettext_lazy("Hidden posts"),
}
# Which of these visitors have; members have their own sections of whom they mute and restrict.
OF_VISITORS = {"member": gettext_lazy("Members")} | {name: HEADINGS[name] for name in ("tag", "word", "film")}


def mute_choices_of(request, other):
    """Whether the viewer mutes and restricts the other member, for visitors the address where that is asked;
    None when they can do neither.
    """
    viewer = request.viewer
    if viewer.pk == other.pk or other.is_house:
        return None
    if not viewer.is_authenticated:
        # A form has a token of its viewer's in it: a page that visitors share has a link in its place.
        asked = urlencode({"kind": "member", "q": other.username})
        return {"mutes": other.pk in viewer.filters.member, "ask_url": f"{reverse('mutes')}?{asked}"}
    return {
        "mutes": Mute.objects.exists_between(viewer.pk, other.pk),
        "restricts": Restrict.objects.exists_between(viewer.pk, other.pk),
    }


def member_mute(request, name):
    """For as long as the form says, or for good; visitors in their own browser."""
    other, until = find_member(name), until_of(request)
    if not request.user.is_authenticated:
        return _mute_as_visitor(request, other, until)
    answer = _change(request, other, Mute.objects.add, until)
    if Mute.objects.exists_between(request.viewer.pk, other.pk):
        said = sentence_of("member", f"@{other.username}", until)
        toast(request, said, undo=reverse("member-unmute", args=[other.username]))
    return answer


def _mute_as_visitor(request, other, until):
    if not other.is_house:
        request.viewer.add_filter("member", other.pk, until)
        said = sentence_of("member", f"@{other.username}", until)
        toast(request, said, undo=reverse("member-unmute", args=[other.username]))
    return back_to(request, other)


def member_restrict(request, name):
    return _change(request, find_member(name), Restrict.objects.add)


def member_unmute(request, name):
    other = _anybody(name)
    if not request.user.is_authenticated:
        request.viewer.remove_filter("member", other.pk)
        toast(request, _("No longer muted: %(name)s.") % {"name": f"@{other.username}"})
        return back_to(request, other)
    row = Mute.objects.in_force().filter(member=request.viewer.pk, other=other).first()
    answer = _change(request, other, Mute.objects.remove)
    if row:
        again = f"?{urlencode({'until': row.until.isoformat()})}" if row.until else ""
        undo = f"{reverse('member-mute', args=[other.username])}{again}" if other.is_active else ""
        toast(request, _("No longer muted: %(name)s.") % {"name": f"@{other.username}"}, undo=undo)
    return answer


def member_unrestrict(request, name):
    return _change(request, _anybody(name), Restrict.objects.remove)


def _anybody(name):
    """A member of this name, a suspended one included: the viewer can still unmute them."""
    return get_object_or_404(User, username=name.lower())


def _change(request, other, verb, *terms):
    require_member(request, other.get_absolute_url())
    with spending("vote", request.user):
        verb(request.user, other, *terms)
    return back_to(request, other)


@never_cache
def mutes(request):
    """All that the viewer mutes, and whom they restrict, which nobody else sees; a form mutes more."""
    asked = {"kind": request.GET.get("kind"), "name": request.GET.get("q", "")[:LONGEST_NAME]}
    form = MuteForm(request.POST or None, viewer=request.viewer, initial=asked)
    if done(request, form, "vote" if request.user.is_authenticated else None, form.save):
        kind, until = form.cleaned_data["kind"], form.cleaned_data["until"]
        toast(request, sentence_of(kind, _name(kind, form.target), until))
        return HttpResponseRedirect(reverse("mutes"))
    rows = filter_rows(request)
    headings = HEADINGS if request.user.is_authenticated else OF_VISITORS
    sections = [{"name": name, "key": column, "rows": rows[column]} for column, name in headings.items()]
    context = {"groups": _members(request), "sections": sections}
    return form_page(request, "members/mutes.html", form, **context)


def _name(kind, target):
    return f"“{target}”" if kind == "word" else name_of(kind, target)


def _members(request):
    """Whom the member mutes and restricts, a page of each; whom visitors mute is among what they filter."""
    if not request.user.is_authenticated:
        return []
    mutes, restricts = (
        page_of(
            request,
            rows.filter(member=request.user).select_related("other"),
            ("-id",),
            key,
            size=MUTES_AT_ONCE,
        )
        for rows, key in ((Mute.objects.in_force(), "mutes"), (Restrict.objects.all(), "restricts"))
    )
    lifted = {"undo": "member-unrestrict", "word": _("Lift")}
    return [
        {"name": _("Members"), "key": "mutes", "page": mutes, "undo": "member-unmute", "word": _("Unmute")},
        {"name": _("Restricted"), "key": "restricts", "page": restricts, **lifted},
    ]
