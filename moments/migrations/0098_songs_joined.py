"""Join the songs of several films that have the same title and the same artist.

Safe while the old code runs, which does not look at recordings. What it shares meanwhile stays alone until a
member joins it. Songs without an artist are left alone: the title says too little. Each run reads the songs along
an index, and joins those that are not joined yet.
"""

from itertools import groupby

from django.db import migrations

from reelive.text import fold, slugify

MOST_SONGS, SLUG_LENGTH = 100, 90


def join(apps, schema_editor):
    posts, recordings = apps.get_model("moments", "Post").objects, apps.get_model("moments", "Recording").objects
    songs = posts.filter(kind="song", state="visible", recording=None).exclude(artist_slug="")
    songs = songs.order_by("artist_slug", "sort_title", "id")
    columns = ("artist_slug", "sort_title", "id", "title", "artist", "film")
    rows = songs.values_list(*columns).iterator()
    for _key, alike in groupby(rows, key=lambda row: row[:2]):
        by_title = {}
        for row in alike:
            by_title.setdefault(fold(row[3]), []).append(row)
        for same in by_title.values():
            if len({row[5] for row in same}) > 1:
                join_these(posts, recordings, same[:MOST_SONGS])


def join_these(posts, recordings, same):
    artist_slug, sort_title, _pk, title, artist, _film = same[0]
    slug = free_slug(recordings, slugify(title, fallback="recording"), artist_slug)
    made = recordings.create(slug=slug, title=title, artist=artist, sort_title=sort_title)
    posts.filter(pk__in=[row[2] for row in same]).update(recording=made)


def free_slug(recordings, title, artist):
    wishes = [title, f"{title[:60]}-{artist[:39]}"][title in ("by", "feed", "uses") :]
    for wish in wishes:
        if not recordings.filter(slug=wish).exists():
            return wish
    number = 2
    while recordings.filter(slug=f"{wishes[-1][:SLUG_LENGTH]}-{number}").exists():
        number += 1
    return f"{wishes[-1][:SLUG_LENGTH]}-{number}"


class Migration(migrations.Migration):
    dependencies = [("moments", "0097_recordings")]

    operations = [migrations.RunPython(join, migrations.RunPython.noop, elidable=True)]
