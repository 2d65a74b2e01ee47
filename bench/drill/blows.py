"""What is done to the site. A blow returns when what it broke stands again; members go on all the while."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bench.drill.machines import Clock, Disk, Redis, Server
from bench.drill.members import Members, noise
from bench.drill.site import PATIENCE, Site

HURT = 2.0  # seconds for which a disk is full, or a database locked
AWAY = 0.5  # seconds after which a server that was stopped is started again
HOUR, DAY = 3_600, 86_400
RUNNING = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'RUNNING'"


@dataclass
class Scene:
    """All that a blow may touch; None where it is not part of it."""

    site: Site
    members: Members
    disk: Disk | None = None
    server: Server | None = None
    redis: Redis | None = None
    clock: Clock | None = None
    picture: bytes = field(default_factory=noise)
    struck: float = 0.0  # when the last blow fell, by the monotonic clock


def kill_web(scene: Scene) -> None:
    if processes := scene.site.web_processes():
        hit(random.choice(processes))  # noqa: S311 - no secret


def kill_tasks(scene: Scene) -> None:
    """In the middle of a piece of work: a picture is sent, and its widths are being made."""
    scene.members.share(scene.members.members[0], scene.picture)
    until(lambda: scene.site.value(RUNNING) and scene.site.task_processes())
    killed, scene.struck = scene.site.task_processes(), time.monotonic()
    for process in killed:
        hit(process)
    until(lambda: set(scene.site.task_processes()) - set(killed))


def until(is_true: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_true():
        if time.monotonic() > end:
            raise SystemExit("What a blow waited for did not come.")
        time.sleep(0.002)


def hit(process: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)


def kill_all(scene: Scene) -> None:
    scene.site.kill()
    scene.site.start(**scene.site.settings)


def restart(scene: Scene) -> None:
    scene.site.stop()
    scene.site.start(**scene.site.settings)


def fill_disk(scene: Scene) -> None:
    scene.disk.fill()
    time.sleep(HURT)
    scene.disk.free()
    if scene.server:
        scene.server.start_if_it_ended()


def break_disk(scene: Scene) -> None:
    """It turns read-only, is mended, and what stands on it is started again."""
    scene.disk.turn_read_only()
    time.sleep(HURT)
    scene.site.stop()
    if scene.server:
        scene.server.end()
    scene.disk.mend()
    if scene.server:
        scene.server.start()
    scene.site.start(**scene.site.settings)


def lock_database(scene: Scene) -> None:
    """Another program writes."""
    other = sqlite3.connect(scene.site.folder / "db.sqlite3", timeout=20, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(HURT)
    other.execute("ROLLBACK")
    other.close()


def restart_server(scene: Scene) -> None:
    scene.server.stop()
    time.sleep(AWAY)
    scene.server.start()


def crash_server(scene: Scene) -> None:
    scene.server.stop("immediate")
    time.sleep(AWAY)
    scene.server.start()


def make_server_read_only(scene: Scene) -> None:
    scene.server.ask("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    time.sleep(HURT)
    scene.server.ask(
        "SET default_transaction_read_only = off",
        "ALTER SYSTEM RESET default_transaction_read_only",
        "SELECT pg_reload_conf()",
    )


def restart_redis(scene: Scene) -> None:
    scene.redis.kill()
    time.sleep(AWAY)
    scene.redis.start()


def step_back(seconds: int) -> Callable[[Scene], None]:
    return lambda scene: scene.clock.set(-seconds)


def step_forward(scene: Scene) -> None:
    """To the real time again."""
    scene.clock.set(0)


@dataclass(frozen=True)
class Blow:
    """`quickly` is how often it falls in a quick drill."""

    name: str
    times: int
    quickly: int
    act: Callable[[Scene], None]
    pause: float = 1.0  # seconds of undisturbed writing before it


@dataclass(frozen=True)
class Part:
    """Blows at a site that runs with settings of its own; `needs` is what of the scene they all need."""

    name: str
    blows: tuple[Blow, ...]
    needs: str = ""
    settings: dict[str, str] = field(default_factory=dict)


KILLS = (
    Blow("kill -9 of a web process", 76, 2, kill_web, 0.5),
    Blow("kill -9 of the task process", 12, 1, kill_tasks, 0.5),
    Blow("kill -9 of all processes", 12, 1, kill_all, 0.5),
    Blow("stop and start of the site", 2, 0, restart),
)
CLOCK = Part(
    "clock",
    (
        Blow("clock stepped back by an hour", 2, 1, step_back(HOUR)),
        Blow("clock stepped back by a day", 1, 0, step_back(DAY)),
        Blow("kill -9 of the task process", 2, 0, kill_tasks),
        Blow("clock stepped forward again", 1, 1, step_forward),
    ),
    needs="clock",
)
PARTS = {
    "sqlite": (
        Part("processes", (*KILLS, Blow("database locked by another", 2, 1, lock_database))),
        CLOCK,
        Part(
            "disk",
            (Blow("no room on the disk", 3, 1, fill_disk), Blow("read-only disk", 2, 1, break_disk)),
            needs="disk",
            settings={"SQLITE_SYNCHRONOUS": "FULL"},  # A disk that fails takes what was not synced.
        ),
    ),
    "postgresql": (
        Part("processes", KILLS),
        Part(
            "servers",
            (
                Blow("restart of PostgreSQL", 3, 1, restart_server),
                Blow("crash of PostgreSQL", 3, 1, crash_server),
                Blow("read-only database", 2, 1, make_server_read_only),
                Blow("kill -9 of Redis and its start", 3, 1, restart_redis),
            ),
            needs="redis",
        ),
        CLOCK,
        Part(
            "disk",
            (Blow("no room on the disk", 2, 1, fill_disk), Blow("read-only disk", 2, 1, break_disk)),
            needs="disk",
        ),
    ),
}
