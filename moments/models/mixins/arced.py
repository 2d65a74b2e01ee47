"""What stands on the arc of a film: moments, of which the arc of a film with many is stored."""

from django.db import models

from ..film_arc import FilmArc
from ..kinds import Kind


class Arced(models.Model):
    """Says when the stored arc of its film is outdated. It is Labelled too."""

    class Meta:
        abstract = True

    def outdate_arc(self):
        """A moment changed that the arc of its film was drawn of, or is new there."""
        if self.kind == Kind.MOMENT:
            FilmArc.objects.note_change(self.film_id)

    def count_label(self, kind, step):
        super().count_label(kind, step)
        self.outdate_arc()
