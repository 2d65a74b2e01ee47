"""Run in the settings of a copied site: fills its ledger, so that its page has as many rows as others have.

What is removed for that are the least of the claims about other films than those whose pages are measured.
"""

import django

django.setup()

from bench.long_threads import usual_film  # noqa: E402 - Django has to be ready first
from moments.management.synthetic.world import synthetic_members  # noqa: E402
from moments.models import Film, Kind, LedgerEntry, Post, Reason  # noqa: E402
from moments.views.ledger import PAGE  # noqa: E402


def main() -> None:
    moderator, missing = synthetic_members().latest("pk"), PAGE + 1 - LedgerEntry.objects.count()
    measured = [usual_film(), Film.objects.order_by("-moment_count", "pk").first()]
    claims = Post.objects.listed().of_kind(Kind.TRIVIA).exclude(film__in=measured)
    for claim in claims.order_by("votes", "pk")[: max(0, missing)]:
        claim.remove(moderator, Reason.SPAM)


if __name__ == "__main__":
    main()
