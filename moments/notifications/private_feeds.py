"""What the private feeds of a member tell: their notifications, and the posts of what they follow.

The same rules hold as on their pages: what they may not see any more is in none, what they have not seen yet
stays veiled. No browser is asked, so that what was revealed in one is veiled here.
"""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.zones import zone_named
from moments.models.notification import NEWEST_FIRST
from moments.models.private_feed import PrivateFeed
from moments.notifications.inbox import fetched, place_of_fetched, rows_of
from moments.syndication import listings
from moments.syndication.answers import Answer
from moments.syndication.entries import Entry, entries_of, guid_of
from moments.syndication.page_titles import SITE
from moments.viewer.browser import Browser
from moments.viewer.viewer import Member
from reelive.languages import is_offered
from reelive.pagination import PAGE_SIZE


def answer_for(request, member, purpose, path):
    """The feed of this purpose, in the member's language and by their clock.

    Args:
        request: whose viewer is the member from now on.
        path: where the feed is.
    """
    request.viewer = Member(member, Browser({}))
    language = member.language if is_offered(member.language) else settings.LANGUAGE_CODE
    with translation.override(language), timezone.override(zone_named(member.time_zone)):
        return _ANSWERS[purpose](request, path)


def _notifications(request, path):
    rows = list(rows_of(request.viewer).order_by(*NEWEST_FIRST)[:PAGE_SIZE])
    entries = [_notification(row) for row in fetched(rows, request.viewer)]
    title = _("%(site)s: what @%(member)s is told") % {"site": SITE, "member": request.viewer.member.username}
    return Answer(title, reverse("notifications"), "", entries, path)


def _notification(row):
    """One entry for all news of a kind about one thing; it is another one when there is more of it."""
    return Entry(
        str(row.sentence),
        place_of_fetched(row),
        guid_of(f"notification/{row.pk}/{row.updated:%Y%m%d%H%M%S}", f"{row.since:%Y-%m-%d}"),
        row.updated,
        format_html("<p>{}</p>", row.excerpt) if row.excerpt else "",
    )


def _following(request, path):
    listing = listings.feed(request)
    title = _("%(site)s: what @%(member)s follows") % {"site": SITE, "member": request.viewer.member.username}
    return Answer(title, listing.path, listing.query, entries_of(listing, request.viewer), path)


_ANSWERS = {
    PrivateFeed.Purpose.NOTIFICATIONS: _notifications,
    PrivateFeed.Purpose.FOLLOWING: _following,
}
