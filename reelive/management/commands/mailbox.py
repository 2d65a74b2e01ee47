"""Shows the letters of a site without a mail server."""

from itertools import islice

from django.core.management.base import BaseCommand

from reelive.logs import CONTROL, spelled_out
from reelive.mailbox import letters

LETTERS_SHOWN = 10


class Command(BaseCommand):
    help = "Shows the newest letters that a site without EMAIL_URL keeps. Those with codes are in its log."

    def add_arguments(self, parser):
        parser.add_argument(
            "--last",
            type=int,
            default=LETTERS_SHOWN,
            metavar="N",
            help=f"how many; {LETTERS_SHOWN} if not said",
        )

    def handle(self, *, last, **options):
        shown = 0
        for letter in islice(letters(), max(last, 0)):
            shown += 1
            heads = [f"{name}: {str(letter[name]).strip()}" for name in ("Date", "From", "To", "Subject")]
            text = letter.get_body(("plain",))
            lines = [*heads, "", *(text.get_content().splitlines() if text else [])]
            self.stdout.write("\n".join(CONTROL.sub(spelled_out, line) for line in lines))
            self.stdout.write("-" * 79)
        self.stdout.write(f"Letters shown: {shown}.")
