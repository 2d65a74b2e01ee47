"""A list: posts and films that a member puts together, ranked or not, alone or with co-writers.

In the code it is a member list, since the site has lists of posts of its own (`views/lists.py`).
"""

from datetime import timedelta
from urllib.parse import quote

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.ledger.sentences import describe
from moments.ranking import hot
from reelive import markdown

from .event import EventKind
from .film import Film
from .follow import Follow
from .list_entry import IN_ORDER, ListEntry
from .list_writer import ListWriter
from .mixins.addressed import Addressed
from .mixins.authored import Authored, AuthoredQuerySet
from .mixins.lockable import Lockable
from .mixins.moderated import Moderated
from .mixins.reportable import Reportable
from .mixins.stateful import State, Stateful
from .notification import Notification
from .refusals import Gone, Refused, Suspended, refuse_twin
from .report import Report
from .vote import MemberListVote, hot_by_votes

TITLE_LIMIT, BODY_LIMIT, EXCERPT_LENGTH = 150, 2_000, 180
MOST_LISTS = 200  # of a member
PAINTED = 4  # entries whose colours the cover is made of
UNDOABLE = timedelta(days=1)
AT_ONCE = 100
HOT, NEW = ("-hot", "-id"), ("-created", "-id")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Public: everybody finds it")
    UNLISTED = "unlisted", _("Unlisted: whoever has its address reads it")
    PRIVATE = "private", _("Private: you and its co-writers read it")


class TooManyLists(Refused):
    sentence = _("You have as many lists as one can have. Delete one first.")


class MemberListQuerySet(AuthoredQuerySet):
    def visible_to(self, viewer):
        """Which lists have a page for the viewer: the one place that decides it.

        What is private is for its owner and co-writers, and whose account is private is read by followers
        alone. One that staff removed has a page too, which tells why, and its words to its owner alone.
        """
        here = self.exclude(state=State.DELETED).filter(author__is_active=True)
        for_others = Follow.objects.opens(viewer, "author") & ~Q(visibility=Visibility.PRIVATE)
        if not viewer.is_authenticated:
            return here.filter(for_others)
        return here.filter(for_others | Q(author=viewer.pk) | Q(ListWriter.objects.condition(viewer.pk)))

    def open_to(self, viewer):
        """What a member may upvote, report or copy."""
        return self.visible_to(viewer).listed()

    def known_to(self, viewer):
        """Whose comments the viewer may read: what is in sight for them and unlisted only where they have its
        address, since they write in it or were there. Else the numbers of comments would lead to it.

        Args:
            viewer: None for the site itself.
        """
        if viewer is None:
            return self.listed().filter(author__is_active=True)
        rows = self.visible_to(viewer).listed()
        if not viewer.is_authenticated:
            return rows.filter(visibility=Visibility.PUBLIC)
        return rows.filter(~Q(visibility=Visibility.UNLISTED) | _has_address(viewer.pk))

    def read_by(self, member):
        """The same for a query of members, or of what they are told.

        Args:
            member: an expression for the key of the member.
        """
        inside = OuterRef(member)
        writes = Q(author=member) | Q(ListWriter.objects.condition(inside))
        follows = Exists(Follow.objects.filter(member=inside, person=OuterRef("author")))
        is_open = ~Q(visibility=Visibility.PRIVATE) & (Q(author__is_private=False) | Q(follows))
        is_known = ~Q(visibility=Visibility.UNLISTED) | _was_read_by(inside)
        return self.listed().filter(writes | (is_open & is_known), author__is_active=True)

    def found_by(self, viewer):
        """The public ones, as lists of lists show them; not those by whom the viewer mutes."""
        opens = Follow.objects.opens(viewer, "author")
        found = self.listed().filter(opens, visibility=Visibility.PUBLIC, author__is_active=True)
        return found.without_muted(viewer)

    def published(self):
        """What everybody finds, crawlers included."""
        open_authors = {"author__is_active": True, "author__is_private": False}
        return self.listed().filter(visibility=Visibility.PUBLIC, **open_authors)

    def writable_by(self, member):
        """The member's own lists, and those in which they are co-writers."""
        writes = Q(ListWriter.objects.condition(member.pk))
        return self.listed().filter(Q(author=member.pk) | writes, author__is_active=True)

    @transaction.atomic
    def drop(self):
        """Delete these lists for good, with their threads, and count anew what members were told of them."""
        keys = list(self.values_list("pk", flat=True))
        Report.objects.filter(Q(member_list__in=keys) | Q(comment__member_list__in=keys)).drop()
        told = set(Notification.objects.filter(member_list__in=keys).values_list("member", flat=True))
        self.delete()
        Notification.objects.count_unread(told)

    def having(self, target):
        """Say of each whether the post or film is in it, `has_it`."""
        name = "film" if isinstance(target, Film) else "post"
        inside = ListEntry.objects.filter(member_list=OuterRef("pk"), **{name: target.pk})
        return self.annotate(has_it=Exists(inside))


def _was_read_by(member):
    rows = MemberList.last_reads.rel.related_model.objects
    return Q(Exists(rows.filter(member=member, member_list=OuterRef("pk"))))


def _has_address(member):
    return Q(author=member) | Q(ListWriter.objects.condition(member)) | _was_read_by(member)


class MemberListManager(models.Manager.from_queryset(MemberListQuerySet)):
    def expire(self, now):
        """Forget for good what was deleted a day ago; a clock that was ahead keeps nothing for longer."""
        gone = self.filter(state=State.DELETED)
        gone.filter(deleted__gt=now).update(deleted=now)
        old = gone.filter(deleted__lte=now - UNDOABLE).order_by("deleted")[:AT_ONCE]
        self.filter(pk__in=list(old.values_list("pk", flat=True))).drop()


class MemberList(Addressed, Lockable, Authored, Reportable, Stateful, Moderated):
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
    # Of its first entries when they last changed: what its cover is painted with.
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

    # What comments ask of what they are about, a post or a list. A list belongs to no film.

    film, is_veiled, is_marked_spoiler = None, False, False

    @property
    def shown_title(self):
        return self.title

    @property
    def named(self):
        """The title, for use inside a sentence; what it is once it is out of sight."""
        return self.title if self.is_visible else self.described

    @property
    def new_comments(self):
        """How many comments are new to the viewer, where `LastRead.objects.laid_over` asked for that."""
        return sum(row.new_comments for row in getattr(self, "my_last_reads", ()))

    # What others may do begins with its address: whoever counts numbers up must not find an unlisted list.

    @property
    def report_url(self):
        return f"{self.get_absolute_url()}report/"

    @property
    def comment_add_url(self):
        """Where a comment on it is sent to."""
        return f"{self.get_absolute_url()}comments/new/"

    @property
    def thread_url(self):
        """Where its thread stands alone, page by page: on its own pages it is below the entries."""
        return f"{self.get_absolute_url()}comments/"

    @property
    def thread_choice_url(self):
        return f"{self.get_absolute_url()}thread/"

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

    @property
    def is_found_by_number(self):
        """Whether the number of a comment on it leads everybody to it."""
        return self.is_public

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
        is_writer = ListWriter.objects.condition(member.pk)
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
        was_public = MemberList.objects.filter(pk=self.pk, visibility=Visibility.PUBLIC).exists()
        self.edited = timezone.now()
        self.render()
        self.save_edit()
        self._count(self.is_public - was_public)
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
        """A private list of the viewer's own with all that they may see of this one, without its words.

        Notes and the description stay with those who wrote them. Returns the copy.

        Raises Gone, Suspended and TooManyLists.
        """
        self.ensure_open_for(viewer.pk)
        copy = MemberList(author=viewer.member, title=self.title, is_ranked=self.is_ranked, source=self)
        copy.visibility = Visibility.PRIVATE
        copy.publish()
        known = self.entries.known_to(viewer).order_by(*IN_ORDER).values("post", "film")
        ListEntry.objects.bulk_create(
            ListEntry(
                member_list=copy,
                position=place,
                writer_id=viewer.pk,
                post_id=row["post"],
                film_id=row["film"],
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
        if place <= PAINTED:
            self.colours = self.colours_of_entries()
            MemberList.objects.filter(pk=self.pk).update(colours=self.colours)

    def colours_of_entries(self):
        first = self.entries.in_sight().select_related("post__film", "film").order_by(*IN_ORDER)[:PAINTED]
        return [colour for entry in first for colour in entry.colours]

    def count_votes(self, step):
        votes = F("votes") + step
        MemberList.objects.filter(pk=self.pk).update(votes=votes, hot=hot_by_votes(votes, self.created))
        self.refresh_from_db(fields=["votes", "hot"])

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
