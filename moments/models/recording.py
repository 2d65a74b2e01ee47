"""A recording: a song as its artist recorded it, whichever films it is heard in.

Each film has a song of its own, a post with its thread and votes; which of them are this recording is one of
its facts, and so are its places elsewhere and the original that it covers. All are everybody's to edit.
"""

from urllib.parse import quote

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reelive.alphabet import sort_title

from .facts import Facts
from .film_ids import id_field
from .kinds import Kind
from .ledger import Action
from .locking import lock_one, lock_rows, read_locked
from .mixins.addressed import Addressed
from .mixins.lockable import Lockable
from .mixins.mergeable import Mergeable
from .mixins.moderated import Moderated
from .mixins.stateful import State, Stateful, StateQuerySet
from .refusals import RecordingGone, RecordingLocked, Refused
from .song_columns import artist_slug, listening_searches, songs_by

RECORDING_FACTS = ("title", "artist", "musicbrainz", "isrc", "listen_url")
MOST_SONGS = 100  # of one recording
# The addresses of songs that are words of the site.
RESERVED_SLUGS = ("by", "feed", "uses")


class TooManySongs(Refused):
    sentence = _("A song is joined for at most a hundred films here.")


class RecordingQuerySet(StateQuerySet):
    def visible_to(self, viewer):
        return self.listed()

    def editable_by(self, viewer):
        return self.listed() if viewer.is_authenticated else self.none()


class RecordingManager(models.Manager.from_queryset(RecordingQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    @transaction.atomic
    def of(self, song, by=None):
        """The recording that a song is: a new one, which no other film has, where it is none so far."""
        lock_one(self.model._meta.get_field("songs").related_model, song.pk)
        found = self.filter(songs=song.pk).select_related("merged_into").first()
        if found is None:
            found = self.model(title=song.title, artist=song.artist, added_by=by)
            found.sort_title = found.place_in_alphabet
            found.save_under_free_slug()
            found.songs.model.objects.filter(pk=song.pk).update(recording=found)
        return found


class Recording(Addressed, Facts, Lockable, Mergeable, Stateful, Moderated):
    model_name = "recording"
    fact_names, fingerprinted_fields = RECORDING_FACTS, ("title", "artist", "listen_url")
    editable_fields = ("slug", "edited", "sort_title", "original", *RECORDING_FACTS)
    lock_actions = (Action.OPEN_FACTS, Action.LOCK_FACTS)
    gone, refusal = RecordingGone, RecordingLocked
    ledger_subject = "a recording"
    # The keys of the songs that an edit wants; None as long as it wants none other than there are.
    wanted_songs = None

    slug = models.CharField(_("slug"), max_length=100, unique=True, editable=False)
    title = models.CharField(_("title"), max_length=150)
    artist = models.CharField(_("artist"), max_length=200, blank=True)
    musicbrainz = id_field(
        _("MusicBrainz id"),
        36,
        r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
        _("The id of a recording there: 32 letters and digits in five groups."),
    )
    isrc = id_field(
        _("ISRC"), 12, r"[A-Z]{2}[A-Z0-9]{3}\d{7}", _("Twelve letters and digits, such as USUM71612345.")
    )
    listen_url = models.URLField(_("where to listen"), max_length=500, blank=True)
    original = models.ForeignKey(
        "self", models.SET_NULL, null=True, editable=False, related_name="covers", verbose_name=_("original")
    )
    sort_title = models.CharField(max_length=120, default="", editable=False)
    added_by = models.ForeignKey(
        "accounts.User",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="recordings_added",
        verbose_name=_("added by"),
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, editable=False)
    locked = models.BooleanField(_("facts locked"), default=False, editable=False)
    # As its migration made it: that of the others may be blank, which no form asks for.
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )

    objects = RecordingManager()

    class Meta:
        verbose_name, verbose_name_plural = _("recording"), _("recordings")
        ordering = ["title"]
        indexes = [models.Index(fields=["state", "-created", "-id"], name="recording_newest")]

    def __str__(self):
        return self.title

    @property
    def named(self):
        """The title with the artist, as one name."""
        if not self.artist:
            return self.title
        return gettext("%(title)s by %(artist)s") % {"title": self.title, "artist": self.artist}

    def get_absolute_url(self):
        return f"/songs/{quote(self.slug)}/"

    @property
    def link(self):
        """Where readers find it, also once it was merged; nowhere while it is removed."""
        return self.get_absolute_url() if self.is_visible or self.merged_into_id else ""

    def natural_key(self):
        return (self.slug,)

    def slug_wishes(self, title):
        """With the artist where another song has the title: mad-world, mad-world-gary-jules."""
        (slug,) = super().slug_wishes(title)
        longer = f"{slug[:60]}-{artist_slug(self.artist)[:39]}" if self.artist else f"{slug}-song"
        return [longer] if slug in RESERVED_SLUGS else [slug, longer]

    @property
    def place_in_alphabet(self):
        return sort_title(self.title)

    @property
    def artist_url(self):
        """The songs of all films with the same credit; empty without one."""
        return songs_by(artist_slug(self.artist))

    @property
    def listening_searches(self):
        return listening_searches(self.title, self.artist)

    @property
    def musicbrainz_url(self):
        """Its page there by one of its ids, or else a search for it."""
        if self.musicbrainz:
            return f"https://musicbrainz.org/recording/{self.musicbrainz}"
        if self.isrc:
            return f"https://musicbrainz.org/isrc/{self.isrc}"
        words = quote(f"{self.title} {self.artist}".strip(), safe="")
        return f"https://musicbrainz.org/search?type=recording&query={words}"

    # Its facts, of which two are no texts: the key of the original, and those of the songs.

    @property
    def columns(self):
        return super().columns | {"original": self.original_id}

    @property
    def texts(self):
        return self.columns | {"songs": self._song_keys() if self.wanted_songs is None else self.wanted_songs}

    def _song_keys(self):
        return list(self.songs.order_by("pk").values_list("pk", flat=True)) if self.pk else []

    def set_fact(self, name, fact, seen=None, stored=None):
        if name == "original":
            self.original = self._original_of_now(fact)
        elif name == "songs":
            kept = fact if seen is None else {*fact} - {*seen} | {*stored} - ({*seen} - {*fact})
            songs = self.songs.model.objects.filter(pk__in=kept, kind=Kind.SONG)
            self.wanted_songs = list(songs.order_by("pk").values_list("pk", flat=True))
        else:
            setattr(self, name, fact)

    def _original_of_now(self, key):
        found = key and type(self).objects.select_related("merged_into").filter(pk=key).first()
        found = found and found.of_now
        return None if not found or found.pk == self.pk else found

    def complete_edit(self, stored, picture):
        if self.original_id and self.original.original_id == self.pk:
            self.original = stored.original  # of two that cover each other neither is the original

    def follow_edit(self, before):
        now, posts = self.texts["songs"], self.songs.model.objects
        if now != before["songs"]:
            posts.filter(recording=self.pk).exclude(pk__in=now).update(recording=None)
            posts.filter(pk__in=now).update(recording=self.pk)
        self.wanted_songs = None

    # Verbs.

    @transaction.atomic
    def take(self, song, by):
        """Say that a song of another film is this recording as well, and none of another one any more.

        Raises TooManySongs, RecordingGone, RecordingLocked and Suspended.
        """
        recordings = type(self).objects
        before = recordings.filter(songs=song.pk).exclude(pk=self.pk).first()
        lock_rows(recordings.filter(pk__in=[self.pk, *([before.pk] if before else [])]))
        if before and before.is_visible:
            before.let_go(song, by)
        self.refresh_from_db()
        self.wanted_songs = sorted({*self._song_keys(), song.pk})
        if len(self.wanted_songs) > MOST_SONGS:
            raise TooManySongs
        self.revise(by)

    @transaction.atomic
    def let_go(self, song, by):
        """Say that a song is another one after all. Raises what `revise` does."""
        lock_one(type(self), self.pk)
        self.refresh_from_db()
        self.wanted_songs = [key for key in self._song_keys() if key != song.pk]
        self.revise(by)

    @transaction.atomic
    def merge_into(self, by, target, note=""):
        """Hand all songs and covers to `target`; this one's addresses lead there from now on."""
        both = sorted((self, target), key=lambda recording: recording.pk)
        if target.pk == self.pk or not all(map(read_locked, both)):
            return False
        if not (self.is_visible and target.is_visible):
            return False
        if target.original_id == self.pk:
            target.original = None
        target.wanted_songs = sorted({*target._song_keys(), *self._song_keys()})
        target.revise(by, as_staff=True)
        self.covers.exclude(pk=target.pk).update(original=target)
        self.former_slugs.update(recording=target)
        target.keep_former_slug(self.slug)
        self.merged_from.update(merged_into=target)
        self.change_state(State.VISIBLE, State.REMOVED, merged_into=target)
        self.record_in_ledger(by, Action.MERGE, note=f"Into {target.ledger_name}. {note}".strip())
        return True
