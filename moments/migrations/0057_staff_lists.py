"""Indexes for two lists of the staff: verdicts whose words were removed, films without a summary.

On PostgreSQL nothing is written to a table while its index is built, which takes as long as reading the table
once: under a second for half a million verdicts or 100,000 films.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("moments", "0055_top_by_window")]

    operations = [
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(
                fields=["-id"], name="verdict_removed", condition=models.Q(("state", "removed"))
            ),
        ),
        migrations.AddIndex(
            model_name="film",
            index=models.Index(
                fields=["-created", "-id"],
                name="film_incomplete",
                condition=models.Q(("state", "visible"), ("summary", "")),
            ),
        ),
    ]
