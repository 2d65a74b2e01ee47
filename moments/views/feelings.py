"""The twelve feelings: the wheel with their strongest moments, and the moments of each.

A list by feeling tells of every moment on it what it feels like, so it has none that is veiled.
"""

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Sum
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from moments.feelings import FEELINGS
from moments.graphics.wheel import Petal, draw_wheel
from moments.models import FeelingTally, Film, Kind, Moment, Post
from moments.models.asked import Asked
from moments.models.film import decades
from moments.models.filter import unfiltered
from moments.syndication import listings
from moments.syndication.listings import STRONGEST, tallies_of
from moments.views.lists import cards_page, tonight
from reelive.listpages import render_list
from reelive.text import clean_line

LEAST_OF_OTHER = 0.05  # strength from which another feeling counts as being there too
FILMS_OFFERED = 40
FEW_TO_SORT = 5_000  # moments: up to so many are gathered and sorted, of more the feeling's list is walked


def feelings(request):
    """The wheel of the twelve feelings, each with the strongest moment that is not veiled for the viewer."""
    tops = {slug: Asked(_strongest, request.viewer, feeling=slug).first for slug in FEELINGS}
    wanted = [tally.moment_id for tally in tops.values() if tally]
    moments = Asked(_moments, request.viewer, keys=wanted).by_key
    choices = [_choice(slug, tops[slug], moments) for slug in FEELINGS]
    wheel = draw_wheel({choice["feeling"].slug: choice["petal"] for choice in choices})
    return render(request, "feelings/index.html", {"choices": choices, "wheel": wheel})


def _strongest(viewer, feeling):
    return tallies_of(viewer, feeling).order_by(*STRONGEST)[:1]


def _moments(viewer, keys):
    return Moment.objects.listed().veiled_for(viewer).select_related("film").filter(pk__in=keys)


def _choice(slug, tally, moments):
    feeling, moment = FEELINGS[slug], moments.get(tally.moment_id) if tally else None
    if moment is None or moment.is_veiled:
        return {"feeling": feeling, "moment": None, "petal": Petal(feeling)}
    petal = Petal(feeling, tally.strength, moment.title, moment.film.title)
    return {"feeling": feeling, "moment": moment, "petal": petal}


def feeling(request, feeling):
    """The moments at which one feeling is strongest, narrowed to what the viewer chose."""
    listing = listings.feeling(request, feeling)
    choice = Choice.of(request, feeling)
    if not choice.is_open:
        listing = replace(listing, source=choice.tallies(request.viewer))
    page = cards_page(request, listing)
    context = {"listing": listing, "feeling": listing.target, "choice": choice}
    if not request.GET.get("after"):
        context |= {"offer": _offer(choice, request.viewer), **tonight(request)}
    return render_list(request, "feelings/feeling.html", page, **context)


@dataclass(frozen=True)
class Choice:
    """What the moments of a feeling are narrowed to: a film, a decade, another feeling; each may be empty."""

    feeling: str
    film: Film | None = None
    decade: int = 0
    other: str = ""

    @classmethod
    def of(cls, request, feeling):
        """The choice that an address names. Raises Http404 for a film, decade or feeling that is unknown."""
        film, decade, other = (request.GET.get(name, "") for name in ("film", "decade", "with"))
        if (decade and decade not in map(str, decades())) or (other and other not in FEELINGS):
            raise Http404
        if other == feeling:
            raise Http404
        return cls(feeling, _film(film) if film else None, int(decade or 0), other)

    @property
    def parts(self):
        """The parts of the choice, each in words and with the address that leaves it out."""
        words = {
            "film": self.film and _("in %(film)s") % {"film": self.film.title},
            "decade": self.decade and _("from the %(decade)ss") % {"decade": self.decade},
            "with": self.other and _("with %(feeling)s") % {"feeling": FEELINGS[self.other].name},
        }
        return [{"words": word, "without": self._url({name: ""})} for name, word in words.items() if word]

    @property
    def others(self):
        """The other feelings, each with the address that adds it to the choice, or leaves it out again."""
        return [
            {
                "feeling": feeling,
                "url": self._url({"with": "" if slug == self.other else slug}),
                "current": slug == self.other,
            }
            for slug, feeling in FEELINGS.items()
            if slug != self.feeling
        ]

    @property
    def is_open(self):
        """Whether nothing was chosen."""
        return not self.parts

    @property
    def whole(self):
        """The feeling with nothing chosen."""
        return FEELINGS[self.feeling].url

    def _url(self, changes):
        chosen = {"film": self.film and self.film.slug, "decade": self.decade, "with": self.other} | changes
        query = urlencode({name: value for name, value in chosen.items() if value})
        return f"{self.whole}?{query}" if query else self.whole

    def tallies(self, viewer):
        """The tallies of the feeling to be listed, a walk along its index until a page is full.

        The moments of one film, or of a decade that has few, are gathered and sorted instead: along the
        index they would be far between.
        """
        films = self._films()
        if films is None:
            tallies = tallies_of(viewer, self.feeling)
        elif self.film or _moments_in(films) <= FEW_TO_SORT:
            gathered = Post.objects.filter(film__in=films, kind=Kind.MOMENT)
            tallies = tallies_of(viewer, self.feeling).filter(moment__in=gathered.values("pk"))
        else:
            tallies = tallies_of(viewer, self.feeling, film__in=films)
        if not self.other:
            return tallies
        others = FeelingTally.objects.filter(feeling=self.other, strength__gte=LEAST_OF_OTHER)
        return tallies.filter(Exists(others.filter(moment=OuterRef("moment"))))

    def _films(self):
        """The films to which the moments are narrowed; None for all films."""
        if not self.film and not self.decade:
            return None
        films = Film.objects.listed().from_decade(self.decade)
        return films.filter(pk=self.film.pk) if self.film else films


def _film(slug):
    """The film with this name in addresses, or the one that once had it."""
    films, slug = Film.objects.listed(), clean_line(slug)
    return films.filter(slug=slug).first() or get_object_or_404(films, former_slugs__slug=slug)


def _moments_in(films):
    return films.aggregate(Sum("moment_count"))["moment_count__sum"] or 0


def _offer(choice, viewer):
    """What the form offers: the films with most moments, and the decades."""
    films = list(unfiltered(Film.objects.listed(), viewer).order_by("-moment_count", "-id")[:FILMS_OFFERED])
    if choice.film and choice.film not in films:
        films.append(choice.film)
    return {"films": sorted(films, key=lambda film: film.title), "decades": decades()}
