"""Lines that are put aside as they come, and read in another order: in memory is but where each stands."""

from array import array
from itertools import groupby


class Lines:
    """They lie in a file that is open for reading and writing."""

    def __init__(self, file):
        self.file = file
        self.groups, self.places, self.days = array("b"), array("q"), array("l")
        self.starts = array("q", [0])

    def add(self, group, place, day, line):
        """Put one aside, to stand by its group, its place in that and its day; of equals the first is first.

        The arguments but the last are whole numbers.
        """
        data = line.encode(errors="surrogatepass")
        self.file.write(data)
        self.groups.append(group)
        self.places.append(place)
        self.days.append(day)
        self.starts.append(self.starts[-1] + len(data))

    def pieces(self, size_of):
        """Yields the lines in their order, as many at once as `size_of` says of their group, as bytes."""
        order = sorted(range(len(self.groups)), key=self._place_of)
        for group, of_group in groupby(order, key=self.groups.__getitem__):
            numbers, size = list(of_group), size_of(group)
            for start in range(0, len(numbers), size):
                yield b"\n".join(map(self._line, numbers[start : start + size]))

    def _place_of(self, number):
        return self.groups[number], self.places[number], self.days[number]

    def _line(self, number):
        self.file.seek(self.starts[number])
        return self.file.read(self.starts[number + 1] - self.starts[number])
