"""The facts of a film: its columns, the picture that is one of them, and its credits, which are rows."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from .credit import Credit, merged, names_by_role
from .event import Event, EventKind
from .facts import Facts
from .film_ids import FILM_IDS
from .film_trait import FilmTrait
from .ledger import Action, LedgerEntry
from .locking import read_locked
from .mixins.stilled import Stilled
from .origin import ORIGIN
from .refusals import FilmGone
from .waiting_work import WaitingWork

# The columns of the facts: an edit keeps what they held before.
FACTS = (
    "title", "original_title", "year", "released", "medium", "director", "music", "runtime", "cuts",
    "language", "summary", "imdb", "tmdb", "wikidata", "tvdb", "letterboxd", "palette", "still", "still_alt",
    *ORIGIN,
)  # fmt: skip
# By which of them what somebody brought along finds its film.
FOUND_BY = ("title", "original_title", "other_titles", "year", "medium", *FILM_IDS)
# What a list shows of the credits, and of which role: where nobody is credited so, it is a text of its own.
FROM_CREDITS = {"director": ("director", "creator"), "music": ("composer",)}
LONGEST_NAMES = 150
NEW_FOR = timedelta(days=30)  # so long a film is news to those who follow somebody in it


def names_credited(credits):
    """What lists say of who made a film, by its columns, as far as its credits say it."""
    by_role, found = names_by_role(credits), {}
    for column, roles in FROM_CREDITS.items():
        names = next((by_role[role] for role in roles if role in by_role), None)
        if names:
            found[column] = ", ".join(names)[:LONGEST_NAMES]
    return found


class FilmFacts(Facts, Stilled):
    """Of a picture the history keeps the name alone and never the file: putting back facts from before
    another picture leaves the film without one.
    """

    fact_names = FACTS
    fingerprinted_fields = ("title", "original_title", "director", "music", "summary")
    gone = FilmGone
    # The credits that an edit wants; None as long as it wants none other than there are.
    wanted_credits = None

    class Meta:
        abstract = True

    @property
    def columns(self):
        return super().columns | {"still": self.still.name or ""}

    @property
    def texts(self):
        there = self.wanted_credits
        return self.columns | {"credits": Credit.objects.facts_of(self) if there is None else there}

    def set_fact(self, name, fact, seen=None, stored=None):
        if name != "credits":
            setattr(self, name, fact)
        elif seen is None:
            self.wanted_credits = Credit.objects.of_now(fact)
        else:
            self.wanted_credits = merged(seen, fact, stored)

    def begin_edit(self, before):
        """The credits are read once, and stay as they are until the edit says something else."""
        if self.wanted_credits is None:
            self.wanted_credits = before["credits"]

    def end_edit(self):
        self.wanted_credits = None

    def complete_edit(self, stored, picture):
        self._take_picture(picture, stored)
        for column, names in names_credited(self.texts["credits"]).items():
            setattr(self, column, names)

    def follow_edit(self, before):
        now = self.texts
        if now["credits"] != before["credits"]:
            Credit.objects.write(self, now["credits"])
            self._note_credits()
        elif now["year"] != before["year"]:
            self.credits.update(year=self.year)
        FilmTrait.objects.follow(self.pk)
        if any(now[name] != before[name] for name in FOUND_BY):
            WaitingWork.objects.look_again(self)

    def _note_credits(self):
        """Those who follow somebody hear that a film of theirs is new here, unless it was here before."""
        if self.revision and self.created > timezone.now() - NEW_FOR:
            Event.objects.note(EventKind.CREDITED, self.revision.editor_id, number=self.revision.pk)

    def follow_credits(self):
        """Make the columns say what the credits of now do, after a change of a person's name or sight."""
        names = names_credited(self.texts["credits"])
        if any(getattr(self, column) != said for column, said in names.items()):
            type(self).objects.filter(pk=self.pk).update(**names)

    def _take_picture(self, picture, stored):
        """Store a new picture. The files of one that is the film's no longer go when the change is safe."""
        if picture:
            self.store_still(picture)
        if self.still.name == stored.still.name:
            self.still_widths = stored.still_widths
        else:
            self.still_widths = []
            stored.drop_still()

    def restore_texts(self, texts, by):
        """Put back older facts. With them goes a picture that the film did not have then."""
        if texts.get("still", "") != self.columns["still"]:
            texts = texts | {"still": "", "still_alt": ""}
        return super().restore_texts(texts, by)

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

    def ledger_texts_of(self, texts):
        """What is said of a picture is among them where there is one: older rows know of none."""
        said = texts.get("still_alt")
        return super().ledger_texts_of(texts) + ([said] if said else [])
