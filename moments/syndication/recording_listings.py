"""The songs of films that are one recording, declared as in `listings`."""

from django.db.models import Exists, OuterRef
from django.http import Http404

from moments.models import Post
from moments.models.asked import Asked
from moments.models.post_queryset import HOT, NEW
from moments.syndication.listings import Listing, known_posts
from moments.viewer.lookup import find_recording


def recording(request, recording):
    """The songs of all films that are this recording, without what is veiled for the viewer.

    To be listed here would tell which song it is. Where all of them are, there is no such page, as with the
    page of an artist.
    """
    recording = find_recording(request, recording)
    songs = Asked(songs_of, request.viewer, recording=recording.pk)
    if not Asked(_any_of, request.viewer, recording=recording.pk).values:
        raise Http404
    path, title = recording.get_absolute_url(), recording.named
    return Listing(path, songs, HOT, NEW, title=title, target=recording)


def songs_of(viewer, recording):
    songs = Post.objects.listed().filter(recording=recording)
    return songs.filter(Exists(known_posts(viewer, pk=OuterRef("pk"))))


def _any_of(viewer, recording):
    return known_posts(viewer, recording=recording).values_list("pk")[:1]
