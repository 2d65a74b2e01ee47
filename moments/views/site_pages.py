"""What the site is, what holds here, what it keeps of people and how to reach those who run it."""

from django.conf import settings
from django.shortcuts import render
from django.views.decorators.vary import vary_on_headers

from moments.models import SitePage


def site_page(request, name):
    """The text of those who run the site, or ours as long as they have written none."""
    context = {
        "name": name,
        "heading": SitePage.Name(name).label,
        "page": SitePage.objects.filter(name=name).exclude(body="").first(),
        "default": f"site_pages/_{name}.html",
        "contact": settings.CONTACT_EMAIL,
    }
    return render(request, "site_pages/page.html", context)


@vary_on_headers("HX-Request")
def keys(request):
    """What the keyboard does: a page, and for a script the dialog that it opens over the present one."""
    return render(request, "keys/_dialog.html" if request.htmx else "keys/page.html")
