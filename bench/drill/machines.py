"""What the site stands on and the drill may hurt: a disk, a PostgreSQL, a Redis, a clock."""

import os
import shutil
import struct
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import gettempdir

from bench.serving import free_port
from bench.wire import HOST

DISK_BYTES = 512 * 1024 * 1024
OF_ROOT = os.geteuid() == 0
SECONDS = struct.Struct("=q")  # as clock.c reads them


def quietly(*command: str | Path, **options) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options)


class Disk:
    """A file with ext4 in it, mounted in a folder: it can be full, or read-only as a broken one is."""

    def __init__(self, file: Path, folder: Path):
        self.file, self.folder, self.filler = file, folder, folder / "filler"
        self.folder.mkdir()
        with open(file, "wb") as image:
            image.truncate(DISK_BYTES)
        quietly("mkfs.ext4", "-q", "-F", "-m", "0", "-E", "lazy_itable_init=1,nodiscard", file)
        self.mount()
        self.folder.chmod(0o755)

    def mount(self) -> None:
        quietly("mount", "-o", "loop,errors=remount-ro", self.file, self.folder)

    def unmount(self) -> None:
        quietly("umount", self.folder)

    def fill(self) -> None:
        """To the last block, though others write meanwhile."""
        room = os.statvfs(self.folder)
        with open(self.filler, "ab", buffering=0) as filler:
            with suppress(OSError):
                os.posix_fallocate(filler.fileno(), 0, room.f_bavail * room.f_frsize)
            for size in (64 * 1024, 1024):
                with suppress(OSError):
                    while True:
                        filler.write(bytes(size))

    def free(self) -> None:
        self.filler.unlink()

    def turn_read_only(self) -> None:
        """As Linux does when the disk has failed, whatever is open: what was not synced is gone."""
        quietly("mount", "-o", "remount,abort", self.folder)
        with suppress(OSError):
            (self.folder / "touched").touch()

    def mend(self) -> None:
        """What is done about it: unmount, check, mount."""
        self.unmount()
        checked = subprocess.run(["e2fsck", "-fy", self.file], capture_output=True)
        if checked.returncode > 1:
            raise SystemExit(checked.stdout.decode())
        self.mount()


class Server:
    """A PostgreSQL with its tables in that folder, as a user who is not root."""

    def __init__(self, folder: Path, said: Path):
        self.folder, self.port, self.said = folder, free_port(), said
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            raise SystemExit("There is no PostgreSQL on this machine (on Debian: apt install postgresql).")
        self.programs = found[-1].parent
        for place in (folder, said):
            place.mkdir()
            if OF_ROOT:
                shutil.chown(place, "postgres")
        places = ["-D", str(folder / "data"), "-A", "trust", "-U", "reelive"]
        self.run("initdb", *places, "-E", "UTF8", "--locale=C.UTF-8")
        self.start()
        self.ask("CREATE DATABASE drill")

    @property
    def address(self) -> str:
        return f"postgres://reelive@{HOST}:{self.port}/drill"

    def run(self, program: str, *arguments: str) -> None:
        who = ["runuser", "-u", "postgres", "--"] if OF_ROOT else []
        quietly(*who, self.programs / program, *arguments, stdin=subprocess.DEVNULL, cwd=self.said)

    def control(self, *arguments: str) -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", *arguments)

    def start(self) -> None:
        options = f"-p {self.port} -k {self.said} -c listen_addresses={HOST}"
        self.control("-l", str(self.said / "log"), "-o", options, "start")

    def stop(self, way: str = "fast") -> None:
        self.control("-m", way, "stop")

    def is_running(self) -> bool:
        """It ends by itself when its disk is full, or read-only."""
        try:
            self.control("status")
        except subprocess.CalledProcessError:
            return False
        return True

    def start_if_it_ended(self) -> None:
        if not self.is_running():
            self.start()

    def end(self) -> None:
        """Without writing anything more, since there may be nowhere to."""
        if self.is_running():
            self.stop("immediate")

    def ask(self, *statements: str) -> None:
        words = [word for one in statements for word in ("-c", one)]
        self.run("psql", "-h", HOST, "-p", str(self.port), "-U", "reelive", "-d", "postgres", "-q", *words)


class Redis:
    """Keeps nothing over its end, as docs/many-machines.md has it."""

    def __init__(self):
        if not shutil.which("redis-server"):
            raise SystemExit("There is no Redis on this machine (on Debian: apt install redis-server).")
        self.port = free_port()
        self.start()

    @property
    def address(self) -> str:
        return f"redis://{HOST}:{self.port}/0"

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--bind", HOST]
        command += ["--save", "", "--dir", gettempdir()]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Clock:
    """The time of day that the site's processes are told: the machine's, moved by some seconds."""

    def __init__(self, folder: Path):
        self.file, self.library = folder / "clock", folder / "clock.so"
        self.file.write_bytes(bytes(SECONDS.size))
        quietly("cc", "-shared", "-fPIC", "-O1", "-o", self.library, Path(__file__).with_name("clock.c"))

    def set(self, seconds: int) -> None:
        """From now on, and in all processes at once."""
        with open(self.file, "r+b") as file:
            file.write(SECONDS.pack(seconds))

    def settings(self) -> dict[str, str]:
        return {"LD_PRELOAD": str(self.library), "DRILL_CLOCK": str(self.file)}
