"""Waiting for what will be true, for as long as a busy machine may take; no test is over sooner for it."""

import time

PATIENCE = 120  # seconds
PAUSE = 0.05


def until(true, seconds=PATIENCE):
    """Wait for an answer that is not empty, and return it."""
    deadline = time.monotonic() + seconds
    while not (answer := true()):
        assert time.monotonic() < deadline, f"{true} did not come true in {seconds} seconds"
        time.sleep(PAUSE)
    return answer
