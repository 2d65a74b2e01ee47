"""Diary entries of which authors of moments were told, once a member's whole diary is for fewer people."""

from django.db.models import Exists, OuterRef, Q

from moments.models import DiaryEntry, Follow, Notification, NotificationPerson


def on_audience(member):
    """Their account is private, or their diary for others, from now on: whoever may see no entry of theirs
    at a moment any more is told of none.

    What they may see is decided as in `DiaryEntry.objects.visible_to`, for all who were told at once.
    """
    entries = DiaryEntry.objects.filter(moment=OuterRef("notification__post"), member=member.pk)
    follows = Follow.objects.filter(member=OuterRef("notification__member"), person=member.pk)
    is_near = Q(notification__member__is_staff=True) | Q(Exists(follows))
    is_seen = is_near & Q(Exists(entries.for_others()))
    if not member.is_private:
        is_seen |= Q(Exists(entries.for_everyone()))
    told = NotificationPerson.objects.filter(member=member, notification__kind="diary")
    Notification.objects.forget_named(told.filter(~is_seen))
