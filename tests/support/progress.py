"""What is said of how far one has seen a film."""

from django.urls import reverse

from moments.models import Progress
from moments.models.kinds import POST_KINDS
from tests.support.makers import make_moment

LATER = str(POST_KINDS["moment"].veiled_title)


def make_story(film, mia):
    """Three moments in a row, the last with everything on it that could give it away."""
    first = make_moment(film, mia, "The Traffic Jam", position=1.0)
    second = make_moment(film, mia, "A Lovely Night", position=2.0, timecode=1800)
    last = make_moment(film, mia, "The Ending Montage", position=3.0, timecode=7000, tags=["goodbyes"])
    return first, second, last


def progress_url(film):
    return reverse("film-progress", args=[film.slug])


def say(client, film, **answer):
    return client.post(progress_url(film), answer)


def progress(member, film):
    return Progress.objects.of(member, film)
