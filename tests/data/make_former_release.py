# ruff: noqa: E402, I001, T201
"""Writes former_release.sql: a database of the release e472125, with a row of every kind in it.

It ran in a checkout of that release, whose names it uses, with the settings of the tests:

    python make_former_release.py > former_release.sql

Rows of tables that the site does not use are left out, and permissions of other apps than ours.
"""

import os
import sys
from datetime import date, timedelta
from uuid import UUID

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
sys.path.insert(0, os.getcwd())

import django

django.setup()

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection, models
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Allowance, Letter, RetiredName, User
from moments.models import (
    Appeal, Comment, Film, Moment, Mute, Post, Progress, Report, Restrict, Song, SongUse, Tag,
    Trivia,
)  # fmt: skip
from moments.spoilers import SEEN, Horizon

OTHER_APPS = ("taggit_tag", "taggit_taggeditem", "django_migrations")


def make_members():
    join = timezone.now() - timedelta(days=90)
    members = {
        name: User.objects.create_user(name, f"{name}@example.org", date_joined=join)
        for name in ("keith", "bill", "mia", "seb", "tracy")
    }
    keith, bill, mia, seb, tracy = members.values()
    User.objects.filter(pk=keith.pk).update(is_superuser=True)  # so that there is somebody to give rights
    tracy.change_rights(keith, "The second.", is_staff=True, is_superuser=True, groups=[])
    tracy.refresh_from_db()
    User.objects.filter(pk=keith.pk).update(is_superuser=False)
    keith.refresh_from_db()
    keith.change_rights(tracy, "The first.", is_staff=True, is_superuser=True, groups=[])
    keith.refresh_from_db()
    bill.change_rights(
        keith, "For films.", is_staff=True, is_superuser=False, groups=[Group.objects.get(name="Moderators")]
    )
    diary = Permission.objects.get(codename="view_relive")
    Group.objects.create(name="Readers of diaries").permissions.add(diary)
    seb.change_rights(
        keith,
        "For notes.",
        is_staff=True,
        is_superuser=False,
        groups=[Group.objects.get(name="Readers of diaries")],
    )
    before = tracy.rights
    tracy.user_permissions.add(Permission.objects.get(codename="change_relive"))
    tracy.record_rights(keith, before, "For notes, too.")
    User.objects.filter(pk=mia.pk).update(
        bio="I *paint*.",
        bio_html="<p>I <em>paint</em>.</p>\n",
        folds={"spoiler": 2},
        theme="dark",
        last_login=join,
    )
    return [User.objects.get(pk=member.pk) for member in members.values()]


def make_accounts(keith, mia, seb):
    now = timezone.now()
    RetiredName.objects.retire("gone")
    Allowance.objects.create(key="post/3", tat=1.5)
    Letter.objects.create(member=mia, sealed="sealed", expires=now + timedelta(days=1))
    address = EmailAddress.objects.create(user=mia, email=mia.email, verified=True, primary=True)
    EmailConfirmation.objects.create(email_address=address, sent=now, key="a-key")
    Authenticator.objects.create(user=mia, type="recovery_codes", data={"seed": "sealed", "used_mask": 1})
    SocialAccount.objects.create(user=seb, provider="github", uid="1", extra_data={"login": "seb"})
    Session.objects.create(session_key="s" * 32, session_data="none", expire_date=now + timedelta(days=1))
    UserSession.objects.create(
        user=mia,
        ip="192.0.2.1",
        session_key="s" * 32,
        user_agent="A browser",
        created_at=now,
        last_seen_at=now,
    )
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="moments.tasks.make_still_widths",
        backend_name="default", run_after=now, exception_class_path="", traceback="",
    )  # fmt: skip


def make_posts(mia, seb):
    film, other = (
        Film(title="La La Land", year=2016, added_by=mia),
        Film(title="Dark", year=2017, medium="series"),
    )
    other.palette = ["#0e0b2e", "#e27396"]
    for one in (film, other):
        one.add()
    texts = {"film": film, "author": mia, "body": "They dance above the town.", "context": "Dusk."}
    moments = [
        Moment(title=f"Scene {number}", position=float(number), timecode=60 * number, **texts)
        for number in range(1, 5)
    ]
    moments.append(
        Moment(title="A year", position=1.0, season=1, episode=2, film=other, author=seb, body="Rain, rain.")
    )
    song = Song(
        title="City of Stars", artist="Cast", listen_url="https://example.org/song", reveals_at=2.0, **texts
    )
    claim = Trivia(title="One take", spoiler=True, **texts)
    for number, post in enumerate((*moments, song, claim), 1):
        post.nonce = UUID(int=number)
        post.publish(["stars", "tap dance"])
    SongUse.objects.create(song=song, moment=moments[1], role="theme", note="At the pier.")
    claim.cite([("https://example.org/source", "An interview")])
    Post.objects.filter(pk=moments[0].pk).update(
        still="stills/one.webp", still_alt="Two dancers", still_widths=[480], palette=["#0e0b2e"]
    )
    return film, other, moments, song, claim


def make_acts(members, film, other, moments, song, claim):
    keith, bill, mia, seb, tracy = members
    first, second, third, fourth, _fifth = moments
    for member in (seb, tracy):
        first.upvote(member)
        first.feel(member, "joy")
        first.label(member, "spoiler")
    comment = Comment(post=first, author=seb, body="I wept.").publish()
    answer = Comment(post=first, author=mia, body="So did I.").publish(comment)
    spam = Comment(post=first, author=seb, body="Buy pills.").publish()
    answer.upvote(seb)
    comment.label(tracy, "off-topic")
    claim.judge(seb, "dispute", "There are two cuts.", "https://example.org/cuts")
    claim.judge(tracy, "confirm")
    first.relive(seb, note="Again, and again.", public=True)
    removed_note = second.relive(seb, note="Buy more pills.", public=True)
    Progress.objects.reach(seb, film, Horizon(2.0, 120.0))
    Progress.objects.reach(mia, other, SEEN)
    Progress.objects.stop_at(seb, second)
    Mute.objects.begin(mia, tracy)
    Restrict.objects.begin(tracy, mia)
    for target, reason in (
        (spam, "spam"),
        (third, "spam"),
        (claim, "other"),
        (film, "other"),
        (bill, "other"),
    ):
        Report.objects.file(
            mia if target is not third and target is not claim else tracy, target, reason, "Look."
        )
    make_edits(members, film, first, comment, claim)
    make_removals(members, spam, removed_note, third, fourth)
    other_tag = Tag.objects.get(name="tap dance")
    other_tag.merge_into(keith, Tag.objects.get(name="stars"), "The same.")
    double = Film(title="La La Land", year=2016)
    double.add()
    double.merge_into(keith, film, "The same.")
    song.lock(bill, "Calm down.")
    film.lock(bill, "Settled.")
    bill.suspend(keith, "Away.")
    LogEntry.objects.create(
        user=keith, content_type=ContentType.objects.get(model="relive"), object_id="1", object_repr="A note",
        action_flag=CHANGE, change_message="[]",
    )  # fmt: skip


def make_edits(members, film, first, comment, claim):
    _keith, _bill, mia, _seb, _tracy = members
    Post.objects.update(created=timezone.now() - timedelta(days=2))
    Comment.objects.update(created=timezone.now() - timedelta(days=2))
    edited = Moment.objects.get(pk=first.pk)
    edited.title, edited.body = "A Lovely Night", "They dance until the car comes."
    edited.revise()
    said = Comment.objects.get(pk=comment.pk)
    said.revise("I wept twice.")
    said.revise("I wept thrice.")
    said.revisions.order_by("pk").first().withdraw(said.author)
    facts = Film.objects.get(pk=film.pk)
    facts.title, facts.director = "La La Land (film)", "Damien Chazelle"
    facts.revise(mia)


def make_removals(members, spam, removed_note, third, fourth):
    keith, bill, mia, _seb, tracy = members
    spam.remove(bill, "spam", "Pills.")
    removed_note.remove(bill, "spam", "More pills.")
    third.remove(bill, "private", "A name.")
    Appeal.objects.lodge(Post.objects.get(pk=third.pk), mia, "It is my own name.")
    Appeal.objects.get().reply(keith, "So it is, and it stays.")
    fourth.remove(bill, "copyright")
    Post.objects.get(pk=fourth.pk).restore(keith, "A short quotation.")
    Comment(post=fourth, author=mia, body="For nothing.").publish().take_back()
    Report.objects.waiting().on(Trivia.objects.get()).get().keep(keith, "It is a fine claim.")
    Report.objects.hear(tracy)


def tables():
    """Each table with its columns, in an order in which rows can be inserted."""
    seen = set()
    for model in sorted(
        apps.get_models(include_auto_created=True), key=lambda one: one._meta.auto_created is not False
    ):
        table = model._meta.db_table
        if model._meta.proxy or table in seen or table in OTHER_APPS:
            continue
        seen.add(table)
        yield table, {field.column: field for field in model._meta.local_concrete_fields}


def literal(value, field):
    if value is None:
        return "NULL"
    if isinstance(field, models.BooleanField):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str | date):
        value = str(value)
        assert ";\n" not in value
        return f"""'{value.replace("'", "''")}'"""
    return repr(value)


def condition(table):
    ours = "SELECT id FROM django_content_type WHERE app_label IN ('accounts', 'moments')"
    held = "SELECT permission_id FROM auth_group_permissions"
    return {
        "django_content_type": " WHERE app_label IN ('accounts', 'auth', 'moments', 'reelive')",
        "auth_permission": f" WHERE content_type_id IN ({ours}) OR id IN ({held})",
    }.get(table, "")


def dump():
    with connection.cursor() as cursor:
        for table, fields in tables():
            names = ", ".join(f'"{name}"' for name in fields)
            cursor.execute(f'SELECT {names} FROM "{table}"{condition(table)} ORDER BY 1')
            for row in cursor.fetchall():
                values = ", ".join(map(literal, row, fields.values()))
                print(f'INSERT INTO "{table}" ({names}) VALUES ({values});')


if __name__ == "__main__":
    call_command("migrate", verbosity=0)
    members = make_members()
    make_accounts(members[0], members[2], members[3])
    make_acts(members, *make_posts(*members[2:4]))
    call_command("recount", stdout=sys.stderr)  # the posts were dated back
    call_command("verify_ledger", stdout=sys.stderr)
    dump()
