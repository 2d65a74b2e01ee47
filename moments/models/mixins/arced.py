"""What stands on the arc of a film: moments, of which the arc of a film with many is stored."""

import json

from django.db import models

from moments.feelings import bar

from ..feeling import ShownTally, reading_of
from ..film_arc import FilmArc
from ..kinds import Kind


class Arced(models.Model):
    """What is felt there, and when the stored arc of its film is outdated. It is Labelled too."""

    # The tallies of its feelings, once a verb of this very object has read them.
    counted = None
    # The same as one text, where a query of it asked for `tallies_as_text`.
    tallies_text = None

    class Meta:
        abstract = True

    @property
    def tallied(self):
        """The tallies of its feelings, as a verb of this very object counted them or as they were fetched."""
        if self.counted is not None:
            return self.counted
        if self.tallies_text is None:
            return self.tallies.all()
        return [ShownTally(*tally) for tally in json.loads(self.tallies_text)]

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
