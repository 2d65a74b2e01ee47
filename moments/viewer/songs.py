"""Where songs are heard, and which songs of other films are the same, as a viewer may know it."""

from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext

from moments.models import Kind, Moment, Post, Recording, SongUse, State
from moments.models.asked import Asked
from moments.models.post_queryset import HOT, TEXTS
from moments.models.song import MOST_USES, in_time
from reelive.pagination import in_this_order

USE_COLUMNS = ("role", "note", "starts", "ends", "confirms", "disputes")
FILMS_AT_ONCE, SAME_SHOWN, COVERS_SHOWN, ALIKE_LOOKED_AT, ALIKE_OFFERED = 12, 6, 20, 20, 3


def uses_of(viewer, songs, opened=None):
    """Where these songs are heard, in the order of each story, as lists of uses by the key of the song.

    Args:
        songs: keys, at most a page of them.
        opened: the film on whose pages this stands.
    """
    found = {key: [] for key in songs}
    for moment in Asked(_moments_of, viewer, opened=opened, songs=list(songs)).objects if songs else ():
        columns = {name: getattr(moment, f"use_{name}") for name in USE_COLUMNS}
        use = SongUse(pk=moment.use_id, song_id=moment.use_song, moment=moment, **columns)
        found[use.song_id].append(use)
    return {key: in_time(uses) for key, uses in found.items()}


def _moments_of(viewer, opened, songs):
    heard = {f"use_{name}": F(f"songs_heard__{name}") for name in USE_COLUMNS}
    moments = Moment.objects.listed().without_filtered(viewer, opened).filter(songs_heard__song__pk__in=songs)
    moments = moments.annotate(use_id=F("songs_heard__pk"), use_song=F("songs_heard__song"), **heard)
    moments = moments.select_related("film").veiled_for(viewer)
    return moments.order_by("use_song", "position", "id")[: FILMS_AT_ONCE * MOST_USES]


def known_recordings(viewer, **which):
    """Recordings with a song that the viewer may know: those whose pages open for them."""
    known = _not_veiled(Post.objects.listed().filter(recording=OuterRef("pk")), viewer)
    return Recording.objects.listed().filter(Exists(known), **which).order_by("pk")[:COVERS_SHOWN]


def songs_with_films(viewer, keys):
    """The songs with these keys, in this order, each with its film."""
    return in_this_order(keys, Asked(_with_films, viewer, keys=keys).by_key if keys else {})


def _with_films(viewer, keys):
    return Post.objects.listed().filter(pk__in=keys).select_related("film").defer(*TEXTS)


def say_songs(viewer, versions):
    """Versions of the facts of a recording, whose songs and original are named as the viewer may know them.

    Args:
        versions: what each says; None where there is none.
    """
    keys = {key for facts in versions if facts for key in facts.get("songs", ())}
    originals = {facts["original"] for facts in versions if facts and facts.get("original")}
    songs = _not_veiled(Post.objects.listed().filter(pk__in=keys), viewer) if keys else Post.objects.none()
    films = dict(songs.values_list("pk", "film__title"))
    titles = dict(known_recordings(viewer, pk__in=originals).values_list("pk", "title")) if originals else {}
    return [facts and facts | _said(facts, films, titles) for facts in versions]


def _said(facts, films, titles):
    hidden = gettext("A film that is veiled or muted for you")
    said = {"songs": "\n".join(films.get(key, hidden) for key in facts["songs"])} if "songs" in facts else {}
    original = facts.get("original")
    return said | {"original": titles.get(original, gettext("Another song"))} if original else said


def same_songs(viewer, song):
    """The recording that a song is, and the songs of other films that are the same: at most SAME_SHOWN.

    None and nothing where it is no recording, or that one is out of sight.
    """
    if not song.recording_id:
        return None, []
    found = Asked(_same, viewer, opened=song.film, recording=song.recording_id, song=song.pk).objects
    recording = next((row.recording for row in found), None)
    return recording, [row for row in found if row.pk != song.pk][:SAME_SHOWN]


def _same(viewer, opened, recording, song):
    """With the song itself, of which the recording is read then, too."""
    songs = Post.objects.listed().filter(recording=recording, recording__state=State.VISIBLE)
    known = Q(pk__in=_known(songs, viewer, opened).order_by().values("pk"))
    return (
        songs.filter(known | Q(pk=song)).select_related("film", "recording").order_by(*HOT)[: SAME_SHOWN + 1]
    )


def offered(viewer, song):
    """Songs of other films that may be the same: they have its title and artist. Each recording once."""
    if not song.artist_slug or not viewer.is_authenticated:
        return []
    alike = {"title": song.sort_title, "artist": song.artist_slug}
    found = {}
    for other in Asked(_alike, viewer, opened=song.film, **alike).objects:
        found.setdefault(other.recording_id or -other.pk, other)
    return list(found.values())[:ALIKE_OFFERED]


def _alike(viewer, opened, title, artist):
    songs = Post.objects.listed().of_kind(Kind.SONG).filter(sort_title=title, artist_slug=artist)
    return _known(songs.exclude(film=opened.pk), viewer, opened)[:ALIKE_LOOKED_AT]


def _known(songs, viewer, opened):
    return _not_veiled(songs, viewer, opened).select_related("film").order_by(*HOT)


def _not_veiled(posts, viewer, opened=None):
    return posts.without_filtered(viewer, opened).veiled_for(viewer).filter(is_veiled=False)
