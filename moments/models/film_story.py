"""The story of a film: its moments that have a place, counted and walked without reading all of many."""

from django.db import models
from django.utils.functional import cached_property

from moments.spoilers.rules import ProgressPoint, reached, story_time

from .film_arc import FilmArc
from .kinds import Kind

MOST_PALETTES = 200
STORY_TIMES = ("season", "episode", "timecode")
MOST_COUNTED_OF_RUN = 2_000  # moments; where a run has more, its numbers are as near as that


class Storied(models.Model):
    class Meta:
        abstract = True

    @cached_property
    def runs(self):
        """The Runs of its story where it has many moments; None where the few that it has are read."""
        return FilmArc.objects.runs_of(self)

    @property
    def story(self):
        """Its moments that have a place, as posts."""
        return self.posts.listed().placed().of_kind(Kind.MOMENT)

    @cached_property
    def story_length(self):
        """How many these are. The runs of a film with many are counted as they were drawn."""
        return self.runs.count if self.runs else self.story.order_by()[:MOST_COUNTED_OF_RUN].count()

    def number_of(self, moment):
        """Which one in the story a moment is; one query, of a film with many from the start of its run."""
        place, runs = moment.position, self.runs
        before = self.posts.listed().of_kind(Kind.MOMENT).filter(position__lte=place)
        before = before.exclude(position=place, pk__gte=moment.pk)
        index = runs.index(place, moment.pk) if runs else 0
        if index:
            run = runs[index]
            before = before.filter(position__gte=run.place).exclude(position=run.place, pk__lt=run.first)
        start = runs.start(index) if runs else 0
        return start + before.order_by("position", "id")[:MOST_COUNTED_OF_RUN].count() + 1

    def nth_moment(self, number):
        """The moment that is this one in the story, counted from 1; the last where there are not so many."""
        index = self.runs.index_of_number(number) if self.runs else 0
        start = self.runs.start(index) if self.runs else 0
        story = self.story.filter(position__gte=self.runs[index].place) if index else self.story
        found = story.order_by("position", "id")[number - start - 1 : number - start].first()
        return found or self.story.order_by("position", "id").last()

    def progress_until(self, at):
        """The ProgressPoint of a viewer who has seen it up to this story time."""
        rows = self.story.order_by("position", "id").values_list("position", *STORY_TIMES)
        return ProgressPoint(reached([(place, story_time(*time)) for place, *time in rows], at), at)

    @property
    def palettes(self):
        """Colours as `barcode` takes them: of a bounded number of its moments in story order, or its own."""
        story = self.story
        if self.runs:
            story = story.filter(pk__in=[run.first for run in self.runs])
        palettes = story.order_by("position", "id").values_list("palette", flat=True)[:MOST_PALETTES]
        return list(filter(None, palettes)) or [self.palette]
