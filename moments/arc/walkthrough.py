"""The way through a film in relive mode: its moments one after the other, and where the viewer is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from moments.feelings import strongest

MOST_SEGMENTS = 48  # of the line that shows how far we are; more could not be told apart on a phone


@dataclass(frozen=True, slots=True)
class Stop:
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


class Walkthrough:
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

    def stop(self, key: int | None) -> Stop | None:
        """Where this moment stands; None when it is not in the story."""
        i = self._index.get(key)
        if i is None:
            return None
        before, behind = self.places[:i], self.places[i + 1 :]
        return Stop(
            key=key,
            number=i + 1,
            of=len(self),
            place=self.places[i][1],
            until=behind[0][1] if behind else None,
            previous=before[-1][0] if before else None,
            next=behind[0][0] if behind else None,
        )

    def line(self, stop: Stop, feelings: Mapping[int, Sequence[str]]) -> list[str]:
        """The line above the picture; see `line_of`."""
        return line_of(stop, self._index, feelings)

    def keys(self, most: int) -> list[int]:
        """The first so many."""
        return [key for key, _place in self.places[:most]]

    def nearest(self, place: float) -> Stop | None:
        """The first moment at this place or behind it, or else the last; None for a film without moments."""
        return self.stop(next((key for key, where in self.places if where >= place), self.last))


def line_of(stop: Stop, index: Mapping[int, int], feelings: Mapping[int, Sequence[str]]) -> list[str]:
    """The line above the picture, as the classes of its pieces: what is done, what is now, and in which
    colour. A piece has the colour of a feeling that the viewer had there, the first of `FEELINGS`.

    Args:
        index: how many moments come before one, by its key.
        feelings: the viewer's by the moment's key.
    """
    count = min(stop.of, MOST_SEGMENTS)
    pieces: dict[int, dict[str, int]] = {}
    for key in feelings.keys() & index.keys():
        pieces.setdefault(index[key] * count // stop.of, {}).update(dict.fromkeys(feelings[key], 1))
    colours = {piece: own.css for piece, tally in pieces.items() if (own := strongest(tally))}
    now = (stop.number - 1) * count // stop.of
    states = ["is-done"] * now + ["is-now"] + [""] * (count - now - 1)
    return [f"{state} {colours.get(piece, '')}".strip() for piece, state in enumerate(states)]
