"""Lists of rows that staff may look at: every table has one or a reason, and nothing private is there."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.admin import site
from django.contrib.sessions.models import Session
from django.utils import timezone

from moments.admin.rows_of_members import LEFT_OUT, TABLES
from moments.models import (
    Draft,
    Favourite,
    Follow,
    Import,
    ListWriter,
    Mailing,
    Notification,
    NotificationChoice,
    PrivateFeed,
    Push,
    PushSubscription,
    Reminder,
)
from tests.support.admin import listed, page, shown
from tests.support.makers import make_comment, make_list
from tests.support.notifications import tell_all
from tests.support.rights import make_moderator

OURS = ("accounts", "moments", "reelive")
PRIVATE = "The secret of the bench"


def test_every_table_has_a_list_or_is_left_out_for_a_reason():
    tables = {model for model in apps.get_models() if model._meta.app_label in OURS}
    plain = {model._meta.label for model in tables if not model._meta.proxy}
    registered = {model._meta.label for model in site._registry}
    assert sorted(plain - registered - set(LEFT_OUT)) == []
    assert sorted(set(LEFT_OUT) & registered) == [], "these have a list"
    assert sorted(set(LEFT_OUT) - plain) == [], "these are no tables any more"
    assert all(LEFT_OUT.values())


@pytest.fixture
def rows(moment, mia, seb):
    """What mia has of most tables, with private words and secrets wherever there is room for some."""
    later = timezone.now() + timedelta(days=3)
    secrets = dict.fromkeys(("public_key", "secret"), PRIVATE)
    device = PushSubscription.objects.create(
        member=mia, session=Session(pk=PRIVATE), endpoint=f"https://{PRIVATE}/", name="Firefox", **secrets
    )
    Follow.objects.follow(mia, person=seb), Follow.objects.follow(seb, person=mia)
    make_comment(moment, seb, PRIVATE)
    tell_all()
    told = Notification.objects.filter(member=mia).first()
    Notification.objects.filter(pk=told.pk).update(subject=PRIVATE, detail=PRIVATE[:20])
    secret_list = make_list(seb, title=PRIVATE, visibility="private")
    return [
        *(device, told, Push.objects.create(subscription=device, notification=told, due=later)),
        *(Mailing.objects.filter(member=mia).first(), Follow.objects.get(member=mia)),
        NotificationChoice.objects.create(member=mia, kind="upvote", mail="daily"),
        PrivateFeed.objects.create(
            member=mia, purpose="following", token_hash=PRIVATE, created=timezone.now()
        ),
        ListWriter.objects.create(member_list=secret_list, member=mia),
        Favourite.objects.create(member=mia, moment=moment),
        Draft.objects.create(
            member=mia,
            nonce="0" * 32,
            form="moment",
            values={"body": PRIVATE},
            updated=later,
        ),
        Reminder.objects.create(member=mia, post=moment, date=later.date(), due=later, note=PRIVATE),
        Import.objects.create(
            member=mia, token=PRIVATE, found={"name": PRIVATE}, kept_until=later, due=later
        ),
    ]


def test_who_runs_the_site_finds_rows_and_reads_nothing_private(as_keith, rows, moment):
    for row in rows:
        answer = as_keith.get(listed(type(row)))
        assert row in shown(answer), row
        assert PRIVATE not in answer.text
        if site._registry[type(row)].search_fields:
            assert row in shown(as_keith.get(listed(type(row), q="@mia")))
            assert row not in shown(as_keith.get(listed(type(row), q="@keith")))
        assert [as_keith.get(page(row, verb)).status_code for verb in ("change", "delete", "history")] == [
            *(403, 403, 403),
        ]


def test_moderators_do_not_see_them(client, rows):
    client.force_login(make_moderator("anna"))
    assert {client.get(listed(model)).status_code for model in TABLES} == {403}
