"""The proof of the arcs that are stored: each is drawn again and compared."""

from moments.arc.arc import MOST_POINTS
from moments.models import Film, FilmArc
from moments.models.counters import Column
from moments.models.film_arc import drawn


class StoredArcs(Column):
    """The arcs of films with many moments, but for those that the task process is going to draw anew."""

    def __init__(self):
        super().__init__(Film, "arc")

    def rows(self):
        return super().rows().filter(moment_count__gt=MOST_POINTS)

    def wrong(self, rows):
        kept = FilmArc.objects.filter(film__in=rows.order_by().values("pk"))
        stored = {film: row for film, *row in kept.values_list("film", "runs", "outdated")}
        found = {}
        for film in rows.values_list("pk", flat=True):
            runs, outdated = stored.get(film, (None, None))
            if outdated is None and runs != (true := drawn(film)):
                found[film] = {"arc": true}
        return found

    def write(self, wrong):
        FilmArc.objects.store({film: values["arc"] for film, values in wrong.items()})
