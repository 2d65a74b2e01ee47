"""A comment: one voice in a post's thread. Threads never close; old films are the point."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import BooleanField, Exists, F, OuterRef, Value
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.ranking import wilson
from moments.threads import place_reply
from reelive import markdown

from .post import SILENT_EDIT, Post
from .state import State, Stateful, StateQuerySet
from .vote import CommentVote

COMMENT_LIMIT = 10_000
BEST, NEW, OLD = ("-best", "-id"), ("-id",), ("id",)
SORTS = {"best": BEST, "new": NEW, "old": OLD}


class CommentQuerySet(StateQuerySet):
    def visible_to(self, member):
        return self.exclude(post__state=State.WITHHELD)

    def editable_by(self, member):
        return self.listed().filter(author=member) if member.is_authenticated else self.none()

    def with_my_vote(self, member):
        if not member.is_authenticated:
            return self.annotate(my_vote=Value(False, output_field=BooleanField()))
        votes = CommentVote.objects.filter(comment=OuterRef("pk"), voter=member.pk)
        return self.annotate(my_vote=Exists(votes))


class Comment(Stateful):
    post = models.ForeignKey(Post, models.CASCADE, related_name="comments", db_index=False)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="replies")
    root = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="thread",
        db_index=False,
    )
    depth = models.PositiveSmallIntegerField(default=0)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="comments",
        db_index=False,
    )
    body = models.TextField(max_length=COMMENT_LIMIT)
    body_html = models.TextField(editable=False)
    votes = models.PositiveIntegerField(default=0, editable=False)
    best = models.FloatField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    descendants = models.PositiveIntegerField(default=0, editable=False)
    created = models.DateTimeField(default=timezone.now, editable=False)
    edited = models.DateTimeField(null=True, blank=True, editable=False)
    nonce = models.UUIDField(null=True, blank=True, unique=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth=0, root=None, parent=None)
                | models.Q(depth__gt=0, root__isnull=False, parent__isnull=False),
                name="comment_replies_have_a_root",
            )
        ]
        indexes = [
            models.Index(fields=["post", "depth", "-best", "-id"], name="comment_best"),
            models.Index(fields=["post", "depth", "-id"], name="comment_new"),
            models.Index(fields=["root", "depth", "-best", "-id"], name="comment_descendants"),
            models.Index(fields=["author", "-id"], name="comment_author_new"),
            models.Index(fields=["state", "-id"], name="comment_state_new"),
        ]

    def __str__(self):
        return f"{self.author or 'A former member'} on {self.post}"

    def get_absolute_url(self):
        return reverse("comment", args=[self.pk])

    def was_edited(self):
        return self.edited is not None

    def can_be_edited_by(self, member):
        return self.is_visible and member.is_authenticated and self.author_id == member.pk

    def can_be_upvoted_by(self, member):
        return self.is_visible and member.is_authenticated and self.author_id != member.pk

    @transaction.atomic
    def publish(self, parent=None):
        """Save a new comment at its place: under `parent`, or on its own."""
        self.parent, self.root, self.depth = place_reply(parent)
        self.render()
        self.save(force_insert=True)
        self._count_in_thread(+1)
        Comment.objects.filter(pk=self.parent_id).update(reply_count=F("reply_count") + 1)
        Comment.objects.filter(pk=self.root_id).update(descendants=F("descendants") + 1)
        return self

    @transaction.atomic
    def revise(self, body):
        self.body = body
        if timezone.now() - self.created > SILENT_EDIT:
            self.edited = timezone.now()
        self.render()
        self.save(update_fields=["body", "body_html", "edited"])

    def render(self):
        names = markdown.mentions(self.body)
        known = set(User.objects.named(names).values_list("username", flat=True)) if names else ()
        self.body_html = markdown.render(self.body, known)

    @transaction.atomic
    def upvote(self, member):
        """Add the member's vote. Their second vote, or one on their own comment, changes nothing."""
        if not self.can_be_upvoted_by(member):
            return False
        _vote, added = CommentVote.objects.get_or_create(comment_id=self.pk, voter=member)
        if added:
            self._count_votes(+1)
        return added

    @transaction.atomic
    def withdraw_vote(self, member):
        removed, _rows = CommentVote.objects.filter(comment_id=self.pk, voter=member).delete()
        if removed:
            self._count_votes(-1)
        return bool(removed)

    def _count_votes(self, step):
        Comment.objects.filter(pk=self.pk).update(votes=F("votes") + step)
        self.refresh_from_db(fields=["votes"])
        self.best = wilson(self.votes, 0)
        Comment.objects.filter(pk=self.pk).update(best=self.best)

    @transaction.atomic
    def remove(self):
        return self._move(State.VISIBLE, State.REMOVED) and self._count_in_thread(-1)

    @transaction.atomic
    def restore(self):
        return self._move(State.REMOVED, State.VISIBLE) and self._count_in_thread(+1)

    @transaction.atomic
    def take_back(self):
        """The author deletes it: the words are gone for good, the replies keep their place."""
        return self._move(State.VISIBLE, State.DELETED, body="", body_html="") and self._count_in_thread(-1)

    def _count_in_thread(self, step):
        Post.objects.filter(pk=self.post_id).update(comment_count=F("comment_count") + step)
        return True
