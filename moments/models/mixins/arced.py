"""What stands on the arc of a film: moments, of which the arc of a film with many is stored."""

from django.db import models

from moments.feelings import bar

from ..feeling import reading_of
from ..film_arc import FilmArc
from ..kinds import Kind


class Arced(models.Model):
    """What is felt there, and when the stored arc of its film is outdated. It is Labelled too."""

    # The tallies of its feelings, once a verb of this very object has read them.
    counted = None

    class Meta:
        abstract = True

    @property
    def tallied(self):
        """The tallies of its feelings, as a verb of this very object counted them or as they were fetched."""
        return self.tallies.all() if self.counted is None else self.counted

    @property
    def reading(self):
        """What was felt here, and whether it is our first guess."""
        return reading_of(self.tallied, self.felt_by)

    @property
    def feelings(self):
        return bar(self.reading[0])

    @property
    def is_first_guess(self):
        return self.reading[1]

    def outdate_arc(self):
        """A moment changed that the arc of its film was drawn of, or is new there."""
        if self.kind == Kind.MOMENT:
            FilmArc.objects.note_change(self.film_id)

    def count_label(self, kind, step):
        super().count_label(kind, step)
        self.outdate_arc()
