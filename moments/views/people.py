"""People: their list, the page of one, what they are credited for, and the forms for facts and credits."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moments.forms import CreditsForm, PersonForm
from moments.models import Credit
from moments.models.credit import Role
from moments.search import results
from moments.syndication import film_listings as listings
from moments.viewer.lookup import find_film, find_person
from moments.views.follows import follow_choice_of
from moments.views.lists import cards_page, chosen_order
from reelive.formpages import done, form_page
from reelive.listpages import growing_page_of, render_list, whole_or_more
from reelive.shortcuts import member_required, take_draft
from reelive.text import clean_line

ORDERS = {"": (_("Most films"), listings.BY_FILM_COUNT), "name": (_("A to Z"), listings.BY_PLACE)}
FIRST_CREDITS = 24


def people(request):
    """Everybody with a credit."""
    listing, tabs = chosen_order(request, listings.people(request), ORDERS)
    page = growing_page_of(request, listing.rows, listing.order, size=60)
    context = {"listing": listing, "people": page.items, "order_tabs": tabs}
    return whole_or_more(request, "people/list.html", "people/_list.html", page, context)


def person(request, person):
    """What somebody did, and the moments of these films by votes."""
    listing = listings.person(request, person)
    page = cards_page(request, listing)
    context = {"listing": listing, "person": listing.target}
    context["follow"] = follow_choice_of(request, credited=listing.target)
    if not request.GET.get("after"):
        credits = listings.credits_of(listing.target, request.viewer).order_by(*listings.CREDITED)
        first = list(credits[: FIRST_CREDITS + 1])
        context |= {
            "credits": first[:FIRST_CREDITS],
            "has_more_credits": len(first) > FIRST_CREDITS,
            "artist": listings.artist_called(request.viewer, listing.target.artist_slug),
        }
    return render_list(request, "people/person.html", page, **context)


def person_films(request, person):
    """All that somebody is credited for, the latest first."""
    person = find_person(request, person)
    credits = listings.credits_of(person, request.viewer)
    page = growing_page_of(request, credits, listings.CREDITED, size=48)
    context = {"person": person, "credits": page.items}
    return whole_or_more(request, "people/films.html", "people/_films.html", page, context)


@member_required(draft_for=[PersonForm])
def person_edit(request, person):
    person = find_person(request, person)
    form = PersonForm(request.POST or None, instance=person, initial=take_draft(request))
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(person.get_absolute_url())
    closed = person.locked and not form.is_bound
    return form_page(request, "people/form.html", form, person=person, closed=closed)


def people_suggest(request):
    """People with these words in their names, for whoever types one."""
    query = clean_line(request.GET.get("q", ""))[:60]
    return render(request, "people/_suggest.html", {"people": results.suggest_people(query)})


# The credits of a film.


def cast(request, film):
    """The cast of a film, those who made it, and who was in single seasons and episodes."""
    film = find_film(request, film)
    credits = list(Credit.objects.of_film(film))
    whole = [credit for credit in credits if credit.season is None]
    roles = [role for role in Role if role != Role.CAST]
    groups = [(role.label, [credit for credit in whole if credit.role == role]) for role in roles]
    context = {
        "film": film,
        "cast": [credit for credit in whole if credit.role == Role.CAST],
        "crew": [(label, found) for label, found in groups if found],
        "in_parts": [credit for credit in credits if credit.season is not None],
    }
    return render(request, "people/cast.html", context)


@member_required(draft_for=[CreditsForm])
def cast_edit(request, film):
    film = find_film(request, film)
    if request.method == "POST" and "credit-TOTAL_FORMS" not in request.POST:
        raise Http404
    form = CreditsForm(request.POST or None, film, take_draft(request))
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        name = "film-cast-edit" if "more" in request.POST else "film-cast"
        return HttpResponseRedirect(reverse(name, args=[film.slug]))
    closed = film.locked and not form.is_bound
    return form_page(request, "people/cast_form.html", form, film=film, closed=closed)
