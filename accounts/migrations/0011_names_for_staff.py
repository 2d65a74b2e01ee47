from django.db import migrations, models


class Migration(migrations.Migration):
    """What tables and columns are called on the pages of the staff. Nothing changes in the database."""

    dependencies = [
        ("accounts", "0010_language_of_the_browser"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="avatar",
            field=models.ImageField(blank=True, upload_to="avatars/", verbose_name="picture"),
        ),
    ]
