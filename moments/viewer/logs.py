"""What the page of a film says of it as a whole: how it is rated, and what the viewer makes of it."""

from moments.graphics.histogram import Histogram
from moments.models import Rating
from moments.models.rating import RATING_QUORUM
from reelive.prepared import PreparedObjects

OWN_RATING = PreparedObjects(
    lambda member, film: Rating.objects.filter(member=member, film=film, season=None, episode=None)
)


def log_context(viewer, film):
    """The viewer's own rating, whether they logged or want to see it, and its ratings from a quorum on.

    Asks for a film that was found for its page.
    """
    own = OWN_RATING(viewer.pk, film.pk) if viewer.is_authenticated else []
    return {
        "own": next(iter(own), None),
        "is_logged": film.is_logged,
        "is_wanted": film.is_wanted,
        "histogram": Histogram(film.rating_buckets) if film.rating_count >= RATING_QUORUM else None,
    }
