"""How the work of a function grows with what it is given: a bound that holds on a machine of any speed."""

import gc
import sys
import time
from contextlib import contextmanager, suppress

MOST = 6.8  # times the work for four times the input, as 2.6 times for twice the input: a square takes 16
SQUARE = 27  # where it may grow with the square, since the input has a limit: a cube takes 64
ROUNDS = 40


def growth(work, smaller, larger, most=MOST):
    """How many times the work on `smaller` the work on `larger` takes.

    Both are done in turn, and of each the quickest time counts: other programs can only make it longer. The
    measuring ends as soon as the growth is a fair one.

    Args:
        work: a function of one argument; a ValueError is an answer like any other.
        smaller, larger: what it is given, such as a text and the same text four times.
        most: what is fair.
    """
    best = {"smaller": float("inf"), "larger": float("inf")}
    work_on(work, smaller)  # what is made once, such as a compiled pattern, is nobody's growth
    for _round in range(ROUNDS):
        best["smaller"] = min(best["smaller"], work_on(work, smaller))
        best["larger"] = min(best["larger"], work_on(work, larger))
        if best["larger"] <= most * best["smaller"]:
            break
    return best["larger"] / best["smaller"]


def work_on(work, given):
    """Seconds of processor time."""
    with no_garbage_collected():
        start = time.process_time()
        with suppress(ValueError):
            work(given)
        return max(time.process_time() - start, 1e-6)


@contextmanager
def no_garbage_collected():
    """How long that takes depends on all that the tests before left in memory."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def lines_run(work):
    """How many lines of Python the work runs, the same on every machine.

    For what takes a lot of memory: on a busy machine four times of it take much more than four times as long.
    """
    count = 0

    def trace(_frame, event, _argument):
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count
