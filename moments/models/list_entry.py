"""An entry of a list: a post or a film at its place, with a note."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import BooleanField, Exists, F, OuterRef, Prefetch, Q, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reelive import markdown

from .film import Film
from .filter import filters_of, without_filtered
from .mixins.stateful import State
from .mute import muted_by
from .post import Post
from .refusals import Gone, Refused
from .report import one_of

NOTE_LIMIT, MOST_ENTRIES = 1_000, 1_000
IN_ORDER = ("position", "id")
TARGETS = ("post", "film")


class ListIsFull(Refused):
    sentence = _("A list has at most a thousand entries. Take something out first.")


class ListEntryQuerySet(models.QuerySet):
    def in_sight(self):
        """Those whose post or film is neither removed, withheld nor deleted."""
        return self.filter(Q(post__state=State.VISIBLE) | Q(film__state=State.VISIBLE))

    def shown_to(self, viewer, is_writer=False):
        """The entries of a list that the viewer gets to see, some of them veiled.

        What one put there oneself stays there: who writes in the list sees places of what is gone, too.
        """
        if is_writer:
            return self
        rows = self.in_sight().without_filtered(viewer)
        if viewer.is_authenticated and viewer.spoiler_stance == User.SpoilerStance.HIDE:
            return rows.filter(Q(post=None) | Exists(_known_posts(viewer)))
        return rows

    def known_to(self, viewer):
        """The entries with nothing that is veiled for the viewer or that they filter."""
        rows = self.in_sight().without_filtered(viewer)
        return rows.filter(Q(post=None) | Exists(_known_posts(viewer)))

    def without_filtered(self, viewer):
        """Leave out the films and posts that the viewer filters, and the posts of those whom they mute."""
        rows = without_filtered(self, viewer, "post", also=Q(post=None))
        films = filters_of(viewer).film
        return rows.exclude(film__in=sorted(films)) if films else rows

    def with_targets(self, viewer):
        """With the post or film of each, veiled where it has to be, and whether `is_muted` who noted it."""
        muted = muted_by(viewer, "writer") or Value(False, output_field=BooleanField())
        posts = Prefetch("post", Post.objects.for_diary(viewer))
        rows = self.annotate(is_muted=muted).select_related("writer").prefetch_related(posts, "film")
        return rows.defer("note")


def _known_posts(viewer):
    posts = Post.objects.filter(pk=OuterRef("post"))
    return posts.veiled_for(viewer).filter(is_veiled=False)


class ListEntryManager(models.Manager.from_queryset(ListEntryQuerySet)):
    @transaction.atomic
    def add(self, member_list, member, target, note=""):
        """Put a post or film at the end of the list. What is in it already stays as it is.

        Returns the entry and whether it is new.

        Raises Gone, ListIsFull and Suspended.
        """
        member_list.ensure_writable_by(member)
        name = "film" if isinstance(target, Film) else "post"
        if not type(target)._base_manager.filter(pk=target.pk, state=State.VISIBLE).exists():
            raise Gone
        mine = self.filter(member_list=member_list)
        same = mine.filter(**{name: target.pk}).first()
        if same:
            return same, False
        if member_list.entry_count >= MOST_ENTRIES:
            raise ListIsFull
        entry = self.model(member_list=member_list, writer=member, note=note, **{f"{name}_id": target.pk})
        entry.position, entry.note_html = member_list.entry_count + 1, markdown.render(note)
        entry.save(force_insert=True)
        member_list.note_change(+1, entry.position)
        return entry, True


class ListEntry(models.Model):
    member_list = models.ForeignKey("MemberList", models.CASCADE, related_name="entries", db_index=False)
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="list_entries")
    film = models.ForeignKey("Film", models.CASCADE, null=True, related_name="list_entries")
    # From 1 on, without gaps: verbs lock the list while they move entries.
    position = models.PositiveIntegerField()
    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True)
    note_html = models.TextField(blank=True, editable=False)
    # Who put it there, or changed its note last.
    writer = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = ListEntryManager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of(TARGETS), name="list_entry_of_one"),
            models.UniqueConstraint(fields=["member_list", "post"], name="list_entry_post_once"),
            models.UniqueConstraint(fields=["member_list", "film"], name="list_entry_film_once"),
        ]
        indexes = [models.Index(fields=["member_list", "position", "id"], name="list_entry_in_order")]

    def __str__(self):
        return f"{self.target} in {self.member_list}"

    @property
    def target(self):
        return self.post or self.film

    @property
    def is_in_sight(self):
        return self.target.is_visible

    @property
    def is_veiled(self):
        """Whether its post, which `with_targets` fetched, is veiled for the viewer."""
        return self.post_id is not None and self.post.is_veiled

    @property
    def named(self):
        """What it is, for use inside a sentence; it gives nothing away."""
        return self.post.named if self.post_id else self.film.title

    @property
    def shown_title(self):
        return self.post.shown_title if self.post_id else str(self.film)

    @property
    def link(self):
        return self.post.link if self.post_id else self.film.get_absolute_url()

    @property
    def shown_note(self):
        """The HTML of its note; empty where it is veiled too, or was written by whom the viewer mutes."""
        return "" if self.is_veiled or self.is_muted else self.note_html

    @property
    def colours(self):
        if self.post_id:
            return self.post.palette or self.post.film.palette
        return self.film.palette

    @transaction.atomic
    def amend(self, member, note):
        """Raises Gone and Suspended."""
        self._lock(member)
        words = {"note": note, "note_html": markdown.render(note), "writer": member}
        ListEntry.objects.filter(pk=self.pk).update(**words)

    @transaction.atomic
    def move_to(self, member, place):
        """Give it this place, from 1 on; beyond the last one it comes last. Returns whether it moved.

        Raises Gone and Suspended.
        """
        before = self._lock(member)
        place = max(1, min(place, self.member_list.entry_count))
        others = ListEntry.objects.filter(member_list=self.member_list_id)
        if place < before:
            others.filter(position__gte=place, position__lt=before).update(position=F("position") + 1)
        elif place > before:
            others.filter(position__gt=before, position__lte=place).update(position=F("position") - 1)
        ListEntry.objects.filter(pk=self.pk).update(position=place)
        self.position = place
        self.member_list.note_change(0, min(place, before))
        return place != before

    @transaction.atomic
    def move_by(self, member, step):
        """One place up (-1) or down (+1)."""
        return self.move_to(member, self._lock(member) + step)

    @transaction.atomic
    def take_out(self, member):
        """Raises Gone and Suspended."""
        before = self._lock(member)
        ListEntry.objects.filter(pk=self.pk).delete()
        behind = ListEntry.objects.filter(member_list=self.member_list_id, position__gt=before)
        behind.update(position=F("position") - 1)
        self.member_list.note_change(-1, before)

    def _lock(self, member):
        """Lock the list for its writer. Returns the place of the entry as it is now."""
        self.member_list.ensure_writable_by(member)
        place = ListEntry.objects.filter(pk=self.pk).values_list("position", flat=True).first()
        if place is None:
            raise Gone
        return place
