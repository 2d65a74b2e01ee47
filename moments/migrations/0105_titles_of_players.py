"""A title of the catalogue may come from a player of a member.

No column changes. The code of before may run meanwhile: it shows such a source by its bare name.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("moments", "0104_names_of_lists")]

    operations = [
        migrations.AlterField(
            model_name="cataloguetitle",
            name="source",
            field=models.CharField(
                choices=[
                    ("starter", "What comes with Reelive"),
                    ("wikidata", "Wikidata"),
                    ("imdb", "IMDb"),
                    ("tmdb", "TMDB"),
                    ("csv", "A table of this site"),
                    ("player", "A player of a member"),
                ],
                max_length=8,
                verbose_name="source",
            ),
        ),
    ]
