"""Run in the settings of a site that is filled: signs members in and prints where a benchmark is to look."""

import json
import re
from collections import Counter
from random import Random

import django

django.setup()

from django.test import Client  # noqa: E402 - Django has to be ready first
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from accounts.models import User  # noqa: E402
from bench.long_threads import THREADS, distance, moments_of, usual_film  # noqa: E402
from moments.management.synthetic.world import synthetic_members  # noqa: E402
from moments.models import Film, Moment, Post, Tag  # noqa: E402
from moments.models.post_queryset import WINDOWS  # noqa: E402

MEMBERS = 16
OPEN_MOMENTS = 4_000  # that members write at
SAMPLE = 2_000  # posts of which the words are counted
WORDS = 24
# Letters of which a prefix has so many, and that are there of a word while it is typed.
PREFIXES, TYPED = (1, 2, 3, 4, 5, 6, 7, 9), (3, 5)
COMMON = 0.05  # of the posts


def pages() -> dict[str, str]:
    """One page of every type that grows with the site."""
    film, largest = usual_film(), Film.objects.order_by("-moment_count", "pk").first()
    lengths = {length: moment_with(film, length) for length in THREADS}
    # A song that is heard in a moment is one statement more of its page, on whichever site.
    without_songs = moments_of(film).filter(songs_heard=None)
    plain = without_songs.filter(comment_count__lt=THREADS[0] - 5).latest("votes")
    of_largest = moments_of(largest).earliest("comment_count")
    member, tag = synthetic_members().earliest("pk"), Tag.objects.order_by("-post_count", "pk").first()
    names = ("home", "new", "top", "songs", "trivia", "films", "tags", "feelings", "lists", "ledger")
    return {
        **{name: reverse(name) for name in names},
        **{f"top by {span}": f"{reverse('top')}?p={span}" for span in spans()},
        "feeling": reverse("feeling", args=["wonder"]),
        "film": film.get_absolute_url(),
        "moment": plain.get_absolute_url(),
        **{f"{length} comments": moment.get_absolute_url() for length, moment in lengths.items()},
        "largest film": largest.get_absolute_url(),
        "moment of the largest film": of_largest.get_absolute_url(),
        "tag": tag.get_absolute_url(),
        "member": member.get_absolute_url(),
        "relive mode": reverse("film-relive", args=[film.slug]),
        "statistics": reverse("statistics"),
    }


def spans() -> list[str]:
    """Those with any post: a site that was filled some days ago has none of today."""
    now = timezone.now()
    newest = Post.objects.latest("created").created
    return [name for name, window in WINDOWS.items() if window is None or now - newest < window]


def moment_with(film: Film, comments: int) -> Moment:
    return moments_of(film).order_by(distance("comment_count", comments), "pk").first()


def members() -> list[dict]:
    """Those who joined neither first nor last, each signed in."""
    keys = list(synthetic_members().order_by("pk").values_list("pk", flat=True))
    chosen = User.objects.filter(pk__in=keys[len(keys) // 10 :][:MEMBERS]).order_by("pk")
    return [{"id": member.pk, "session": signed_in(member)} for member in chosen]


def signed_in(member: User) -> str:
    client = Client()
    client.force_login(member)
    return client.cookies["sessionid"].value


def open_moments(authors: list[int]) -> list[int]:
    """Moments by others, evenly from the whole site."""
    moments = Moment.objects.filter(state="visible", spoiler=False).exclude(author__in=authors)
    keys = list(moments.order_by("pk").values_list("pk", flat=True))
    return keys[:: -(-len(keys) // OPEN_MOMENTS)]


def vocabulary() -> Counter[str]:
    """In how many of the posts looked at each word stands."""
    last = Post.objects.latest("pk").pk
    sample = range(1, last + 1, max(1, last // SAMPLE))
    texts = Post.objects.filter(pk__in=list(sample), state="visible").values_list("title", "body")
    return Counter(word for text in texts for word in set(re.findall("[a-z]{3,}", " ".join(text).lower())))


def searches() -> dict[str, list[str]]:
    random, counts = Random("words"), vocabulary()  # noqa: S311 - nobody is to be kept from guessing
    total = min(SAMPLE, Post.objects.count())
    rare = sorted(word for word, count in counts.items() if count == 1)
    common = sorted(word for word, count in counts.items() if count >= COMMON * total)
    drawn = random.choices(list(counts), list(counts.values()), k=20 * WORDS)
    pairs = [" ".join(random.sample(common, 2)) for _ in range(WORDS)]
    return {
        "rare": random.sample(rare, min(WORDS, len(rare))),
        "common": random.sample(common, min(WORDS, len(common))),
        "two words": pairs,
        **{f"prefix of {size}": beginnings(drawn, size, "*") for size in PREFIXES},
        **{f"unfinished word, {size} typed": beginnings(drawn, size) for size in TYPED},
    }


def beginnings(words: list[str], size: int, star: str = "") -> list[str]:
    """The first letters of words that are longer, with the star that asks for all that goes on like that."""
    return [f"{word[:size]}{star}" for word in words if len(word) > size][:WORDS]


def main() -> None:
    cast = members()
    moments = open_moments([member["id"] for member in cast])
    print(json.dumps({"pages": pages(), "members": cast, "moments": moments, "searches": searches()}))


if __name__ == "__main__":
    main()
