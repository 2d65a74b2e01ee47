"""A fact about a film that is no film itself: a season or an episode, or where a song is heard."""

from django.db import transaction

from .revised import Revised, lock_facts


class PartOfFilm(Revised):
    """It has a `film`. Moderators lock its facts together with those of the film."""

    class Meta:
        abstract = True

    @property
    def locked(self):
        return self.film.locked

    def can_be_edited_by(self, viewer):
        return self.film.can_be_edited_by(viewer)

    def lock_film(self, by, as_staff=False):
        """Lock the film before its part. Raises FilmGone, FactsLocked and Suspended."""
        lock_facts(type(self.film).objects.filter(pk=self.film.pk), by, as_staff)

    @transaction.atomic
    def revise(self, by=None, seen=None, source=""):
        """Save changed facts and keep those from before; see `Facts.revise`.

        Raises FilmGone, FactsLocked and Suspended.
        """
        self.lock_film(by)
        stored = type(self).objects.get(pk=self.pk)
        before = stored.texts
        self.leave_unedited(seen, before)
        self.edited, self.revision, self.replaced = stored.edited, None, stored.ledger_texts
        if self.texts != before:
            self.keep_version(by, before, source)
            self.save(update_fields=[*self.fact_names, "edited"])

    def forget_former_slug(self, texts):
        """No word of it stands in an address."""

    @property
    def ledger_name(self):
        return f"{self.model_name}/{self.pk}"
