"""Scheduled posts, as members schedule them and the task process publishes them."""

from django.utils import timezone

from moments.management.turn import take_turn
from moments.models import Draft
from tests.support.drafts import FORM
from tests.support.notifications import inbox_of, tell_all


def minute(when):
    return timezone.localtime(when).strftime("%Y-%m-%dT%H:%M")


def schedule(client, address, when, **fields):
    answer = client.post(address, FORM | {"publish_at": minute(when)} | fields)
    assert answer.headers.get("Location") == "/drafts/", answer.context["form"].errors
    return Draft.objects.latest("pk")


def turn(now):
    """All that the task process does at that time."""
    while take_turn(now):
        pass


def told(member):
    tell_all()
    return [row.sentence for row in inbox_of(member) if row.kind == "unshared"]
