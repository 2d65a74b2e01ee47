"""Songs get a key by which they stand in the alphabet, as films have one: it passes over articles.

"La" is an article in every language now, but for "La La Land", so films whose title begins with it move.

Old code may run meanwhile: it does not name the column, which is empty then, and a song that it adds or
renames stands at the beginning, or where it stood, until its next edit.
"""

from django.db import migrations, models

from reelive.alphabet import sort_title

AT_ONCE = 500


def fill(apps, schema_editor):
    using = schema_editor.connection.alias
    songs = apps.get_model("moments", "Post").objects.using(using).filter(kind="song")
    films = apps.get_model("moments", "Film").objects.using(using).filter(title__istartswith="la ")
    write(songs.only("title"), lambda song: sort_title(song.title))
    write(
        films.only("title", "language", "original_title"),
        lambda film: sort_title(film.title, film.language, film.original_title),
    )


def write(rows, key_of):
    last = 0
    while some := list(rows.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for row in some:
            row.sort_title = key_of(row)
        rows.bulk_update(some, ["sort_title"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("moments", "0031_diary_entry_deletions")]

    operations = [
        migrations.AddField(
            "post", "sort_title", models.CharField(default="", db_default="", editable=False, max_length=120)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "post",
            models.Index(
                fields=["state", "sort_title", "id"],
                condition=models.Q(kind="song"),
                name="post_song_by_title",
            ),
        ),
        migrations.RemoveIndex("post", "post_song_alphabet"),
    ]
