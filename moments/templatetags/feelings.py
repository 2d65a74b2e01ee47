"""The twelve feelings, for templates that offer all of them."""

from django import template

from moments.feelings import FEELINGS

register = template.Library()


@register.simple_tag
def all_feelings():
    return FEELINGS.values()
