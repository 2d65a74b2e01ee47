"""`make drill`: a site of its own is hurt while members write; nothing that it confirmed is lost or doubled.

Members comment, share and vote over HTTP. Meanwhile its processes are killed, its disk is full or breaks,
its clock is set back, its servers crash. At the end the tables are compared with what was acknowledged, the
counters with their rows, and the ledger with itself. It ends with 1 when anything was lost or doubled.

`ARGS="sqlite"` or `ARGS="postgresql"` tries one of the two, `ARGS=--quick` hits a few times only, `--only
disk` tries one part. Disks are mounted by root alone, and the clock is moved by a library that `cc` makes;
what cannot be tried is left out and named.
"""

import argparse
import json
import shutil
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from bench.drill.blows import PARTS, Blow, Part, Scene
from bench.drill.machines import OF_ROOT, Clock, Disk, Redis, Server
from bench.drill.members import Member, Members
from bench.drill.site import PATIENCE, Site
from bench.drill.verdict import verdicts

MEMBERS = 6
REST = 3 * PATIENCE  # seconds for work that was put off several times
PROGRAMS = {"disk": "mkfs.ext4", "clock": "cc", "redis": "redis-server"}


def arguments(given: list[str]) -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="make drill", description=__doc__.partition("\n\n")[0])
    words.add_argument("kinds", nargs="*", metavar="sqlite|postgresql", help="both where none is named")
    words.add_argument("--quick", action="store_true", help="each blow once or twice")
    parts = sorted({part.name for parts in PARTS.values() for part in parts})
    words.add_argument("--only", choices=parts, help="one part of the blows")
    chosen = words.parse_args(given)
    if not set(chosen.kinds) <= set(PARTS):
        words.error(f"there is {' and '.join(PARTS)}")
    return chosen


def left_out(part: Part) -> str:
    """Why a part cannot be tried on this machine; empty where it can."""
    if part.needs == "disk" and not OF_ROOT:
        return "only root mounts disks"
    program = PROGRAMS.get(part.needs)
    return f"there is no {program}" if program and not shutil.which(program) else ""


def hurt(scene: Scene, blow: Blow, times: int) -> None:
    """Let the blow fall so often, and say how long it took until all was back and each member wrote."""
    pauses = []
    for _ in range(times):
        time.sleep(blow.pause)
        scene.members.blow, scene.struck = blow.name, time.monotonic()
        blow.act(scene)
        scene.members.until_written()
        pauses.append(time.monotonic() - scene.struck)
    middle, longest = statistics.median(pauses), max(pauses)
    print(f"{blow.name:32} × {times:3}   back in {middle:5.1f} s, {longest:5.1f} s at most", flush=True)


def settings_of(scene: Scene, part: Part) -> dict[str, str]:
    own = dict(part.settings)
    if part.needs == "redis":
        own["REDIS_URL"] = scene.redis.address
    return own | (scene.clock.settings() if part.needs == "clock" else {})


def play(scene: Scene, parts: list[Part], is_quick: bool) -> None:
    for part in parts:
        settings = settings_of(scene, part)
        if settings != scene.site.settings:
            scene.site.stop()
            scene.site.start(**settings)
        scene.members.until_written()
        for blow in part.blows:
            if times := blow.quickly if is_quick else blow.times:
                hurt(scene, blow, times)


def judge(site: Site, members: Members, is_quick: bool) -> bool:
    at_rest = "hastened" if is_quick else "held"
    held, is_good = json.loads(site.run("-m", "bench.drill.inside", at_rest, str(REST))), True
    for name, counts in (("answers to members", members.statuses), ("to a visitor", members.visits)):
        told = ", ".join(f"{status}: {number:,}" for status, number in sorted(counts.items(), key=str))
        print(f"{name:32} {told}")
    print(f"{'sent again':32} {members.again:,}")
    print(f"{'':32} {'acknowledged':>12} {'lost':>8} {'doubled':>8}")
    for one in verdicts(members.said, held):
        print(f"{one.kind:32} {one.acknowledged:12,} {one.lost:8,} {one.doubled:8,}")
        for blow in one.during:
            print(f"  lost of: {blow}")
        is_good = is_good and one.is_good
    for command in (["recount", "--check"], ["verify_ledger"]):
        print(f"{' '.join(command):32} {site.run('manage.py', *command).splitlines()[-1]}")
    return is_good


def drill(kind: str, parts: list[Part], is_quick: bool) -> bool:
    """Whether nothing was lost and nothing doubled."""
    print(f"--- {kind}", flush=True)
    tried = [part for part in parts if not left_out(part)]
    for part in parts:
        if part not in tried:
            print(f"{part.name} is left out: {left_out(part)}")
    needs = {part.needs for part in tried}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reelive-drill-")))
        folder.chmod(0o755)
        disk = Disk(folder / "disk.img", folder / "disk") if "disk" in needs else None
        if disk:
            stack.callback(disk.unmount)
        place = disk.folder if disk else folder
        server = Server(place / "server", folder / "postgresql") if kind == "postgresql" else None
        if server:
            stack.callback(server.stop)
        redis = Redis() if "redis" in needs else None
        if redis:
            stack.callback(redis.kill)
        clock = Clock(folder) if "clock" in needs else None
        address = server.address if server else ""
        site = Site((folder if server else place) / "site", folder / "site.log", address)
        return try_out(site, tried, is_quick, disk=disk, server=server, redis=redis, clock=clock)


def try_out(site: Site, parts: list[Part], is_quick: bool, **machines) -> bool:
    """Set the site up, hurt and judge it."""
    site.folder.mkdir(exist_ok=True)
    site.run("manage.py", "setup")
    made = json.loads(site.run("-m", "bench.drill.inside", "prepare", str(MEMBERS)))
    members = Members(site, made["moment"], [Member(*one) for one in made["members"]])
    try:
        site.start()
        with members:
            play(Scene(site, members, **machines), parts, is_quick)
        site.until_ready()
        return judge(site, members, is_quick)
    finally:
        site.stop()


def main(given: list[str]) -> int:
    chosen = arguments(given)
    outcomes = []
    for kind in chosen.kinds or PARTS:
        parts = [part for part in PARTS[kind] if chosen.only in (None, part.name)]
        outcomes.append(drill(kind, parts, chosen.quick))
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
