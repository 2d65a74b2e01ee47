"""A film or a series: the place where moments, songs, trivia and reviews gather."""

from urllib.parse import quote

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from moments.ledger.sentences import describe
from reelive.alphabet import sort_title
from reelive.partial_dates import partial_date
from reelive.slugs import free_slug

from .credit import Credit
from .draft import Draft
from .event import Event, EventKind
from .film_arc import FilmArc
from .film_facts import FACTS, FilmFacts
from .film_ids import FILM_IDS, FilmIds
from .film_story import Storied
from .film_trait import FilmTrait
from .follow import Follow
from .ledger import Action
from .mixins.addressed import Addressed
from .mixins.lockable import Lockable
from .mixins.logged import Logged
from .mixins.mergeable import Mergeable
from .mixins.moderated import Moderated
from .mixins.reportable import Reportable
from .mixins.stateful import State, Stateful, StateQuerySet
from .mixins.stilled import ALT_LIMIT
from .origin import Origin
from .refusals import Suspended
from .waiting_work import WaitingWork

FIRST_FILM_YEAR = 1874


def decades():
    """Those that films are from, the latest first."""
    return range(timezone.now().year // 10 * 10, FIRST_FILM_YEAR // 10 * 10 - 1, -10)


class FilmQuerySet(StateQuerySet):
    def visible_to(self, member):
        return self.listed()

    def editable_by(self, member):
        """Facts are everybody's; a lock is told of where they are read and edited."""
        return self.listed() if member.is_authenticated else self.none()

    def with_medium(self, medium):
        return self.filter(medium=medium) if medium else self

    def from_decade(self, decade):
        return self.filter(year__gte=decade, year__lt=decade + 10) if decade else self


class FilmManager(models.Manager.from_queryset(FilmQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)


class Film(
    Addressed, FilmIds, Origin, FilmFacts, Storied, Lockable, Logged,
    Mergeable, Reportable, Stateful, Moderated,
):  # fmt: skip
    class Medium(models.TextChoices):
        FILM = "film", _("Film")
        SERIES = "series", pgettext_lazy("one", "Series")

    model_name = "film"
    text_fields, editable_fields = FACTS, ("slug", "edited", "sort_title", *FACTS, "still_widths")
    counter_fields = ("moment_count", "song_count", "trivia_count", "review_count", "relive_count")
    # The facts are what is locked: members cannot edit them then, and each edit by staff is in the ledger.
    lock_actions = (Action.OPEN_FACTS, Action.LOCK_FACTS)

    slug = models.CharField(_("slug"), max_length=100, unique=True, editable=False)
    medium = models.CharField(_("film or series"), max_length=6, choices=Medium, default=Medium.FILM)
    title = models.CharField(_("title"), max_length=150)
    original_title = models.CharField(_("original title"), max_length=150, blank=True)
    sort_title = models.CharField(max_length=120, default="", db_default="", editable=False)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_FILM_YEAR), MaxValueValidator(2100)]
    )
    released = partial_date(_("first shown"))
    director = models.CharField(_("directed by"), max_length=150, blank=True)
    music = models.CharField(_("music by"), max_length=150, blank=True)
    runtime = models.PositiveSmallIntegerField(
        _("length"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("In minutes."),
    )
    # Lists of a name and minutes, such as ["Director's cut", 137].
    cuts = models.JSONField(_("other cuts"), default=list, db_default=[], blank=True)
    language = models.CharField(
        _("language"), max_length=10, blank=True, help_text=_("The language it was made in.")
    )
    summary = models.TextField(
        _("summary"), max_length=1000, blank=True, help_text=_("What it is about, spoiling nothing.")
    )
    palette = models.JSONField(_("colours"), default=list, blank=True)
    # Old code may run that does not name these, so the database has their defaults.
    still = models.ImageField(_("picture"), upload_to="stills/", blank=True, default="", db_default="")
    still_alt = models.CharField(
        _("description of the picture"), max_length=ALT_LIMIT, blank=True, default="", db_default=""
    )
    still_widths = models.JSONField(default=list, db_default=[], blank=True, editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="films_added",
        verbose_name=_("added by"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    locked = models.BooleanField(_("facts locked"), default=False, db_default=False, editable=False)
    nonce = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    moment_count = models.PositiveIntegerField(_("moments"), default=0, editable=False)
    song_count = models.PositiveIntegerField(_("songs"), default=0, editable=False)
    trivia_count = models.PositiveIntegerField(_("trivia"), default=0, editable=False)
    review_count = models.PositiveIntegerField(_("reviews"), default=0, db_default=0, editable=False)

    objects = FilmManager()

    class Meta:
        verbose_name, verbose_name_plural = _("film"), _("films")
        ordering = ["title"]
        indexes = [
            models.Index(fields=["state", "-moment_count", "-id"], name="film_most_moments"),
            models.Index(fields=["state", "-created", "-id"], name="film_newest"),
            models.Index(fields=["state", "-year", "-id"], name="film_latest"),
            models.Index(fields=["state", "sort_title", "id"], name="film_alphabet"),
            models.Index(
                fields=["-created", "-id"],
                name="film_incomplete",
                condition=models.Q(state=State.VISIBLE, summary=""),
            ),
            *(
                models.Index(fields=[name], name=f"film_{name}", condition=models.Q(**{f"{name}__gt": ""}))
                for name in FILM_IDS
            ),
        ]

    def __str__(self):
        return f"{self.title} ({self.year})"

    def get_absolute_url(self):
        return f"/films/{quote(self.slug)}/"

    @property
    def place_in_alphabet(self):
        return sort_title(self.title, self.language, self.original_title)

    @property
    def songs_url(self):
        return f"{self.get_absolute_url()}songs/"

    @property
    def trivia_url(self):
        return f"{self.get_absolute_url()}trivia/"

    @property
    def reviews_url(self):
        return f"{self.get_absolute_url()}reviews/"

    @property
    def barcode_url(self):
        return f"{self.get_absolute_url()}barcode.svg"

    def natural_key(self):
        return (self.slug,)

    @property
    def is_series(self):
        return self.medium == self.Medium.SERIES

    def slug_wishes(self, title):
        """With the year where another film has the title: ponyo, ponyo-2008, ponyo-2008-2."""
        (slug,) = super().slug_wishes(title)
        return [slug, f"{slug}-{self.year}"]

    @transaction.atomic
    def add(self, picture=None):
        """Save a new film under the first free address, with its picture. Raises Suspended."""
        if self.added_by_id and not User.objects.filter(pk=self.added_by_id, is_active=True).exists():
            raise Suspended
        if picture:
            self.store_still(picture)
        self.sort_title = self.place_in_alphabet
        self.save_under_free_slug()
        FilmTrait.objects.follow(self.pk)
        WaitingWork.objects.look_again(self)

    # Merging.

    @transaction.atomic
    def merge_into(self, by, target, note=""):
        """Move all that is shared about this film to `target`, where its addresses lead from now on.

        Its former facts stay with it: they are no older versions of the other film's.
        """
        both = Film.objects.select_for_update().listed().filter(pk__in=(self.pk, target.pk)).order_by("pk")
        if len(both) < 2:
            return False
        self.refresh_from_db()
        self._hand_posts_to(target)
        FilmArc.objects.note_change(target.pk)
        self.former_slugs.update(film=target)
        target.keep_former_slug(self.slug)
        reached = target.progresses.values("member")
        self.progresses.exclude(member__in=reached).update(film=target)
        Follow.objects.hand_over(target, film=self)
        self.filters.hand_over(target, film=self)
        Draft.objects.filter(film=self).update(film=target)
        people = self._hand_credits_to(target)
        self._hand_logs_to(target)
        listed_there = target.list_entries.values("member_list")
        self.list_entries.exclude(member_list__in=listed_there).update(film=target)
        self._hand_parts_to(target)
        for counter in self.counter_fields:
            target.count(counter, getattr(self, counter))
        counted_there = dict.fromkeys(self.counter_fields, 0)
        self.change_state(State.VISIBLE, State.REMOVED, merged_into=target, **counted_there)
        self.readdress_still()
        FilmTrait.objects.follow(self.pk, target.pk)
        Credit.objects.recount(people)
        row = self.record_in_ledger(by, Action.MERGE, note=f"Into {target.ledger_name}. {note}".strip())
        self.close_reports(by, row)
        return True

    def _hand_parts_to(self, target):
        """Seasons and episodes go along with their history where the other one has none of the number."""
        for parts, there, names in (
            (self.seasons, target.seasons, ("number",)),
            (self.episodes, target.episodes, ("season", "number")),
        ):
            same_parts = there.filter(**{name: models.OuterRef(name) for name in names})
            parts.exclude(models.Exists(same_parts)).update(film=target)

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

    def _hand_credits_to(self, target):
        """Only where it has none of its own. Returns the keys of the people whom both name."""
        people = set(Credit.objects.filter(film__in=(self, target)).values_list("person", flat=True))
        if not target.credits.exists():
            self.credits.update(film=target, year=target.year)
            target.follow_credits()
        return people

    def count(self, field, step):
        """Move a counter by `step` in the transaction of the row that it counts."""
        Film.objects.filter(pk=self.pk).update(**{field: F(field) + step})
        if field == "moment_count":
            FilmTrait.objects.count(self.pk, step)

    @property
    def film_id(self):
        return self.pk

    @property
    def ledger_subject(self):
        return "a film"

    @property
    def described(self):
        return describe(self.ledger_subject, self)

    @property
    def link(self):
        """Where viewers find it, also once it was merged; nowhere while it is removed."""
        return self.get_absolute_url() if self.is_visible or self.merged_into_id else ""

    def on_removed(self):
        """Its posts go out of sight with it; `on_restored` brings back just these."""
        self.readdress_still()
        self.posts.filter(state=State.VISIBLE).update(state=State.WITHHELD)
        self._recount_people()
        Event.objects.note(EventKind.SIGHT, number=self.pk)

    def on_restored(self):
        self.posts.filter(state=State.WITHHELD).update(state=State.VISIBLE)
        FilmArc.objects.note_change(self.pk)
        self._recount_people()
        Event.objects.note(EventKind.SIGHT, number=self.pk)

    def _recount_people(self):
        Credit.objects.recount(set(self.credits.values_list("person", flat=True)))
