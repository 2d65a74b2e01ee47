"""What a member wants to hear of, by which letters, and on devices: what they chose, or the kinds declare."""

from typing import NamedTuple

from django.db import transaction

from moments.models import Mailing, NotificationChoice, ThreadChoice
from moments.models.mailing import DAILY, WEEKLY
from moments.notifications.kinds import KINDS_BY_SLUG, NEWS_KINDS

Mail = NotificationChoice.Mail
# What a letter is about, and what a link in it stops: one kind of news that is told at once, or a digest.
TOPICS = (DAILY, WEEKLY, *KINDS_BY_SLUG)
# A letter for each of the choices by mail, and for none.
SIGNS = {"": "-", Mail.NEVER: "n", Mail.AT_ONCE: "a", Mail.DAILY: "d", Mail.WEEKLY: "w"}
MAIL_BY_SIGN = {sign: mail for mail, sign in SIGNS.items()}


class Choice(NamedTuple):
    """How a member hears of a kind of news: on the site, by which letters, on their devices."""

    on_site: bool
    mail: str
    on_devices: bool


def choices_of(member):
    """The Choice of each kind of news, by its slug."""
    rows = {row.kind: row for row in NotificationChoice.objects.filter(member=member)}
    return {kind.slug: _chosen(kind, rows.get(kind.slug)) for kind in NEWS_KINDS}


def _chosen(kind, row):
    if row is None:
        return Choice(True, kind.mail, kind.push)
    return Choice(row.site, row.mail or kind.mail, chose_push(row.push, kind))


def chose_push(chosen, kind):
    """Whether a kind of news is for devices, by what was chosen: None where nothing was."""
    return kind.push if chosen is None else chosen


def topic_of(kind, mail):
    """The topic of the letter that tells a member of this kind of news; "" for none."""
    return {Mail.NEVER: "", Mail.AT_ONCE: kind}.get(mail, mail)


def kinds_of(member, topic):
    """The kinds of news that letters of the topic tell this member of."""
    chosen = choices_of(member)
    return [kind for kind, choice in chosen.items() if topic_of(kind, choice.mail) == topic]


def thread_levels(viewer, about):
    """What one may hear of the thread of a post or list, and which of it the viewer has chosen."""
    chosen = ThreadChoice.objects.level_of(viewer, about)
    levels = ThreadChoice.Level.choices
    return [{"slug": slug, "label": label, "chosen": slug == chosen} for slug, label in levels]


@transaction.atomic
def stop(member, topic):
    """The member gets no letter of the topic any more. Done twice it does no harm.

    A kind that was told at once is told by no digest either, whatever was chosen meanwhile.
    """
    kinds = [topic] if topic in KINDS_BY_SLUG else kinds_of(member, topic)
    _choose_mail(member, dict.fromkeys(kinds, Mail.NEVER))
    Mailing.objects.filter(member=member, topic=topic).delete()


@transaction.atomic
def stop_all(member):
    """The member gets no letters of notifications any more. Returns what they had chosen, for `choose_again`.

    Letters that are planned say nothing then, and are there again if that is undone before they are due.
    """
    rows = dict(NotificationChoice.objects.filter(member=member).values_list("kind", "mail"))
    _choose_mail(member, dict.fromkeys(KINDS_BY_SLUG, Mail.NEVER))
    return "".join(SIGNS[rows.get(kind, "")] for kind in KINDS_BY_SLUG)


def choose_again(member, chosen):
    """The member gets the letters that they had chosen, as `stop_all` returned it. Raises ValueError."""
    if len(chosen) != len(KINDS_BY_SLUG) or not MAIL_BY_SIGN.keys() >= set(chosen):
        raise ValueError("These are no choices.")
    _choose_mail(member, dict(zip(KINDS_BY_SLUG, map(MAIL_BY_SIGN.get, chosen), strict=True)))


def _choose_mail(member, mail_by_kind):
    NotificationChoice.objects.bulk_create(
        [NotificationChoice(member=member, kind=kind, mail=mail) for kind, mail in mail_by_kind.items()],
        update_conflicts=True,
        unique_fields=("member", "kind"),
        update_fields=("mail",),
    )
