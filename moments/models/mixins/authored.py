"""What a member writes and others upvote: posts, comments and lists."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import BooleanField, Exists, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reelive import markdown
from reelive.ratelimit import FIRST_DAY

from ..deletion import Deletion
from ..event import Event, EventKind
from ..locking import locked_by_key, locked_row, read_locked
from ..mute import Restrict, WrittenQuerySet
from ..refusals import Gone, Restricted
from ..report import Report, ReportState
from ..revision import Revision
from .stateful import State, StateQuerySet

SILENT_EDIT = timedelta(minutes=5)
VOTED = ("author_id", "votes", "created")
LINKS_ALONE = "Nothing but links, from an account on its first day."


class AuthoredQuerySet(WrittenQuerySet, StateQuerySet):
    def editable_by(self, member):
        return self.listed().filter(author=member.pk) if member.is_authenticated else self.none()

    def with_my_vote(self, member):
        if not member.is_authenticated:
            return self.annotate(my_vote=Value(False, output_field=BooleanField()))
        votes = self.model.vote_model.objects.of(member.pk, OuterRef("pk"))
        return self.annotate(my_vote=Exists(votes))

    def with_undo(self, viewer):
        """Say of each whether the viewer deleted it and may undo that, `can_undelete`."""
        if not viewer.is_authenticated:
            return self.annotate(can_undelete=Value(False, output_field=BooleanField()))
        mine = Deletion.objects.undoable_by(viewer).filter(**{self.model.model_name: OuterRef("pk")})
        return self.annotate(can_undelete=Exists(mine))


class Authored(models.Model):
    """Has an author, who may edit and delete it, and the votes of everybody else.

    It is Labelled, Reportable, Stateful and Moderated too.
    """

    vote_model = None
    # The columns whose texts are read: an edit keeps what they held before, a removal fingerprints them.
    text_fields = ()
    # The columns that are emptied once the author deletes it.
    erased_fields = ()
    # What an edit of this very object has just kept, and the texts that it replaced.
    revision = replaced = None

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="%(class)ss",
        db_index=False,
        verbose_name=_("author"),
    )
    votes = models.PositiveIntegerField(_("votes"), default=0, editable=False)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)
    nonce = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def texts(self):
        return {name: getattr(self, name) for name in self.text_fields}

    @property
    def ledger_texts(self):
        return list(self.texts.values())

    def ledger_texts_of(self, texts):
        """The same of an older version."""
        return [texts[name] for name in self.text_fields if name in texts]

    # Addresses by hand, since a page asks for hundreds of them; a test compares them with `reverse`.

    @property
    def numbered_url(self):
        """Where it is found by its number: no word of it stands there."""
        return f"/{self.model_name}s/{self.pk}/"

    @property
    def history_url(self):
        return f"/{self.model_name}s/{self.pk}/history/"

    @property
    def send_url(self):
        return f"/{self.model_name}s/{self.pk}/send/"

    @property
    def labels_url(self):
        return f"/{self.model_name}s/{self.pk}/labels/"

    @property
    def join_url(self):
        """Where visitors are asked to join who want to do something about it."""
        return f"/{self.model_name}s/{self.pk}/join/"

    @property
    def report_url(self):
        return f"/{self.model_name}s/{self.pk}/report/"

    @property
    def vote_url(self):
        """Where the vote button leads: to cast the vote, or to take it back. Asks for `with_my_vote`."""
        return f"/{self.model_name}s/{self.pk}/{'unvote' if self.my_vote else 'upvote'}/"

    # What a member may do.

    def can_be_read_by(self, viewer):
        """What a moderator removed can still be read by its author."""
        mine = viewer.is_authenticated and self.author_id == viewer.pk
        return self.is_visible or (mine and self.state == State.REMOVED)

    def can_be_edited_by(self, viewer):
        return self.is_visible and viewer.is_authenticated and self.author_id == viewer.pk

    def can_be_undeleted_by(self, viewer):
        """Whether they deleted it, within the last day."""
        if self.state != State.DELETED or not viewer.is_authenticated:
            return False
        return Deletion.objects.undoable_by(viewer).on(self).exists()

    def role_of(self, viewer):
        """What the viewer is to it: its "author", another "member" or a "visitor"."""
        if not viewer.is_authenticated:
            return "visitor"
        return "author" if self.author_id == viewer.pk else "member"

    def ensure_open_for(self, member, *columns, **facts):
        """Lock the row for a verb, and refuse the verb where it cannot be done any more.

        Args:
            member: the key of the member who acts.
            columns, facts: what else to ask of the locked row, as `locked_by_key` takes it.

        Returns the dict that `locked_by_key` returns.
        Raises Gone when the row was removed, deleted or withheld meanwhile, and Suspended.
        """
        row = locked_by_key(type(self), self.pk, member, *columns, **facts)
        self.state = row["state"]
        if not self.is_visible:
            raise Gone
        return row

    def ensure_reaches_author(self, member, *columns):
        """The same for a verb that the author notices, such as a vote or a reply.

        Raises Restricted where the author restricts the member, and what `ensure_open_for` raises.
        """
        row = self.ensure_open_for(member, *columns, is_closed=Restrict.objects.condition_against)
        if row["is_closed"]:
            raise Restricted
        return row

    # Votes.

    @transaction.atomic
    def upvote(self, member, is_told=True):
        """Add the member's vote. A second one, or one on what is their own, changes nothing.

        All that it needs is read from the locked row, so an object with nothing but its key will do.

        Args:
            is_told: whether its author hears of it.

        Returns whether anything changed.
        Raises Gone, Restricted and Suspended.
        """
        self._read_votes(self.ensure_reaches_author(member.pk, *VOTED))
        if self.author_id == member.pk:
            return False
        added = self.vote_model.objects.cast(member.pk, self.pk)
        if added:
            self.count_votes(+1)
            if is_told:
                self.note(EventKind.UPVOTE, member.pk)
        return added

    @transaction.atomic
    def unvote(self, member):
        """Take the member's vote back. Returns whether anything changed."""
        self._read_votes(locked_by_key(type(self), self.pk, None, *VOTED))
        removed = self.vote_model.objects.drop(member.pk, self.pk)
        if removed:
            self.count_votes(-1)
        return removed

    def _read_votes(self, row):
        self.author_id, self.votes, self.created = (row[name] for name in VOTED)

    def note(self, kind, actor=None, **about):
        """Note an event that is about it, of which members may be told."""
        Event.objects.note(kind, actor, **{f"{self.model_name}_id": self.pk}, **about)

    def after_writing(self, kind, is_told=True):
        """What follows from new words: members may be told, and a newcomer's bare links are reported.

        Args:
            kind: of EventKind. Of an edit only those hear whom it mentions.
            is_told: whether it is news at all.
        """
        self.report_if_only_links()
        if is_told and (kind != EventKind.EDIT or any("@" in text for text in self.texts.values())):
            self.note(kind, self.author_id)

    def change_state(self, start, end, **columns):
        changed = super().change_state(start, end, **columns)
        if changed:
            self.note(EventKind.SIGHT)
        return changed

    def count_votes(self, step):
        """Count one vote more (+1) or less (-1), and rank it anew.

        The row is locked, and `votes` and `created` are what it says.
        """
        raise NotImplementedError

    # Edits.

    def for_edit(self):
        """The same as it is now, locked until the transaction ends."""
        return type(self).objects.select_for_update(no_key=True).get(pk=self.pk)

    def record_edit(self, by=None):
        """Keep what it said before, and note when it was edited unless the author just put a slip right.

        Called before the row is written; whoever edits at the same time waits here.

        Args:
            by: who edits, the author unless somebody else does.

        Raises Gone when it was deleted or removed meanwhile, and Suspended.
        """
        editor, now = by.pk if by else self.author_id, timezone.now()
        stored = self.ensure_open_for(editor, "edited", *self.text_fields)
        # Once viewers were told of one edit they are told of all: one that the author undid at once would
        # otherwise look as if it had never been made.
        is_slip = editor == self.author_id and not stored["edited"] and now - self.created <= SILENT_EDIT
        self.edited = stored["edited"] if is_slip else now
        before, self.revision = {name: stored[name] for name in self.text_fields}, None
        self.replaced = list(before.values())
        if not is_slip and before != self.texts:
            kept = {self.model_name: self, "editor_id": editor, "texts": before, "created": now}
            self.revision = Revision.objects.create(**kept)

    def restore_texts(self, texts, by):
        """Put back the texts of an older version, which is an edit. Returns whether anything changed."""
        raise NotImplementedError

    def forget_former_slug(self, texts):
        """Drop the address that was made of an older version, where there is one."""

    def rendered(self, *texts):
        """The HTML of each text, with mentions of members linked; the one time that texts are rendered.

        A member who restricts the author is a plain word in them.
        """
        names = set().union(*map(markdown.mentions, texts))
        known = self._mentionable(names) if names else ()
        return [markdown.render(text, known) for text in texts]

    def _mentionable(self, names):
        closed = Restrict.objects.filter(other=self.author_id).values("member")
        mentionable = User.objects.named(names).exclude(pk__in=closed)
        return set(mentionable.values_list("username", flat=True))

    def report_if_only_links(self):
        """Report a newcomer's text that is nothing but links to the moderators; it can be read meanwhile."""
        author = self.author
        is_new = author is not None and timezone.now() - author.date_joined < FIRST_DAY
        if is_new and markdown.is_link_only(self.body_html):
            Report.objects.file_by_site(self, LINKS_ALONE)

    # Deletion.

    @transaction.atomic
    def delete_by_author(self):
        """The author deletes it: its texts are gone, and its thread stays under a tombstone.

        For a day they are set aside, so that the author may undo it; then they are gone for good.
        Returns False when it was removed or deleted before.
        """
        return self._delete(is_for_good=False)

    @transaction.atomic
    def undelete(self, member):
        """The author undoes the deletion: it is back as it was, at its own place.

        Returns False when it is too late for that, it was done before, or the member is not its author.
        Raises Suspended, and what keeps new words out of a thread.
        """
        self.lock_parents()
        locked_row(type(self)._base_manager.filter(pk=self.pk), member.pk)
        deletion = Deletion.objects.undoable_by(member).on(self).select_for_update().first()
        if not deletion or not read_locked(self) or self.state != State.DELETED:
            return False
        self.ensure_may_return()
        for name, value in deletion.undo().items():
            setattr(self, name, value)
        self.render()
        self.state = self.state_on_return
        self.save_returned([*self.erased_values, "state"])
        self.note(EventKind.SIGHT)
        self.on_restored()
        return True

    @transaction.atomic
    def erase(self):
        """The author leaves: its texts go, also those that a moderator removed. The ledger keeps its rows."""
        self.lock_parents()
        if self.bring_back():
            self.on_restored()
        return self._delete(is_for_good=True)

    def _delete(self, is_for_good):
        self.lock_parents()
        if not read_locked(self) or self.state not in (State.VISIBLE, State.WITHHELD):
            return False
        files = self.on_deleted(is_for_good)
        if not is_for_good and self.author_id:
            Deletion.objects.set_aside(self, files)
        self._forget_texts()
        return self.change_state(self.state, State.DELETED, **self.erased_values)

    @property
    def erased_values(self):
        """What its columns hold once it is deleted."""
        return dict.fromkeys(self.erased_fields, "")

    def on_deleted(self, is_for_good):
        """Change what follows from its being gone; its texts are still there.

        Returns the names of the files of its picture, which nobody is told from now on.
        """
        return []

    state_on_return = State.VISIBLE

    def ensure_may_return(self):
        """Refuse to undo a deletion where new words would be refused."""

    def save_returned(self, fields):
        """Write the columns of what is back after its deletion was undone."""
        self.save(update_fields=fields)

    def _forget_texts(self):
        """Drop its older versions and what reports keep of it; an open report keeps it until it is judged."""
        self.revisions.all().delete()
        self.reports.exclude(state=ReportState.OPEN).update(snapshot="")
