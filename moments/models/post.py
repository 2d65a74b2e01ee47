"""A post: a moment, a song or a piece of trivia that a member shared about a film."""

import math
from urllib.parse import quote

from django.core.validators import MaxValueValidator, MinLengthValidator
from django.db import models, transaction
from django.db.models import F, FloatField, Value
from django.db.models.functions import Cast, Greatest, Ln
from taggit.managers import TaggableManager

from moments.feelings import bar
from moments.ranking import EPOCH, TENFOLD, hot
from moments.spoilers import ALL, LAST_EPISODE, LAST_SEASON, NOT_SEEN
from reelive import markdown
from reelive.slugs import free_slug
from reelive.slugs import names as slug_names
from reelive.text import slugify

from .authored import Authored
from .feed import PostQuerySet
from .feeling import reading_of
from .film import Film
from .lock import Lockable
from .picture import Pictured
from .refusal import refuse_hidden, refuse_twin
from .state import State
from .tag import Tag, Tagging
from .vote import PostVote

TITLE_LIMIT, BODY_LIMIT, CONTEXT_LIMIT = 150, 10_000, 1_000
EXCERPT_LENGTH = 180
# What an edit may change; counters and the state are never written back.
WRITTEN = (
    "title", "slug", "body", "body_html", "excerpt", "context", "context_html", "spoiler", "reveals_at",
    "edited", "position", "season", "episode", "timecode", "palette", "still", "still_alt", "still_widths",
    "artist", "listen_url",
)  # fmt: skip

# What is wiped when the author deletes the post.
WORDS = (
    "body", "body_html", "excerpt", "context", "context_html", "still", "still_alt", "artist", "listen_url",
)  # fmt: skip


class Kind(models.TextChoices):
    MOMENT = "moment", "Moment"
    SONG = "song", "Song"
    TRIVIA = "trivia", "Trivia"


# What stands in the place of a veiled title.
VEILED = {
    Kind.MOMENT: "A moment later in the story",
    Kind.SONG: "A song from later in the story",
    Kind.TRIVIA: "Trivia from later in the story",
}
SEGMENTS = {Kind.MOMENT: "moments", Kind.SONG: "songs", Kind.TRIVIA: "trivia"}


class PostManager(models.Manager.from_queryset(PostQuerySet)):
    def get_by_natural_key(self, film, kind, slug):
        return self.get(film__slug=film, kind=kind, slug=slug)


class Post(Pictured, Lockable, Authored):
    """One table for the three kinds; the proxies Moment, Song and Trivia add what is theirs."""

    KIND, WORD = None, "post"
    VOTES = PostVote
    READ = ("title", "body", "context", "artist", "listen_url", "still_alt")

    kind = models.CharField(max_length=6, choices=Kind, editable=False)
    film = models.ForeignKey(Film, models.CASCADE, related_name="posts", db_index=False)
    title = models.CharField(max_length=TITLE_LIMIT, validators=[MinLengthValidator(3)])
    slug = models.CharField(max_length=100, editable=False)
    body = models.TextField(max_length=BODY_LIMIT, blank=True)
    body_html = models.TextField(blank=True, editable=False)
    excerpt = models.CharField(max_length=300, blank=True, editable=False)
    context = models.TextField(max_length=CONTEXT_LIMIT, blank=True)
    context_html = models.TextField(blank=True, editable=False)
    spoiler = models.BooleanField("gives away what happens", default=False)
    reveals_at = models.FloatField(
        null=True, blank=True, help_text="The place in the story that it belongs to."
    )
    comment_count = models.PositiveIntegerField(default=0, editable=False)
    hot = models.FloatField(default=0, editable=False)

    # A moment's own.
    position = models.FloatField(null=True, blank=True, help_text="Its place on the story's line.")
    season = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(LAST_SEASON)]
    )
    episode = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MaxValueValidator(LAST_EPISODE - 1)]
    )
    timecode = models.PositiveIntegerField(null=True, blank=True, help_text="Seconds from the start.")
    relive_count = models.PositiveIntegerField(default=0, editable=False)
    felt_by = models.PositiveIntegerField(default=0, editable=False)
    # A song's own.
    artist = models.CharField(max_length=200, blank=True)
    listen_url = models.URLField("where to listen", max_length=500, blank=True)
    # A trivia's own.
    status = models.CharField(max_length=9, blank=True, editable=False)
    confirms = models.PositiveIntegerField(default=0, editable=False)
    disputes = models.PositiveIntegerField(default=0, editable=False)

    tags = TaggableManager(through=Tagging, blank=True)
    objects = PostManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["film", "kind", "slug"], name="post_slug_once"),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.MOMENT, position__isnull=False)
                | models.Q(
                    ~models.Q(kind=Kind.MOMENT),
                    position=None,
                    season=None,
                    episode=None,
                    timecode=None,
                ),
                name="post_only_moments_have_a_place",
            ),
            # What stands outside of every story would stay veiled for those who have seen it all.
            *(
                models.CheckConstraint(
                    condition=models.Q((f"{place}__isnull", True))
                    | models.Q((f"{place}__gt", NOT_SEEN), (f"{place}__lt", ALL)),
                    name=f"post_{place}_in_story",
                )
                for place in ("position", "reveals_at")
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.SONG) | models.Q(artist="", listen_url=""),
                name="post_only_songs_have_artists",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=Kind.TRIVIA) ^ models.Q(status=""),
                name="post_only_trivia_have_a_status",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-hot", "-id"], name="post_hot"),
            models.Index(fields=["state", "kind", "-hot", "-id"], name="post_kind_hot"),
            models.Index(fields=["state", "-created", "-id"], name="post_new"),
            models.Index(fields=["state", "kind", "-created", "-id"], name="post_kind_new"),
            models.Index(fields=["state", "-votes", "-hot", "-id"], name="post_top"),
            models.Index(fields=["state", "kind", "-votes", "-hot", "-id"], name="post_kind_top"),
            models.Index(fields=["film", "kind", "position", "id"], name="post_film_story"),
            models.Index(fields=["film", "kind", "-votes", "-hot", "-id"], name="post_film_top"),
            models.Index(fields=["film", "-created", "-id"], name="post_film_new"),
            models.Index(fields=["author", "-created", "-id"], name="post_author_new"),
            models.Index(
                fields=["state", "status", "-hot", "-id"],
                condition=models.Q(kind=Kind.TRIVIA),
                name="post_status_hot",
            ),
        ]

    def __init__(self, *args, **kwargs):
        if self.KIND and not args:
            kwargs.setdefault("kind", self.KIND)
        super().__init__(*args, **kwargs)

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        # By hand, since a page asks a hundred times and `reverse` takes as long as a query; a test compares.
        return f"{self.film.get_absolute_url()}{SEGMENTS[self.kind]}/{quote(self.slug)}/"

    def natural_key(self):
        return (self.film.slug, self.kind, self.slug)

    natural_key.dependencies = ["moments.film", "accounts.user"]

    # What a card or page asks of a post. The first two ask for `veiled_for`: without it there is no telling.

    @property
    def shown_title(self):
        return VEILED[self.kind] if self.is_veiled else self.title

    @property
    def link(self):
        """Where lists lead; the address of what is veiled or removed has no words in it."""
        return f"/posts/{self.pk}/" if self.is_veiled or self.is_removed else self.get_absolute_url()

    @property
    def episode_text(self):
        """The season and episode of a moment, as far as somebody said: S2 E3."""
        parts = (("S", self.season), ("E", self.episode))
        return " ".join(f"{letter}{number}" for letter, number in parts if number is not None)

    @property
    def is_flagged(self):
        """Whether its author, or enough of those who read it, say that it gives the story away."""
        return self.spoiler or self.spoils_by_quorum

    @property
    def tag_list(self):
        return [tagging.tag for tagging in self.taggings.all()]

    @property
    def reading(self):
        """What was felt here, and whether it is the house's own reading."""
        return reading_of(self.tallies.all(), self.felt_by)

    @property
    def feelings(self):
        return bar(self.reading[0])

    @property
    def house_reading(self):
        return self.reading[1]

    # What the ledger says of it.

    @property
    def ledger_subject(self):
        return self.kind if self.kind == Kind.TRIVIA else f"a {self.kind}"

    @property
    def described(self):
        """The same with its film, which members name: for pages, that may forget it again."""
        return f"{self.ledger_subject} of {self.film}"

    # Verbs.

    @transaction.atomic
    def publish(self, tags):
        """Save a new post under the first free address of its film."""
        self.refuse_twin()
        self.render()
        self.hot = hot(0, self.created)
        self._find_address()
        self.film.count(f"{self.kind}_count", +1)
        refuse_hidden(self.film)
        self.retag(tags)
        self.ask_for_a_look()

    @transaction.atomic
    def revise(self, tags=None, by=None):
        """Save changed texts and nothing else: votes that come in meanwhile are not undone.

        Args:
            tags: their names from now on, or None to leave them as they are.
            by: who edits, the author unless somebody else does.
        """
        if not self.note_edit(by):
            return False
        self.render()
        former = self.slug
        if slug_names(former, slugify(self.title, fallback=self.kind)):
            self.save(update_fields=WRITTEN)
        else:
            self._find_address(fields=WRITTEN)
            self._keep_address(former)
        if tags is not None:
            self.retag(tags)
        self.ask_for_a_look()
        return True

    def put_back(self, texts):
        # The words that tell of the picture stay with it: it may have been another one then.
        older = texts | {"still_alt": self.still_alt}
        if older == self.texts:
            return False
        for name, text in older.items():
            setattr(self, name, text)
        return self.revise()

    def drop_traces(self, texts):
        """The address that was made of a title that nothing else has is dropped with it."""
        title = texts["title"]
        if title == self.title or self.revisions.filter(texts__title=title).count() > 1:
            return
        wish = slugify(title, fallback=self.kind)
        addresses = self.former_slugs.all()
        gone = [row.pk for row in addresses if slug_names(row.slug, wish)]
        addresses.filter(pk__in=gone).delete()

    def refuse_twin(self):
        refuse_twin(self, ("-created", "-id"), kind=self.kind, title=self.title, body=self.body)

    def _find_address(self, fields=None):
        siblings = Post.objects.filter(film=self.film, kind=self.kind)
        free_slug(self, [slugify(self.title, fallback=self.kind)], siblings, fields)

    def _keep_address(self, slug):
        """Who follows it is led to this post from now on, whichever had it before."""
        place = {"film": self.film, "kind": self.kind, "slug": slug}
        self.former_slugs.model.objects.update_or_create(**place, defaults={"post": self})

    def render(self):
        """Make the stored HTML and the excerpt."""
        self.body_html, self.context_html = self.rendered(self.body, self.context)
        self.excerpt = markdown.excerpt(self.body, EXCERPT_LENGTH)

    def retag(self, names):
        """Make `names` (normalised) the post's tags; each tag counts its posts."""
        before = set(self.taggings.values_list("tag", flat=True))
        self.tags.set(Tag.objects.canonical(names))
        after = set(self.taggings.values_list("tag", flat=True))
        Tag.objects.filter(pk__in=after - before).update(post_count=F("post_count") + 1)
        Tag.objects.filter(pk__in=before - after).update(post_count=F("post_count") - 1)
        self.taggings.update(hot=self.hot)

    def _count_votes(self, step):
        votes = F("votes") + step
        age_part = (self.created - EPOCH).total_seconds() / TENFOLD
        log_part = Ln(Cast(Greatest(votes, Value(1)), FloatField())) / math.log(10)
        Post.objects.filter(pk=self.pk).update(votes=votes, hot=log_part + age_part)
        self.votes, self.hot = Post.objects.values_list("votes", "hot").get(pk=self.pk)
        Tagging.objects.filter(content_object_id=self.pk).update(hot=self.hot)

    def _take_out(self):
        """Its thread stays under a tombstone; its picture goes from the address that people know."""
        moved = self._move(State.VISIBLE, State.REMOVED)
        if moved:
            self.readdress_still()
        return moved and self._count_in_lists(-1)

    def _bring_back(self):
        """When its film is out of sight too, it is left to come back with it."""
        film_is_visible = Film.objects.listed().filter(pk=self.film_id).exists()
        end = State.VISIBLE if film_is_visible else State.WITHHELD
        return self._move(State.REMOVED, end) and self._count_in_lists(+1)

    @transaction.atomic
    def take_back(self):
        """The author deletes it: the words are gone for good, the thread stays under a tombstone.

        The address was made of the title, so it goes too; who has the old one is led to the thread.
        """
        former = self.slug
        self.drop_still()
        wiped = dict.fromkeys(WORDS, "") | {
            "title": "Deleted",
            "slug": f"deleted-{self.pk}",
            "still_widths": [],
        }
        if not any(self._move(start, State.DELETED, **wiped) for start in (State.VISIBLE, State.WITHHELD)):
            return False
        self._forget_words()
        self._keep_address(former)
        return self._count_in_lists(-1)

    def _count_in_lists(self, step):
        self.film.count(f"{self.kind}_count", step)
        Tag.objects.filter(taggings__content_object=self.pk).update(post_count=F("post_count") + step)
        return True
