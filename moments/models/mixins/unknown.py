"""A work that nobody here knows: kept as somebody named it, until it is clear which film it is."""

import json
from hashlib import sha256

from django.db import models

NAMED_BY = ("title", "year", "medium", "ids")


class Unknown(models.Model):
    """All that is said about the same film or series has the same `key`; `film` is what was chosen for it."""

    key = models.CharField(max_length=64, editable=False)
    work = models.JSONField()
    film = models.ForeignKey("moments.Film", models.SET_NULL, null=True, related_name="+")

    class Meta:
        abstract = True

    def __str__(self):
        year = self.work.get("year")
        return f"{self.title} ({year})" if year else self.title

    @property
    def title(self):
        """What it is called, or the ids by which it was named."""
        ids = " · ".join(f"{place} {number}" for place, number in sorted(self.work["ids"].items()))
        return self.work["title"] or ids or "?"

    @property
    def film_of_now(self):
        """The film that was chosen, or what it was merged into; None where it is out of sight."""
        film = self.film
        while film and film.merged_into:
            film = film.merged_into
        return film if film and film.is_visible else None


def named(work):
    """What of a Work names the film or series, as JSON can hold it."""
    return {name: getattr(work, name) for name in NAMED_BY} | {"ids": dict(work.ids)}


def key_of(work):
    """What all that is said about one film or series has in common."""
    said = [getattr(work, name) for name in NAMED_BY[:3]] + [sorted(work.ids.items())]
    if not work.title and not work.ids:
        said.append(sorted(work.episode_ids.items()))
    return sha256(json.dumps(said).encode()).hexdigest()
