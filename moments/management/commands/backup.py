"""Writes one archive of the whole site while it runs: the database as it is at one moment, then the files.

It may be stopped at any time and run again: the archive gets its name when it is whole.
"""

from datetime import UTC, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from moments.ledger.keys import known_keys
from moments.management.backups.archive import DATABASES, FOLDERS, Unusable, readable, written
from moments.management.backups.databases import taken
from moments.management.backups.files import add_files, add_keys
from reelive.progress_bar import ProgressBar

KEYS_APART = (
    "The keys are not in it: keep `secret`, `ledger-key` and `push-key` of DATA_DIR, or SECRET_KEY,"
    " LEDGER_KEY and PUSH_KEY, apart from it. Without the first no letter that waits can be sent."
)
TOGETHER = "The keys are in it: whoever reads it can act as the site. Keep it as you keep them."


class Command(BaseCommand):
    help = "Write an archive of the database and the files, or prove one."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the archive; its name must be free")
        parser.add_argument(
            "--verify", action="store_true", help="write nothing; compare an archive with its manifest"
        )
        parser.add_argument("--with-keys", action="store_true", help="put the secret keys into it, too")
        parser.add_argument(
            "--without-uploads", action="store_true", help="leave the uploads out, such as those in a bucket"
        )

    def handle(self, *, file, verify, with_keys, without_uploads, **options):
        try:
            if verify:
                self.verify(file)
            else:
                self.write(file, with_keys, [] if without_uploads else FOLDERS)
        except Unusable as problem:
            raise CommandError(str(problem)) from problem

    def write(self, file, with_keys, folders):
        self.facts = {}
        with written(file) as writer:
            self.add_database(writer, file)
            for folder in folders:
                self.add_folder(writer, folder)
            if with_keys:
                add_keys(writer)
            made = datetime.now(UTC).isoformat(timespec="seconds")
            writer.finish(made=made, database=connection.vendor, keys=known_keys(), **self.facts)
        self.say_what_was_done(file)
        if not folders:
            self.stdout.write("The uploads are not in it, as you asked: keep a copy of them of its own.")
        self.stdout.write(TOGETHER if with_keys else KEYS_APART)

    def add_database(self, writer, file):
        with (
            ProgressBar("database", 0) as copied,
            taken(file.with_name(f"{file.name}.db"), copied.step) as at,
        ):
            with ProgressBar("packing", 0) as packed:
                size = writer.add(DATABASES[connection.vendor], at.source, packed.step, at.is_packed)
            self.facts |= {"migrations": at.migrations, "rows": at.rows}
        self.stdout.write(f"Database: {sum(at.rows.values()):,} rows, {size:,} bytes.")

    def add_folder(self, writer, folder):
        with ProgressBar(folder, 0) as progress:
            kept, gone = add_files(writer, folder, progress.step)
        self.stdout.write(f"Files in {folder}: {kept:,}.{f' {gone:,} went meanwhile.' if gone else ''}")

    def say_what_was_done(self, file):
        self.stdout.write(self.style.SUCCESS(f"{file} is written, {file.stat().st_size:,} bytes."))

    def verify(self, file):
        with readable(file) as reader, ProgressBar("verifying", reader.size()) as progress:
            reader.verify(progress.step)
            rows = sum(reader.manifest["rows"].values())
        self.stdout.write(
            self.style.SUCCESS(f"{len(reader.members):,} members are what the manifest says; {rows:,} rows.")
        )
