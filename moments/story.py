"""The way through a film in relive mode: its moments one behind the other, and where on the way we are."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_SEGMENTS = 48  # of the line that shows how far we are; more could not be told apart on a phone


@dataclass(frozen=True, slots=True)
class Step:
    """One moment on the way.

    `number` counts from 1; `until` is the place of the next moment, None for the last; `previous` and `next`
    are keys.
    """

    key: int
    number: int
    of: int
    place: float
    until: float | None
    previous: int | None
    next: int | None

    @property
    def segments(self) -> list[str]:
        """The line above the picture: "done", "now" or "" for each piece of the story."""
        count = min(self.of, MOST_SEGMENTS)
        now = (self.number - 1) * count // self.of
        return ["done"] * now + ["now"] + [""] * (count - now - 1)


class Story:
    """A film's moments in story order.

    Args:
        places: key and place of each, in story order.
    """

    def __init__(self, places: Sequence[tuple[int, float]]):
        self.places = list(places)
        self._index = {key: i for i, (key, _) in enumerate(self.places)}

    def __len__(self) -> int:
        return len(self.places)

    @property
    def first(self) -> int | None:
        return self.places[0][0] if self.places else None

    @property
    def last(self) -> int | None:
        return self.places[-1][0] if self.places else None

    def step(self, key: int | None) -> Step | None:
        """Where this moment stands; None when it is not in the story."""
        i = self._index.get(key)
        if i is None:
            return None
        before, behind = self.places[:i], self.places[i + 1 :]
        return Step(
            key=key,
            number=i + 1,
            of=len(self),
            place=self.places[i][1],
            until=behind[0][1] if behind else None,
            previous=before[-1][0] if before else None,
            next=behind[0][0] if behind else None,
        )

    def nearest(self, place: float) -> Step | None:
        """The first moment at this place or behind it, or else the last; None for a film without moments."""
        return self.step(next((key for key, where in self.places if where >= place), self.last))
