"""Makes an empty site what an archive of `manage.py backup` says, and proves that it is.

The whole archive is compared with its manifest before anything is written. Files come first and the database
last, all of it or none, so that a restore that was stopped is run again.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from moments.ledger.keys import known_keys
from moments.management.backups.archive import FOLDERS, Unusable, readable
from moments.management.backups.databases import ask, is_empty, put, rows_by_table
from moments.management.backups.files import put_files, put_keys, refuse_others
from reelive.environment import given
from reelive.progress_bar import ProgressBar

FULL = "There are tables in this database already; restore only into an empty site, such as another DATA_DIR."
NEWER = "The archive comes from a newer release ({app}.{name} is not known here); restore it with that one."
OTHER_KEY = (
    "The ledger in the archive was signed with another key than this site has. Put that one into"
    " LEDGER_KEY or DATA_DIR/ledger-key first, and `secret` and `push-key` beside it; or say --new-keys."
)


class Command(BaseCommand):
    help = "Restore an archive of `manage.py backup` into an empty site, and prove it."
    # An empty site has no table that a check may ask.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the archive")
        parser.add_argument(
            "--new-keys",
            action="store_true",
            help="go on although this site has other keys than the archive's",
        )

    def handle(self, *, file, new_keys, **options):
        try:
            with readable(file) as reader:
                self.refuse(reader, new_keys)
                with ProgressBar("verifying", reader.size()) as progress:
                    reader.verify(progress.step)
                self.write(reader)
                former = reader.manifest["keys"]
        except Unusable as problem:
            raise CommandError(str(problem)) from problem
        self.prove(former)

    def refuse(self, reader, new_keys):
        """Raise Unusable where this archive cannot become this site."""
        said = reader.manifest
        if said["database"] != connection.vendor:
            raise Unusable(
                f"The archive is of {said['database']}, and DATABASE_URL names {connection.vendor}."
            )
        known = MigrationLoader(None).disk_migrations
        apps = {app for app, _name in known}
        for app, name in said["migrations"]:
            if app in apps and (app, name) not in known:
                raise Unusable(NEWER.format(app=app, name=name))
        if not is_empty():
            raise Unusable(FULL)
        brings_key = "keys/ledger-key" in reader.members and not given("LEDGER_KEY")
        if not new_keys and not brings_key and not set(said["keys"][-1:]) <= set(known_keys()):
            raise Unusable(OTHER_KEY)
        if shutil.disk_usage(settings.DATA_DIR).free < reader.size():
            raise Unusable(f"There is no room for {reader.size():,} bytes in {settings.DATA_DIR}.")
        refuse_others(reader)

    def write(self, reader):
        said = reader.manifest
        for folder in FOLDERS:
            with ProgressBar(folder, reader.size()) as progress:
                number = put_files(reader, folder, progress.step)
            self.stdout.write(f"Files in {folder}: {number:,}.")
        for key in put_keys(reader):
            self.stdout.write(f"The key {key} is in its place.")
        put(reader.chunks(reader.database))
        found = rows_by_table(ask, said["rows"])
        differing = sorted(table for table, number in found.items() if said["rows"][table] != number)
        if differing:
            raise Unusable(f"The restored tables hold other numbers of rows: {', '.join(differing)}.")
        self.stdout.write(
            f"Database: {sum(found.values()):,} rows, in each table as many as the archive says."
        )
        connection.close()

    def prove(self, former):
        """In processes of their own, which read the keys that were just put in their places."""
        keys = [word for key in former for word in ("--key", key)]
        for command in (["setup"], ["recount", "--check"], ["verify_ledger", *keys]):
            self.stdout.flush()
            program = [sys.executable, settings.BASE_DIR / "manage.py", *command]
            if subprocess.run(program, check=False).returncode:  # noqa: S603 - our own words
                raise CommandError(f"The site is restored, but `manage.py {command[0]}` found faults in it.")
        self.stdout.write(self.style.SUCCESS("The site is restored and proved."))
