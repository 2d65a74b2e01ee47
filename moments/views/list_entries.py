"""Members put posts and films into their lists, and order and note what is in them."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.catalogue.becoming import film_of_choice
from moments.forms import ListChoiceForm, ListEntryForm
from moments.models import Film, ListEntry, MemberList
from moments.models.filter import unfiltered
from moments.models.member_list import NEW, Visibility
from moments.search import results
from moments.viewer.lookup import find_film, list_to_write, post_for_verb
from moments.views.catalogue import titles_for
from reelive.formpages import done, form_page, made
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, members_alone, take_draft
from reelive.text import clean_line
from reelive.toasts import toast

FILMS_TO_CHOOSE = 12


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


@member_required
@never_cache
def list_films(request, list_id):
    """Films to put into a list, and titles that are no film here until they are put there."""
    found = list_to_write(request, list_id)
    query = clean_line(request.GET.get("q", ""))[:150]
    most = unfiltered(Film.objects.listed(), request.viewer).order_by("-moment_count", "-id")
    films = results.films_to_choose(query) if query else list(most[:FILMS_TO_CHOOSE])
    films = films[:FILMS_TO_CHOOSE]
    inside = set(found.entries.filter(film__in=films).values_list("film", flat=True))
    context = {"member_list": found, "films": films, "inside": inside, "q": query, "begun": {"list": list_id}}
    return render(request, "member_lists/films.html", context | titles_for(request, query))


def list_film_add(request, list_id):
    """Put a film into a list; a title of the catalogue becomes one, which counts as adding a film."""
    found, chosen = list_to_write(request, list_id), request.POST.get("film", "")
    with spending("film" if chosen.startswith("catalogue") else "vote", request.user):
        film = film_of_choice(chosen, request.user)
        if film is None:
            raise Http404
        entry, is_new = ListEntry.objects.add(found, request.user, film)
    link = {"link": found.get_absolute_url(), "link_text": _("See the list")}
    undo = {"undo": reverse("list-entry-remove", args=[entry.pk])} if is_new else {}
    said = _("%(film)s is in your list “%(list)s”.") % {"film": film.title, "list": found.title}
    toast(request, said, **link, **undo)
    return HttpResponseRedirect(reverse("list-films", args=[list_id]))


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


@members_alone
def _entry(request, list_entry_id):
    """An entry of a list in which the member writes, with what it is about."""
    lists = MemberList.objects.writable_by(request.user).values("pk")
    entries = ListEntry.objects.filter(member_list__in=lists).select_related("member_list__author")
    return get_object_or_404(entries.with_targets(request.viewer).defer(None), pk=list_entry_id)
