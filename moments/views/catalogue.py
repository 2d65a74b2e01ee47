"""Titles of the catalogue: a page for each, the choice that makes it a film, and looking one up elsewhere."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from moments.catalogue.becoming import film_of_choice
from moments.catalogue.looking_up import look_up, lookup
from moments.catalogue.suggesting import suggest_titles
from moments.models import CatalogueTitle
from reelive.ratelimit import spending
from reelive.shortcuts import member_required
from reelive.text import clean_line
from reelive.toasts import toast

LONGEST_QUESTION = 150
# What a form begins with that somebody has sent from another app, see moments.views.share.
BEGUN = ("title", "body", "picture")


def titles_for(request, text):
    """The titles that a page offers beside its films, and where else one may look."""
    return {"titles": suggest_titles(text) if text else [], "lookup": lookup()}


def catalogue_title(request, title_id):
    title = get_object_or_404(CatalogueTitle.objects.select_related("film"), pk=title_id)
    if title.film and title.film.is_visible:
        return HttpResponseRedirect(title.film.get_absolute_url())
    return render(request, "catalogue/title.html", {"title": title})


@member_required
def choose(request):
    """A title becomes a film, which counts as adding one; a second click finds the film of the first."""
    with spending("film", request.user):
        film = film_of_choice(request.POST.get("film", ""), request.user)
        if film is None:
            raise Http404
    then = request.POST.get("then")
    if then == "share":
        return HttpResponseRedirect(_share(request, film.title))
    return HttpResponseRedirect(film.log_url if then == "log" else film.get_absolute_url())


@member_required
def look_up_title(request):
    """Ask other sites, and lead back to where it was asked: what is found is listed there."""
    text = clean_line(request.POST.get("q", ""))[:LONGEST_QUESTION]
    if not text or lookup() is None:
        raise Http404
    with spending("look-up", request.user):
        pass
    if not look_up(text):
        toast(request, _("Nobody answers there now. Try again later."), messages.WARNING)
    elif not suggest_titles(text):
        toast(request, _("Nothing is called so there."), messages.INFO)
    return HttpResponseRedirect(_asked_at(request, text))


def _asked_at(request, text):
    """The page on which somebody looked for a title, with what they typed."""
    then, found = request.POST.get("then"), request.POST.get("list", "")
    if then == "share":
        return _share(request, text)
    if then == "log":
        return f"{reverse('log')}?{urlencode({'q': text})}"
    if then == "list" and found.isascii() and found.isdecimal():
        return f"{reverse('list-films', args=[found])}?{urlencode({'q': text})}"
    return f"{reverse('film-add')}?{urlencode({'title': text})}"


def _share(request, text):
    begun = {name: request.POST[name] for name in BEGUN if request.POST.get(name)}
    return f"{reverse('share')}?{urlencode({'q': text} | begun)}"
