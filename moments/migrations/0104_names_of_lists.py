"""What some tables are called on the pages of the staff. Nothing is asked of the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("moments", "0103_titles_of_a_year"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="draft",
            options={"verbose_name": "draft", "verbose_name_plural": "drafts"},
        ),
        migrations.AlterModelOptions(
            name="event",
            options={"verbose_name": "event", "verbose_name_plural": "events"},
        ),
        migrations.AlterModelOptions(
            name="favourite",
            options={"verbose_name": "favourite", "verbose_name_plural": "favourites"},
        ),
        migrations.AlterModelOptions(
            name="follow",
            options={"verbose_name": "follow", "verbose_name_plural": "follows"},
        ),
        migrations.AlterModelOptions(
            name="followrequest",
            options={"verbose_name": "request to follow", "verbose_name_plural": "requests to follow"},
        ),
        migrations.AlterModelOptions(
            name="linkpicture",
            options={"verbose_name": "link picture", "verbose_name_plural": "link pictures"},
        ),
        migrations.AlterModelOptions(
            name="listwriter",
            options={"verbose_name": "co-writer", "verbose_name_plural": "co-writers"},
        ),
        migrations.AlterModelOptions(
            name="mailing",
            options={"verbose_name": "mailing", "verbose_name_plural": "mailings"},
        ),
        migrations.AlterModelOptions(
            name="notification",
            options={"verbose_name": "notification", "verbose_name_plural": "notifications"},
        ),
        migrations.AlterModelOptions(
            name="notificationchoice",
            options={
                "verbose_name": "choice of notifications",
                "verbose_name_plural": "choices of notifications",
            },
        ),
        migrations.AlterModelOptions(
            name="privatefeed",
            options={"verbose_name": "private feed", "verbose_name_plural": "private feeds"},
        ),
        migrations.AlterModelOptions(
            name="push",
            options={"verbose_name": "push", "verbose_name_plural": "pushes"},
        ),
        migrations.AlterModelOptions(
            name="pushsubscription",
            options={"verbose_name": "device", "verbose_name_plural": "devices"},
        ),
        migrations.AlterModelOptions(
            name="reminder",
            options={"verbose_name": "reminder", "verbose_name_plural": "reminders"},
        ),
    ]
