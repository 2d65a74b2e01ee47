"""What staff may do about a target from the place where it is read, each a link that leads back there."""

from django.apps import apps
from django.contrib.admin import site
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext


def staff_links(request, target, back):
    """The verbs that the admin offers this person for the target now, and its page there, with their labels.

    Args:
        target: a post, comment, film or member.
        back: the place to which an act leads back.
    """
    if not request.user.is_staff:
        return []
    row = as_registered(target)
    page_of_staff = site.get_model_admin(type(row))
    if not page_of_staff.has_view_permission(request, row):
        return []
    query = urlencode({"next": back})
    verbs = [(label, f"{url}?{query}") for label, url in page_of_staff.verb_links(request, row)]
    return [*verbs, (gettext("Open in the admin"), page_of_staff.page_of(row))]


def author_links(target):
    """Where the other posts of the target's author stand."""
    author = getattr(target, "author", None)
    if author is None:
        return []
    label = gettext("Posts by @%(name)s") % {"name": author.username}
    return [(label, reverse("member", args=[author.username]))]


def as_registered(row):
    """A post as what it is, since the admin knows moments, songs, trivia and reviews."""
    kind = getattr(row, "kind", "")
    return apps.get_model("moments", kind).objects.get(pk=row.pk) if kind else row


def place_of(request, target):
    """Where the viewer reads the target: the page from which htmx asks, or this very page.

    The menu of a post or comment is a page of its own without script, from which nothing is read.
    """
    htmx = getattr(request, "htmx", None)
    anchor = f"#c{target.pk}" if getattr(target, "model_name", "") == "comment" else ""
    if htmx and htmx.current_url_abs_path:
        return htmx.current_url_abs_path.partition("#")[0] + anchor
    if request.path == getattr(target, "labels_url", ""):
        return getattr(target, "about", target).link + anchor
    return request.get_full_path()
