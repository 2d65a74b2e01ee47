"""Letters of notifications: which are planned when news is told, and how the due ones are sent."""

from django.db import transaction
from django.utils import timezone

from accounts.mail import is_reachable, post_unwritten
from moments.models import Mailing
from moments.models.mixins.waiting import do_each
from moments.notifications.choices import topic_of
from moments.notifications.letters import rows_for

MAILINGS_AT_ONCE = 20
LETTER_WRITER = "moments.notifications.letters.write"


def plan(told, now):
    """Plan letters for those who are told of news and want one.

    Args:
        told: pairs of a News and a Hearer.
    """
    wanted = [(hearer.key, topic_of(news.kind, hearer.mail), hearer.zone) for news, hearer in told]
    Mailing.objects.plan([(key, topic, zone) for key, topic, zone in wanted if topic], now)


def send_due(now):
    """Send the letters that are due, some of them. Returns whether there were any."""
    return do_each(list(Mailing.objects.due(now)[:MAILINGS_AT_ONCE]), send, now)


@transaction.atomic
def send(mailing_pk, now):
    """Have one letter sent, if there is still something to say.

    What it says is written when the mail server is there to take it. Another process that is at the same
    letter is not waited for.
    """
    rows = Mailing.objects.select_for_update(skip_locked=True, of=("self",)).select_related("member")
    mailing = rows.filter(pk=mailing_pk).first()
    if mailing is None:
        return
    member, topic = mailing.member, mailing.topic
    if is_reachable(member) and rows_for(member, topic, mailing.since, now).exists():
        times = {"since": mailing.since.isoformat(), "until": now.isoformat()}
        post_unwritten(LETTER_WRITER, member, topic=topic, **times)
    mailing.delete()


def on_time_zone(member):
    Mailing.objects.plan_anew(member, timezone.now())
