from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

NOTE = "Given: {}. Diary entries have a new name there, and the former right stays."

retired_names = import_module("accounts.migrations.0007_retired_names")


def rename_kind(apps, schema_editor):
    """Rights and log entries hang on the content type, so it goes along with the model.

    Django does that itself for a RenameModel that changes the database; from 6.1 on it renames the rights too,
    which takes them from processes of the release before, and stops where the new ones are there already.
    """
    kinds_of(apps, schema_editor).filter(model="relive").update(model="diaryentry")


def give_kind_its_former_name(apps, schema_editor):
    kinds_of(apps, schema_editor).filter(model="diaryentry").update(model="relive")


def kinds_of(apps, schema_editor):
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    return kinds.filter(app_label="moments")


def carry_rights(apps, schema_editor):
    """Whoever had a right on diary entries under their former name has it under the new one.

    The former rights stay, for processes of the release before. Where one was given to a member alone, and not to
    a group, the ledger gets a row: it tells of each such right by its name.
    """
    alias = schema_editor.connection.alias
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    given = {}
    for former in permissions.filter(content_type__app_label="moments", codename__endswith="_relive"):
        verb = former.codename.removesuffix("_relive")
        new, _made = permissions.get_or_create(
            codename=f"{verb}_diaryentry",
            content_type=former.content_type,
            defaults={"name": f"Can {verb} diary entry"},
        )
        new.group_set.add(*former.group_set.all())
        for member in former.user_set.exclude(user_permissions=new).order_by("pk"):
            new.user_set.add(member)
            given.setdefault(member, []).append(f"permission moments.{new.codename}")
    if given:
        note_rights(apps, schema_editor.connection, given)


def note_rights(apps, connection, given):
    """One row of the ledger for each member, as the release before wrote them.

    Args:
        given: the new rights in words, by the member.
    """
    if connection.vendor == "postgresql":
        connection.cursor().execute("LOCK TABLE moments_ledgerentry IN SHARE ROW EXCLUSIVE MODE")
    signatures = import_module("moments.migrations.0020_ledger_signatures")
    house = signatures.House(apps, connection.alias)
    for member, rights in given.items():
        note = NOTE.format(", ".join(sorted(rights)))
        house.record("rights", f"member/{member.pk}", f"@{member.username}", note, texts=signatures.rights_of(member))


class Migration(migrations.Migration):
    """A model and some fields have plain names. Tables and columns keep theirs, and rights are added, none taken
    away, so that the release before still runs beside this one.

    Two things differ for it meanwhile. A row that its admin adds to django_admin_log about a diary entry gets a
    content type of its own, since that of the former name is renamed. And its `verify_ledger` and `recount` are
    right, but its own migrations must not be run any more.
    """

    dependencies = [
        ("accounts", "0009_plain_names"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("moments", "0021_removed_notes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelTable("relive", "moments_relive"),
                migrations.RenameModel("Relive", "DiaryEntry"),
            ]
        ),
        migrations.RunPython(retired_names.retire_names_of_the_ledger, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(rename_kind, give_kind_its_former_name),
        migrations.RunPython(carry_rights, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            "diaryentry",
            "member",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="diary_entries",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            "diaryentry",
            "moment",
            models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="diary_entries", to="moments.moment"
            ),
        ),
        migrations.AlterField(
            "progress",
            "clock",
            models.FloatField(
                "seen up to this time",
                blank=True,
                db_column="clock",
                help_text="Season, episode and second as one number.",
                null=True,
            ),
        ),
        migrations.RenameField("progress", "clock", "story_time"),
        migrations.AlterField(
            "report",
            "heard",
            models.BooleanField("outcome read by the reporter", db_column="heard", default=False, editable=False),
        ),
        migrations.RenameField("report", "heard", "outcome_read"),
        migrations.AlterField(
            "revision",
            "withdrawal",
            models.ForeignKey(
                db_column="withdrawal_id",
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
            ),
        ),
        migrations.RenameField("revision", "withdrawal", "revocation"),
    ]
