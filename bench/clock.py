"""How much CPU another process has used, and how much memory it holds."""

import time
from pathlib import Path

CPU_CLOCK = (
    2  # in the number by which Linux names the clock of a process: user and system time of all threads
)
SETTLED = 0.0005  # seconds
LONGEST = 60  # looks


def cpu_seconds(pid: int) -> float:
    """User and system time; what /proc/PID/stat tells in hundredths of a second, to the nanosecond."""
    return time.clock_gettime((~pid << 3) | CPU_CLOCK)


def settled_cpu_seconds(pid: int) -> float:
    """The same once the process has come to rest: it tidies up after an answer is sent."""
    before = cpu_seconds(pid)
    for _look in range(LONGEST):
        time.sleep(SETTLED)
        now = cpu_seconds(pid)
        if now == before:
            break
        before = now
    return before


def memory(pid: int) -> dict[str, int]:
    """Kilobytes by the names that /proc/PID/smaps_rollup gives them."""
    return parsed_memory(Path(f"/proc/{pid}/smaps_rollup").read_text())


def parsed_memory(text: str) -> dict[str, int]:
    rows = (row.split() for row in text.splitlines()[1:])
    return {name.rstrip(":"): int(size) for name, size, _unit in rows}


def mapped(pid: int, ending: str) -> int:
    """Kilobytes in memory of the files with this ending of their names, as the process has them mapped."""
    return parsed_mapped(Path(f"/proc/{pid}/smaps").read_text(), ending)


def parsed_mapped(text: str, ending: str) -> int:
    kilobytes, is_of_file = 0, False
    for line in text.splitlines():
        name, *rest = line.split()
        if not name.endswith(":"):
            is_of_file = line.endswith(ending)
        elif name == "Rss:" and is_of_file:
            kilobytes += int(rest[0])
    return kilobytes


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found]


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
