"""The twelve feelings and the six shapes of stories, for templates that show all of them."""

from django import template

from moments.arc.shapes import SHAPES
from moments.feelings import FEELINGS

register = template.Library()


@register.simple_tag
def all_feelings():
    return FEELINGS.values()


@register.simple_tag
def all_shapes():
    return SHAPES.values()
