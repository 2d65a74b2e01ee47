"""Whether a labelled text is folded for whoever reads the page."""

from django import template

from moments.labels import fold

register = template.Library()


@register.simple_tag(takes_context=True)
def fold_of(context, thing):
    return fold(thing, context["request"].user)
