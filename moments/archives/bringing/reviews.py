"""Writing reviews as posts of now, for members who want that: with their old dates, and nobody is told."""

from django.db import IntegrityError, transaction

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.when import created_of, tags_of, text_here
from moments.models import Film, Review
from moments.models.post import BODY_LIMIT, TITLE_LIMIT
from moments.models.refusals import Refused
from reelive.text import clean_line

LONGEST_TITLE = 80


def write_reviews(batch, items):
    """One by one, each as if its author had written it then."""
    films = Film.objects.in_bulk({item.film for item in items})
    for item in items:
        try:
            with transaction.atomic():
                review = _publish(batch, item, films[item.film])
        except (Refused, IntegrityError):
            batch.came_to(item, Kind.LEFT)
        else:
            batch.came_to(item, Kind.REVIEW, review.pk, state_of(review))


def _publish(batch, item, film):
    record = item.record
    body = text_here(batch, record)[:BODY_LIMIT]
    review = Review(
        author=batch.member, film=film, title=_title_of(body), body=body,
        rating=record.rating, spoiler=record.is_spoiler, created=created_of(batch, record),
    )  # fmt: skip
    review.publish(tags_of(record.tags), is_told=False)
    return review


def _title_of(body):
    """Its first words, since reviews elsewhere have no title."""
    line = clean_line(next(filter(str.strip, body.splitlines()), "…"))[: TITLE_LIMIT - 1]
    if len(line) <= LONGEST_TITLE:
        return line
    return line[:LONGEST_TITLE].rsplit(" ", 1)[0] + "…"


def state_of(review):
    return [review.title, review.body, review.rating, bool(review.spoiler)]
