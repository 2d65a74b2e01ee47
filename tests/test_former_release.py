"""A database of the release before, with a row of every kind in it, is migrated with nothing lost.

That release, e472125, wrote data/former_release.sql; data/make_former_release.py tells how. The newest
migrations leave every table and column as it was, so the rows fit into the tables of now; what later ones
add, tables and columns, is taken away first. Tables that came later get rows on the way.
"""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from accounts.models import User
from moments.models import Comment, DiaryEntry, Film, Moment, Post, Progress, Report, Revision, Song, Trivia
from moments.spoilers.rules import ProgressPoint
from tests.support.former import go_back_to
from tests.support.later_rows import fill

pytestmark = pytest.mark.django_db(transaction=True)

NEWEST = [
    ("accounts", "0009_plain_names"),
    ("accounts", "0010_language_of_the_browser"),
    ("accounts", "0011_names_for_staff"),
    ("moments", "0022_plain_names"),
    ("moments", "0023_names_for_staff"),
    ("moments", "0024_spoilers_over_blocks"),
]
# Tables that came later.
LATER = {
    "moments_sitepage", "reelive_heldupload", "moments_deletion", "moments_event", "moments_notification",
    "moments_notificationperson", "moments_notificationchoice", "moments_threadchoice", "moments_mailing",
    "moments_follow", "moments_feedentry", "moments_followrequest",
    "moments_draft", "moments_favourite", "moments_lastread", "moments_reminder", "moments_savedfolder",
    "moments_savedpost",
    "moments_export", "moments_import", "moments_importedrow", "moments_statistics",
    "moments_pushsubscription", "moments_push",
    "moments_memberlist", "moments_listentry", "moments_listwriter", "moments_formerlistslug",
    "moments_memberlistvote",
    "moments_linkpicture", "moments_privatefeed", "moments_filter", "moments_filmarc",
    "moments_person", "moments_formerpersonslug", "moments_credit", "moments_filmtrait",
    "moments_season", "moments_episode",
    "moments_rating", "moments_wanted",
    "moments_cataloguetitle",
    "moments_playerconnection", "moments_unknownwork",
    "moments_homecoming", "moments_broughtrow", "moments_waitingwork", "moments_waitingrecord",
    "moments_recording", "moments_formerrecordingslug",
}  # fmt: skip
# After these migrations the later tables that there are so far get rows, for those that change them again.
FILLED_AFTER = ("0050_drafts", "0099_moderators_of_recordings")
FILLED_BY_MIGRATIONS = {"moments_sitepage"}
STATEMENTS = (Path(__file__).parent / "data/former_release.sql").read_text().split(";\n")[:-1]
INSERT = re.compile(r'INSERT INTO "(\w+)" \(([^)]+)\)')
COLUMNS = dict(INSERT.match(statement).groups() for statement in STATEMENTS)
# The migration adds rows to these, since rights on diary entries have new names.
GROWING = {
    "moments_ledgerentry",
    "auth_permission",
    "auth_group_permissions",
    "accounts_user_user_permissions",
}
# Tables that no row of a site is in: the site has tags and sign-in pages of its own.
UNUSED = {
    "taggit_tag", "taggit_taggeditem", "socialaccount_socialapp", "socialaccount_socialtoken",
}  # fmt: skip


@pytest.fixture
def former(every_step):
    """The rows of the former release, by table."""
    go_back_to("with plain names")
    for app, name in NEWEST:
        MigrationRecorder(connection).record_unapplied(app, name)
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(COLUMNS):
            if table != "moments_ledgerentry":  # which nothing is ever deleted from
                cursor.execute(f'DELETE FROM "{table}"')
        for statement in STATEMENTS:
            cursor.execute(statement)
    reset_sequences()
    ContentType.objects.clear_cache()
    yield rows_by_table()
    call_command("migrate", verbosity=0)


def reset_sequences():
    models = apps.get_models(include_auto_created=True)
    there = [model for model in models if model._meta.db_table in COLUMNS]
    statements = connection.ops.sequence_reset_sql(no_style(), there)
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def rows_by_table():
    with connection.cursor() as cursor:
        return {table: rows_of(cursor, table) for table in COLUMNS}


def rows_of(cursor, table):
    """The rows in the columns that the former release knew."""
    cursor.execute(f'SELECT {COLUMNS[table]} FROM "{table}" ORDER BY 1')
    return [tuple(map(str, row)) for row in cursor.fetchall()]


def test_there_is_a_row_of_every_kind():
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert tables - UNUSED - LATER == set(COLUMNS)


def test_a_database_of_the_release_before_is_migrated_with_nothing_lost(former):
    made = []
    for migration in FILLED_AFTER:
        call_command("migrate", "moments", migration, verbosity=0)
        made += fill(LATER)
    before = columns_of(made)
    call_command("migrate", verbosity=0)
    ContentType.objects.clear_cache()
    assert columns_of(made) == before
    take_away(made)
    check_rows(former, rows_by_table())
    check_counters_and_ledger()
    check_new_names()
    check_rights_on_diary_entries()


def columns_of(made):
    """What rows of later tables hold, in the columns that there were when they were made."""
    tables = {row._meta.db_table for row in made}
    assert tables | FILLED_BY_MIGRATIONS == LATER
    return [list(type(row).objects.filter(pk=row.pk).values()) for row in made]


@transaction.atomic
def take_away(made):
    """No counter of the former rows knows of these."""
    for row in made:
        type(row).objects.filter(pk=row.pk)._raw_delete(row._state.db)


def check_rows(before, after):
    """No row and no column is lost or changed, but for the name of one model."""
    kinds = {number: kind for number, *kind in before.pop("django_content_type")}
    kinds_now = {number: kind for number, *kind in after.pop("django_content_type")}
    assert [kinds_now[number] for number, kind in kinds.items() if kinds_now[number] != kind] == [
        ["moments", "diaryentry"]
    ]
    before["accounts_user"] = [without_language(row) for row in before["accounts_user"]]
    for table, rows in before.items():
        kept = [row for row in after[table] if row in rows] if table in GROWING else after[table]
        assert kept == rows, table


def without_language(row):
    """A member as the migration leaves them: nobody could choose a language so far."""
    columns = [name.strip('" ') for name in COLUMNS["accounts_user"].split(",")]
    return tuple("" if name == "language" else value for name, value in zip(columns, row, strict=True))


def check_counters_and_ledger():
    counted, proved = StringIO(), StringIO()
    call_command("recount", "--check", stdout=counted)
    call_command("verify_ledger", stdout=proved)
    assert ", 0 values differed" in counted.getvalue()
    # One row is new: of the member to whom a right was given by its name.
    assert proved.getvalue().startswith("19 rows follow one another, 3 removed texts match.")


def check_new_names():
    """Models and fields with new names have the old values."""
    entries = DiaryEntry.objects.order_by("pk")
    assert [(entry.note, entry.is_removed) for entry in entries] == [
        ("Again, and again.", False),
        ("Buy more pills.", True),
    ]
    film = Film.objects.get(slug="la-la-land-film")
    assert Progress.objects.of(User.objects.get(username="seb"), film) == ProgressPoint(2.0, 120.0)
    assert User.objects.get(username="mia").hiding_thresholds == {"spoiler": 2}
    assert User.objects.get(username="mia").unread_report_results == 1
    assert [revision.is_revoked for revision in Revision.objects.order_by("pk")] == [
        False,
        True,
        False,
        False,
    ]
    assert list(Report.objects.order_by("pk").values_list("state", "outcome_read")) == [
        ("acted", False), ("acted", True), ("kept", True), ("open", False), ("open", False),
    ]  # fmt: skip
    counts = [model.objects.count() for model in (Moment, Song, Trivia, Post, Comment)]
    assert counts == [5, 1, 1, 7, 4]


def check_rights_on_diary_entries():
    """Whoever had a right has it under both names: processes of the former release may still run."""
    User.objects.update(is_active=True, is_superuser=False)  # neither is what the rights here are about
    verbs = ("add", "change", "delete", "view")

    def held(name, model):
        member = User.objects.get(username=name)
        return {verb for verb in verbs if member.has_perm(f"moments.{verb}_{model}")}

    assert held("bill", "diaryentry") == held("bill", "relive") == {"change", "view"}
    assert held("seb", "diaryentry") == held("seb", "relive") == {"view"}
    assert held("tracy", "diaryentry") == held("tracy", "relive") == {"change"}
    assert Group.objects.get(name="Readers of diaries").permissions.count() == 2
