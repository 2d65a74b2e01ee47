"""A post: a moment, a song, a piece of trivia or a review that a member shared about a film."""

from urllib.parse import quote

from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from moments.ledger.sentences import describe
from moments.ranking import hot
from moments.spoilers.rules import ALL_SEEN, LAST_EPISODE, LAST_SEASON, NOT_SEEN
from reelive import markdown
from reelive.slugs import free_slug

from .event import EventKind
from .film import Film
from .kinds import POST_KINDS, Kind
from .locking import lock_one, locked_row
from .mixins.addressed import Addressed
from .mixins.arced import Arced
from .mixins.authored import Authored
from .mixins.discussed import Discussed
from .mixins.labelled import Labelled
from .mixins.lockable import Lockable
from .mixins.moderated import Moderated
from .mixins.pictured import Pictured
from .mixins.reportable import Reportable
from .mixins.starred import IS_REVIEW, ONLY_REVIEWS, Starred
from .mixins.stateful import State, Stateful
from .mixins.tagged import Tagged
from .post_queryset import PostManager
from .refusals import FilmGone, refuse_twin
from .song_columns import IS_SONG, SONG_INDEXES, artist_slug, place_in_alphabet, songs_by
from .story_line import PART_INDEXES
from .vote import PostVote, counting_votes

TITLE_LIMIT, BODY_LIMIT, CONTEXT_LIMIT = 150, 10_000, 1_000
EXCERPT_LENGTH = 180
IS_TRIVIA = models.Q(kind=Kind.TRIVIA)


class Post(
    Addressed, Tagged, Pictured, Starred, Discussed, Lockable, Authored, Arced, Labelled, Reportable,
    Stateful, Moderated,
):  # fmt: skip
    """One table for the four kinds; the proxies Moment, Song, Trivia and Review add what is theirs."""

    model_name, vote_model = "post", PostVote
    # Of a proxy model: the kind of its posts, and the status that a new one has. `publish` sets both.
    proxy_kind, first_status = None, ""
    text_fields = ("title", "body", "context", "artist", "listen_url", "still_alt")
    editable_fields = (
        "title", "slug", "body", "body_html", "excerpt", "context", "context_html", "spoiler", "reveals_at",
        "edited", "position", "season", "episode", "timecode", "palette", "still", "still_alt",
        "still_widths", "artist", "artist_slug", "listen_url", "sort_title", "rating",
    )  # fmt: skip
    erased_fields = (
        "body", "body_html", "excerpt", "context", "context_html", "still", "still_alt", "artist",
        "artist_slug", "listen_url",
    )  # fmt: skip

    kind = models.CharField(_("kind"), max_length=6, choices=Kind, editable=False)
    film = models.ForeignKey(
        Film, models.CASCADE, related_name="posts", db_index=False, verbose_name=_("film")
    )
    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    slug = models.CharField(_("slug"), max_length=100, editable=False)
    body = models.TextField(_("text"), max_length=BODY_LIMIT, blank=True)
    body_html = models.TextField(blank=True, editable=False)
    excerpt = models.CharField(max_length=300, blank=True, editable=False)
    context = models.TextField(_("context"), max_length=CONTEXT_LIMIT, blank=True)
    context_html = models.TextField(blank=True, editable=False)
    spoiler = models.BooleanField(_("gives away what happens"), default=False)
    reveals_at = models.FloatField(
        null=True, blank=True, help_text=_("The place in the story that it belongs to.")
    )
    comment_count = models.PositiveIntegerField(_("comments"), default=0, editable=False)
    hot = models.FloatField(default=0, editable=False)

    # A moment's own.
    position = models.FloatField(
        _("position"), null=True, blank=True, help_text=_("Its place on the story's line.")
    )
    season = models.PositiveSmallIntegerField(
        _("season"), null=True, blank=True, validators=[MaxValueValidator(LAST_SEASON)]
    )
    episode = models.PositiveSmallIntegerField(
        _("episode"), null=True, blank=True, validators=[MaxValueValidator(LAST_EPISODE - 1)]
    )
    timecode = models.PositiveIntegerField(
        _("timecode"), null=True, blank=True, help_text=_("Seconds from the start.")
    )
    relive_count = models.PositiveIntegerField(_("diary entries"), default=0, editable=False)
    felt_by = models.PositiveIntegerField(_("members who felt something"), default=0, editable=False)
    # A song's own.
    artist = models.CharField(_("artist"), max_length=200, blank=True)
    artist_slug = models.CharField(max_length=100, default="", db_default="", editable=False)
    listen_url = models.URLField(_("where to listen"), max_length=500, blank=True)
    sort_title = models.CharField(max_length=120, default="", db_default="", editable=False)
    recording = models.ForeignKey(
        "Recording", models.SET_NULL, null=True, editable=False, related_name="songs", db_index=False
    )
    # A trivia's own.
    status = models.CharField(_("status"), max_length=9, blank=True, editable=False)
    confirms = models.PositiveIntegerField(_("confirming"), default=0, editable=False)
    disputes = models.PositiveIntegerField(_("disputing"), default=0, editable=False)

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
                    | models.Q((f"{place}__gt", NOT_SEEN), (f"{place}__lt", ALL_SEEN)),
                    name=f"post_{place}_in_story",
                )
                for place in ("position", "reveals_at")
            ),
            models.CheckConstraint(
                condition=IS_SONG | models.Q(artist="", listen_url="", recording=None),
                name="post_only_songs_have_artists",
            ),
            models.CheckConstraint(
                condition=IS_TRIVIA ^ models.Q(status=""),
                name="post_only_trivia_have_a_status",
            ),
            models.CheckConstraint(condition=ONLY_REVIEWS, name="post_only_reviews_have_a_rating"),
        ]
        indexes = [
            models.Index(fields=["state", "-hot", "-id"], name="post_hot"),
            models.Index(fields=["state", "kind", "-hot", "-id"], name="post_kind_hot"),
            models.Index(fields=["state", "-created", "-id"], name="post_new"),
            models.Index(fields=["state", "kind", "-created", "-id"], name="post_kind_new"),
            models.Index(fields=["state", "-votes", "-hot", "-id", "created"], name="post_top"),
            models.Index(fields=["state", "kind", "-votes", "-hot", "-id", "created"], name="post_kind_top"),
            models.Index(fields=["film", "kind", "position", "id"], name="post_film_story"),
            models.Index(fields=["film", "kind", "-votes", "-hot", "-id"], name="post_film_top"),
            models.Index(fields=["film", "-created", "-id"], name="post_film_new"),
            models.Index(fields=["author", "-created", "-id"], name="post_author_new"),
            models.Index(fields=["film", "-created", "-id"], condition=IS_REVIEW, name="post_review_new"),
            *PART_INDEXES,
            models.Index(
                fields=["state", "status", "-hot", "-id"],
                condition=IS_TRIVIA,
                name="post_status_hot",
            ),
            models.Index(fields=["film", "reveals_at"], condition=IS_TRIVIA, name="post_trivia_in_story"),
            *SONG_INDEXES,
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        # By hand, since a page asks a hundred times and `reverse` takes as long as a query; a test compares.
        return f"{self.film.get_absolute_url()}{POST_KINDS[self.kind].segment}/{quote(self.slug)}/"

    def natural_key(self):
        return (self.film.slug, self.kind, self.slug)

    natural_key.dependencies = ["moments.film", "accounts.user"]

    @property
    def slug_scope(self):
        return {"film": self.film, "kind": self.kind}

    @property
    def slug_fallback(self):
        return self.kind

    # What a card or page asks of a post. The first two need `is_veiled`, which `veiled_for` annotates.

    @property
    def shown_title(self):
        return str(POST_KINDS[self.kind].veiled_title) if self.is_veiled else self.title

    @property
    def named(self):
        """The title, for use inside a sentence; what it is and of which film while it is veiled or gone."""
        if self.is_veiled or not self.is_visible:
            return POST_KINDS[self.kind].described % {"film": self.film.title}
        return self.title

    @property
    def link(self):
        """Where lists lead; the address of what is veiled or removed has no words in it."""
        return f"/posts/{self.pk}/" if self.is_veiled or self.is_removed else self.get_absolute_url()

    @property
    def artist_url(self):
        """The songs with the same credit; empty without one."""
        return songs_by(self.artist_slug)

    @property
    def episode_text(self):
        """The season and episode of a moment, as far as somebody said: S2 E3."""
        parts = (("S", self.season), ("E", self.episode))
        return " ".join(f"{letter}{number}" for letter, number in parts if number is not None)

    @property
    def episode_url(self):
        """The page of its episode, or of its season where no episode is said; empty without a season."""
        if self.season is None:
            return ""
        season = f"{self.film.get_absolute_url()}seasons/{self.season}/"
        return f"{season}moments/" if self.episode is None else f"{season}episodes/{self.episode}/"

    @property
    def is_marked_spoiler(self):
        """Whether its author, or enough of those who read it, say that it gives the story away."""
        return self.spoiler or self.spoils_by_quorum

    # What the ledger says of it.

    @property
    def ledger_subject(self):
        return self.kind if self.kind == Kind.TRIVIA else f"a {self.kind}"

    @property
    def described(self):
        """The same with its film, which members name: for pages, that may forget it again."""
        return describe(self.ledger_subject, self.film)

    # Verbs.

    @transaction.atomic
    def publish(self, tags, picture=None, is_told=True):
        """Save a new post under the first free address of its film.

        Args:
            tags: their names, normalised.
            picture: a reelive.images.Picture to keep as its still, once nothing refuses the post.
            is_told: whether it is news; not what a member brought along from elsewhere.

        Raises FilmGone, Suspended and Twin.
        """
        self.kind, self.status = self.proxy_kind or self.kind, self.status or self.first_status
        if locked_row(Film.objects.filter(pk=self.film_id), self.author_id)["state"] != State.VISIBLE:
            raise FilmGone
        refuse_twin(self, ("-created", "-id"), kind=self.kind, title=self.title, body=self.body)
        if picture:
            self.attach_still(picture)
        self.render()
        self.hot = hot(0, self.created)
        self.save_under_free_slug()
        self.film.count(f"{self.kind}_count", +1)
        self.retag(tags)
        self.outdate_arc()
        self.after_writing(EventKind.POST, is_told)

    @transaction.atomic
    def revise(self, tags=None, by=None):
        """Save changed texts and nothing else: votes that come in meanwhile are not undone.

        Args:
            tags: their names from now on, or None to leave them as they are.
            by: who edits, the author unless somebody else does.

        Raises Gone and Suspended.
        """
        self.record_edit(by)
        self.render()
        self.save_edit()
        if tags is not None:
            self.retag(tags)
        self.outdate_arc()
        self.after_writing(EventKind.EDIT)
        return True

    def restore_texts(self, texts, by):
        # The description of the still is that of the still of now, which may have been another one then.
        older = texts | {"still_alt": self.still_alt}
        if older == self.texts:
            return False
        for name, text in older.items():
            setattr(self, name, text)
        return self.revise()

    def render(self):
        """Make the stored HTML, the excerpt, the artist's name in addresses and the place in the alphabet."""
        self.body_html, self.context_html = self.rendered(self.body, self.context)
        self.excerpt = markdown.excerpt(self.body, EXCERPT_LENGTH)
        self.artist_slug = artist_slug(self.artist)
        self.sort_title = place_in_alphabet(self.kind, self.title)

    def count_votes(self, step):
        self.votes += step
        self.hot = hot(self.votes, self.created)
        COUNT_VOTES(self.pk, step, self.hot)
        self.rank_taggings()

    def bring_back(self):
        """When its film is out of sight too, it comes back together with its film."""
        return self.change_state(State.REMOVED, self.state_on_return)

    @property
    def state_on_return(self):
        film_is_visible = Film.objects.listed().filter(pk=self.film_id).exists()
        return State.VISIBLE if film_is_visible else State.WITHHELD

    def on_removed(self):
        """Its thread stays under a tombstone; its still goes from the address that people know."""
        self.readdress_still()
        self._count_in_lists(-1)

    def on_restored(self):
        self._count_in_lists(+1)

    def on_deleted(self, is_for_good):
        """Its slug tells its title, so it goes too; whoever follows it is led to the thread."""
        if is_for_good:
            self.drop_still()
        else:
            self.readdress_still()
        self.keep_former_slug(self.slug)
        self._count_in_lists(-1)
        return self.still_names() if self.still else []

    def save_returned(self, fields):
        """Its slug was wiped too; it gets the same one again, unless another post has it by now."""
        siblings = Post.objects.filter(**self.slug_scope)
        free_slug(self, [self.slug, *self.slug_wishes(self.title)], siblings, fields)
        self.keep_former_slug(self.erased_values["slug"])

    @property
    def erased_values(self):
        wiped = {"title": "Deleted", "still_widths": [], "rating": None}
        place = place_in_alphabet(self.kind, "Deleted")
        return super().erased_values | wiped | {"slug": f"deleted-{self.pk}", "sort_title": place}

    def lock_parents(self):
        lock_one(Film, self.film_id)

    def lock_row(self):
        """Let verbs that change what this post counts go one by one, until their transactions end."""
        lock_one(Post, self.pk)

    def _count_in_lists(self, step):
        self.outdate_arc()
        self.film.count(f"{self.kind}_count", step)
        self.count_in_tags(step)


COUNT_VOTES = counting_votes(Post.objects, "hot")
