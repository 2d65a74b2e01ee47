"""What a member writes and others upvote: posts and comments alike."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import BooleanField, Exists, OuterRef, Value
from django.utils import timezone

from accounts.models import User
from reelive import markdown
from reelive.ratelimit import FIRST_DAY

from .label import Labelled
from .report import Report, Reportable, ReportState
from .revision import Revision
from .silence import Mute, Restrict
from .state import State, StateQuerySet

SILENT_EDIT = timedelta(minutes=5)
LINKS_ALONE = "Nothing but links, from an account on its first day."


class AuthoredQuerySet(StateQuerySet):
    def editable_by(self, member):
        return self.listed().filter(author=member) if member.is_authenticated else self.none()

    def with_my_vote(self, member):
        if not member.is_authenticated:
            return self.annotate(my_vote=Value(False, output_field=BooleanField()))
        votes = self.model.VOTES.objects.of(member.pk, OuterRef("pk"))
        return self.annotate(my_vote=Exists(votes))

    def with_muted(self, viewer):
        """Say of each whether the viewer has muted its author."""
        if not viewer.is_authenticated:
            return self.annotate(is_muted=Value(False, output_field=BooleanField()))
        return self.annotate(is_muted=Mute.objects.over(viewer))

    def without_muted(self, viewer):
        return self.filter(~Mute.objects.over(viewer)) if viewer.is_authenticated else self


class Authored(Labelled, Reportable):
    """Has an author, who may edit it, and votes and labels of everybody else."""

    VOTES = None
    # The texts that readers read, by their columns: an edit keeps them, a removal fingerprints them.
    READ = ()
    # What an edit of this very object has just kept.
    revision = None

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="%(class)ss", db_index=False
    )
    votes = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    edited = models.DateTimeField(null=True, blank=True, editable=False)
    nonce = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    class Meta:
        abstract = True

    @property
    def texts(self):
        return {name: getattr(self, name) for name in self.READ}

    @property
    def ledger_texts(self):
        return list(self.texts.values())

    @property
    def history_url(self):
        return f"/{self.WORD}s/{self.pk}/history/"

    def can_be_read_by(self, member):
        """What a moderator hid from everybody is still there for its author."""
        mine = member.is_authenticated and self.author_id == member.pk
        return self.is_visible or (mine and self.state == State.REMOVED)

    def can_be_edited_by(self, member):
        return self.is_visible and member.is_authenticated and self.author_id == member.pk

    def role_of(self, viewer):
        """What the viewer is to it: its "author", another "member" or a "visitor"."""
        if not viewer.is_authenticated:
            return "visitor"
        return "author" if self.author_id == viewer.pk else "member"

    def can_be_upvoted_by(self, member):
        is_of_another = self.is_visible and member.is_authenticated and self.author_id != member.pk
        return is_of_another and not Restrict.objects.holds(self.author_id, member.pk)

    @transaction.atomic
    def wipe(self):
        """The author leaves: the words go, also those that a moderator removed. The ledger keeps its rows."""
        self._bring_back()
        return self.take_back()

    def _forget_words(self):
        """Drop what is kept of a deleted text elsewhere; what a report holds waits until it is judged."""
        self.revisions.all().delete()
        self.reports.exclude(state=ReportState.OPEN).update(snapshot="")

    @transaction.atomic
    def upvote(self, member):
        """Add the member's vote. Their second vote, or one on what is their own, changes nothing."""
        if not self.can_be_upvoted_by(member):
            return False
        _vote, added = self.VOTES.objects.cast(member, self.pk)
        if added:
            self._count_votes(+1)
        return added

    @transaction.atomic
    def withdraw_vote(self, member):
        removed, _rows = self.VOTES.objects.of(member, self.pk).delete()
        if removed:
            self._count_votes(-1)
        return bool(removed)

    def note_edit(self, by=None):
        """Keep what it said before, and tell readers of an edit that was not just a slip put right.

        Called before the row is written; whoever edits at the same time waits here.

        Args:
            by: who edits, the author unless somebody else does.
        Returns:
            False when it was deleted or removed meanwhile, and may not be written any more.
        """
        columns = ("state", "edited", *self.READ)
        stored = type(self)._base_manager.select_for_update().values(*columns).get(pk=self.pk)
        now, editor = timezone.now(), by.pk if by else self.author_id
        # Once an edit was told of, all are: else one that the author undid at once would seem never made.
        is_slip = editor == self.author_id and not stored["edited"] and now - self.created <= SILENT_EDIT
        self.edited = stored["edited"] if is_slip else now
        before, self.revision = {name: stored[name] for name in self.READ}, None
        if stored["state"] == State.VISIBLE and not is_slip and before != self.texts:
            kept = {self.WORD: self, "editor_id": editor, "texts": before, "created": now}
            self.revision = Revision.objects.create(**kept)
        return stored["state"] == State.VISIBLE

    def ask_for_a_look(self):
        """What a newcomer says in links alone is seen by everybody, and reported to the moderators."""
        author = self.author
        is_new = author is not None and timezone.now() - author.date_joined < FIRST_DAY
        if is_new and markdown.is_link_only(self.body_html):
            Report.objects.flag(self, LINKS_ALONE)

    def put_back(self, texts):
        """The author wants an older version again."""
        raise NotImplementedError

    def drop_traces(self, texts):
        """Drop what was made of an older version besides, now that nobody is to read it any more."""

    def rendered(self, *texts):
        """The HTML of each text, with mentions of members linked; the one time that texts are rendered.

        A member who restricts the author is a plain word in them.
        """
        names = set().union(*map(markdown.mentions, texts))
        closed = Restrict.objects.filter(other=self.author_id).values("member")
        mentionable = User.objects.named(names).exclude(pk__in=closed).values_list("username", flat=True)
        known = set(mentionable) if names else ()
        return [markdown.render(text, known) for text in texts]
