"""A removed diary note stays removed: its entry names the row of the ledger that says so."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

from moments.ledger.chain import fingerprint

signing = import_module("moments.migrations.0020_ledger_signatures")


def take_out(apps, schema_editor):
    """Notes that were removed before go out of sight again; of those that say something else now, a row says that."""
    alias = schema_editor.connection.alias
    house = signing.House(apps, alias)
    entries = apps.get_model("moments", "Relive").objects.using(alias)
    about = house.rows.filter(target__startswith="reliving/", action__in=("remove", "restore")).order_by("number")
    newest = {row.target: row for row in about}
    for target, row in newest.items():
        for entry in entries.filter(pk=target.partition("/")[2]):
            if row.action == "remove" and fingerprint([entry.note]) == row.text:
                entries.filter(pk=entry.pk).update(removal=row, public=False)
            elif row.action == "remove":
                note = "Its member had written another note before removed ones were kept as they are."
                house.record("restore", target, row.subject, note, row.film)


class Migration(migrations.Migration):
    dependencies = [("moments", "0020_ledger_signatures")]

    operations = [
        migrations.AddField(
            model_name="relive",
            name="removal",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="moments.ledgerentry",
            ),
        ),
        migrations.AddIndex(
            model_name="relive",
            index=models.Index(condition=models.Q(("removal__isnull", False)), fields=["-id"], name="relive_removed"),
        ),
        migrations.AddConstraint(
            model_name="relive",
            constraint=models.CheckConstraint(
                condition=models.Q(("removal", None), ("public", False), _connector="OR"),
                name="relive_removed_note_not_public",
            ),
        ),
        migrations.RunPython(take_out, migrations.RunPython.noop),
    ]
