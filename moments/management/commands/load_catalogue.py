"""Loads titles that nobody has used yet into the catalogue, out of files of Wikidata, IMDb or one's own."""

import sys
import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from moments.catalogue.loading import finish, first_bytes, load, sentences
from moments.catalogue.sources import Source, Unreadable, imdb, tables, wikidata

SOURCES = ("wikidata", "imdb", "csv")
STOPPED = 130


class Command(BaseCommand):
    help = (
        "Load titles into the catalogue: wikidata (JSON dump or SPARQL results), imdb (title.basics,"
        " title.akas, title.ratings) or csv, also packed by gzip. It can be stopped and goes on."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("source", choices=SOURCES)
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--accept-imdb-terms", action="store_true", help="you may use IMDb's files here")
        parser.add_argument("--again", action="store_true", help="from the beginning of each file")

    def handle(self, *, source, files, accept_imdb_terms, again, **options):
        if source == "imdb" and not accept_imdb_terms:
            self.ask_for_terms()
        if missing := [str(path) for path in files if not path.is_file()]:
            raise CommandError(f"There is no file {missing[0]}.")
        for path in files:
            self.load(path, source, again)
        finish()

    def ask_for_terms(self):
        """Print IMDb's terms and ask whether the site keeps to them, where somebody can answer."""
        if not sys.stdin.isatty():
            raise CommandError(f"{imdb.TERMS}\n{imdb.UNASKED}")
        self.stdout.write(imdb.TERMS)
        self.stdout.write(imdb.QUESTION, ending="")
        self.stdout.flush()
        if sys.stdin.readline().strip().lower() not in ("y", "yes"):
            raise CommandError("Nothing was loaded.")

    def load(self, path, source, again):
        started = time.process_time()
        try:
            outcome = load(path, kind_of(source, path), again)
        except Unreadable as problem:
            raise CommandError(f"{path}: {problem}") from problem
        except (OSError, EOFError) as problem:
            raise CommandError(f"{path}: the file cannot be read to its end. {problem}") from problem
        except KeyboardInterrupt:
            self.stdout.write(
                "\nStopped. What was read is in the catalogue; run it again to go on from there."
            )
            raise SystemExit(STOPPED) from None
        spent = time.process_time() - started
        self.stdout.write(f"{path.name}: {outcome.pieces:,} read in {spent:.1f} s of a processor.")
        sentences(outcome, self.stdout.write)


def kind_of(source: str, path: Path) -> Source:
    beginning = first_bytes(path)
    if source == "csv":
        return tables.CSV_SOURCE
    return imdb.kind_of(beginning) if source == "imdb" else wikidata.kind_of(beginning)
