"""A tag: a word that members put on a post, the same word whatever its case or spacing."""

from urllib.parse import quote

from django.db import models, transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _
from taggit.models import ItemBase, TagBase

from reelive.text import slugify

from .follow import Follow
from .ledger import Action
from .locking import read_locked
from .mixins.mergeable import Mergeable
from .mixins.moderated import Moderated
from .mixins.stateful import State, Stateful, StateQuerySet


class TagManager(models.Manager.from_queryset(StateQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def in_use(self):
        """Those with posts, in the words of the index by name: as a range, SQLite would rather sort them."""
        return self.listed().exclude(post_count=0)

    def used_most_on(self, posts, most):
        """The tags that most of these posts have."""
        tags = self.listed().filter(taggings__content_object__in=posts)
        return tags.annotate(uses=Count("taggings")).order_by("-uses", "name")[:most]

    def canonical(self, names):
        """The same words, with those that were merged away replaced by what they were merged into."""
        merged = self.filter(name__in=names, merged_into__isnull=False)
        targets = dict(merged.values_list("name", "merged_into__name"))
        return list(dict.fromkeys(targets.get(name, name) for name in names))

    def named(self, names):
        """The tags of these names in their order: one that is missing is made, one merged away replaced."""
        known = {tag.name: tag.of_now for tag in self.filter(name__in=names).select_related("merged_into")}
        tags = (known.get(name) or self.get_or_create(name=name)[0] for name in names)
        return list(dict.fromkeys(tags))


class Tag(Mergeable, Stateful, Moderated, TagBase):
    model_name = "tag"

    post_count = models.PositiveIntegerField(_("posts"), default=0, editable=False)

    objects = TagManager()

    class Meta:
        verbose_name, verbose_name_plural = _("tag"), _("tags")
        ordering = ["name"]
        indexes = [
            models.Index(fields=["state", "-post_count", "id"], name="tag_most_used"),
            models.Index(fields=["state", "name"], condition=~models.Q(post_count=0), name="tag_alphabet"),
        ]

    def get_absolute_url(self):
        # By hand, since a page asks for a hundred of them; a test compares.
        return f"/tags/{quote(self.slug)}/"

    def natural_key(self):
        return (self.slug,)

    def slugify(self, tag, i=None):
        slug = slugify(tag, fallback="tag")
        return slug if i is None else f"{slug}-{i}"

    @property
    def ledger_subject(self):
        return "a tag"

    @property
    def ledger_texts(self):
        return [self.name]

    def can_be_restored_by(self, member):
        """One that was merged, too."""
        return self.is_removed

    def bring_back(self):
        """A tag that was merged into another comes back as a tag of its own."""
        return self.change_state(State.REMOVED, State.VISIBLE, merged_into=None)

    @transaction.atomic
    def merge_into(self, by, target, note=""):
        """Move every tagging to `target`; this tag's address redirects there from now on."""
        both = sorted((self, target), key=lambda tag: tag.pk)
        if target.pk == self.pk or not all(map(read_locked, both)):
            return False
        if self.merged_into_id is not None or not target.is_visible:
            return False
        already = Tagging.objects.filter(tag=target).values("content_object")
        self.taggings.filter(content_object__in=already).delete()
        self.taggings.update(tag=target)
        self.merged_from.update(merged_into=target)
        Follow.objects.hand_over(target, tag=self)
        self.filters.hand_over(target, tag=self)
        for tag in (self, target):
            # What is withheld comes back with its film, and counts all the while.
            used = tag.taggings.filter(content_object__state__in=(State.VISIBLE, State.WITHHELD)).count()
            Tag.objects.filter(pk=tag.pk).update(post_count=used)
        self.state, self.merged_into = State.REMOVED, target
        self.save(update_fields=["state", "merged_into"])
        self.record_in_ledger(by, Action.MERGE, note=f"Into {target.ledger_name}. {note}".strip())
        return True


class TaggingManager(models.Manager):
    def get_by_natural_key(self, film, kind, post, tag):
        return self.get(
            content_object__film__slug=film,
            content_object__kind=kind,
            content_object__slug=post,
            tag__slug=tag,
        )


class Tagging(ItemBase):
    """A tag on a post. It carries the post's hot rank, so that a tag's feed is one walk of an index."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="taggings")
    content_object = models.ForeignKey("moments.Post", models.CASCADE, related_name="taggings")
    hot = models.FloatField(default=0, editable=False)

    objects = TaggingManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="tagging_once")]
        indexes = [models.Index(fields=["tag", "-hot", "-content_object"], name="tagging_hot")]

    def __str__(self):
        return f"{self.tag} on {self.content_object}"

    def natural_key(self):
        return (*self.content_object.natural_key(), self.tag.slug)

    natural_key.dependencies = [
        "moments.post",
        "moments.moment",
        "moments.song",
        "moments.trivia",
        "moments.review",
        "moments.tag",
    ]
