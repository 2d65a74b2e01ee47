"""Films get a picture.

Old code may run meanwhile: it does not name the columns, and a film that it adds has no picture.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moments", "0028_deletion")]

    operations = [
        migrations.AddField(
            "film",
            "still",
            models.ImageField(
                blank=True, db_default="", default="", upload_to="stills/", verbose_name="picture"
            ),
        ),
        migrations.AddField(
            "film",
            "still_alt",
            models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=1500,
                verbose_name="description of the picture",
            ),
        ),
        migrations.AddField(
            "film",
            "still_widths",
            models.JSONField(blank=True, db_default=[], default=list, editable=False),
        ),
    ]
