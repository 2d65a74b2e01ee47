"""Proves the ledger: that its chain is whole, and that every text that was removed, or kept from before an
edit by staff, is the one that was acted on.

It only reads, by number, and may be stopped and started again at any time. A copy of an earlier hash, given
with --head, proves that nothing before it was rewritten.
"""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Prefetch

from moments.ledger import fingerprint, problems
from moments.models import Comment, Film, LedgerEntry, Post, Revision, State, Tag, Verdict
from reelive.progress import Progress

CHUNK = 1_000
TEXTS = {
    "posts": Post.objects.select_related("film", "removal"),
    "comments": Comment.objects.select_related("removal").prefetch_related(
        Prefetch("post", Post.objects.select_related("film"))
    ),
    "films": Film.objects.select_related("removal"),
    "tags": Tag.objects.select_related("removal"),
    "verdicts": Verdict.objects.select_related("removal"),
}


class Command(BaseCommand):
    help = "Prove that the ledger's chain is whole and that removed and edited texts match it."

    def add_arguments(self, parser):
        parser.add_argument("--head", help="a hash that was published, or its first letters")

    def handle(self, *, head, **options):
        rows, seen = self.prove_chain(head)
        if head and not seen:
            raise CommandError(f"The hash {head} is not in the chain.", returncode=1)
        texts = sum(self.prove_texts(name, found) for name, found in TEXTS.items())
        edits = self.prove_edits()
        found = f"{rows:,} rows follow one another, {texts:,} removed texts match"
        found += f", and {edits:,} from before an edit." if edits else "."
        self.stdout.write(self.style.SUCCESS(found))

    def prove_chain(self, head):
        """How many rows there are, and whether `head` is the hash of one."""
        rows, count, seen = LedgerEntry.objects.order_by("number"), 0, False
        with Progress("ledger", rows.count()) as progress:
            for row, problem in problems(rows.iterator(CHUNK)):
                if problem:
                    raise CommandError(f"Row {row.number} is wrong: {problem}.", returncode=1)
                seen = seen or bool(head and row.hash.startswith(head))
                count += 1
                progress.step()
        return count, seen

    def prove_texts(self, name, found):
        removed = found.filter(state=State.REMOVED, removal__isnull=False)
        return self.compare(
            name,
            removed,
            lambda thing: (thing.removal, f"{thing.ledger_name}, removed"),
            "the one that was removed",
        )

    def prove_edits(self):
        kept = Revision.objects.kept().filter(entry__isnull=False)
        return self.compare(
            "edits",
            kept.select_related("entry", "post", "comment"),
            lambda revision: (revision.entry, f"{revision.entry.target}, edited"),
            "the one from before",
        )

    def compare(self, name, found, told, which):
        """Compare each text with its fingerprint in the row that `told` gives, beside words for both."""
        count = 0
        with Progress(name, found.count()) as progress:
            for thing in found.order_by("pk").iterator(CHUNK):
                row, place = told(thing)
                if fingerprint(thing.ledger_texts) != row.text:
                    problem = f"The text of {place} in row {row.number}, is not {which}."
                    raise CommandError(problem, returncode=1)
                count += 1
                progress.step()
        return count
