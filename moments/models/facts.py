"""The facts of a film, which anybody may edit: their history, and the picture that is one of them."""

from django.db import transaction
from django.utils import timezone

from moments.revisions.history import FIELD_LABELS, worded

from .ledger import Action, LedgerEntry
from .locking import locked_row, read_locked
from .mixins.stateful import State
from .mixins.stilled import Stilled
from .refusals import FactsLocked, FilmGone
from .revision import Revision

# The columns of the facts: an edit keeps what they held before.
FACTS = (
    "title", "original_title", "year", "medium", "director", "music", "runtime", "language", "summary",
    "imdb", "tmdb", "wikidata", "palette", "still", "still_alt",
)  # fmt: skip


class Facts(Stilled):
    """Everybody's to edit, and each edit is kept.

    Of a picture the history keeps the name alone and never the file: putting back facts from before another
    picture leaves the film without one.
    """

    # The facts of which the ledger keeps the fingerprint, beside what is said of the picture.
    fingerprinted_fields = ("title", "original_title", "director", "music", "summary")
    # What an edit of this very object has just kept, and the texts that it replaced.
    revision = replaced = None

    class Meta:
        abstract = True

    @property
    def texts(self):
        return {name: getattr(self, name) for name in FACTS} | {"still": self.still.name or ""}

    @property
    def history_url(self):
        return f"{self.get_absolute_url()}history/"

    def can_be_edited_by(self, viewer):
        return self.is_visible and viewer.is_authenticated and not self.locked

    @transaction.atomic
    def revise(self, by=None, seen=None, as_staff=False, picture=None):
        """Save changed facts and keep those from before, also when a slip is put right at once.

        Whoever edits at the same time waits here.

        Args:
            by: who edits.
            seen: the facts as the editor saw them on the form. A fact that is the same here was not edited,
                and so stays as somebody else may have made it meanwhile. None when all of them are edited.
            as_staff: whether the facts may be locked.
            picture: a reelive.images.Picture that takes the place of the one before.

        Raises FilmGone, FactsLocked and Suspended.
        """
        row = locked_row(type(self).objects.filter(pk=self.pk), by and by.pk, "locked")
        if row["state"] != State.VISIBLE:
            raise FilmGone
        if row["locked"] and not as_staff:
            raise FactsLocked
        stored = type(self).objects.get(pk=self.pk)
        before, mine = stored.texts, self.texts
        for name, fact in (seen or {}).items():
            if mine[name] == fact:
                setattr(self, name, before[name])
        self.slug, self.edited, self.revision = stored.slug, stored.edited, None
        self.replaced = stored.ledger_texts
        self._take_picture(picture, stored)
        if self.texts != before:
            self.edited = timezone.now()
            kept = {"film": self, "editor": by, "texts": before, "created": self.edited}
            self.revision = Revision.objects.create(**kept)
            self.sort_title = self.place_in_alphabet
            self.save_edit()

    def _take_picture(self, picture, stored):
        """Store a new picture. The files of one that is the film's no longer go when the change is safe."""
        if picture:
            self.store_still(picture)
        if self.still.name == stored.still.name:
            self.still_widths = stored.still_widths
        else:
            self.still_widths = []
            stored.drop_still()

    @property
    def version(self):
        """The key of the newest revision, 0 before the first."""
        return self.revisions.order_by("-pk").values_list("pk", flat=True).first() or 0

    def facts_after(self, version):
        """The facts as they were when this revision was the newest; None when it still is."""
        later = self.revisions.kept().filter(pk__gt=version).order_by("pk")
        return later.values_list("texts", flat=True).first()

    def for_edit(self):
        """The same as it is now, locked until the transaction ends."""
        return type(self).objects.select_for_update(no_key=True).get(pk=self.pk)

    def restore_texts(self, texts, by):
        """Put back older facts. With them goes a picture that the film did not have then."""
        same = texts.get("still", "") == self.texts["still"]
        for name, fact in texts.items():
            setattr(self, name, fact)
        if not same:
            self.still, self.still_alt = "", ""
        self.revise(by)
        return self.revision is not None

    @transaction.atomic
    def remove_picture(self, by, reason, note=""):
        """A moderator takes the picture away for good, for one of the four reasons. False when there is none.

        The history says so and keeps what was said of it, the fingerprint of which is in the ledger.
        """
        if not read_locked(self) or not (self.is_visible and self.still):
            return False
        self.still, self.still_alt = "", ""
        self.revise(by, as_staff=True)
        note = f"Removed its picture. {note}".strip()
        options = {"reason": reason, "note": note, "texts": self.replaced}
        row = LedgerEntry.objects.record(by, Action.EDIT, self, **options)
        self.revision.entry = row
        self.revision.save(update_fields=["entry"])
        return True

    def readdress_still(self):
        """The versions that had the same picture go on naming it."""
        before = self.still.name
        super().readdress_still()
        for revision in self.revisions.filter(texts__still=before) if before else ():
            revision.texts["still"] = self.still.name
            revision.save(update_fields=["texts"])

    @property
    def ledger_texts(self):
        return self.ledger_texts_of(self.texts)

    def ledger_texts_of(self, texts):
        """What is said of a picture is among them where there is one: older rows know of none."""
        said = texts.get("still_alt")
        return [texts[name] for name in self.fingerprinted_fields] + ([said] if said else [])

    @property
    def reported_texts(self):
        return [f"{FIELD_LABELS[name]}: {text}" for name, text in worded(self.texts).items() if text]
