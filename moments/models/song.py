"""A song of the film, and the moments in which it is heard."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.revisions.history import HEARD_AS

from .kinds import Kind
from .locking import lock_one
from .mixins.judged import Judged
from .mixins.part_of_film import PartOfFilm
from .mixins.stateful import State
from .moment import Moment
from .post import Post
from .post_queryset import KindManager
from .recording import Recording
from .refusals import Refused
from .song_columns import listening_searches

USE_FACTS = ("role", "note", "starts", "ends")
MOST_USES = 100  # of one song, as of one moment
LAST_SECOND_OF_USE = 360_000  # seconds


class SameAlready(Refused):
    sentence = _("They are the same song already.")


class HeardAlready(Refused):
    sentence = _("That it is heard in this moment is said already. Edit what is said of it there.")


class TooManyUses(Refused):
    sentence = _("A song is heard in at most a hundred moments here.")


class Song(Post):
    proxy_kind = Kind.SONG
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("song"), _("songs")

    @property
    def listening_searches(self):
        return listening_searches(self.title, self.artist)

    def same_as(self, other, by):
        """Say that this song is the same recording as `other`, a song of another film, from now on.

        Returns the recording. Raises SameAlready, and what `Recording.take` raises.
        """
        recording = Recording.objects.of(other, by)
        if self.pk == other.pk or recording.songs.filter(pk=self.pk).exists():
            raise SameAlready
        recording.take(self, by)
        return recording

    @transaction.atomic
    def hear(self, moments, by):
        """Say in which moments it is heard, and in no others, as its author does.

        Args:
            moments: by the key of a moment, how it is heard there: the `role` and the `note`.
        """
        self.uses.exclude(moment__in=moments).delete()
        there = {use.moment_id: use for use in self.uses.select_for_update()}
        for key, use in there.items():
            use.say(by, *moments[key])
        new = [key for key in moments if key not in there]
        SongUse.objects.bulk_create(
            SongUse(song=self, moment_id=key, role=role, note=note)
            for key, (role, note) in ((key, moments[key]) for key in new)
        )


class SongUseManager(models.Manager):
    def get_by_natural_key(self, film, song, moment):
        return self.get(song__film__slug=film, song__slug=song, moment__slug=moment)


class SongUseQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(song__state=State.VISIBLE, moment__state=State.VISIBLE)

    def editable_by(self, viewer):
        """These are facts, and everybody's; where they are edited it is told whether they are locked."""
        return self.visible_to(viewer) if viewer.is_authenticated else self.none()

    def with_posts(self):
        return self.select_related("song__film", "moment__film")


class SongUse(Judged, PartOfFilm):
    """A song heard in a moment: how, and from when to when. Members edit, confirm and dispute it."""

    model_name, judged_as, ledger_subject = "song_use", "song_use", "where a song is heard"
    fact_names, fingerprinted_fields = USE_FACTS, ("note",)

    class Role(models.TextChoices):
        PERFORMED = "performed", HEARD_AS["performed"]
        BACKGROUND = "background", HEARD_AS["background"]
        THEME = "theme", HEARD_AS["theme"]
        REPRISE = "reprise", HEARD_AS["reprise"]
        CREDITS = "credits", HEARD_AS["credits"]

    song = models.ForeignKey(
        Song, models.CASCADE, related_name="uses", db_index=False, verbose_name=_("song")
    )
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="songs_heard", verbose_name=_("moment"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.BACKGROUND)
    note = models.CharField(_("note"), max_length=200, blank=True)
    starts = models.PositiveIntegerField(
        _("from"), null=True, blank=True, help_text=_("Seconds from the start of the film or episode.")
    )
    ends = models.PositiveIntegerField(_("to"), null=True, blank=True)
    confirms = models.PositiveIntegerField(_("confirming"), default=0, db_default=0, editable=False)
    disputes = models.PositiveIntegerField(_("disputing"), default=0, db_default=0, editable=False)
    added_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="song_uses_added",
        verbose_name=_("added by"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now, null=True, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, editable=False)

    objects = SongUseManager.from_queryset(SongUseQuerySet)()

    class Meta:
        verbose_name, verbose_name_plural = _("song use"), _("song uses")
        constraints = [
            models.UniqueConstraint(fields=["song", "moment"], name="song_use_once"),
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gt=models.F("starts"), starts__isnull=False),
                name="song_use_ends_after_it_starts",
            ),
        ]

    def __str__(self):
        return gettext("%(song)s in %(moment)s") % {"song": self.song, "moment": self.moment}

    def natural_key(self):
        return (self.song.film.slug, self.song.slug, self.moment.slug)

    natural_key.dependencies = ["moments.song", "moments.moment"]

    @property
    def numbered_url(self):
        return f"/songs/uses/{self.pk}/"

    def get_absolute_url(self):
        return self.numbered_url

    link = property(get_absolute_url)
    verdict_url = property(lambda self: f"{self.numbered_url}verdict/")

    @property
    def film(self):
        return self.song.film

    @property
    def film_id(self):
        return self.song.film_id

    @property
    def whole(self):
        return self.film

    @property
    def author_id(self):
        """Who says so: who added it, or whoever shared the song."""
        return self.added_by_id or self.song.author_id

    @property
    def is_visible(self):
        return self.song.is_visible and self.moment.is_visible

    @property
    def is_veiled(self):
        """Whether the song or the moment is, of which `veiled_for` says it."""
        return self.song.is_veiled or self.moment.is_veiled

    @property
    def shown_title(self):
        return f"{self.song.shown_title} · {self.moment.shown_title}"

    # Verbs.

    @transaction.atomic
    def add(self, by):
        """Save that a song is heard in one more moment of its film, as any member may say.

        Raises FilmGone, FactsLocked, Gone, Locked, Restricted, Suspended, TooManyUses and HeardAlready.
        """
        self.lock_film(by)
        self.ensure_unlocked(by.pk)
        if self.song.uses.filter(moment=self.moment).exists():
            raise HeardAlready
        if self.song.uses.count() >= MOST_USES:
            raise TooManyUses
        self.added_by = by
        self.save(force_insert=True)

    def say(self, by, role, note):
        """Change how it is heard, in a transaction in which the row is locked."""
        before = self.texts
        self.role, self.note = role, note
        if self.texts != before:
            self.keep_version(by, before)
            self.save(update_fields=["role", "note", "edited"])

    def ensure_unlocked(self, member):
        """Refuse who may not add to the thread of the song, as `Lockable.ensure_unlocked` does."""
        self.song.ensure_unlocked(member)

    def lock_row(self):
        lock_one(SongUse, self.pk)

    def follow_verdicts(self, is_told=True):
        self.lock_row()
        super().follow_verdicts(is_told)


def in_time(uses):
    """The same uses: those with times stand in their order, on the places that these have in the story."""
    timed = [use for use in uses if use.starts is not None]
    timed.sort(key=lambda use: (use.moment.season or 0, use.moment.episode or 0, use.starts))
    following = iter(timed)
    return [use if use.starts is None else next(following) for use in uses]
