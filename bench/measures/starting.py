"""P10: from a fresh clone to the first page, the second start, and back after a crash."""

import os
import signal
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Figure, one
from bench.run import Unable
from bench.serving import ROOT, STOP_SECONDS, environment, free_port, wait_until_answered

WORK, TITLE = "P10", "starting"
LONGEST = 600  # seconds for the packages


def measure(run):
    with tempfile.TemporaryDirectory(prefix="reelive-clone-") as folder:
        clone = Path(folder, "site")
        if run.is_quick:
            yield from crashed(run)
            raise Unable("a fresh clone takes a minute; leave out --quick")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        yield one("fresh clone to first page", "s", started(clone, folder))
        yield Figure("second start", "s", [started(clone, folder) for _time in range(3)])
    yield from crashed(run)


def crashed(run):
    """The process that answers is killed, and the next page is waited for."""
    with run.site(run.size).served() as server:
        waits = []
        for _time in range(3):
            os.kill(server.worker, signal.SIGKILL)
            waits.append(wait_until_answered(server.port, path="/"))
    yield Figure("back after kill -9", "s", waits)


def started(clone: Path, folder: str) -> float:
    """Seconds of `make run` until the first page."""
    port = free_port()
    with made_to_run(clone, settings_of(folder, port), Path(folder, "log")) as process:
        start = time.monotonic()
        while time.monotonic() - start < LONGEST:
            try:
                wait_until_answered(port, process, "/")
            except RuntimeError:
                if process.poll() is not None:
                    said = Path(folder, "log").read_text().strip().splitlines()[-1:]
                    raise Unable(f"`make run` in a fresh clone ended: {''.join(said)}") from None
            else:
                return time.monotonic() - start
    raise Unable(f"`make run` in a fresh clone took more than {LONGEST} s")


def settings_of(folder: str, port: int) -> dict[str, str]:
    """Of a site that finds nothing of another one: no data, and no packages, whoever installs them."""
    packages = {f"{name}_CACHE_DIR": str(Path(folder, name.lower())) for name in ("PIP", "UV")}
    return environment(Path(folder, "data"), PORT=str(port), **packages)


@contextmanager
def made_to_run(clone: Path, settings: dict[str, str], log: Path):
    with log.open("wb") as out:
        process = subprocess.Popen(
            ["make", "run"], cwd=clone, env=settings, stdout=out, stderr=out, start_new_session=True
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
