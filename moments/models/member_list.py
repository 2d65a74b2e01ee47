"""A list: posts and films that a member puts together, ranked or not, alone or with co-writers.

In the code it is a member list, since the site has lists of posts of its own (`views/lists.py`).
"""

from urllib.parse import quote

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.ledger.sentences import describe
from moments.ranking import hot
from reelive import markdown

from .event import EventKind
from .list_entry import IN_ORDER, ListEntry
from .list_writer import ListWriter
from .member_list_queryset import UNDOABLE, MemberListManager, Visibility
from .mixins.addressed import Addressed
from .mixins.authored import Authored
from .mixins.discussed import Discussed
from .mixins.lockable import Lockable
from .mixins.moderated import Moderated
from .mixins.reportable import Reportable
from .mixins.stateful import State, Stateful
from .refusals import Gone, Refused, Suspended, refuse_twin
from .vote import MemberListVote

TITLE_LIMIT, BODY_LIMIT, EXCERPT_LENGTH = 150, 2_000, 180
MOST_LISTS = 200  # of a member
PICTURES_PAINTED = 4  # entries whose colours the cover is made of
HOT, NEW = ("-hot", "-id"), ("-created", "-id")


class TooManyLists(Refused):
    sentence = _("You have as many lists as one can have. Delete one first.")


class MemberList(Addressed, Discussed, Lockable, Authored, Reportable, Stateful, Moderated):
    model_name, vote_model = "member_list", MemberListVote
    text_fields = ("title", "body")
    editable_fields = ("title", "slug", "body", "body_html", "excerpt", "is_ranked", "visibility", "edited")

    title = models.CharField(_("title"), max_length=TITLE_LIMIT)
    slug = models.CharField(_("slug"), max_length=100, editable=False)
    body = models.TextField(_("description"), max_length=BODY_LIMIT, blank=True)
    body_html = models.TextField(blank=True, editable=False)
    excerpt = models.CharField(max_length=300, blank=True, editable=False)
    is_ranked = models.BooleanField(_("ranked"), default=False)
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=Visibility, default=Visibility.PUBLIC
    )
    source = models.ForeignKey("self", models.SET_NULL, null=True, editable=False, related_name="copies")
    entry_count = models.PositiveIntegerField(_("entries"), default=0, editable=False)
    comment_count = models.PositiveIntegerField(_("comments"), default=0, db_default=0, editable=False)
    locked = models.BooleanField(_("thread locked"), default=False, db_default=False, editable=False)
    # Of its first entries when they last changed: what its cover is painted with. It stays when one of these
    # gets other colours or goes out of sight, so that nothing computes it anew.
    colours = models.JSONField(default=list, editable=False)
    hot = models.FloatField(default=0, editable=False)
    deleted = models.DateTimeField(null=True, editable=False)

    objects = MemberListManager()

    class Meta:
        verbose_name, verbose_name_plural = _("list"), _("lists")
        constraints = [models.UniqueConstraint(fields=["author", "slug"], name="member_list_slug_once")]
        indexes = [
            models.Index(fields=["state", "visibility", "-hot", "-id"], name="member_list_hot"),
            models.Index(fields=["state", "visibility", "-created", "-id"], name="member_list_new"),
            models.Index(fields=["author", "-created", "-id"], name="member_list_author_new"),
            models.Index(fields=["deleted"], condition=Q(deleted__isnull=False), name="member_list_deleted"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        # By hand like those of posts: pages ask for it in a loop.
        return f"{self.author.get_absolute_url()}lists/{quote(self.slug)}/"

    @property
    def slug_scope(self):
        return {"author": self.author}

    @property
    def slug_fallback(self):
        return "list"

    @property
    def numbered_url(self):
        return f"/lists/{self.pk}/"

    @property
    def link(self):
        """Where lists lead; the address of what is removed has no words in it."""
        return self.get_absolute_url() if self.is_visible else self.numbered_url

    # Of what comments ask of what they are about: a list belongs to no film.
    film, is_veiled, is_marked_spoiler = None, False, False

    @property
    def shown_title(self):
        return self.title

    @property
    def named(self):
        """The title, for use inside a sentence; what it is once it is out of sight."""
        return self.title if self.is_visible else self.described

    # What others may do begins with its address: whoever counts numbers up must not find an unlisted list.

    @property
    def report_url(self):
        return f"{self.get_absolute_url()}report/"

    @property
    def verbs_url(self):
        return self.get_absolute_url()

    @property
    def comment_add_url(self):
        return f"{self.thread_url}new/"

    @property
    def thread_url(self):
        """Where its thread stands alone, page by page: on its own pages it is below the entries."""
        return f"{self.get_absolute_url()}comments/"

    @property
    def join_url(self):
        return f"{self.get_absolute_url()}join/"

    @property
    def copy_url(self):
        return f"{self.get_absolute_url()}copy/"

    @property
    def vote_url(self):
        return f"{self.get_absolute_url()}{'unvote' if self.my_vote else 'upvote'}/"

    @property
    def cover_url(self):
        """The address of its cover is its recipe, so that it can be kept for ever; empty without colours."""
        recipe = "-".join(colour.lstrip("#") for colour in self.colours)
        return f"/lists/cover/{recipe}.svg" if recipe else ""

    @property
    def is_public(self):
        return self.visibility == Visibility.PUBLIC

    # What the ledger says of it.

    @property
    def ledger_subject(self):
        return "a list"

    @property
    def described(self):
        return describe(self.ledger_subject)

    @property
    def reported_texts(self):
        """The notes are part of what it says."""
        return [*self.ledger_texts, *self.notes]

    @property
    def notes(self):
        return self.entries.exclude(note="").order_by(*IN_ORDER).values_list("note", flat=True)

    # Who may do what, asked again on the locked row.

    def is_written_by(self, viewer):
        """Whether they own it or are a co-writer."""
        if not viewer.is_authenticated:
            return False
        return self.author_id == viewer.pk or self.writers.accepted().filter(member=viewer.pk).exists()

    def is_shared_by(self, viewer):
        """Whether every comment on it is news to them, unless they chose otherwise."""
        return self.is_written_by(viewer)

    def ensure_owned_by(self, member):
        """Lock it for its owner. Raises Gone, also to everybody else, and Suspended."""
        if self.ensure_open_for(member.pk, "author_id")["author_id"] != member.pk:
            raise Gone

    def ensure_writable_by(self, member):
        """Lock it for its owner or a co-writer, and read anew how many entries it has. Raises as above."""
        is_writer = ListWriter.objects.condition
        row = self.ensure_open_for(member.pk, "author_id", "entry_count", is_writer=is_writer)
        if row["author_id"] != member.pk and not row["is_writer"]:
            raise Gone
        self.entry_count = row["entry_count"]

    # Verbs of its owner.

    @transaction.atomic
    def publish(self):
        """Save a new list under the first free address of its owner.

        Raises Suspended, TooManyLists and Twin.
        """
        refuse_twin(self, ("-created", "-id"), title=self.title, body=self.body)
        self._make_room()
        self.render()
        self.hot = hot(0, self.created)
        self.save_under_free_slug()
        self._count_if_public(+1)
        self.report_if_only_links()

    @transaction.atomic
    def revise(self, member):
        """Save what its form changed. Raises Gone and Suspended."""
        self.ensure_owned_by(member)
        before = MemberList.objects.values_list("visibility", flat=True).get(pk=self.pk)
        self.edited = timezone.now()
        self.render()
        self.save_edit()
        self._count(self.is_public - (before == Visibility.PUBLIC))
        if before != self.visibility:
            self.note(EventKind.SIGHT)  # of its thread others may be told no more
        self.report_if_only_links()

    @transaction.atomic
    def delete_by_author(self, member):
        """It is gone, and for a day that may be undone. Raises Gone and Suspended."""
        self.ensure_owned_by(member)
        self.change_state(State.VISIBLE, State.DELETED, deleted=timezone.now())
        self._count_if_public(-1)

    @transaction.atomic
    def undelete(self, member):
        """Returns False when it is too late for that, or was done before.

        Raises Suspended and TooManyLists.
        """
        rows = MemberList.objects.filter(pk=self.pk, author=member, deleted__gt=timezone.now() - UNDOABLE)
        if not rows.exists():
            return False
        self._make_room()
        if not self.change_state(State.DELETED, State.VISIBLE, deleted=None):
            return False
        self._count_if_public(+1)
        return True

    @transaction.atomic
    def copy_for(self, viewer):
        """A private list of the viewer's own with all that they may see of this one.

        Of its words only their own are copied: the description of their own list, and the notes that they
        wrote. Those of others stay with those who wrote them. Returns the copy.

        Raises Gone, Suspended and TooManyLists.
        """
        self.ensure_open_for(viewer.pk)
        copy = MemberList(author=viewer.member, title=self.title, is_ranked=self.is_ranked, source=self)
        copy.visibility = Visibility.PRIVATE
        copy.body = self.body if self.author_id == viewer.pk else ""
        copy.publish()
        words = ("note", "note_html")
        known = self.entries.known_to(viewer).order_by(*IN_ORDER).values("post", "film", "writer", *words)
        ListEntry.objects.bulk_create(
            ListEntry(
                member_list=copy,
                position=place,
                writer_id=viewer.pk,
                post_id=row["post"],
                film_id=row["film"],
                **{name: row[name] for name in words if row["writer"] == viewer.pk},
            )
            for place, row in enumerate(known, 1)
        )
        copy.note_change(len(known), 1)
        return copy

    def _make_room(self):
        """Lock the owner, and refuse one list too many."""
        owner = User.objects.select_for_update(no_key=True).filter(pk=self.author_id, is_active=True)
        if not list(owner.values_list("pk")):
            raise Suspended
        mine = MemberList.objects.filter(author=self.author_id).exclude(state=State.DELETED)
        if mine.count() >= MOST_LISTS:
            raise TooManyLists

    def render(self):
        (self.body_html,) = self.rendered(self.body)
        self.excerpt = markdown.excerpt(self.body, EXCERPT_LENGTH)

    # What changes with its entries and votes.

    def note_change(self, step, place):
        """Its entries changed from this place on: count them, and paint the cover anew if it shows that."""
        MemberList.objects.filter(pk=self.pk).update(entry_count=F("entry_count") + step)
        self.entry_count += step
        if place <= PICTURES_PAINTED:
            self.colours = self.colours_of_entries()
            MemberList.objects.filter(pk=self.pk).update(colours=self.colours)

    def colours_of_entries(self):
        first = (
            self.entries.in_sight()
            .select_related("post__film", "film")
            .order_by(*IN_ORDER)[:PICTURES_PAINTED]
        )
        return [colour for entry in first for colour in entry.colours]

    def count_votes(self, step):
        self.votes += step
        self.hot = hot(self.votes, self.created)
        MemberList.objects.filter(pk=self.pk).update(votes=F("votes") + step, hot=self.hot)

    def on_removed(self):
        self._count_if_public(-1)

    def on_restored(self):
        self._count_if_public(+1)

    def _count_if_public(self, step):
        self._count(step if self.is_public else 0)

    def _count(self, step):
        """Count it as a public list of its owner."""
        if step:
            User.objects.filter(pk=self.author_id).update(list_count=F("list_count") + step)
