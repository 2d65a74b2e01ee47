"""A figure: what was measured, how often, and how it stands to its goal; and the table of them all."""

import json
import math
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from bench.goals import TIMES, Goal, goal_of

HEAD = ("", "figure", "value", "yardsticks", "median", "spread", "goal", "")


@dataclass(frozen=True)
class Figure:
    """`samples` of the unit; it is judged by the least of them, or by their median."""

    name: str
    unit: str
    samples: list[float]
    by: str = "least"
    note: str = ""

    @property
    def value(self) -> float:
        return statistics.median(self.samples) if self.by == "median" else min(self.samples)

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def spread(self) -> float:
        """How far the middle half of the samples reaches."""
        return percentile(self.samples, 75) - percentile(self.samples, 25)


def one(name: str, unit: str, value: float, note: str = "") -> Figure:
    return Figure(name, unit, [value], note=note)


def percentile(samples: list[float], share: float) -> float:
    """The smallest sample that at least so many percent of them do not exceed."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)]


@dataclass
class Results:
    """Of one run. Its yardstick is the least of all that were taken while it ran, in milliseconds."""

    yardstick: list[float] = field(default_factory=list)
    figures: list[tuple[str, Figure]] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def unit(self) -> float:
        return min(self.yardstick)

    def ratio(self, figure: Figure) -> float | None:
        """The figure in yardsticks, where it is a time."""
        factor = TIMES.get(figure.unit)
        return None if factor is None else figure.value * factor / self.unit

    def verdict(self, work: str, figure: Figure) -> str:
        goal = goal_of(work, figure.name)
        if goal is None:
            return ""
        return "pass" if goal.is_met(figure.value, self.unit) else "FAIL"

    def missed(self) -> int:
        return sum(self.verdict(work, figure) == "FAIL" for work, figure in self.figures)

    def judged(self) -> int:
        return sum(bool(self.verdict(work, figure)) for work, figure in self.figures)

    def table(self) -> str:
        rows = [HEAD, *(self.row(work, figure) for work, figure in self.figures)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(HEAD))]
        lines = [line(row, widths) for row in rows]
        lines.insert(1, "─" * len(lines[0]))
        lines += [f"{work:4} not measured: {why}" for work, why in self.left_out]
        middle = statistics.median(self.yardstick)
        lines.append(f"yardstick: {self.unit:.2f} ms, median {middle:.2f}, of {len(self.yardstick)}")
        lines.append(f"{self.judged() - self.missed()} of {self.judged()} goals met")
        return "\n".join(lines)

    def row(self, work: str, figure: Figure) -> tuple[str, ...]:
        ratio, goal = self.ratio(figure), goal_of(work, figure.name)
        several = len(figure.samples) > 1
        return (
            work,
            f"{figure.name} ({figure.note})" if figure.note else figure.name,
            f"{number(figure.value)} {figure.unit}".strip(),
            "" if ratio is None else number(ratio),
            number(figure.median) if several else "",
            f"± {number(figure.spread)}" if several else "",
            said(goal),
            self.verdict(work, figure),
        )

    def as_json(self) -> str:
        rows = [self.as_row(work, figure) for work, figure in self.figures]
        left_out = [{"work": work, "why": why} for work, why in self.left_out]
        yardstick = {"least": self.unit, "median": statistics.median(self.yardstick)}
        return json.dumps(
            self.facts | {"yardstick_ms": yardstick, "figures": rows, "left_out": left_out}, indent=1
        )

    def as_row(self, work: str, figure: Figure) -> dict:
        goal, ratio = goal_of(work, figure.name), self.ratio(figure)
        judged = {"goal": str(goal), "met": goal.is_met(figure.value, self.unit)} if goal else {}
        times = {} if ratio is None else {"yardsticks": round(ratio, 4)}
        about = {"work": work, "name": figure.name, "unit": figure.unit, "note": figure.note}
        counts = {"samples": len(figure.samples), "spread": round(figure.spread, 4)}
        return about | {"value": figure.value, "median": figure.median} | counts | times | judged

    def write(self, path: Path) -> None:
        path.write_text(self.as_json() + "\n")


def said(goal: Goal | None) -> str:
    if goal is None:
        return ""
    in_yardsticks = goal.unit in TIMES
    return f"{goal} = {number(goal.limit * TIMES[goal.unit] / 10)} y." if in_yardsticks else str(goal)


def number(value: float) -> str:
    """Three digits that count, and all before the point."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.001 else f"{value:.1g}"


def line(row: tuple[str, ...], widths: list[int]) -> str:
    """Words stand left, numbers right."""
    cells = [
        cell.ljust(width) if place in (0, 1, 6, 7) else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
