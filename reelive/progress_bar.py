"""A line on a terminal that says how far a long piece of work is; silent where nobody watches."""

import sys
import time
from typing import TextIO

BAR_WIDTH = 24
PAUSE = 0.1  # seconds between two drawings


class ProgressBar:
    """`total` steps of `label`; use it as a context manager and call `step`."""

    def __init__(self, label: str, total: int, stream: TextIO | None = None):
        self.label, self.total, self.done = label, total, 0
        self.stream = stream or sys.stderr
        self.shown = self.stream.isatty()
        self.started = time.monotonic()
        self.drawn = 0.0

    def __enter__(self) -> "ProgressBar":
        return self

    def __exit__(self, *_problem: object) -> None:
        if self.shown:
            self.draw()
            self.stream.write("\n")

    def step(self, steps: int = 1) -> None:
        self.done += steps
        if self.shown and time.monotonic() - self.drawn > PAUSE:
            self.draw()

    def draw(self) -> None:
        self.drawn = time.monotonic()
        share = min(1.0, self.done / self.total) if self.total else 1.0
        bar = "█" * round(BAR_WIDTH * share)
        pace = self.done / max(self.drawn - self.started, 0.001)
        self.stream.write(
            f"\r{self.label:<20} {bar:·<{BAR_WIDTH}} {share:4.0%}  {self.done:,} ({pace:,.0f}/s)\x1b[K"
        )
        self.stream.flush()
