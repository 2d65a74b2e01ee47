"""A comment: one voice in a post's thread. Threads never close; old films are the point."""

from django.db import models, transaction
from django.db.models import F, Prefetch
from django.urls import reverse

from moments.ranking import wilson
from moments.threads import place_reply

from .authored import Authored, AuthoredQuerySet
from .post import Post
from .refusal import Refused, refuse_twin
from .silence import Restrict
from .state import State
from .vote import CommentVote

COMMENT_LIMIT = 10_000
NOT_HERE = "You cannot reply here. Copy your text if you want to keep it."
BEST, NEW, OLD = ("-best", "id"), ("-id",), ("id",)
SORTS = {"best": BEST, "new": NEW, "old": OLD}


class CommentQuerySet(AuthoredQuerySet):
    def visible_to(self, member):
        return self.exclude(post__state=State.WITHHELD).filter(post__film__state=State.VISIBLE)

    def with_posts(self, viewer):
        """With what each is about, veiled where that lies beyond the viewer's horizon."""
        posts = Post.objects.select_related("film").veiled_for(viewer)
        return self.prefetch_related(Prefetch("post", posts))


class Comment(Authored):
    VOTES, WORD, READ = CommentVote, "comment", ("body",)

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
    body = models.TextField(max_length=COMMENT_LIMIT)
    body_html = models.TextField(editable=False)
    best = models.FloatField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(default=0, editable=False)
    descendants = models.PositiveIntegerField(default=0, editable=False)

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
            models.Index(fields=["post", "depth", "-best", "id"], name="comment_best"),
            models.Index(fields=["post", "depth", "-id"], name="comment_new"),
            models.Index(fields=["root", "depth", "-best", "id"], name="comment_descendants"),
            models.Index(fields=["author", "-id"], name="comment_author_new"),
            models.Index(fields=["state", "-id"], name="comment_state_new"),
        ]

    def __str__(self):
        return f"{self.author or 'A former member'} on {self.post}"

    def get_absolute_url(self):
        return reverse("comment", args=[self.pk])

    @property
    def film_id(self):
        return self.post.film_id

    @property
    def ledger_subject(self):
        return f"a comment on {self.post.ledger_subject}"

    @property
    def described(self):
        return f"a comment on {self.post.described}"

    @property
    def link(self):
        """Its address has no words in it, whatever it is about."""
        return self.get_absolute_url()

    @transaction.atomic
    def publish(self, parent=None):
        """Save a new comment at its place: under `parent`, or on its own."""
        self._refuse_restricted(parent)
        refuse_twin(self, ("-id",), body=self.body)
        self.parent, self.root, self.depth = place_reply(parent)
        self.render()
        self.save(force_insert=True)
        self._count_in_thread(+1)
        Comment.objects.filter(pk=self.parent_id).update(reply_count=F("reply_count") + 1)
        Comment.objects.filter(pk=self.root_id).update(descendants=F("descendants") + 1)
        self.ask_for_a_look()
        return self

    @transaction.atomic
    def revise(self, body, by=None):
        """An edit, by the author unless somebody else is named."""
        self.body = body
        if not self.note_edit(by):
            return False
        self.render()
        self.save(update_fields=["body", "body_html", "edited"])
        self.ask_for_a_look()
        return True

    def put_back(self, texts):
        return texts["body"] != self.body and self.revise(texts["body"])

    def _refuse_restricted(self, parent):
        """Nobody is answered by whom they restrict, neither under a post of theirs nor under a comment."""
        answered = {self.post.author_id, parent and parent.author_id} - {None}
        if Restrict.objects.filter(member__in=answered, other=self.author_id).exists():
            raise Refused(NOT_HERE)

    def render(self):
        (self.body_html,) = self.rendered(self.body)

    def _count_votes(self, step):
        Comment.objects.filter(pk=self.pk).update(votes=F("votes") + step)
        self.refresh_from_db(fields=["votes"])
        self.best = wilson(self.votes, 0)
        Comment.objects.filter(pk=self.pk).update(best=self.best)

    def _take_out(self):
        return self._move(State.VISIBLE, State.REMOVED) and self._count_in_thread(-1)

    def _bring_back(self):
        return self._move(State.REMOVED, State.VISIBLE) and self._count_in_thread(+1)

    @transaction.atomic
    def take_back(self):
        """The author deletes it: the words are gone for good, the replies keep their place."""
        if not self._move(State.VISIBLE, State.DELETED, body="", body_html=""):
            return False
        self._forget_words()
        return self._count_in_thread(-1)

    def _count_in_thread(self, step):
        Post.objects.filter(pk=self.post_id).update(comment_count=F("comment_count") + step)
        return True
