"""A comment: one voice in the thread of a post or list. Threads never close; old films are the point."""

from django.db import models, transaction
from django.db.models import BooleanField, Case, Exists, F, OuterRef, Prefetch, Q, Value, When
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.ledger.sentences import describe
from moments.ranking import wilson
from moments.threads import place_reply
from reelive.prepared import PreparedRows, PreparedUpdate, insert

from .event import EventKind
from .film import Film
from .filter import filters_of, without_filtered
from .locking import lock_one, locked_row
from .member_list import MemberList
from .mixins.authored import Authored, AuthoredQuerySet
from .mixins.labelled import Labelled
from .mixins.moderated import Moderated
from .mixins.reportable import Reportable
from .mixins.stateful import State, Stateful
from .mute import Restrict, without_muted
from .post import Post
from .refusals import Gone, Locked, Restricted, refuse_twin
from .vote import CommentVote, counting_votes

COMMENT_LIMIT = 10_000
BEST, TOP, NEW, OLD = ("-best", "id"), ("-votes", "-id"), ("-id",), ("id",)
# Whole threads are sorted alike in memory, by threads.SORTS.
SORTS = {"best": BEST, "top": TOP, "new": NEW, "old": OLD}
IN_LIST = Q(member_list__isnull=False)


def _own(viewer):
    """A condition for a query: whether the viewer wrote a comment."""
    return Q(author=viewer.pk) if viewer.is_authenticated else Q(pk=None)


def _in_sight(_member):
    """An expression for a query: whether the post of a comment has a page, or its list is there."""
    posts, lists = Post.objects.visible_to(None), MemberList.objects.known_to(None)
    return Exists(posts.filter(pk=OuterRef("post"))) | Exists(lists.filter(pk=OuterRef("member_list")))


class CommentQuerySet(AuthoredQuerySet):
    def of(self, about):
        """The thread of a post or list."""
        return self.filter(**{about.model_name: about.pk})

    def visible_to(self, viewer):
        """Those of posts in sight, and of lists that the viewer may read and whose address they have.

        Args:
            viewer: None for the site itself.
        """
        in_post = ~Q(post__state=State.WITHHELD) & Q(post__film__state=State.VISIBLE)
        return self.filter(in_post | self._in_list_of(viewer))

    def found_by(self, viewer):
        """Those of posts that are there, and of lists as above: what lists of comments show."""
        return self.filter(Q(post__state=State.VISIBLE) | self._in_list_of(viewer))

    def _in_list_of(self, viewer):
        lists = MemberList.objects.known_to(viewer).filter(pk=OuterRef("member_list"))
        return Q(member_list__isnull=False) & Q(Exists(lists))

    def without_filtered(self, viewer, opened=None):
        """Leave out what muted members said, what has a word that the viewer filters, and what is about a
        post that they filter or mute, or about a list of somebody whom they mute.

        Args:
            opened: the post, list or member whose page the list stands on; of one's own page all is shown.
        """
        if isinstance(opened, User) and opened.pk == viewer.pk:
            return self
        kept = Q(author=opened.pk) if isinstance(opened, User) else None
        rows = self.without_muted(viewer, also=kept)
        hits = filters_of(viewer).hits_in_comment()
        rows = rows if hits is None else rows.filter(~hits | _own(viewer))
        if isinstance(opened, Post | MemberList):
            return rows
        rows = without_muted(rows, viewer, "member_list__author", also=_own(viewer))
        return without_filtered(rows, viewer, "post", opened, also=_own(viewer) | Q(post=None))

    def with_filtered(self, viewer):
        """Say of each whether the viewer mutes its author, `is_muted`, and whether they filter a word in it,
        `has_muted_word`."""
        hits = filters_of(viewer).hits_in_comment()
        found = no = Value(False, BooleanField())
        if hits is not None:
            found = Case(When(_own(viewer), then=no), When(hits, then=Value(True)), default=no)
        return self.with_muted(viewer).annotate(has_muted_word=found)

    def with_about(self, viewer):
        """With the post or list of each; a post is veiled where it lies beyond the viewer's progress."""
        posts = Post.objects.select_related("film").veiled_for(viewer)
        lists = MemberList.objects.select_related("author")
        return self.prefetch_related(Prefetch("post", posts), Prefetch("member_list", lists))


class Comment(Authored, Labelled, Reportable, Stateful, Moderated):
    model_name, vote_model = "comment", CommentVote
    text_fields, erased_fields = ("body",), ("body", "body_html")

    # In whose thread it stands: one of the two.
    post = models.ForeignKey(
        Post,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        db_index=False,
        verbose_name=_("post"),
    )
    member_list = models.ForeignKey(
        MemberList,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="comments",
        db_index=False,
        verbose_name=_("list"),
    )
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="replies", verbose_name=_("parent")
    )
    root = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="thread",
        db_index=False,
    )
    depth = models.PositiveSmallIntegerField(_("depth"), default=0)
    body = models.TextField(_("text"), max_length=COMMENT_LIMIT)
    body_html = models.TextField(editable=False)
    best = models.FloatField(default=0, editable=False)
    reply_count = models.PositiveIntegerField(_("replies"), default=0, editable=False)
    descendants = models.PositiveIntegerField(default=0, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("comment"), _("comments")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(depth=0, root=None, parent=None)
                | models.Q(depth__gt=0, root__isnull=False, parent__isnull=False),
                name="comment_replies_have_a_root",
            ),
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ Q(member_list__isnull=False), name="comment_about_one"
            ),
        ]
        indexes = [
            models.Index(fields=["post", "depth", "-best", "id"], name="comment_best"),
            models.Index(fields=["post", "depth", "-votes", "-id"], name="comment_top"),
            models.Index(fields=["post", "depth", "-id"], name="comment_new"),
            models.Index(fields=["post", "-created"], name="comment_newest_of_post"),
            models.Index(fields=["root", "depth", "-best", "id"], name="comment_descendants"),
            models.Index(fields=["author", "-id"], name="comment_author_new"),
            models.Index(fields=["state", "-id"], name="comment_state_new"),
            *(
                models.Index(fields=["member_list", *order], condition=IN_LIST, name=f"comment_list_{name}")
                for name, order in (
                    ("best", ("depth", "-best", "id")),
                    ("top", ("depth", "-votes", "-id")),
                    ("new", ("depth", "-id")),
                    ("newest", ("-created",)),
                )
            ),
        ]

    def __str__(self):
        author = self.author or gettext("A former member")
        return gettext("%(author)s on %(post)s") % {"author": author, "post": self.about}

    def get_absolute_url(self):
        # By hand like those of `Authored`.
        return f"/comments/{self.pk}/"

    @property
    def about(self):
        """The post or list in whose thread it stands."""
        return self.post if self.post_id else self.member_list

    @property
    def reply_url(self):
        return f"/comments/{self.pk}/reply/"

    @property
    def edit_url(self):
        return f"/comments/{self.pk}/edit/"

    @property
    def delete_url(self):
        return f"/comments/{self.pk}/delete/"

    @property
    def undelete_url(self):
        return f"/comments/{self.pk}/undelete/"

    @property
    def film_id(self):
        return self.post.film_id if self.post_id else None

    @property
    def ledger_subject(self):
        return f"a comment on {self.about.ledger_subject}"

    @property
    def described(self):
        return describe(self.ledger_subject, self.post.film if self.post_id else "")

    @property
    def link(self):
        """Its address has no words in it, whatever it is about."""
        return self.get_absolute_url()

    @transaction.atomic
    def publish(self, parent=None, is_told=True):
        """Save a new comment at its place: under `parent`, or on its own.

        Args:
            is_told: whether it is news; not what a member brought along from elsewhere.

        Raises Gone, Locked, Restricted, Suspended and Twin.
        """
        self.about.ensure_unlocked(self.author_id)
        if parent:
            parent.ensure_reaches_author(self.author_id)
        refuse_twin(self, ("-id",), body=self.body)
        self.parent, self.root, self.depth = place_reply(parent)
        self.render()
        insert(self)
        self._count_in_thread(+1)
        if parent:
            self._count_above()
        self.after_writing(EventKind.COMMENT, is_told)
        return self

    @transaction.atomic
    def revise(self, body, by=None):
        """An edit, by the author unless somebody else is named.

        Raises Gone, Suspended, and to the author Locked and Restricted.
        """
        self.body = body
        if by is None or by.pk == self.author_id:
            self._ensure_thread_open()
        self.record_edit(by)
        self.render()
        self.save(update_fields=["body", "body_html", "edited"])
        self.after_writing(EventKind.EDIT)
        return True

    def restore_texts(self, texts, by):
        return texts["body"] != self.body and self.revise(texts["body"])

    def ensure_open_for(self, member, *columns, **facts):
        """Its post may have been deleted, which leaves the thread, and must not be withheld with its film.

        A list takes its thread along.
        """
        row = super().ensure_open_for(member, *columns, in_sight=_in_sight, **facts)
        if not row["in_sight"]:
            raise Gone
        return row

    def for_edit(self):
        self.lock_parents()
        return super().for_edit()

    def _ensure_thread_open(self):
        """Lock the post or list, and refuse new words in its thread as `publish` does.

        They are refused to an author whom its author, or that of the comment that this answers, restricts by
        now.

        Raises Gone, Locked, Restricted and Suspended.
        """
        facts = {"is_closed": Restrict.objects.condition_against(self.author_id)}
        if self.parent_id:
            answered = Restrict.objects.filter(other=self.author_id, member__comments=self.parent_id)
            facts["is_closed"] |= Exists(answered)
        model, key = self._key_of_about()
        rows, facts["in_sight"] = model.objects.filter(pk=key), Value(True)
        if self.post_id:
            facts["in_sight"] = Exists(Film.objects.listed().filter(pk=OuterRef("film")))
        else:
            rows = rows.listed()
        thread = locked_row(rows, self.author_id, "locked", **facts)
        if not thread["in_sight"]:
            raise Gone
        if thread["locked"]:
            raise Locked
        if thread["is_closed"]:
            raise Restricted

    def _count_above(self):
        """One more reply to what this answers, and one more below the first comment of its branch."""
        one_at = {key: Case(When(pk=key, then=1), default=0) for key in (self.parent_id, self.root_id)}
        Comment.objects.filter(pk__in=one_at).update(
            reply_count=F("reply_count") + one_at[self.parent_id],
            descendants=F("descendants") + one_at[self.root_id],
        )

    def render(self):
        (self.body_html,) = self.rendered(self.body)

    def count_votes(self, step):
        self.votes += step
        self.best = wilson(self.votes, 0)
        COUNT_VOTES(self.pk, step, self.best)

    def on_removed(self):
        self._count_in_thread(-1)

    def on_restored(self):
        self._count_in_thread(+1)

    def on_deleted(self, is_for_good):
        self._count_in_thread(-1)
        return []

    def ensure_may_return(self):
        self._ensure_thread_open()

    def lock_parents(self):
        model, key = self._key_of_about()
        lock_one(model, key)

    def _count_in_thread(self, step):
        model, key = self._key_of_about()
        COUNT_COMMENTS[model](key, step)

    def count_thread(self):
        """Have what it is about say how many comments there are by now."""
        model, key = self._key_of_about()
        for (count,) in COMMENT_COUNT[model](key):
            self.about.comment_count = count

    def _key_of_about(self):
        return (Post, self.post_id) if self.post_id else (MemberList, self.member_list_id)


def _counting_comments(model):
    return PreparedUpdate(
        lambda about, step: (model.objects.filter(pk=about), {"comment_count": F("comment_count") + step})
    )


def _comment_count(model):
    return PreparedRows(lambda about: model.objects.filter(pk=about).values_list("comment_count"))


COUNT_COMMENTS = {model: _counting_comments(model) for model in (Post, MemberList)}
COMMENT_COUNT = {model: _comment_count(model) for model in (Post, MemberList)}
COUNT_VOTES = counting_votes(Comment.objects, "best")
