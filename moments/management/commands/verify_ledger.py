"""Proves the ledger: that its chain is whole and its rows are signed, and that what staff removed, locked,
merged, suspended, revoked, answered or edited is still so, with the very texts that they acted on.

The command only reads, a chunk at a time. It may be stopped and started again, also while people use the
site. With --head it takes an earlier hash and proves that nothing before it was rewritten. It does not stop
at a fault: it counts all of them and names the first fifty.
"""

from itertools import islice

from django.core.management.base import BaseCommand, CommandError

from moments.ledger.chain import verify_chain
from moments.ledger.keys import Signatures, known_keys, public_key
from moments.ledger.state_proof import PROOFS, NewestRows, texts_proved
from moments.models import LedgerEntry
from reelive.environment import is_key
from reelive.progress_bar import ProgressBar

ROWS_READ_AT_ONCE, FAULTS_SHOWN = 1_000, 50
NEVER_SIGNED = (
    "No row is signed, although this site signs its rows: those that were are gone, or `migrate` did not run."
)
OTHER_KEY = (
    "None of the known keys has signed any row: put the right one into LEDGER_KEY or DATA_DIR/ledger-key, or"
    " give its public key with --key or in LEDGER_FORMER_KEYS."
)


class Command(BaseCommand):
    help = "Prove the ledger: its chain, its signatures, and that the site is as its rows say."
    # They import every view, which takes a third of the start and tells nothing of the ledger.
    requires_system_checks = ()

    def add_arguments(self, parser):
        more = {"action": "append", "default": []}
        parser.add_argument("--head", help="a hash that was published, or its first letters")
        parser.add_argument("--key", help="a former public key, once for each", **more)
        known = "a row without a signature that you know of, once for each"
        parser.add_argument("--unsigned", type=int, metavar="NUMBER", help=known, **more)

    def handle(self, *, head, key, unsigned, **options):
        for wrong in (one for one in key if not is_key(one)):
            raise CommandError(f"“{wrong}” is no public key, which has 64 hexadecimal digits.")
        self.faults, self.named = 0, []
        newest_rows, signatures = NewestRows(), Signatures(known_keys(*key))
        rows = self.prove_rows(newest_rows, signatures, head, unsigned)
        states = sum(self.prove(name, proof, newest_rows) for name, proof in PROOFS.items())
        if self.faults:
            raise CommandError(self.all_faults(), returncode=1)
        self.conclude(rows, states, signatures)

    def fault(self, sentence):
        self.faults += 1
        if self.faults <= FAULTS_SHOWN:
            self.named.append(sentence)

    def all_faults(self):
        if self.faults == 1:
            return self.named[0]
        more = f"\n… and {self.faults - FAULTS_SHOWN:,} more." if self.faults > FAULTS_SHOWN else ""
        return f"{self.faults:,} things are wrong:\n" + "\n".join(self.named) + more

    def prove_rows(self, newest_rows, signatures, head, unsigned):
        """Go along the chain and gather what its rows say. Returns how many rows there are."""
        rows, count, is_seen = LedgerEntry.objects.order_by("number"), 0, not head
        with ProgressBar("ledger", rows.count()) as progress:
            for row, problem in verify_chain(rows.iterator(ROWS_READ_AT_ONCE)):
                unsure = signatures.problem(row)
                if row.number in unsigned and not row.signature:
                    unsure = ""
                if problem or unsure:
                    self.fault(f"Row {row.number} is wrong: {problem or unsure}.")
                is_seen = is_seen or row.hash.startswith(head)
                newest_rows.add(row)
                count += 1
                progress.step()
        if not is_seen:
            self.fault(f"The hash {head} is not in the chain.")
        self.judge_keys(count, signatures)
        return count

    def judge_keys(self, count, signatures):
        if count and signatures.first is None:
            self.fault(NEVER_SIGNED)
        elif count and not signatures.known:
            self.faults += 1
            self.named.insert(0, OTHER_KEY)

    def prove(self, name, proof, newest_rows):
        """Compare the things of one kind with the rows about them. Returns how many things there are."""
        targets, count = proof.targets(newest_rows), 0
        with ProgressBar(name, len(proof.named(newest_rows)) or 1) as progress:
            while chunk := list(islice(targets, ROWS_READ_AT_ONCE)):
                for sentence in proof.wrong(chunk, newest_rows):
                    self.fault(sentence)
                count += len(chunk)
                progress.step(len(chunk))
        return count

    def conclude(self, rows, states, signatures):
        texts, edits = texts_proved()
        found = f"{rows:,} rows follow one another, {texts:,} removed texts match"
        found += f", and {edits:,} from before an edit." if edits else "."
        self.stdout.write(self.style.SUCCESS(found))
        self.stdout.write(f"{states:,} things are as the newest rows about them say.")
        since = f" since row {signatures.first}" if signatures.first else ""
        self.stdout.write(f"Rows are signed{since}; the public key is {public_key()}.")
