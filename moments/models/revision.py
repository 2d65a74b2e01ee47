"""A revision: what a post, a comment or facts said before an edit: of films, their parts, people and songs.

Everybody reads it.
"""

from datetime import UTC

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .event import Event, EventKind
from .ledger import Action, LedgerEntry, Reason
from .locking import read_locked
from .mute import WrittenQuerySet
from .report import one_of

FACTS_OF = ("film", "season", "episode", "person", "recording", "song_use")
TARGETS = ("post", "comment", *FACTS_OF)
FACTS_AND_FILMS = (
    *("film", "season__film", "episode__film", "person", "recording"),
    *("song_use__song__film", "song_use__moment"),
)
SOURCE_LIMIT = 200
IS_OF_FACTS = models.Q(post=None, comment=None)


class RevisionQuerySet(WrittenQuerySet):
    author_field = "editor"

    def kept(self):
        """Those whose words can still be read."""
        return self.filter(revocation=None)


class Revision(models.Model):
    """Written by `revise` of the text that it belongs to. `entry` is the ledger's row of an edit by staff."""

    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="revisions", db_index=False)
    comment = models.ForeignKey(
        "Comment", models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    film = models.ForeignKey("Film", models.CASCADE, null=True, related_name="revisions", db_index=False)
    season = models.ForeignKey("Season", models.CASCADE, null=True, related_name="revisions", db_index=False)
    episode = models.ForeignKey(
        "Episode", models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    person = models.ForeignKey("Person", models.CASCADE, null=True, related_name="revisions", db_index=False)
    recording = models.ForeignKey(
        "Recording", models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    song_use = models.ForeignKey(
        "SongUse", models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("editor")
    )
    texts = models.JSONField(default=dict)
    # Where the facts of a film, season or episode are known from after the edit: a few words or a link.
    source = models.CharField(_("source"), max_length=SOURCE_LIMIT, blank=True, default="", db_default="")
    created = models.DateTimeField(_("created"))
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, null=True, related_name="+", db_index=False)
    revocation = models.ForeignKey(
        LedgerEntry,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        db_column="withdrawal_id",
        verbose_name=_("revocation"),
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("revision"), _("revisions")
        constraints = [
            models.CheckConstraint(condition=one_of(TARGETS), name="revision_of_one_text"),
        ]
        indexes = [
            models.Index(fields=["post", "-id"], name="revision_post_new"),
            models.Index(fields=["comment", "-id"], name="revision_comment_new"),
            models.Index(fields=["film", "-id"], name="revision_film_new"),
            models.Index(
                fields=["film", "-id"], name="revision_film_sourced", condition=models.Q(source__gt="")
            ),
            models.Index(fields=["-id"], name="revision_of_facts", condition=IS_OF_FACTS),
            # Most revisions are of neither.
            *(
                models.Index(
                    fields=[name, "-id"],
                    name=f"revision_{name}_new",
                    condition=models.Q((f"{name}__isnull", False)),
                )
                for name in ("season", "episode", "person", "recording", "song_use")
            ),
        ]

    def __str__(self):
        when = date_format(timezone.localtime(self.created), "SHORT_DATETIME_FORMAT")
        return gettext("%(target)s before %(time)s") % {"target": self.target, "time": when}

    def get_absolute_url(self):
        return f"{self.target.history_url}#edit-{self.pk}"

    @property
    def target(self):
        """The post or comment that said it, or what it is a version of the facts of."""
        return self.post or self.comment or self.facts_of

    @property
    def facts_of(self):
        """What it is a version of the facts of, one of FACTS_OF; None of a text."""
        return next(filter(None, (getattr(self, name) for name in FACTS_OF)), None)

    @property
    def facts_link(self):
        """Its address; empty for a version of a text."""
        return self.facts_of.link if self.facts_of else ""

    @property
    def is_revoked(self):
        return self.revocation_id is not None

    @property
    def is_current(self):
        """Whether the target says the same again: then it must be edited before this can be revoked."""
        return self.is_said_by(self.target)

    def is_said_by(self, target):
        """Whether a target says all that is kept here; one from before may lack what facts came later."""
        return self.texts.items() <= target.texts.items()

    @property
    def ledger_texts(self):
        """In the order in which texts are fingerprinted, which may not be the order in the database."""
        return self.target.ledger_texts_of(self.texts)

    def can_be_revoked_by(self, member):
        """Its author takes back a text; facts are everybody's, and staff alone strike a version of them."""
        return self.facts_of is None and self.target.can_be_edited_by(member)

    @transaction.atomic
    def restore(self, by):
        """Put these words back. That is an edit, which keeps the words that it replaces.

        Raises what `revise` of the text does.
        """
        target = self.target.for_edit()
        kept = Revision.objects.kept().filter(pk=self.pk).first()
        if kept is None or not target.can_be_edited_by(by):
            return False
        restored = target.restore_texts(kept.texts, by)
        if restored and self.facts_of:
            Event.objects.note(EventKind.UNDONE, by.pk, number=self.pk)
        return restored

    @transaction.atomic
    def revoke(self, by):
        """The author takes back for good what they should never have said."""
        return read_locked(self.target) and self.can_be_revoked_by(by) and self._wipe(by)

    @transaction.atomic
    def strike(self, by, note=""):
        """A moderator takes away private data that is still in an older version."""
        return read_locked(self.target) and self._wipe(by, note, reason=Reason.PRIVATE)

    def _wipe(self, by, note="", **options):
        """Empty the texts. The caller has locked the target: no edit puts the same words back meanwhile.

        The ledger keeps no fingerprint of them: whoever guesses the words could prove the guess by that.
        """
        kept = Revision.objects.kept().select_for_update().filter(pk=self.pk).first()
        if kept is None or kept.is_said_by(self.target):
            return False
        when = kept.created.astimezone(UTC)
        note = f"What it said before the edit of {when:%Y-%m-%d %H:%M} UTC. {note}".strip()
        self.revocation = LedgerEntry.objects.record(by, Action.REVOKE, self.target, note=note, **options)
        self.target.forget_former_slug(kept.texts)
        self.texts, self.source = {}, ""
        self.save(update_fields=["texts", "source", "revocation"])
        return True
