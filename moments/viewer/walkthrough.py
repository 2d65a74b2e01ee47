"""The walkthrough of a film for a viewer, without what they filter or mute and moments that have no place."""

from functools import cached_property

from moments.arc.walkthrough import Stop, Walkthrough, line_of
from moments.models import Moment
from moments.models.post_queryset import STORY
from moments.viewer.long_story import LongStory
from reelive.pagination import backwards


def walkthrough_of(film, viewer):
    """All of its moments where it has few; where it has many, only those that are asked for are read."""
    if film.runs is not None:
        return LongWalkthrough(LongStory(film, viewer))
    moments = Moment.objects.listed().placed().filter(film=film).without_filtered(viewer, film)
    return Walkthrough(moments.order_by(*STORY).values_list("pk", "position"))


class LongWalkthrough:
    """A Walkthrough of a film with many moments. Its numbers count what the viewer filters, too."""

    def __init__(self, story: LongStory):
        self.story = story

    def __len__(self) -> int:
        return self.story.count

    def __bool__(self) -> bool:
        return self.first is not None

    @cached_property
    def first(self) -> int | None:
        return self._keys(STORY).first()

    @cached_property
    def last(self) -> int | None:
        return self._keys(backwards(STORY)).first()

    def keys(self, most: int) -> list[int]:
        """The first so many."""
        return list(self._keys(STORY)[:most])

    def stop(self, key: int | None) -> Stop | None:
        """Where this moment stands; None when it is not in the story."""
        here = self.story.shown.only("position").filter(pk=key).first() if key else None
        if here is None:
            return None
        both = [self.story.after(here, order) for order in (backwards(STORY), STORY)]
        before, behind = (rows.values("pk", "position").first() for rows in both)
        number = self.story.film.number_of(here)
        return Stop(
            key=key,
            number=number,
            of=max(number, len(self)),
            place=here.position,
            until=behind and behind["position"],
            previous=before and before["pk"],
            next=behind and behind["pk"],
        )

    def line(self, stop: Stop, feelings) -> list[str]:
        """The line above the picture, on which other moments stand about where they belong."""
        runs = self.story.runs
        felt = Moment.objects.filter(film=self.story.film, pk__in=feelings) if feelings and runs else ()
        places = felt.values_list("pk", "position") if felt != () else ()
        return line_of(stop, {key: int(runs.share(place) * stop.of) for key, place in places}, feelings)

    def nearest(self, place: float) -> Stop | None:
        """The first moment at this place or behind it, or else the last; None for a film without moments."""
        behind = self._keys(STORY).filter(position__gte=place).first()
        return self.stop(self.last if behind is None else behind)

    def _keys(self, order):
        return self.story.shown.order_by(*order).values_list("pk", flat=True)
