"""What robots may read, and where they find it."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control

from reelive.routes import declarations

# What others declare, and lists that go on for ever.
NOT_DECLARED = ("/accounts/", "/admin/", "/*?*after=", "/*?*sort=")


@cache_control(public=True, max_age=86_400)
def robots(request):
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed_paths())]
    lines += ["", f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def closed_paths() -> list[str]:
    """The beginnings of all addresses that no robot may read, none of which begins one that it may.

    These are doors, forms, verbs and pages that were declared so. "*" is any part of an address.
    """
    declared = list(declarations())
    read = [address for address, declaration in declared if declaration.crawled]
    closed = [address for address, declaration in declared if not declaration.crawled]
    paths = {_beginning(address, read) for address in closed if not address.startswith(NOT_DECLARED)}
    return [*NOT_DECLARED, *sorted(paths)]


def _beginning(address: str, read: list[str]) -> str:
    """The shortest beginning of a closed address, cut at a slash, that lets all that may be read be read."""
    for path in _beginnings(address):
        pattern = re.compile(re.escape(path).replace(r"\*", ".*"))
        if not any(pattern.match(open_address) for open_address in read):
            return path
    return address


def _beginnings(address: str) -> Iterator[str]:
    return (address[: slash.end()] for slash in re.finditer("(?<!^)/", address))
