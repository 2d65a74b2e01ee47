"""What the page of a film says of it as a whole: how it is rated, and what the viewer makes of it."""

from django.db.models import OuterRef

from moments.graphics.histogram import Histogram
from moments.models import Rating
from moments.models.rating import RATING_QUORUM
from moments.models.rows_as_text import RowsAsText, rows_in
from reelive.rows import partly

RATED = ("stars", "liked")  # what the page shows of the viewer's own rating


def log_context(film):
    """The viewer's own rating, whether they logged or want to see it, and its ratings from a quorum on.

    Asks for a film that was found for its page.
    """
    own = [partly(Rating, stars=stars, liked=liked) for stars, liked in rows_in(film.own_rating_text)]
    return {
        "own": next(iter(own), None),
        "is_logged": film.is_logged,
        "is_wanted": film.is_wanted,
        "histogram": Histogram(film.rating_buckets) if film.rating_count >= RATING_QUORUM else None,
    }


def own_rating_as_text(member):
    """For a query of films, how the member rates each as a whole.

    Args:
        member: their key, or an expression for it.
    """
    return RowsAsText(Rating.objects.of_films().filter(member=member, film=OuterRef("pk")), *RATED)
