"""Deletes at once what the site deletes by itself, a little at a time: what is past its time.

It has no rule of its own. It asks the housekeeping of the web server and of the task process again and again
until nothing more goes, and counts the rows that go; with --dry-run in a transaction that is taken back.
"""

import re
from collections import Counter
from contextlib import nullcontext

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, transaction
from django.utils import timezone

from reelive.housekeeping import tidy
from reelive.progress_bar import ProgressBar
from reelive.worker import clear_away

DELETE_STATEMENT = re.compile(r'\s*DELETE FROM "?(\w+)"?')


class Command(BaseCommand):
    help = "Delete what is past its time, such as sessions that are over, and say how much that was."

    def add_arguments(self, parser):
        parser.add_argument(
            "--dry-run", action="store_true", help="delete nothing; other writers wait meanwhile on SQLite"
        )

    def handle(self, *, dry_run, **options):
        self.gone = Counter()
        with transaction.atomic() if dry_run else nullcontext():
            self.prune()
            if dry_run:
                transaction.set_rollback(True)
        for name, number in sorted((name_of(table), number) for table, number in self.gone.items()):
            self.stdout.write(f"{name}: {number:,}")
        verb = "would be" if dry_run else "were"
        self.stdout.write(self.style.SUCCESS(f"{self.gone.total():,} rows {verb} deleted."))

    def prune(self):
        """Whoever writes at the same time may bring more: it ends when a round deletes nothing."""
        with ProgressBar("pruning", 0) as progress, connection.execute_wrapper(self.count):
            before = -1
            while self.gone.total() != before:
                before = self.gone.total()
                tidy()
                clear_away(timezone.now())
                progress.step(self.gone.total() - before)

    def count(self, execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        found = DELETE_STATEMENT.match(sql)
        if found and context["cursor"].rowcount > 0:
            self.gone[found[1]] += context["cursor"].rowcount
        return answer


def name_of(table):
    """What the rows of a table are called; the cache has no model."""
    models = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    name = str(models[table]._meta.verbose_name_plural) if table in models else f"rows of {table}"
    return name[:1].upper() + name[1:]
