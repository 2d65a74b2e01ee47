"""A song in all that can be said of it, for tests that walk every page."""

from moments.models import Verdict
from tests.support.makers import make_same_song, make_use


def make_heard(song, moment, author, said="That is another tune.", **fields):
    """Say that a song is heard in a moment, a verdict on that, and that another film has the same song.

    Args:
        said: the reason of the verdict, and the note.
        fields: of the other song.

    Returns values for the places of addresses.
    """
    use = make_use(song, moment, note=said, starts=3, ends=4)
    Verdict.objects.create(song_use=use, member=author, stance="dispute", reason=said)
    same = make_same_song(song, author, **fields)
    return {
        "recording": song.recording.slug,
        "song_id": song.pk,
        "other_id": same.pk,
        "use_id": use.pk,
    }
