"""Words of the histories."""

from django import template

register = template.Library()


@register.filter
def visible(text):
    """A change of nothing but space, made something to see."""
    return text if text.strip() else text.replace("\n", "↵\n").replace(" ", "␣")
