"""Synthetic posts of all kinds with all that hangs on them but comments and votes."""

from collections import Counter
from itertools import accumulate

from django.db import transaction

from moments.feelings import FEELINGS
from moments.models import (
    DiaryEntry,
    FeelingTally,
    Film,
    Post,
    Reaction,
    Reason,
    SongUse,
    Source,
    Tagging,
    Verdict,
)
from moments.models.feeling import missing
from moments.models.song_columns import artist_slug, place_in_alphabet
from moments.models.trivia import status
from moments.ranking import hot, wilson
from reelive.bulk import Table, as_json

from .people import palette, slug
from .world import World, synthetic_members

POSTS_AT_ONCE = 2_000
BODIES = 2_000
REMOVED_EVERY = 499
POST_COLUMNS = (
    *("id", "kind", "film_id", "author_id"),
    *("title", "slug", "body", "body_html", "excerpt", "context", "context_html", "spoiler", "reveals_at"),
    *("votes", "comment_count", "hot", "created"),
    *("position", "timecode", "palette", "relive_count", "felt_by", "artist", "artist_slug"),
    *("status", "confirms", "disputes", "sort_title", "rating"),
)


class Plan:
    """How many votes, comments, reactions and diary entries each of the new posts is going to have."""

    def __init__(self, world: World, kinds: list[str], votes: int, comments: int):
        others = len(world.members) - 1
        self.kinds = kinds
        self.votes = world.spread(votes, len(kinds), others)
        self.comments = world.spread(comments, len(kinds), comments)
        self.felt_by = world.spread(2 * len(kinds), len(kinds), others)
        self.diary_entries = world.spread(len(kinds), len(kinds), others)


class PostMaker:
    """Writes posts in batches and remembers what threads and votes need of them."""

    def __init__(self, world: World, plan: Plan, films: list[tuple[int, int]], tags: list[int]):
        self.world, self.plan, self.tags = world, plan, tags
        self.films, self.places = [key for key, _count in films], dict(films)
        self.odds = list(accumulate(1 / (rank + 3) for rank in range(len(films))))
        self.tag_odds = list(accumulate(1 / (rank + 3) for rank in range(len(tags))))
        self.moments_of: dict[int, list[int]] = {}
        self.bodies = _texts(world, min(BODIES, len(plan.kinds)), (2, 9))
        self.contexts = _texts(world, min(BODIES, len(plan.kinds)) // 4 + 1, (1, 2))
        self.keys: list[int] = []
        self.authors: list[int] = []
        self.tables = {
            Post: Table(Post, *POST_COLUMNS),
            Tagging: Table(Tagging, "content_object_id", "tag_id", "hot"),
            Reaction: Table(Reaction, "moment_id", "member_id", "feeling", "created"),
            FeelingTally: Table(FeelingTally, "moment_id", "feeling", "count", "strength"),
            DiaryEntry: Table(
                DiaryEntry, "moment_id", "member_id", "date", "note", "note_html", "public", "feelings"
            ),
            SongUse: Table(SongUse, "song_id", "moment_id", "role"),
            Source: Table(Source, "trivia_id", "url", "title"),
            Verdict: Table(Verdict, "trivia_id", "member_id", "stance", "reason", "created"),
        }

    def created(self, number: int):
        """The posts follow one another at equal distances."""
        return self.world.when(0.01 + 0.99 * number / len(self.plan.kinds))

    def make(self):
        """Yields how far each batch went and how many rows it wrote."""
        for start in range(0, len(self.plan.kinds), POSTS_AT_ONCE):
            numbers = range(start, min(start + POSTS_AT_ONCE, len(self.plan.kinds)))
            self.rows = {model: [] for model in self.tables}
            with transaction.atomic():
                for number, key in zip(numbers, self.tables[Post].reserve(len(numbers)), strict=True):
                    self.add(number, key)
                written = sum(table.write(self.rows[model]) for model, table in self.tables.items())
            yield len(numbers), written

    def add(self, number: int, key: int):
        world, kind = self.world, self.plan.kinds[number]
        film = world.random.choices(self.films, cum_weights=self.odds)[0]
        created, author = self.created(number), world.someone(number / len(self.plan.kinds))
        title, votes = world.words.title(), self.plan.votes[number]
        rank = hot(votes, created)
        own = getattr(self, f"add_{kind}")(number, key, film, author, created)
        texts = (title, slug(title, key), *world.random.choice(self.bodies))
        body = (*texts, *world.random.choice(self.contexts)[:2], world.random.random() < 0.15, None)
        comments = self.plan.comments[number] - deleted_among(self.plan.comments[number])
        place = (place_in_alphabet(kind, title), world.random.randint(1, 10) if kind == "review" else None)
        self.rows[Post].append((key, kind, film, author, *body, votes, comments, rank, created, *own, *place))
        for tag in set(
            world.random.choices(self.tags, cum_weights=self.tag_odds, k=world.random.randint(1, 4))
        ):
            self.rows[Tagging].append((key, tag, rank))
        self.keys.append(key)
        self.authors.append(author)

    def add_moment(self, number: int, key: int, film: int, author: int, created):
        self.places[film] += 1
        place, diary_entries, felt_by = (
            self.places[film],
            self.plan.diary_entries[number],
            self.plan.felt_by[number],
        )
        self.moments_of.setdefault(film, []).append(key)
        self.add_feelings(key, felt_by, created)
        for member in self.world.several(diary_entries):
            text, html, _excerpt = self.world.random.choice(self.contexts)
            self.rows[DiaryEntry].append(
                (
                    key,
                    member,
                    created.date(),
                    text,
                    html,
                    self.world.random.random() < 0.3,
                    as_json(["wonder"]),
                )
            )
        return (float(place), place * 37, palette(self.world), diary_entries, felt_by, "", "", "", 0, 0)

    def add_feelings(self, key: int, felt_by: int, created):
        mood = self.world.random.sample(list(FEELINGS), 4)
        counts = Counter()
        for member in self.world.several(felt_by):
            felt = mood[self.world.random.randrange(4) :][:2]
            counts.update(felt)
            self.rows[Reaction] += ((key, member, feeling, created) for feeling in felt)
        total = counts.total() + missing(felt_by)
        for feeling, count in counts.items():
            self.rows[FeelingTally].append((key, feeling, count, wilson(count, total - count)))

    def add_song(self, number: int, key: int, film: int, author: int, created):
        heard = self.moments_of.get(film, [])[-2:]
        self.rows[SongUse] += ((key, moment, "background") for moment in heard)
        artist = f"{self.world.words.name()} {self.world.words.name()}"
        return (None, None, "[]", 0, 0, artist, artist_slug(artist), "", 0, 0)

    def add_review(self, number: int, key: int, film: int, author: int, created):
        return (None, None, "[]", 0, 0, "", "", "", 0, 0)

    def add_trivia(self, number: int, key: int, film: int, author: int, created):
        random = self.world.random
        sources = random.randint(0, 2)
        for place in range(sources):
            self.rows[Source].append(
                (key, f"https://example.invalid/{key}/{place}", self.world.words.title())
            )
        judges = self.world.several(random.randint(0, 9)) if random.random() < 0.3 else []
        likely = random.choice((0.1, 0.5, 0.9))
        stances = Counter()
        for judge in judges:
            stance = "confirm" if random.random() < likely else "dispute"
            stances[stance] += 1
            self.rows[Verdict].append((key, judge, stance, self.world.words.sentence(), created))
        sides = (stances["confirm"], stances["dispute"])
        return (None, None, "[]", 0, 0, "", "", status(sources, *sides), *sides)


def remove_some(keys: list[int]):
    """A moderator finds spam here and there; each removal has its row in the ledger."""
    moderator = synthetic_members().earliest("pk")
    for key in keys[REMOVED_EVERY - 1 :: REMOVED_EVERY]:
        Post.objects.get(pk=key).remove(moderator, Reason.SPAM)


def synthetic_films() -> list[tuple[int, int]]:
    """The films that synthetic members added, with their number of moments."""
    films = Film.objects.filter(added_by__in=synthetic_members(), state="visible").order_by("pk")
    return list(films.values_list("pk", "moment_count"))


def deleted_among(comments: int) -> int:
    """How many of a thread's comments their authors deleted: every 50th."""
    return comments // 50


def _texts(world: World, count: int, lengths: tuple[int, int]) -> list[tuple[str, str, str]]:
    """Bodies with their HTML and excerpt."""
    posts = [Post(body=world.words.paragraphs(world.random.randint(*lengths))) for _ in range(count)]
    for post in posts:
        post.render()
    return [(post.body, post.body_html, post.excerpt) for post in posts]
