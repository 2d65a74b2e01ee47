import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moments", "0053_film_arcs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reaction",
            index=models.Index(fields=["member", "-id"], name="reaction_newest"),
        ),
        migrations.AlterField(
            model_name="reaction",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="reactions",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="post",
            index=models.Index(
                condition=models.Q(("kind", "trivia")),
                fields=["film", "reveals_at"],
                name="post_trivia_in_story",
            ),
        ),
    ]
