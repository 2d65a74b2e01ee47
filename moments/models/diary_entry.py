"""A diary entry: on this day I relived this moment, or saw this film, and this is what I felt."""

import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.feelings import FEELINGS
from moments.ledger.sentences import describe
from reelive import markdown
from reelive.prepared import insert_new

from .diary_entry_queryset import SOME_TIME_AGO, DiaryEntryQuerySet
from .locking import read_locked
from .mixins.moderated import Moderated
from .mixins.whole import MOST_HALVES, WHOLE_WORK, Whole, stars_text
from .notification import Notification
from .refusals import Refused

NOTE_LIMIT = 2_000
FIRST_YEAR = 1900
NOTE_REMOVED = _(
    "A moderator removed the note of that day, so it cannot be changed. Copy yours if you want to keep it."
)

NOTES_TOO_LONG = _(
    "You have a note of that day, and the two are longer than %(most)s characters. Edit that note instead."
)
PARAGRAPH = "\n\n"
# When an entry comes back that never does: of what was seen some time ago nobody knows the day.
NO_ANNIVERSARY = datetime.datetime(9999, 1, 1, tzinfo=datetime.UTC)
Audience = User.DiaryAudience
WIDEST_FIRST = list(Audience)
OF_WHOLE = ("whole_film_id", "season", "episode", "rewatch", "rating", "liked", "tags")
REVISED = ("date", "note", "public", "note_html", "feelings", "returns", "audience")


class DayTaken(Exception):
    """The member has another entry of the same moment, or of the same of a film, on that day."""


class DiaryEntry(Whole, Moderated):
    """Of a moment, or of a whole film, season or episode.

    A public note may be removed. Until it is restored, it is for its member alone and stays as it is.
    """

    is_new = False  # whether this very object was just written

    model_name = "reliving"  # the name of these entries in the ledger since its first row

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="diary_entries",
        db_index=False,
        verbose_name=_("member"),
    )
    moment = models.ForeignKey(
        "moments.Moment",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="diary_entries",
        verbose_name=_("moment"),
    )
    whole_film = models.ForeignKey(
        "moments.Film",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="diary_entries",
        db_column="film_id",
        verbose_name=_("film"),
    )
    date = models.DateField(_("date"), default=timezone.localdate)
    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True)
    note_html = models.TextField(blank=True, editable=False)
    public = models.BooleanField(_("everybody may read the note"), default=False)
    # Empty: the one that the member has chosen for their diary.
    audience = models.CharField(
        _("who sees the entry"), max_length=9, choices=Audience, blank=True, default="", db_default=""
    )
    feelings = models.JSONField(default=list, blank=True)
    # Of a whole film, season or episode.
    rewatch = models.BooleanField(_("seen before"), default=False, db_default=False)
    rating = models.PositiveSmallIntegerField(
        _("rating"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_HALVES)]
    )
    liked = models.BooleanField(_("liked"), default=False, db_default=False)
    tags = models.JSONField(_("tags"), default=list, db_default=[], blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    # The next morning on which it is a year ago, or several; None until the task process has computed it.
    returns = models.DateTimeField(null=True, editable=False)

    objects = DiaryEntryQuerySet.as_manager()

    class Meta:
        db_table = "moments_relive"
        verbose_name, verbose_name_plural = _("diary entry"), _("diary entries")
        constraints = [
            models.UniqueConstraint(fields=["member", "moment", "date"], name="relive_once_a_day"),
            # Once a day, and once more for those who saw it again.
            models.UniqueConstraint(
                "member", "whole_film", *WHOLE_WORK, "date", "rewatch", name="relive_film_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(moment__isnull=False) ^ Q(whole_film__isnull=False), name="relive_of_one"
            ),
            models.CheckConstraint(
                condition=Q(moment=None)
                | Q(season=None, episode=None, rating=None, rewatch=False, liked=False),
                name="relive_only_films_are_rated",
            ),
            models.CheckConstraint(
                condition=Q(rating=None) | Q(rating__range=(1, MOST_HALVES)), name="relive_rating_in_range"
            ),
            models.CheckConstraint(
                condition=Q(removal=None) | Q(public=False), name="relive_removed_note_not_public"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-date", "-id"], name="relive_diary"),
            models.Index(fields=["-id"], name="relive_removed", condition=Q(removal__isnull=False)),
            models.Index(fields=["returns", "id"], name="relive_returns"),
        ]

    def __str__(self):
        day = date_format(self.date, "SHORT_DATE_FORMAT")
        words = {"member": self.member, "moment": self.about, "day": day}
        if self.whole_film_id:
            return gettext("%(member)s saw %(moment)s on %(day)s") % words
        return gettext("%(member)s relived %(moment)s on %(day)s") % words

    def validate_constraints(self, exclude=None):
        """Leave them to the database, which checks each entry as it is written.

        A form would build a query for each of the six before that, and what a form takes in breaks none.
        """

    def columns_to_keep(self):
        """What a deletion keeps of it, as JSON can hold it."""
        return {
            "moment_id": self.moment_id,
            **{name: getattr(self, name) for name in OF_WHOLE},
            "date": self.date.isoformat(),
            "note": self.note,
            "public": self.public,
            "audience": self.audience,
            "feelings": self.feelings,
            "removal_id": self.removal_id,
            "created": self.created.isoformat(),
        }

    @classmethod
    def of_kept(cls, columns, **facts):
        """The entry that `columns_to_keep` told of."""
        when = {
            "date": datetime.date.fromisoformat(columns["date"]),
            "created": datetime.datetime.fromisoformat(columns["created"]),
        }
        return cls(**columns | when | facts, note_html=markdown.render(columns["note"]))

    @property
    def about(self):
        """The moment or the film that it is of."""
        return self.moment or self.whole_film

    @property
    def film(self):
        """The film that it is of, or that of its moment."""
        return self.whole_film or self.moment.film

    @property
    def stars_text(self):
        """Its rating as it is written: ★★★½; empty without one."""
        return stars_text(self.rating) if self.rating else ""

    @property
    def is_dated(self):
        """Whether its member said a day."""
        return self.date != SOME_TIME_AGO

    @property
    def named_feelings(self):
        """The feelings of that day in house order."""
        return [feeling for slug, feeling in FEELINGS.items() if slug in self.feelings]

    @property
    def month(self):
        return self.date.replace(day=1)

    @property
    def is_past(self):
        return self.date < timezone.localdate()

    @property
    def shown_audience(self):
        """Who sees the entry: its own audience, or that of the diary."""
        return Audience(self.audience or self.member.diary_audience)

    @property
    def is_for_everyone(self):
        return self.shown_audience == Audience.EVERYONE

    @property
    def has_open_note(self):
        """Whether somebody else can read the note."""
        return self.public and bool(self.note) and self.shown_audience != Audience.ME

    def note_readable_by(self, member):
        return bool(self.note) and (self.public or self.member_id == member.pk)

    def add(self, note, public):
        """Write it as a new entry; False when the member has one of that moment and day."""
        if note:
            self._say(note, public)
        self.is_new = insert_new(self)
        return self.is_new

    @transaction.atomic
    def amend(self, note, public, feelings, audience="", **of_film):
        """Relived again that day: the feelings are those of now, and a new note is added to the old one.

        What was private stays so: everybody may read the two only where both are for everybody, and an
        audience may become narrower, not wider.
        Raises Refused: a removed note is not changed, and two notes may be too long together.
        """
        if not read_locked(self):
            return False
        self.feelings = feelings
        for name, said in of_film.items():
            setattr(self, name, said or getattr(self, name))
        is_narrower = audience and WIDEST_FIRST.index(audience) > WIDEST_FIRST.index(self.shown_audience)
        if is_narrower:
            self.audience = audience
        if note and self.note and note != self.note:
            self._add(note, public)
        elif note:
            self._say(note, public)
        is_there = self._write("note", "public", "note_html", "feelings", "audience", *of_film)
        if is_narrower:
            self.untell()
        return is_there

    def _add(self, note, public):
        if self.note.endswith(f"{PARAGRAPH}{note}"):
            return  # the same was sent twice
        both = f"{self.note}{PARAGRAPH}{note}"
        if len(both) > NOTE_LIMIT:
            raise Refused(str(NOTES_TOO_LONG) % {"most": NOTE_LIMIT})
        self._say(both, self.public and public)

    def revise(self, date, feelings, note=None, public=False, audience="", **of_film):
        """Change this entry alone; what the moment's tally counts stays. False when it has been deleted.

        Without a `note` the old one stays as it is.
        Raises DayTaken: one entry a day for each moment, also when two are moved there at once.
        Raises Refused: a removed note is not changed.
        """
        try:
            with transaction.atomic():
                if not read_locked(self):
                    return False
                has_new_audience = audience != self.audience
                self.date, self.feelings, self.audience, self.returns = date, feelings, audience, None
                for name, said in of_film.items():
                    setattr(self, name, said)
                if note is not None:
                    self._say(note, public)
                is_there = self._write(*REVISED, *of_film)
                if has_new_audience:
                    self.untell()
                return is_there
        except IntegrityError as error:
            raise DayTaken from error

    def untell(self):
        """The author of its moment is told of it no more, once they may see no entry of this member there."""
        author = self.moment and self.moment.author
        if author is None or author.pk == self.member_id:
            return
        entries = DiaryEntry.objects.filter(moment=self.moment_id, member=self.member_id)
        if not entries.visible_to(author).exists():
            told = {"kind": "diary", "post": self.moment_id}
            Notification.objects.forget_deed(self.member_id, author.pk, **told)

    def _say(self, note, public):
        if self.is_removed:
            raise Refused(str(NOTE_REMOVED))
        self.note, self.public, self.note_html = note, public, markdown.render(note)

    # What moderators do about its note, and what the ledger says of it.

    @property
    def is_removed(self):
        return self.removal_id is not None

    @property
    def author_id(self):
        return self.member_id

    @property
    def link(self):
        """Its day in the diary; the diary where it has none."""
        if not self.is_dated:
            return f"{self.member.get_absolute_url()}diary/"
        month = f"{self.date:%Y}/{self.date.month}"
        return f"{self.member.get_absolute_url()}diary/{month}/#day-{self.date:%d}"

    @property
    def ledger_subject(self):
        return "a diary note of a film" if self.whole_film_id else "a diary note"

    @property
    def described(self):
        return describe(self.ledger_subject, self.film)

    @property
    def reported_texts(self):
        """What is shown of it to moderators."""
        return self.ledger_texts

    @property
    def ledger_texts(self):
        return [self.note]

    @property
    def film_id(self):
        return self.whole_film_id or self.moment.film_id

    def take_out_of_sight(self):
        """The note is for its member alone; the entry stays."""
        if not self.has_open_note:
            return False
        self.public = False
        return self._write("public")

    def bring_back(self):
        """The note is public again, as it was."""
        self.public = True
        return self._write("public")

    def _write(self, *names):
        changes = {name: getattr(self, name) for name in names}
        return DiaryEntry.objects.filter(pk=self.pk).update(**changes) == 1
