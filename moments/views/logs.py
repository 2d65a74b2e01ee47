"""A member logs that they saw a film, a season or an episode, from anywhere: the film, and one press more."""

from urllib.parse import urlencode

from django.core import signing
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from moments.forms import LogForm
from moments.models import DiaryEntry, Film, Wanted
from moments.models.filter import unfiltered
from moments.search import results
from moments.spoilers.rules import ProgressPoint
from moments.viewer.lookup import find_film
from moments.views.catalogue import titles_for
from reelive.formpages import done, form_page
from reelive.shortcuts import back_to, member_required, members_alone, take_draft
from reelive.text import clean_line
from reelive.toasts import toast

SALT = "log"
FILMS_TO_CHOOSE = 12
ASKED = ("season", "episode", "date")  # what an address may fill in


@member_required
@never_cache
def log(request):
    """Choose what was seen."""
    query = clean_line(request.GET.get("q", ""))[:150]
    most = unfiltered(Film.objects.listed(), request.viewer).order_by("-moment_count", "-id")
    films = results.films_to_choose(query) if query else most
    context = {"films": films[:FILMS_TO_CHOOSE], "q": query, **titles_for(request, query)}
    return render(request, "logs/choose.html", context)


@member_required(draft_for=[LogForm])
@never_cache
@vary_on_headers("HX-Request")
def film_log(request, film):
    film, entries = find_film(request, film), []
    asked = {name: request.GET[name] for name in ASKED if name in request.GET}
    form = LogForm(request.POST or None, film=film, initial=asked | take_draft(request))
    if done(request, form, "vote", lambda: entries.append(film.log(request.user, **form.cleaned_data))):
        for entry in entries:
            _tell_of(request, film, entry)
        return back_to(request, film)
    template = "logs/_form.html" if request.htmx else "logs/form.html"
    back = request.POST.get("next") or request.GET.get("next", "")
    return form_page(request, template, form, film=film, next=back)


def _tell_of(request, film, entry):
    """Say that the entry is written. One that was there before is amended, and undoing it would lose both."""
    entry.member = request.user
    see = {"link": reverse("diary-entry-edit", args=[entry.pk]), "link_text": _("Add to it")}
    if not entry.is_new:
        toast(request, _("Your diary entry of that day is up to date."), **see)
        return
    was = [entry.was_wanted, entry.progress_before, entry.progress_after]
    was = signing.dumps(was, salt=f"{SALT}:{entry.pk}", compress=True)
    undo = f"{reverse('log-undo', args=[entry.pk])}?{urlencode({'was': was})}"
    said = {"film": film.title}
    if entry.was_wanted:
        sentence = _("%(film)s is in your diary, and off your watchlist.") % said
    else:
        sentence = _("%(film)s is in your diary.") % said
    toast(request, sentence, undo=undo, **see)


@members_alone
def log_undo(request, entry_id):
    """What was just logged is not in the diary, and all is as it was before, unless it was changed since."""
    entries = DiaryEntry.objects.filter(member=request.user, whole_film__isnull=False)
    entry = get_object_or_404(entries.select_related("whole_film"), pk=entry_id)
    try:
        was = signing.loads(request.GET.get("was", ""), salt=f"{SALT}:{entry.pk}")
    except signing.BadSignature as error:
        raise Http404 from error
    film, (was_wanted, before, after) = entry.whole_film, was
    if film.forget(entry):
        _give_back(request, film, was_wanted, before, after)
        toast(request, _("The diary entry is gone."), undo=reverse("diary-entry-undelete", args=[entry_id]))
    return back_to(request, film)


def _give_back(request, film, was_wanted, before, after):
    before, after = (point and ProgressPoint(*point) for point in (before, after))
    if before != after and request.viewer.progress(film) == after:
        request.viewer.set_progress(film, before)
    if was_wanted:
        Wanted.objects.add(request.user, film)
