"""The lists of what is upvoted most tell along their way how new each post is."""

from django.conf import settings
from django.db import migrations, models


def measure_anew(apps, schema_editor):
    """An index of which SQLite knows no numbers looks better to it than those of which it does."""
    if schema_editor.connection.vendor == "sqlite":
        with schema_editor.connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'")
            if cursor.fetchone():
                cursor.execute("ANALYZE moments_post")


class Migration(migrations.Migration):

    dependencies = [
        ("moments", "0054_reactions_of_a_member"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='post',
            name='post_top',
        ),
        migrations.RemoveIndex(
            model_name='post',
            name='post_kind_top',
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', '-votes', '-hot', '-id', 'created'], name='post_top'),
        ),
        migrations.AddIndex(
            model_name='post',
            index=models.Index(fields=['state', 'kind', '-votes', '-hot', '-id', 'created'], name='post_kind_top'),
        ),
        migrations.RunPython(measure_anew, migrations.RunPython.noop, elidable=True),
    ]
