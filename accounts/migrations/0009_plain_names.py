from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields have plain names. Their columns keep theirs, so that the release before still runs beside this one."""

    dependencies = [("accounts", "0008_letters")]

    operations = [
        migrations.AlterField(
            "user",
            "folds",
            models.JSONField(
                blank=True,
                db_column="folds",
                default=dict,
                help_text="From how many labels of each kind on a text is folded; 0: never.",
            ),
        ),
        migrations.RenameField("user", "folds", "hiding_thresholds"),
        migrations.AlterField(
            "user",
            "outcomes",
            models.PositiveIntegerField(
                "outcomes of their reports that they have not read", db_column="outcomes", default=0, editable=False
            ),
        ),
        migrations.RenameField("user", "outcomes", "unread_report_results"),
    ]
