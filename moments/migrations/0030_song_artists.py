"""Songs are listed by their artist, whose name in addresses is kept; they and tags in the order of the alphabet.

Old code may run meanwhile: it does not name the column, which is empty then. A song that it adds is on no
artist's page until its next edit, or until `recount`, which also empties the column of one that it deletes.
"""

from django.db import migrations, models

from reelive.text import slugify

AT_ONCE = 500


def fill(apps, schema_editor):
    posts = apps.get_model("moments", "Post").objects.using(schema_editor.connection.alias)
    songs, last = posts.filter(kind="song").exclude(artist="").only("artist").order_by("pk"), 0
    while some := list(songs.filter(pk__gt=last)[:AT_ONCE]):
        for song in some:
            song.artist_slug = slugify(song.artist, fallback="artist")
        posts.bulk_update(some, ["artist_slug"])
        last = some[-1].pk


class Migration(migrations.Migration):
    dependencies = [("moments", "0029_film_picture")]

    operations = [
        migrations.AddField(
            "post", "artist_slug", models.CharField(default="", db_default="", editable=False, max_length=100)
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            "post",
            models.Index(
                fields=["state", "slug", "id"], condition=models.Q(kind="song"), name="post_song_alphabet"
            ),
        ),
        migrations.AddIndex(
            "post",
            models.Index(
                fields=["state", "artist_slug", "-hot", "-id"],
                condition=models.Q(kind="song"),
                name="post_artist_hot",
            ),
        ),
        migrations.AddIndex(
            "tag",
            models.Index(
                fields=["state", "name"], condition=~models.Q(post_count=0), name="tag_alphabet"
            ),
        ),
    ]
