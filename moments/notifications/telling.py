"""Telling members of events: the task process takes those that are due, each in its own transaction.

A step is for so many members, and costs the same few statements for all of them, however many they are: one
reads the event, one asks which of its news concerns anybody, one who they are and how they want to be told,
and one writes each table.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.models import User
from moments.models import Event, EventKind, FeedEntry, Notification, Push
from moments.models.mixins.waiting import do_each
from moments.notifications import mailings
from moments.notifications.audience import concerned, news_of
from moments.notifications.feed import fill
from moments.notifications.hearers import next_hearers
from moments.notifications.news import MEMBERS_AT_ONCE
from moments.search.index import catch_up_a_little
from reelive.giving_way import give_way

EVENTS_AT_ONCE = 100


def tell_due(now):
    """Tell of the events that are due. Returns whether there were any."""
    return do_each(list(Event.objects.due(now)[:EVENTS_AT_ONCE]), tell_all_of, now)


def tell_all_of(event_pk, now):
    """Tell everybody whom the event concerns, step by step."""
    catch_up_a_little()
    while tell_some(event_pk, now):
        give_way()


@transaction.atomic
def tell_some(event_pk, now):
    """Tell the next members whom the event concerns; the event is dropped after the last.

    Returns whether there are more. Another process that is at the same event is not waited for.
    """
    events = Event.objects.select_for_update(skip_locked=True, of=("self",)).select_related("post")
    is_here = Exists(User.objects.filter(pk=OuterRef("actor")))
    event = events.annotate(actor_is_here=is_here).filter(pk=event_pk).first()
    if event is None:
        return False
    if event.actor_id and not event.actor_is_here:
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
    pieces = news_of(event)
    found = next_hearers(pieces, event.told_up_to, MEMBERS_AT_ONCE)
    last = _end_of_step([hearer.key for hearer in hearers] for hearers in found)
    fed, news_for = set(), {}
    for news, hearers in zip(pieces, found, strict=True):
        reached = [hearer for hearer in hearers if last is None or hearer.key <= last]
        if news.feeds:
            fed.update(hearer.key for hearer in reached)
        if news.tells:
            for hearer in reached:
                news_for.setdefault(hearer.key, (news, hearer))
    FeedEntry.objects.add([event.post], sorted(fed))
    tell([news_for[key] for key in sorted(news_for)], now)
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
    full = [keys[-1] for keys in members if len(keys) == MEMBERS_AT_ONCE]
    return min(full, default=None)


def tell(news_for, now):
    """Write news into the inboxes of those who want to hear it.

    Args:
        news_for: pairs of a News and the Hearer whom it may concern, in the order of their keys, each once.
            All are of one event: they name the person who did that, or nobody.
        now: when that is.
    """
    told = {hearer.key: (news, hearer) for news, hearer in news_for if hearer.is_told}
    if not told:
        return
    person = next((news.person for news, _hearer in told.values() if news.person), None)
    rows = Notification.objects.tell([_row(news, hearer, now) for news, hearer in told.values()], person)
    Notification.objects.count_unread(list(told))
    mailings.plan(told.values(), now)
    Push.objects.plan({key: rows[key] for key, (_news, hearer) in told.items() if hearer.on_devices}, now)


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
        people=1 if news.person else 0,
        since=now,
        updated=now,
    )
