"""Saving a thing under an address that nobody else has, also when two people ask at once."""

import re
from itertools import chain, count

from django.db import IntegrityError, transaction

TRIES = 20


def free_slug(instance, wishes, siblings, fields=None):
    """Save `instance` under the first of `wishes` that no row of `siblings` has, then wish-2, wish-3 …

    Args:
        instance: a model instance with a `slug` field, new or renamed.
        wishes: slugs in order of preference, not empty.
        fields: the columns to write of a renamed instance; all of a new one.
        siblings: the queryset in which the slug has to be unique; the instance itself does not count.
    Raises:
        IntegrityError: when another constraint than the slug's refuses the row.
    """
    others = siblings.exclude(pk=instance.pk)
    for attempt in range(TRIES):
        taken = set(others.filter(slug__startswith=wishes[0]).values_list("slug", flat=True))
        numbered = (f"{wishes[-1]}-{number}" for number in count(2))
        instance.slug = next(slug for slug in chain(wishes, numbered) if slug not in taken)
        try:
            with transaction.atomic():
                instance.save(update_fields=fields)
                return
        except IntegrityError:
            someone_was_faster = others.filter(slug=instance.slug).exists()
            if not someone_was_faster or attempt == TRIES - 1:
                raise


def names(slug, wish):
    """Whether `slug` is what `wish` became: the same, or the same with a number behind it."""
    return re.fullmatch(re.escape(wish) + r"(-\d+)?", slug) is not None
