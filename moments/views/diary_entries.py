"""A member writes a diary entry at a moment, changes it or deletes it."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from moments.forms import DiaryEntryEditForm, DiaryEntryForm, LogEditForm
from moments.models import Deletion, DiaryEntry, Film, Moment
from moments.models.diary_entry import DayTaken
from moments.viewer.lookup import unread_moment
from moments.views.reactions import (
    answer,
    diary_place,
    moment_with_reactions,
    reaction_context,
    relived,
)
from reelive.formpages import done, form_page
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, members_alone, sign_in_first, take_draft
from reelive.toasts import toast


def diary_entry_add(request, moment_id):
    if not request.user.is_authenticated:
        moment = moment_with_reactions(request, moment_id)
        return sign_in_first(request, moment.link, "#relive", [DiaryEntryForm], diary_place(moment))
    form, written, moment = DiaryEntryForm(request.POST), [], unread_moment(moment_id)
    if done(request, form, "vote", lambda: written.append(moment.relive(request.user, **form.cleaned_data))):
        for entry in written:
            tell_of_entry(request, entry)
        if request.htmx:
            return relived(request, moment)
        return answer(request, moment_with_reactions(request, moment_id))
    moment = moment_with_reactions(request, moment_id)
    context = reaction_context(request, moment) | {"diary_form": form, "film": moment.film}
    template = "posts/_diary.html" if request.htmx else "posts/reactions.html"
    return form_page(request, template, form, **context)


def tell_of_entry(request, entry):
    """Say that the entry is written. One that was there before is amended, and undoing it would lose both."""
    entry.member = request.user
    see = {"link": entry.link, "link_text": _("See it")}
    if entry.is_new:
        undo = {"undo": reverse("diary-entry-delete", args=[entry.pk]), "part": "#relive"}
        toast(request, _("In your diary."), **see, **undo)
    else:
        toast(request, _("Your diary entry of that day is up to date."), **see)


@member_required(draft_for=[DiaryEntryEditForm, LogEditForm])
def diary_entry_edit(request, entry_id):
    """Change an entry of one's own. What it is of may have been removed meanwhile."""
    entry = _own_entry(request, entry_id)
    moment, form = entry.moment, _edit_form(request, entry)  # an edit reads the entry anew, not the moment
    if form.is_bound and form.is_valid():
        with spending("vote", request.user):
            is_changed = form.save_revision()
        if is_changed:
            return HttpResponseRedirect(entry.link)
        if not form.errors:
            raise Http404  # deleted on another device meanwhile
    return form_page(request, "diary/edit.html", form, entry=entry, moment=moment)


def _edit_form(request, entry):
    options = {"instance": entry, "initial": take_draft(request)}
    if entry.whole_film_id:
        return LogEditForm(request.POST or None, film=entry.whole_film, **options)
    return DiaryEntryEditForm(request.POST or None, **options)


@members_alone
def diary_entry_delete(request, entry_id):
    entry = _own_entry(request, entry_id)
    if entry.about.forget(entry):
        part = {"part": "#relive"} if request.htmx and entry.moment_id else {}
        undo = reverse("diary-entry-undelete", args=[entry.pk])
        toast(request, _("The diary entry is gone."), undo=undo, **part)
    if entry.whole_film_id:
        return back_to(request, entry.whole_film)
    if request.htmx:
        return answer(request, moment_with_reactions(request, entry.moment_id))
    # By its number: with the entry goes what showed that one had seen it.
    return back_to(request, reverse("post", args=[entry.moment_id]))


@members_alone
def diary_entry_undelete(request, entry_id):
    """The member undoes the deletion of a diary entry, within a day."""
    deletion = get_object_or_404(Deletion.objects.undoable_by(request.user), entry=entry_id)
    about = _about_of(deletion.columns)
    try:
        if not about.undelete_entry(entry_id, request.user):
            raise Http404
        toast(request, _("The diary entry is back."))
    except DayTaken:
        toast(request, _("You have written another entry of that day, which stays."), messages.WARNING)
    if not isinstance(about, Moment):
        return back_to(request, about)
    moment = about
    if request.htmx:
        return answer(request, moment_with_reactions(request, moment.pk))
    return back_to(request, reverse("post", args=[moment.pk]))


def _about_of(columns):
    """The moment or film of an entry that was deleted; of a film that was merged since, where it is now."""
    if columns["moment_id"]:
        return get_object_or_404(Moment.objects.select_related("film"), pk=columns["moment_id"])
    films = Film.objects.select_related("merged_into")
    film = get_object_or_404(films, pk=columns.get("whole_film_id"))
    return film.merged_into or film


def _own_entry(request, entry_id):
    moments = Moment.objects.select_related("film").veiled_for(request.viewer)
    entries = DiaryEntry.objects.filter(member=request.user).select_related("member", "removal", "whole_film")
    return get_object_or_404(entries.prefetch_related(Prefetch("moment", moments)), pk=entry_id)
