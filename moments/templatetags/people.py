"""What templates say of where films are from and who made them."""

from django import template
from django.utils.translation import gettext_lazy as _

register = template.Library()

TRAIT_HEADINGS = {"genre": _("Genres"), "country": _("Countries"), "language": _("Languages")}


@register.simple_tag
def film_facts(film):
    """The genres, countries and languages of a film: labels, each with names and where they are listed."""
    found = ((label, film.named_traits(kind)) for kind, label in TRAIT_HEADINGS.items())
    return [(label, links) for label, links in found if links]
