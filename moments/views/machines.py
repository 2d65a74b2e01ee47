"""What robots may read, and where they find it."""

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

# Doors, forms, verbs, and lists that go on for ever.
NOT_FOR_ROBOTS = [
    *("/accounts/", "/admin/", "/search/", "/share/", "/theme/", "/preview/"),
    *("/reports/", "/standing/", "/folding/", "/members/*/report/"),
    *("/posts/", "/moments/", "/relivings/", "/films/new/", "/films/suggest/", "/tags/suggest/"),
    *(f"/films/*/{verb}/" for verb in ("edit", "new", "similar")),
    *(f"/comments/*/{verb}/" for verb in ("reply", "edit", "delete", "upvote", "withdraw")),
    *(f"/comments/*/{verb}/" for verb in ("labels", "report")),
    *("/*?*after=", "/*?*sort="),
]


@cache_control(public=True, max_age=86_400)
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in NOT_FOR_ROBOTS)]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
