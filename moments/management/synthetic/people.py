"""Synthetic members, the films that they add and the tags that they use."""

from django.db import transaction

from accounts.models import User
from moments.models import Film, Tag
from reelive import markdown
from reelive.alphabet import sort_title
from reelive.bulk import Table, as_json

from .words import ADJECTIVES, NOUNS
from .world import PREFIX, World, synthetic_members

ROWS_AT_ONCE = 5_000
HUES = ("0e0b2e", "2a1b5e", "6a3fa0", "e27396", "f5b94a", "1d3b4f", "2f6f73", "8fb89a", "e9d8a6", "bb3e03")
FILM_LANGUAGES = ("en", "ja", "fr", "ko", "es", "it")


def make_members(world: World, count: int):
    """Yields how far each batch went and how many rows it wrote."""
    newest = synthetic_members().order_by("-pk").first()
    number = int(newest.username.removeprefix(PREFIX)) if newest else 0
    table = Table(User, "id", "username", "email", "password", "date_joined", "bio", "bio_html", "theme")
    bios = [
        (text, markdown.render(text)) for text in (world.words.sentence() for _ in range(min(count, 200)))
    ]
    for start in range(0, count, ROWS_AT_ONCE):
        size = min(ROWS_AT_ONCE, count - start)
        with transaction.atomic():
            keys = table.reserve(size)
            rows = []
            for place, key in enumerate(keys, start):
                name = f"{PREFIX}{number + place + 1:05}"
                joined = world.when(place / count)
                theme = world.random.choice(User.Theme.values)
                rows.append(
                    (key, name, f"{name}@example.invalid", "!", joined, *world.random.choice(bios), theme)
                )
            written = table.write(rows)
        world.members.extend(keys)
        yield size, written


def make_films(world: World, count: int):
    about = ("title", "sort_title", "year", "director", "music")
    facts = ("runtime", "language", "summary", "palette")
    table = Table(Film, "id", "slug", "medium", *about, *facts, "added_by_id", "created")
    for start in range(0, count, ROWS_AT_ONCE):
        size = min(ROWS_AT_ONCE, count - start)
        with transaction.atomic():
            written = table.write([_film(world, key) for key in table.reserve(size)])
        yield size, written


def _film(world: World, key: int) -> tuple:
    random, words = world.random, world.words
    title = words.title()
    language = random.choice(FILM_LANGUAGES)
    about = (
        title,
        sort_title(title, language),
        random.randint(1930, 2026),
        f"{words.name()} {words.name()}",
        f"{words.name()} {words.name()}",
    )
    medium = "series" if random.random() < 0.2 else "film"
    summary = words.sentence() if random.random() < 0.9 else ""
    facts = (random.randint(70, 190), language, summary, palette(world))
    return (
        key,
        slug(title, key),
        medium,
        *about,
        *facts,
        world.someone(),
        world.when(random.random() * 0.01),
    )


def slug(title: str, key: int) -> str:
    """What `slugify` makes of a title of ours, with the number that keeps it apart."""
    return f"{title.lower().replace(' ', '-')}-{key}"


def palette(world: World) -> str:
    return as_json([f"#{hue}" for hue in world.random.sample(HUES, 5)])


def make_tags(world: World, count: int) -> list[int]:
    """The keys of at least `count` synthetic tags, those of earlier runs among them."""
    names = [f"synthetic {adjective} {noun}" for noun in NOUNS for adjective in ADJECTIVES]
    wanted = [f"synthetic {noun}" for noun in NOUNS] + names
    rows = [Tag(name=name, slug=name.replace(" ", "-")) for name in wanted[:count]]
    Tag.objects.bulk_create(rows, batch_size=ROWS_AT_ONCE, ignore_conflicts=True)
    keys = Tag.objects.filter(name__in=wanted[:count]).order_by("pk")
    return list(keys.values_list("pk", flat=True))
