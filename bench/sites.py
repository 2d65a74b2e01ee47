"""Sites of several sizes, filled once and kept in `var/bench/` for the next run."""

import json
import shutil
import subprocess
import sys
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from bench.serving import ROOT, Server, environment, manage, run, site_server

KEPT = ROOT / "var" / "bench"
SIZES = (1_000, 100_000, 1_000_000)
# For each moment, as a site of a million has 5,000,000 comments and 10,000,000 votes.
MEMBERS, COMMENTS, VOTES, FEWEST_MEMBERS = 0.1, 5, 10, 200

# What decides what a site holds.
MAKERS = ("moments/management/synthetic", "moments/management/commands/populate.py", "bench/long_threads.py")
MIGRATIONS = ("accounts/migrations", "moments/migrations", "reelive/migrations")


def amounts(size: int) -> dict[str, int]:
    members = max(FEWEST_MEMBERS, int(size * MEMBERS))
    return {"members": members, "moments": size, "comments": size * COMMENTS, "votes": size * VOTES}


def key_of(size: int, database: str, root: Path = ROOT) -> str:
    """Another one as soon as something else would be made; migrations can be applied to what is there."""
    digest = sha256(repr((amounts(size), urlsplit(database).scheme)).encode())
    for maker in MAKERS:
        path = root / maker
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def migrations(root: Path = ROOT) -> list[str]:
    paths = (path for folder in MIGRATIONS for path in (root / folder).glob("0*.py"))
    return sorted(str(path.relative_to(root)) for path in paths)


class Site:
    """`size` moments in a folder of their own, on SQLite there or in a database beside the named one."""

    def __init__(self, size: int, database: str = "", folder: Path | None = None, name: str = ""):
        self.size, self.base = size, database
        self.kind = f"postgres-{size}" if database else f"{size}"
        self.name = name or f"{self.kind}-{key_of(size, database)}"
        self.folder = folder or KEPT / self.name
        self.database = beside(database, self.database_name) if database else ""

    @property
    def database_name(self) -> str:
        return f"reelive_bench_{self.name.replace('-', '_')}"

    @property
    def stamp(self) -> Path:
        """Written when it is filled: the migrations that it has seen."""
        return self.folder / "filled.json"

    @property
    def is_filled(self) -> bool:
        """It must not have seen a migration that is unknown here, or its tables would be other ones."""
        return self.stamp.exists() and set(json.loads(self.stamp.read_text())) <= set(migrations())

    def settings(self, **more: str) -> dict[str, str]:
        return environment(self.folder, self.database, **more)

    def fill(self, say) -> None:
        if not self.is_filled:
            self.delete_former()
            self.make_room()
            say(f"Filling a site of {self.size:,} moments; it is kept for the next run")
            manage(self.settings(), "migrate", "--verbosity=0")
            options = [f"--{kind}={number}" for kind, number in amounts(self.size).items()]
            say(manage(self.settings(), "populate", "--yes", *options).strip())
        manage(self.settings(), "setup")
        if not self.is_filled:
            run([sys.executable, "-m", "bench.long_threads"], self.settings())
        self.stamp.write_text(json.dumps(migrations()))

    def delete_former(self) -> None:
        """Those of this size on this kind of database: nobody asks for them any more."""
        for former in KEPT.glob(f"{self.kind}-*"):
            Site(self.size, self.base, name=former.name).delete()

    def make_room(self) -> None:
        self.folder.mkdir(parents=True)
        if self.database:
            create_database(self.base, self.database_name)

    def delete(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.database:
            drop_database(self.base, self.database_name)

    def places(self) -> dict:
        """Addresses to ask for, members who are signed in, and words to look for."""
        return json.loads(run([sys.executable, "-m", "bench.places"], self.settings()))

    def served(self, **more: str) -> Server:
        """On a port of its own; LIMITS="off" for more than a member may do."""
        return site_server(self.settings(**more), self.folder / "log")

    @contextmanager
    def copied(self):
        """A copy to write into."""
        copy = Site(self.size, self.base, KEPT / f"copy-of-{self.name}", f"copy_of_{self.name}")
        copy.delete()
        try:
            subprocess.run(["cp", "-a", "--reflink=auto", self.folder, copy.folder], check=True)
            if self.database:
                create_database(self.base, copy.database_name, like=self.database_name)
            yield copy
        finally:
            copy.delete()


@contextmanager
def empty_site(name: str, database: str = ""):
    """Tables without a row, for what loads some."""
    site = Site(0, database, KEPT / name, name)
    site.delete()
    try:
        site.make_room()
        manage(site.settings(), "migrate", "--verbosity=0")
        yield site
    finally:
        site.delete()


def beside(url: str, name: str) -> str:
    """Another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def create_database(url: str, name: str, like: str = "template1") -> None:
    drop_database(url, name)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.format(sql.Identifier(name), sql.Identifier(like)))


def drop_database(url: str, name: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
