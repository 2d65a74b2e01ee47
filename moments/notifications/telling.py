"""Telling members of events: the task process takes those that are due, each in its own transaction."""

from typing import NamedTuple

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value

from accounts.models import User
from moments.models import (
    Event,
    EventKind,
    FeedEntry,
    Filter,
    MemberList,
    Mute,
    Notification,
    NotificationChoice,
    NotificationPerson,
    Post,
    PushSubscription,
    Restrict,
    ThreadChoice,
)
from moments.models.mixins.waiting import do_each
from moments.models.notification import OF_ONESELF, OF_STAFF
from moments.notifications import mailings, pushes
from moments.notifications.audience import concerned, news_of
from moments.notifications.choices import chose_push
from moments.notifications.feed import fill
from moments.notifications.kinds import KINDS_BY_SLUG
from moments.notifications.news import MEMBERS_AT_ONCE
from moments.search.index import catch_up_a_little

EVENTS_AT_ONCE = 100


class Hearer(NamedTuple):
    """A member who is told of a piece of news.

    Args:
        key: of the member.
        zone: the name of their time zone.
        on_site: whether they want to hear of it on the site.
        mail: by which letters, one of NotificationChoice.Mail.
        on_devices: whether they want to hear of it on devices, and have any.
    """

    key: int
    zone: str
    on_site: bool
    mail: str
    on_devices: bool


def tell_due(now):
    """Tell of the events that are due. Returns whether there were any."""
    return do_each(list(Event.objects.due(now)[:EVENTS_AT_ONCE]), tell_all_of, now)


def tell_all_of(event_pk, now):
    """Tell everybody whom the event concerns, step by step."""
    catch_up_a_little()
    while tell_some(event_pk, now):
        pass


@transaction.atomic
def tell_some(event_pk, now):
    """Tell the next members whom the event concerns; the event is dropped after the last.

    Returns whether there are more. Another process that is at the same event is not waited for.
    """
    event = Event.objects.select_for_update(skip_locked=True).filter(pk=event_pk).first()
    if event is None:
        return False
    if event.actor_id and not User.objects.filter(pk=event.actor_id).exists():
        event.delete()  # Who left does nothing any more.
        return False
    last = _STEPS.get(event.kind, _tell_next)(event, now)
    if last is None:
        event.delete()
        return False
    Event.objects.filter(pk=event.pk).update(told_up_to=last)
    return True


def _tell_next(event, now):
    """Returns the key of the last member to whom this step came; None when it came to the end."""
    members, told = {}, set()
    for news in news_of(event):
        members[news] = _next_of(news.members, event)
    last = _end_of_step(members)
    for news, keys in members.items():
        keys = [key for key in keys if last is None or key <= last]
        if news.feeds:
            FeedEntry.objects.add(Post.objects.filter(pk=news.post), keys)
        if news.tells:
            keys = [key for key in keys if key not in told]
            told.update(keys)
            tell(news, keys, now)
    return last


def _fill(event, _now):
    """A member follows something: one step is enough."""
    fill(event)


def _count_anew(event, _now):
    """The same for members who have something unread about what came into sight or went out of it."""
    members = _next_of(concerned(event), event)
    Notification.objects.count_unread(members)
    return members[-1] if len(members) == MEMBERS_AT_ONCE else None


_STEPS = {EventKind.SIGHT: _count_anew, EventKind.FILL: _fill}


def _next_of(members, event):
    keys = members.filter(pk__gt=event.told_up_to).order_by("pk").values_list("pk", flat=True)
    return list(keys[:MEMBERS_AT_ONCE])


def _end_of_step(members):
    """The key up to which all pieces of news were looked at; None when that is to the end."""
    full = [keys[-1] for keys in members.values() if len(keys) == MEMBERS_AT_ONCE]
    return min(full, default=None)


def tell(news, members, now):
    """Write the news into the inboxes of those among the members who want to hear it.

    Args:
        news: a News.
        members: keys, at most MEMBERS_AT_ONCE: it takes the same few statements for all of them.
        now: when that is.
    """
    hearers = _who_hear(news, members)
    members = [hearer.key for hearer in hearers]
    if not members:
        return
    begun = {"subject": news.subject, "kind": news.kind, "member__in": members}
    Notification.objects.filter(**begun, read__isnull=False).update(since=F("read"), read=None)
    rows = Notification.objects.bulk_create(
        [_row(news, hearer, now) for hearer in hearers],
        update_conflicts=True,
        unique_fields=("member", "kind", "subject"),
        update_fields=("updated", "post", "comment", "member_list", "number", "detail", "is_listed"),
    )
    if news.person:
        _name_person(news, rows, now)
    Notification.objects.count_unread(members)
    mailings.plan(news.kind, hearers, now)
    pushes.plan(rows, hearers, now)


def _row(news, hearer, now):
    return Notification(
        member_id=hearer.key,
        is_listed=hearer.on_site,
        kind=news.kind,
        subject=news.subject,
        post_id=news.post,
        comment_id=news.comment,
        member_list_id=news.member_list,
        number=news.number,
        detail=news.detail,
        since=now,
        updated=now,
    )


def _name_person(news, rows, now):
    NotificationPerson.objects.bulk_create(
        [NotificationPerson(notification=row, member_id=news.person, created=now) for row in rows],
        update_conflicts=True,
        unique_fields=("notification", "member"),
        update_fields=("created",),
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).count_people()


def _who_hear(news, members):
    """Those who want to hear it, of this person and in this thread, and may: a list of Hearers."""
    hear = User.objects.filter(pk__in=members, is_active=True).order_by("pk")
    if news.is_of_thread:
        level = ThreadChoice.Level
        quiet = [level.NOTHING, level.REPLIES] if news.kind == "comment" else [level.NOTHING]
        thread = {"post": news.post} if news.post else {"member_list": news.member_list}
        chosen = ThreadChoice.objects.filter(member=OuterRef("pk"), level__in=quiet, **thread)
        hear = hear.exclude(Exists(chosen))
    if news.person:
        for pairs in (Mute, Restrict):
            closed = pairs.objects.in_force().filter(member=OuterRef("pk"), other=news.person)
            hear = hear.exclude(Exists(closed))
        hear = hear.exclude(pk=news.person)
        if KINDS_BY_SLUG[news.kind].is_once:
            hear = hear.exclude(Exists(_named_before(news)))
    if news.member_list and news.is_of_thread:
        hear = hear.filter(Exists(MemberList.objects.read_by(OuterRef("pk")).filter(pk=news.member_list)))
    return _as_they_chose(news, _unless_filtered(news, hear))


def _unless_filtered(news, members):
    """Those of a queryset of members who filter neither the post, unless it is theirs, nor the comment.

    What they tell themselves and what staff did they hear in any case.
    """
    if news.kind in (*OF_STAFF, *OF_ONESELF):
        return members
    if news.comment:
        members = members.exclude(Exists(Filter.objects.against_comment(OuterRef("pk"), Value(news.comment))))
    if news.post:
        own = Exists(Post.objects.filter(pk=news.post, author=OuterRef("pk")))
        filters = Exists(Filter.objects.against_post(OuterRef("pk"), Value(news.post)))
        members = members.filter(Q(own) | ~Q(filters))
    return members


def _as_they_chose(news, members):
    """Those of a queryset of members who chose to hear of this kind of news: here, by mail or on devices."""
    kind = KINDS_BY_SLUG[news.kind]
    chosen = NotificationChoice.objects.filter(member=OuterRef("pk"), kind=news.kind)
    chosen = [Subquery(chosen.values(column)) for column in ("site", "mail", "push")]
    columns = ("pk", "time_zone", *chosen, PushSubscription.objects.condition())
    hearers = [
        Hearer(key, zone, site is not False, mail or kind.mail, has_device and chose_push(push, kind))
        for key, zone, site, mail, push, has_device in members.values_list(*columns)
    ]
    never = NotificationChoice.Mail.NEVER
    return [one for one in hearers if one.on_site or one.mail != never or one.on_devices]


def _named_before(news):
    same = {"kind": news.kind, "subject": news.subject, "member": OuterRef(OuterRef("pk"))}
    rows = Notification.objects.filter(**same).values("pk")
    return NotificationPerson.objects.filter(notification__in=rows, member=news.person)
