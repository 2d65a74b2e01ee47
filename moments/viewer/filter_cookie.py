"""The cookie in which a visitor's filters travel: signed by the site, so that nobody else writes into it."""

from datetime import UTC, datetime

from django.core import signing
from django.utils import timezone

from moments.models.filter import TooManyFilters

FILTERS, SALT = "filters", "moments.filters"
FILTERS_KEPT, LONGEST_COOKIE = 40, 1_500  # filters, letters of the cookie
# What visitors filter, and whom they mute; single posts are hidden by members alone.
COLUMNS_IN_COOKIE = ("tag", "film", "word", "member")


def read(cookie):
    """Until when something is filtered (None for good), by its column and value; without what ended.

    What is garbled or not signed by this site counts as unset.
    """
    try:
        rows = signing.loads(cookie, salt=SALT) if cookie else []
    except signing.BadSignature:
        return {}
    now = timezone.now()
    found = {
        (COLUMNS_IN_COOKIE[column], value): until and datetime.fromtimestamp(until, UTC)
        for column, value, until in rows
    }
    return {what: until for what, until in found.items() if until is None or until > now}


def written(filters):
    """The cookie that says this; an empty one is to be dropped. Raises TooManyFilters."""
    if not filters:
        return ""
    rows = [
        [COLUMNS_IN_COOKIE.index(column), value, until and int(until.timestamp())]
        for (column, value), until in filters.items()
    ]
    cookie = signing.dumps(rows, salt=SALT, compress=True)
    if len(rows) > FILTERS_KEPT or len(cookie) > LONGEST_COOKIE:
        raise TooManyFilters
    return cookie
