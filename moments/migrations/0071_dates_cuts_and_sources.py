"""When a film was first shown, its other cuts, and where the facts of an edit are known from.

Old code that still runs names none of the columns: the database fills them. The index has no row yet.
"""

from django.db import migrations, models

import reelive.partial_dates

EMPTY = {"blank": True, "db_default": "", "default": ""}


class Migration(migrations.Migration):

    dependencies = [("moments", "0070_film_ids")]

    operations = [
        migrations.AddField(
            model_name="film",
            name="released",
            field=models.CharField(
                max_length=10,
                validators=[reelive.partial_dates.validate],
                verbose_name="first shown",
                **EMPTY,
            ),
        ),
        migrations.AddField(
            model_name="film",
            name="cuts",
            field=models.JSONField(blank=True, db_default=[], default=list, verbose_name="other cuts"),
        ),
        migrations.AddField(
            model_name="revision",
            name="source",
            field=models.CharField(max_length=200, verbose_name="source", **EMPTY),
        ),
        migrations.AddIndex(
            model_name="revision",
            index=models.Index(
                fields=["film", "-id"],
                name="revision_film_sourced",
                condition=models.Q(("source__gt", "")),
            ),
        ),
    ]
