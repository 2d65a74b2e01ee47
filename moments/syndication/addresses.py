"""Addresses as other sites need them: made from SITE_URL, never from what a request claims to be its host."""

from django.conf import settings


def absolute(address: str) -> str:
    """The address on this site, unless it is one of another site already, such as that of an upload."""
    return f"{settings.SITE_URL}{address}" if address.startswith("/") else address
