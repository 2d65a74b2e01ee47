"""Verdicts on a claim: their forms, and what they come to."""

from django.urls import reverse

from moments.models import Trivia
from tests.support.counters import differences
from tests.support.makers import make_member

DISPUTE = {"stance": "dispute", "reason": "Three takes were joined.", "url": "https://example.org/takes"}
CONFIRM = {"stance": "confirm", "reason": "", "url": ""}


def add(claim):
    return reverse("verdict-add", args=[claim.pk])


def tally(claim):
    """What is stored of the claim, and agrees with its rows."""
    assert differences() == {}
    stored = Trivia.objects.get(pk=claim.pk)
    return stored.status, stored.confirms, stored.disputes


def judged_by(claim, confirms=0, disputes=0):
    for number in range(confirms + disputes):
        judge = make_member(f"judge{claim.pk}x{number}")
        claim.judge(judge, **(CONFIRM if number < confirms else DISPUTE))
