"""Who hears of news: the next members whom it may concern, and how each wants to be told, in two queries."""

from operator import itemgetter
from typing import NamedTuple

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery, Value

from accounts.models import User
from moments.models import (
    Filter,
    MemberList,
    Notification,
    NotificationChoice,
    NotificationPerson,
    Post,
    Progress,
    PushSubscription,
    ThreadChoice,
)
from moments.models.mute import unheard
from moments.models.notification import OF_ONESELF, OF_STAFF
from moments.notifications.choices import chose_push
from moments.notifications.kinds import KINDS_BY_SLUG

NO_MAIL = NotificationChoice.Mail.NEVER
ME = OuterRef("pk")
CHOSEN_WAYS = ("site", "mail", "push")


class Hearer(NamedTuple):
    """A member whom a piece of news may concern.

    Args:
        key: of the member.
        zone: the name of their time zone.
        may_hear: whether it reaches them at all: of this person, in this thread, about this post.
        on_site: whether they want to hear of it on the site.
        mail: by which letters, one of NotificationChoice.Mail.
        on_devices: whether they want to hear of it on devices, and have any.
    """

    key: int
    zone: str
    may_hear: bool
    on_site: bool
    mail: str
    on_devices: bool

    @property
    def is_told(self):
        return self.may_hear and (self.on_site or self.mail != NO_MAIL or self.on_devices)


def next_hearers(pieces, told_up_to, most):
    """For each piece of news the next Hearers, by their keys.

    Args:
        pieces: several News.
        told_up_to: the key of the last member to whom they came before.
        most: how many members of each piece.
    """
    found = [[] for _news in pieces]
    keys = [news.members.filter(pk__gt=told_up_to).order_by("pk").values("pk")[:most] for news in pieces]
    # Most news concerns nobody, and to build the conditions of telling it takes longer than to ask.
    concerning = _all_of(_if_any(number, keys[number]) for number in range(len(pieces)))
    asked = [_asked(number, pieces[number], keys[number]) for (number,) in concerning]
    for number, *columns in sorted(_all_of(asked), key=itemgetter(0, 1)):
        found[number].append(_hearer(pieces[number], *columns))
    return found


def _all_of(queries):
    return User.objects.none().union(*queries, all=True)


def _if_any(number, keys):
    """The number of a piece of news, where there is anybody whom it concerns."""
    return User.objects.filter(pk__in=keys[:1]).annotate(number=Value(number)).values_list("number")


def _asked(number, news, keys):
    chosen = NotificationChoice.objects.filter(member=ME, kind=news.kind)
    columns = {f"chosen_{column}": Subquery(chosen.values(column)) for column in CHOSEN_WAYS}
    return (
        User.objects.filter(pk__in=keys)
        .annotate(
            number=Value(number),
            may_hear=ExpressionWrapper(_may_hear(news), BooleanField()) if news.tells else Value(False),
            has_device=PushSubscription.objects.condition(),
            **columns,
        )
        .values_list("number", "pk", "time_zone", "may_hear", *columns, "has_device")
    )


def _hearer(news, key, zone, may_hear, site, mail, push, has_device):
    kind = KINDS_BY_SLUG[news.kind]
    on_devices = has_device and chose_push(push, kind)
    return Hearer(key, zone, may_hear, site is not False, mail or kind.mail, on_devices)


def _may_hear(news):
    """A condition of members: whether they are told of it if they want to be."""
    hear = Q(is_active=True)
    if news.is_of_thread:
        hear &= ~Q(Exists(_quiet_threads(news)))
    if news.person:
        hear &= ~Q(pk=news.person) & ~unheard(ME, news.person)
        if KINDS_BY_SLUG[news.kind].is_once:
            hear &= ~Q(Exists(_named_before(news)))
    if news.of_what_it_has:
        hear &= ~Q(Exists(Progress.objects.short_of(news.post).filter(member=ME)))
    if news.member_list and news.is_of_thread:
        hear &= Q(Exists(MemberList.objects.read_by(ME).filter(pk=news.member_list)))
    return hear & _unfiltered(news)


def _quiet_threads(news):
    level = ThreadChoice.Level
    quiet = [level.NOTHING, level.REPLIES] if news.kind == "comment" else [level.NOTHING]
    thread = {"post": news.post} if news.post else {"member_list": news.member_list}
    return ThreadChoice.objects.filter(member=ME, level__in=quiet, **thread)


def _unfiltered(news):
    """Whether they filter neither the post, unless it is theirs, nor the comment.

    What they tell themselves and what staff did they hear in any case.
    """
    condition = Q()
    if news.kind in (*OF_STAFF, *OF_ONESELF):
        return condition
    if news.comment:
        condition &= ~Q(Exists(Filter.objects.against_comment(ME, Value(news.comment))))
    if news.post:
        own = Exists(Post.objects.filter(pk=news.post, author=ME))
        condition &= Q(own) | ~Q(Exists(Filter.objects.against_post(ME, Value(news.post))))
    if news.kind == "followed" and not news.post:
        condition &= ~Q(Exists(Filter.objects.in_force().filter(member=ME, film=news.number)))
    return condition


def _named_before(news):
    same = {"kind": news.kind, "subject": news.subject, "member": OuterRef(ME)}
    rows = Notification.objects.filter(**same).values("pk")
    return NotificationPerson.objects.filter(notification__in=rows, member=news.person)
