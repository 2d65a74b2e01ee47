"""Proves every counter, rank and status against the rows that it follows from, and repairs what differs.

It goes by primary key, a thousand rows at a time, and locks only what is wrong: it may run on a busy site,
and may be stopped and started again at any time.
"""

from collections import Counter

from django.core.management.base import BaseCommand, CommandError

from moments.models.counters import COUNTERS, RENDERED_TEXTS, chunks
from moments.models.stored_arcs import StoredArcs
from moments.models.stored_traits import StoredTraits
from reelive.progress_bar import ProgressBar


class Command(BaseCommand):
    help = "Prove every counter against its rows and repair what differs."
    # They import every view, which takes a third of the start and tells nothing of counters.
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="repair nothing; exit with status 1 when something differs"
        )
        parser.add_argument(
            "--texts", action="store_true", help="render the stored HTML and excerpts anew, too"
        )

    def handle(self, *, check, texts, **options):
        self.proved, self.differing = 0, Counter()
        for column in [*(RENDERED_TEXTS if texts else []), *COUNTERS, StoredArcs(), StoredTraits()]:
            self.prove(column, column.wrong if check else column.repair)
        for name, number in sorted(self.differing.items()):
            self.stdout.write(f"{name}: {number:,}")
        total = sum(self.differing.values())
        found = f"{self.proved:,} rows proved, {total:,} {'value' if total == 1 else 'values'} differed"
        if check and total:
            raise CommandError(f"{found}; run `manage.py recount` to repair them.", returncode=1)
        self.stdout.write(self.style.SUCCESS(f"{found}{' and were repaired' if total else ''}."))

    def prove(self, column, look):
        rows = column.rows()
        with ProgressBar(column.name, rows.count()) as progress:
            for chunk, size in chunks(rows):
                for values in look(chunk).values():
                    self.differing.update(f"{column.model._meta.model_name}.{field}" for field in values)
                self.proved += size
                progress.step(size)
