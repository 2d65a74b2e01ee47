"""Ids of films at two more places, and an index for each id, by which films of files that people bring are found.

Old code that still runs names neither column: the database fills them. On PostgreSQL nothing is written to the
table while an index is built, which takes well under a second for 100,000 films.
"""

from django.core.validators import RegexValidator
from django.db import migrations, models


def id_column(name, label, length, pattern, says):
    validator = RegexValidator(rf"\A{pattern}\Z", says)
    options = {"blank": True, "db_default": "", "default": "", "max_length": length}
    field = models.CharField(validators=[validator], verbose_name=label, **options)
    return migrations.AddField(model_name="film", name=name, field=field)


def index_of(name):
    condition = models.Q((f"{name}__gt", ""))
    index = models.Index(condition=condition, fields=[name], name=f"film_{name}")
    return migrations.AddIndex(model_name="film", index=index)


class Migration(migrations.Migration):
    dependencies = [("moments", "0059_place_in_archive")]

    operations = [
        id_column("tvdb", "TheTVDB id", 12, r"\d{1,10}", "A number."),
        id_column("letterboxd", "Letterboxd id", 100, "[a-z0-9]+(?:-[a-z0-9]+)*", "Like la-la-land."),
        *map(index_of, ["imdb", "tmdb", "wikidata", "tvdb", "letterboxd"]),
    ]
