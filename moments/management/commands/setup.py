"""Brings a checkout to where it can be served: tables, first films, static files. Quick when all is there."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from moments.catalogue import index as catalogue
from moments.ledger.keys import is_signed_by, known_keys
from moments.management.fixtures import CATALOGUE, FIXTURES
from moments.models import Film, LedgerEntry
from moments.search.index import install

OTHER_KEY = (
    "The ledger was signed with another key until now. Put that one back into LEDGER_KEY or"
    " DATA_DIR/ledger-key, or name its public key in LEDGER_FORMER_KEYS."
)


TURN = 7_335_483  # “REELIVE” on the keys of a telephone: a number that nobody else locks in this database


@contextmanager
def alone() -> Iterator[None]:
    """Of several machines that share a database and start together, one is in here at a time.

    The lock has a connection of its own, with which it ends, however that happens; one from a pool would not
    end with it. SQLite has one machine.
    """
    if connection.vendor != "postgresql":
        yield
        return
    own = connection.copy()
    own.settings_dict["OPTIONS"].pop("pool", None)
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [TURN])
        yield
    finally:
        own.close()


def fingerprint() -> str:
    """Of all that static files are made from: names, sizes and times, since reading would be slow."""
    sources = [path for path in (settings.BASE_DIR / "static").rglob("*") if path.is_file()]
    sources += [settings.BASE_DIR / "requirements.lock", settings.BASE_DIR / "reelive" / "static.py"]
    facts = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(sources)]
    return sha256(repr((facts, settings.STORAGES["staticfiles"])).encode()).hexdigest()


class Command(BaseCommand):
    help = "Make the tables, load the films of the house into an empty site and collect the static files."
    # Checking imports every view; a start that finds all in place must be quick, and `migrate` checks anyway.
    requires_system_checks = ()

    def handle(self, *args, **options):
        # Compressing needs no database, and lets other threads work.
        with ThreadPoolExecutor(1) as beside:
            static = self.collect_static(beside)
            with alone():
                self.make_tables()
                self.compare_keys()
                self.load_films()
            if static:
                static.result()

    def say(self, sentence):
        self.stdout.write(sentence)
        self.stdout.flush()

    def make_tables(self):
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.say(f"Making the tables in {self.database_name()}")
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        # A new release may look up words in another way without any migration.
        install(connection)
        catalogue.install(connection)

    def database_name(self):
        place = connection.settings_dict["HOST"]
        return f"{connection.settings_dict['NAME']}{f' on {place}' if place else ''}"

    def compare_keys(self):
        newest = LedgerEntry.objects.exclude(signature="").order_by("-number").first()
        if newest and not any(is_signed_by(key, newest) for key in known_keys()):
            self.say(OTHER_KEY)

    def load_films(self):
        """All of them or none: a set-up that was interrupted begins anew."""
        if Film.objects.exists():
            return
        self.say("Loading the films, moments, songs and trivia of the house")
        with transaction.atomic():
            call_command("loaddata", *FIXTURES, CATALOGUE, verbosity=0)

    def collect_static(self, beside: ThreadPoolExecutor) -> Future | None:
        """Not while developing: then every file is served from where it lies."""
        if settings.DEBUG:
            return None
        stamp = Path(settings.DATA_DIR, "static.stamp")
        current = fingerprint()
        if stamp.exists() and stamp.read_text() == current:
            return None
        self.say("Collecting the static files")
        return beside.submit(collect_static, stamp, current)


def collect_static(stamp: Path, current: str) -> None:
    call_command("bundle", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(current)
