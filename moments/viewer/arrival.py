"""What a visitor brings along who signs in or signs up: progress, filters, and what they were about to do."""

from moments.viewer.filters import bring_filters_along
from moments.viewer.progress import bring_progress_along
from moments.viewer.waiting_deeds import do_waiting_deed


def arrive(request, member):
    """They see as a member from here on. Returns the place of what they were about to do, once it is done."""
    bring_filters_along(request.viewer.browser, member)
    bring_progress_along(request, member)
    return do_waiting_deed(request, member)
