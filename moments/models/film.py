"""A film or a series: the place where moments, songs and trivia gather."""

from urllib.parse import quote

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from reelive.slugs import free_slug
from reelive.slugs import names as slug_names
from reelive.text import slugify

from .ledger import Action
from .moderated import Moderated
from .state import State, StateQuerySet

FIRST_FILM_YEAR = 1874
COUNTERS = ("moment_count", "song_count", "trivia_count", "relive_count")
WRITTEN = (
    "slug", "medium", "title", "original_title", "year", "director", "music", "runtime", "language",
    "summary", "palette", "imdb", "tmdb", "wikidata",
)  # fmt: skip


def decades():
    """Those that films are from, the latest first."""
    return range(timezone.now().year // 10 * 10, FIRST_FILM_YEAR // 10 * 10 - 1, -10)


class FilmQuerySet(StateQuerySet):
    def visible_to(self, member):
        return self.listed()

    def with_medium(self, medium):
        return self.filter(medium=medium) if medium else self

    def from_decade(self, decade):
        return self.filter(year__gte=decade, year__lt=decade + 10) if decade else self


class FilmManager(models.Manager.from_queryset(FilmQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Film(Moderated):
    class Medium(models.TextChoices):
        FILM = "film", "Film"
        SERIES = "series", "Series"

    WORD = "film"

    slug = models.CharField(max_length=100, unique=True, editable=False)
    medium = models.CharField(max_length=6, choices=Medium, default=Medium.FILM)
    title = models.CharField(max_length=150)
    original_title = models.CharField(max_length=150, blank=True)
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(FIRST_FILM_YEAR), MaxValueValidator(2100)]
    )
    director = models.CharField("directed by", max_length=150, blank=True)
    music = models.CharField("music by", max_length=150, blank=True)
    runtime = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text="In minutes.",
    )
    language = models.CharField(max_length=10, blank=True, help_text="The language it was made in.")
    summary = models.TextField(max_length=1000, blank=True, help_text="What it is about, spoiling nothing.")
    palette = models.JSONField(default=list, blank=True)
    imdb = models.CharField(
        "IMDb id",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"\Att\d{7,10}\Z", "Like tt3783958.")],
    )
    tmdb = models.CharField(
        "TMDB id",
        max_length=12,
        blank=True,
        validators=[RegexValidator(r"\A\d{1,10}\Z", "A number.")],
    )
    wikidata = models.CharField(
        "Wikidata id",
        max_length=14,
        blank=True,
        validators=[RegexValidator(r"\AQ\d{1,12}\Z", "Like Q20856802.")],
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="films_added",
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    nonce = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="merged_from"
    )
    moment_count = models.PositiveIntegerField(default=0, editable=False)
    song_count = models.PositiveIntegerField(default=0, editable=False)
    trivia_count = models.PositiveIntegerField(default=0, editable=False)
    relive_count = models.PositiveIntegerField(default=0, editable=False)

    objects = FilmManager()

    class Meta:
        ordering = ["title"]
        indexes = [
            models.Index(fields=["state", "-moment_count", "-id"], name="film_most_moments"),
            models.Index(fields=["state", "-created", "-id"], name="film_newest"),
            models.Index(fields=["state", "-year", "-id"], name="film_latest"),
            models.Index(fields=["state", "title", "id"], name="film_title"),
        ]

    def __str__(self):
        return f"{self.title} ({self.year})"

    def get_absolute_url(self):
        return f"/films/{quote(self.slug)}/"

    def natural_key(self):
        return (self.slug,)

    @property
    def is_series(self):
        return self.medium == self.Medium.SERIES

    def add(self, fields=None):
        """Save a film under the first free address: ponyo, ponyo-2008, ponyo-2008-2."""
        base = slugify(self.title, fallback="film")
        free_slug(self, [base, f"{base}-{self.year}"], Film.objects.all(), fields)

    @transaction.atomic
    def revise(self):
        """Save a changed film; a new title brings a new address, and the old one redirects.

        Counters and the state are never written back.
        """
        base, former = slugify(self.title, fallback="film"), self.slug
        if slug_names(former, base) or slug_names(former, f"{base}-{self.year}"):
            self.save(update_fields=WRITTEN)
            return
        self.add(fields=WRITTEN)
        self._keep_address(former)

    def _keep_address(self, slug):
        """Who follows it is led to this film from now on, whichever had it before."""
        self.former_slugs.model.objects.update_or_create(slug=slug, defaults={"film": self})

    @transaction.atomic
    def merge_into(self, by, target, note=""):
        """Move all that is shared about this film to `target`, where its addresses lead from now on."""
        both = Film.objects.select_for_update().listed().filter(pk__in=(self.pk, target.pk)).order_by("pk")
        if len(both) < 2:
            return False
        self.refresh_from_db()
        self._hand_posts_to(target)
        self.former_slugs.update(film=target)
        target._keep_address(self.slug)
        reached = target.progresses.values("member")
        self.progresses.exclude(member__in=reached).update(film=target)
        for counter in COUNTERS:
            target.count(counter, getattr(self, counter))
        self._move(State.VISIBLE, State.REMOVED, merged_into=target, **dict.fromkeys(COUNTERS, 0))
        self._record(by, Action.MERGE, note=note or f"Into {target.ledger_name}.")
        return True

    def _hand_posts_to(self, target):
        """Posts keep their addresses but for those whose name is taken there."""
        taken = set(target.posts.values_list("kind", "slug"))
        clashing = [post for post in self.posts.all() if (post.kind, post.slug) in taken]
        self.posts.exclude(pk__in=[post.pk for post in clashing]).update(film=target)
        for post in clashing:
            post.film = target
            free_slug(post, [post.slug], target.posts.filter(kind=post.kind), fields=["film", "slug"])
        former = set(target.former_post_slugs.values_list("kind", "slug"))
        for address in self.former_post_slugs.all():
            if (address.kind, address.slug) not in former:
                address.film = target
                address.save(update_fields=["film"])

    def count(self, field, step):
        """Move a counter by `step` in the transaction of the row that it counts."""
        Film.objects.filter(pk=self.pk).update(**{field: F(field) + step})

    @property
    def film_id(self):
        return self.pk

    @property
    def ledger_subject(self):
        return "a film"

    @property
    def ledger_texts(self):
        return [self.title, self.original_title, self.director, self.music, self.summary]

    def _take_out(self):
        """Its posts go with it; `restore` brings back just these."""
        moved = self._move(State.VISIBLE, State.REMOVED)
        if moved:
            self.posts.filter(state=State.VISIBLE).update(state=State.WITHHELD)
        return moved

    def _bring_back(self):
        if self.merged_into_id:
            return False
        moved = self._move(State.REMOVED, State.VISIBLE)
        if moved:
            self.posts.filter(state=State.WITHHELD).update(state=State.VISIBLE)
        return moved
