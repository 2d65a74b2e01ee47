"""Titles of the catalogue are looked up by key and year together, which the index by the key alone leaves slow.

Code of before may run meanwhile: it finds them by the beginning of the new index.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moments", "0102_people_followed_and_reported")]

    operations = [
        migrations.AddIndex(
            model_name="cataloguetitle",
            index=models.Index(
                fields=["key", "year"],
                name="catalogue_key_of_year",
                opclasses=["varchar_pattern_ops", "int2_ops"],
            ),
        ),
        migrations.RemoveIndex(model_name="cataloguetitle", name="catalogue_key"),
    ]
