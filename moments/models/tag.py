"""A tag: a word that members put on a post, the same word whatever its case or spacing."""

from django.db import models, transaction
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from reelive.text import slugify

from .ledger import Action
from .moderated import Moderated
from .state import State, StateQuerySet


class TagManager(models.Manager.from_queryset(StateQuerySet)):
    def get_by_natural_key(self, slug):
        return self.get(slug=slug)

    def canonical(self, names):
        """The same words, with those that were merged away replaced by what they were merged into."""
        merged = self.filter(name__in=names, merged_into__isnull=False)
        targets = dict(merged.values_list("name", "merged_into__name"))
        return list(dict.fromkeys(targets.get(name, name) for name in names))


class Tag(Moderated, TagBase):
    WORD = "tag"

    post_count = models.PositiveIntegerField(default=0, editable=False)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
    )

    objects = TagManager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["state", "-post_count", "id"], name="tag_most_used")]

    def get_absolute_url(self):
        return reverse("tag", args=[self.slug])

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

    def _take_out(self):
        return self._move(State.VISIBLE, State.REMOVED)

    def _bring_back(self):
        return self._move(State.REMOVED, State.VISIBLE, merged_into=None)

    @transaction.atomic
    def merge_into(self, by, target, note=""):
        """Move every tagging to `target`; this tag's address redirects there from now on."""
        if target.pk == self.pk or target.merged_into_id == self.pk:
            return False
        already = Tagging.objects.filter(tag=target).values("content_object")
        self.taggings.filter(content_object__in=already).delete()
        self.taggings.update(tag=target)
        self.merged_from.update(merged_into=target)
        for tag in (self, target):
            # What is withheld comes back with its film, and counts all the while.
            used = tag.taggings.filter(content_object__state__in=(State.VISIBLE, State.WITHHELD)).count()
            Tag.objects.filter(pk=tag.pk).update(post_count=used)
        Tag.objects.filter(pk=self.pk).update(state=State.REMOVED, merged_into=target)
        self._record(by, Action.MERGE, note=note or f"Into {target.ledger_name}.")
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
        "moments.tag",
    ]
