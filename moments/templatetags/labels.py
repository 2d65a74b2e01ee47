"""Whether a labelled text is hidden for the viewer of the page."""

from django import template

from moments import labels

register = template.Library()


@register.simple_tag(takes_context=True)
def hiding_for(context, target):
    return labels.hiding_for(target, context["request"].user)
