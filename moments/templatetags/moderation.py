"""What staff find in the menus of posts and comments, and on the pages of films and members."""

from django import template

from moments.viewer.staff import author_links, place_of, staff_links

register = template.Library()


@register.simple_tag(takes_context=True)
def links_for_staff(context, target):
    """Labels and addresses; none for everybody else."""
    request = context["request"]
    links = staff_links(request, target, place_of(request, target))
    return [*links, *author_links(target)] if links else []
