"""In which order the tests of a run are, and where each of several workers begins."""

from pathlib import Path
from types import SimpleNamespace

from tests.support.rows import for_each
from tests.support.selection import LONG, WAITING, in_order

SHORT = [f"test_short_{number}" for number in range(40)]


def of(*modules):
    """Two tests of each of these."""
    return [
        SimpleNamespace(path=Path(f"{name}.py"), number=number) for name in modules for number in range(2)
    ]


def names(items):
    return [item.path.stem for item in items]


def test_each_worker_begins_with_its_share_of_the_long_tests():
    items = of(*LONG, *SHORT, *WAITING)
    first, second, third = (names(in_order(items, 3))[begin : begin + 16] for begin in (0, 37, 74))
    assert first == names(of(*WAITING))
    assert {*second[:8]} | {*third[:8]} == {*LONG}
    assert {*second[8:]} | {*third[8:]} <= {*SHORT}


@for_each("workers", [1, 2, 3, 7])
def test_no_test_is_lost_or_comes_twice_and_short_ones_stay_in_their_order(workers):
    for items in (of(*SHORT, *LONG, *WAITING), of(*WAITING, "test_one"), of(*LONG), of("test_one"), []):
        ordered = in_order(items, workers)
        assert sorted(map(id, ordered)) == sorted(map(id, items))
        assert [name for name in names(ordered) if name in SHORT] == [
            name for name in names(items) if name in SHORT
        ]
