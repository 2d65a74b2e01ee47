import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

MOST_POINTS = 60


def ask_for_arcs(apps, schema_editor):
    """The task process draws the arcs of films with many moments."""
    films = apps.get_model("moments", "Film").objects.filter(moment_count__gt=MOST_POINTS)
    arcs, now = apps.get_model("moments", "FilmArc").objects, timezone.now()
    keys = films.order_by("pk").values_list("pk", flat=True)
    arcs.bulk_create((arcs.model(film_id=pk, outdated=now) for pk in keys.iterator()), batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("moments", "0052_indexes_of_list_comments"),
    ]

    operations = [
        migrations.CreateModel(
            name="FilmArc",
            fields=[
                (
                    "film",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="stored_arc",
                        serialize=False,
                        to="moments.film",
                    ),
                ),
                ("runs", models.JSONField(default=list)),
                ("made", models.DateTimeField(null=True)),
                ("outdated", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("outdated__isnull", False)),
                        fields=["outdated"],
                        name="film_arc_outdated",
                    )
                ],
            },
        ),
        migrations.RunPython(ask_for_arcs, migrations.RunPython.noop, elidable=True),
    ]
