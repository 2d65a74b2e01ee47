"""The archive of a backup: a ZIP file whose manifest names the size and the SHA-256 of every other member.

It is written beside its name and given it when all of it is on the disk, so that a backup that was stopped
leaves nothing there that looks like one. Nothing that an archive says is believed before it was compared.
"""

import fcntl
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any
from zlib import error as BrokenStream

MANIFEST = "manifest.json"
DATABASES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}
KEYS = ("secret", "ledger-key", "push-key")
FOLDERS = ("media", "private")
BACKUP_FORMAT = 1
COPIED_AT_ONCE = 1024 * 1024
LARGEST_MANIFEST = 256 * 1024 * 1024
LARGEST_KEY = 4096
# A folder and a way down from it; what leads up, or elsewhere on another system, is none.
NAME = re.compile(r"(?:media|private)(?:/(?!\.{0,2}(?:/|\Z))[^/\\:\x00-\x1f\x7f]+)+")

Watch = Callable[[int], None]  # told how many bytes went by


class Unusable(Exception):
    """Why a backup cannot be made or used, in a sentence."""


def nobody(_size: int) -> None:
    """Watches nothing."""


class Writer:
    """Puts members into an archive, and what they were into its manifest."""

    def __init__(self, target: zipfile.ZipFile):
        self.target = target
        self.members: dict[str, dict[str, Any]] = {}

    def add(self, name: str, source: IO[bytes], watch: Watch = nobody, packed: bool = False) -> int:
        """Copy all that the source gives; how many bytes that were. What is packed is not packed again."""
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        info.external_attr = 0o600 << 16
        digest, size = sha256(), 0
        with self.target.open(info, "w", force_zip64=True) as member:
            while chunk := source.read(COPIED_AT_ONCE):
                member.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                watch(len(chunk))
        self.members[name] = {"size": size, "sha256": digest.hexdigest()}
        return size

    def finish(self, **facts: Any) -> None:
        text = json.dumps({"format": BACKUP_FORMAT, **facts, "members": self.members}, indent=1)
        self.target.writestr(MANIFEST, text, zipfile.ZIP_DEFLATED)


@contextmanager
def written(path: Path) -> Iterator[Writer]:
    """An archive that gets its name when it is whole; readable by its owner alone."""
    if path.exists():
        raise Unusable(f"There is a file {path} already; give the backup another name.")
    draft = path.with_name(f"{path.name}.part")
    try:
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as problem:
        raise Unusable(f"{draft} cannot be written ({problem.strerror}).") from problem
    with os.fdopen(descriptor, "w+b") as file:
        _take(file, draft)
        try:
            with zipfile.ZipFile(file, "w", compresslevel=1) as target:
                yield Writer(target)
            file.flush()
            os.fsync(file.fileno())
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise


def _take(file: IO[bytes], draft: Path) -> None:
    """Two backups do not write into one draft; what a killed one left in it goes."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Unusable(f"Another backup is writing {draft} at this moment.") from None
    file.truncate(0)


@contextmanager
def readable(path: Path) -> Iterator["Reader"]:
    """An archive whose manifest names just what is in it; the members are not compared yet."""
    try:
        with zipfile.ZipFile(path) as source:
            yield Reader(source)
    except FileNotFoundError:
        raise Unusable(f"There is no file {path}.") from None
    except zipfile.BadZipFile:
        raise Unusable(f"{path} is no archive, or its end is missing.") from None


class Reader:
    """Reads an archive that somebody else may have written."""

    def __init__(self, source: zipfile.ZipFile):
        self.source = source
        self.manifest = self._read_manifest()
        self.members: dict[str, dict[str, Any]] = self.manifest["members"]
        self._compare_names()

    def _read_manifest(self) -> dict[str, Any]:
        try:
            with self.source.open(MANIFEST) as member:
                text = member.read(LARGEST_MANIFEST + 1)
            manifest = json.loads(text) if len(text) <= LARGEST_MANIFEST else None
        except (KeyError, ValueError, EOFError, RuntimeError, NotImplementedError, BrokenStream) as problem:
            raise Unusable("The archive has no manifest that can be read: it is no backup.") from problem
        if not is_manifest(manifest):
            raise Unusable("The manifest of the archive is not that of a backup.")
        if manifest["format"] > BACKUP_FORMAT:
            raise Unusable("The archive comes from a newer release, which writes backups in another way.")
        return manifest

    def _compare_names(self) -> None:
        names = [info.filename for info in self.source.infolist() if info.filename != MANIFEST]
        for name in (one for one in names if not is_allowed(one, self.manifest["database"])):
            raise Unusable(f"The archive holds {name[:200]!r}, which is no part of a backup.")
        if sorted(names) != sorted(self.members) or len(self.source.infolist()) != len(names) + 1:
            raise Unusable("The archive does not hold just what its manifest names.")
        if self.database not in self.members:
            raise Unusable("The archive holds no database.")

    @property
    def database(self) -> str:
        return DATABASES[self.manifest["database"]]

    def size(self) -> int:
        return sum(member["size"] for member in self.members.values())

    def files(self, folder: str) -> Iterator[str]:
        """The names of the members that are files of this folder, without it."""
        return (name.partition("/")[2] for name in self.members if name.startswith(f"{folder}/"))

    def verify(self, watch: Watch = nobody) -> None:
        """Compare every member with what the manifest says of it."""
        for name in self.members:
            for chunk in self.chunks(name):
                watch(len(chunk))

    def chunks(self, name: str) -> Iterator[bytes]:
        """What a member holds, a piece at a time; the last one comes when all of it was compared."""
        said, digest, size, last = self.members[name], sha256(), 0, b""
        try:
            with self.source.open(name) as member:
                while chunk := member.read(COPIED_AT_ONCE):
                    size += len(chunk)
                    if size > said["size"]:
                        break
                    digest.update(chunk)
                    if last:
                        yield last
                    last = chunk
        except (zipfile.BadZipFile, BrokenStream, EOFError, RuntimeError, NotImplementedError) as problem:
            raise Unusable(f"{name} in the archive is damaged ({problem}).") from problem
        if size != said["size"] or digest.hexdigest() != said["sha256"]:
            raise Unusable(f"{name} in the archive is not what its manifest says.")
        if last:
            yield last


def is_allowed(name: str, database: str = "") -> bool:
    """Whether a member may have this name: nothing that leads out of its folder is among them."""
    if name == DATABASES.get(database) or name in [f"keys/{key}" for key in KEYS]:
        return True
    return NAME.fullmatch(name) is not None


def is_manifest(manifest: Any) -> bool:
    """Whether it has the parts that are relied on, each of its kind."""
    kinds = {"format": int, "database": str, "migrations": list, "rows": dict, "members": dict, "keys": list}
    if not isinstance(manifest, dict) or not all(
        isinstance(manifest.get(part), kind) for part, kind in kinds.items()
    ):
        return False
    members, rows = manifest["members"].values(), manifest["rows"].values()
    return (
        manifest["database"] in DATABASES
        and all(_is_member(member) for member in members)
        and all(isinstance(number, int) for number in rows)
        and all(isinstance(one, list) and len(one) == 2 for one in manifest["migrations"])
        and all(isinstance(key, str) for key in manifest["keys"])
    )


def _is_member(member: Any) -> bool:
    if not isinstance(member, dict) or not isinstance(member.get("size"), int):
        return False
    return isinstance(member.get("sha256"), str)
