"""Films get a key by which they stand in the alphabet.

Old code may run meanwhile: it does not name the column, which is empty then, and a film that it adds or renames
stands at the beginning, or where it stood, until its next edit.
"""

from django.db import migrations, models

from reelive.alphabet import sort_title

AT_ONCE = 500


def fill(apps, schema_editor):
    films = apps.get_model("moments", "Film").objects.using(schema_editor.connection.alias).order_by("pk")
    last = 0
    while some := list(films.filter(pk__gt=last).only("title", "language", "original_title")[:AT_ONCE]):
        for film in some:
            film.sort_title = sort_title(film.title, film.language, film.original_title)
        films.bulk_update(some, ["sort_title"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("moments", "0025_site_pages")]

    operations = [
        migrations.AddField(
            "film", "sort_title", models.CharField(default="", db_default="", editable=False, max_length=120)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex("film", models.Index(fields=["state", "sort_title", "id"], name="film_alphabet")),
        migrations.RemoveIndex("film", "film_title"),
    ]
