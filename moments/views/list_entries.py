"""Members put posts and films into their lists, and order and note what is in them."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.forms import ListChoiceForm, ListEntryForm
from moments.models import ListEntry, MemberList
from moments.models.member_list import NEW, Visibility
from moments.viewer.lookup import find_film, post_for_verb
from reelive.formpages import done, form_page, made
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, take_draft
from reelive.toasts import toast


@member_required(draft_for=[ListChoiceForm])
@never_cache
def post_lists(request, post_id):
    """Put a post into a list."""
    post = post_for_verb(request, post_id)
    return _choose(request, post, back=post.link, named=post.named)


@member_required(draft_for=[ListChoiceForm])
@never_cache
def film_lists(request, film):
    """The same for a film."""
    film = find_film(request, film)
    return _choose(request, film, back=film.get_absolute_url(), named=film.title)


def _choose(request, target, **context):
    lists = MemberList.objects.writable_by(request.user).having(target).order_by(*NEW)
    form = ListChoiceForm(request.POST or None, lists=lists, initial=take_draft(request))
    chosen = made(request, form, "vote", lambda: _put(request, form, target))
    if chosen:
        words = {"link": chosen.get_absolute_url(), "link_text": _("See the list")}
        toast(request, _("It is in your list “%(list)s”.") % {"list": chosen.title}, **words)
        return HttpResponseRedirect(context["back"])
    return form_page(request, "member_lists/choose.html", form, **context)


def _put(request, form, target):
    """Put the target into the list that was chosen, or into a new one; both or neither."""
    member_list, note = form.chosen, form.cleaned_data["note"]
    if member_list is None:
        member_list = MemberList(
            author=request.user,
            title=form.cleaned_data["title"],
            visibility=Visibility.PRIVATE,
            nonce=form.cleaned_data["nonce"],
        )
        with spending("post", request.user):
            member_list.publish()
            ListEntry.objects.add(member_list, request.user, target, note)
        return member_list
    ListEntry.objects.add(member_list, request.user, target, note)
    return member_list


@member_required(draft_for=[ListEntryForm])
@never_cache
def entry_edit(request, list_entry_id):
    """The note of an entry and its place; it can be taken out there too."""
    entry = _entry(request, list_entry_id)
    count = entry.member_list.entry_count
    start = {"note": entry.note, "place": entry.position} | take_draft(request)
    form = ListEntryForm(request.POST or None, initial=start, count=count)
    if done(request, form, "vote", lambda: _amend(request, entry, **form.cleaned_data)):
        toast(request, _("The entry is saved."))
        return _back(request, entry)
    return form_page(request, "member_lists/entry.html", form, entry=entry, member_list=entry.member_list)


def _amend(request, entry, note, place):
    if note != entry.note:
        entry.amend(request.user, note)
    if place != entry.position:
        entry.move_to(request.user, place)


def entry_up(request, list_entry_id):
    return _move(request, list_entry_id, -1)


def entry_down(request, list_entry_id):
    return _move(request, list_entry_id, +1)


def _move(request, list_entry_id, step):
    entry = _entry(request, list_entry_id)
    with spending("vote", request.user):
        entry.move_by(request.user, step)
    return _back(request, entry)


def entry_remove(request, list_entry_id):
    entry = _entry(request, list_entry_id)
    with spending("vote", request.user):
        entry.take_out(request.user)
    toast(request, _("It is no longer in the list."))
    return HttpResponseRedirect(entry.member_list.get_absolute_url())


def _back(request, entry):
    """To the entry where it was read."""
    return back_to(request, entry.member_list.get_absolute_url(), f"#e{entry.pk}")


def _entry(request, list_entry_id):
    """An entry of a list in which the member writes, with what it is about."""
    if not request.user.is_authenticated:
        raise Http404
    lists = MemberList.objects.writable_by(request.user).values("pk")
    entries = ListEntry.objects.filter(member_list__in=lists).select_related("member_list__author")
    return get_object_or_404(entries.with_targets(request.viewer).defer(None), pk=list_entry_id)
