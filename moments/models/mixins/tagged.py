"""What members put tags on: posts."""

import json
from operator import attrgetter

from django.db import models
from django.db.models import F, OuterRef
from taggit.managers import TaggableManager

from reelive.prepared import PreparedUpdate

from ..rows_as_text import RowsAsText
from ..tag import Tag, Tagging
from .stateful import State

RANK_TAGGINGS = PreparedUpdate(
    lambda post, rank: (Tagging.objects.filter(content_object_id=post), {"hot": rank})
)


def tags_as_text():
    """An expression for a query: those of a post that can be seen."""
    tags = Tagging.objects.filter(content_object=OuterRef("pk"), tag__state=State.VISIBLE).order_by("pk")
    tags = tags.annotate(key=F("tag"), name=F("tag__name"), slug=F("tag__slug"))
    return RowsAsText(tags, "key", "name", "slug")


class Tagged(models.Model):
    """Has tags. Each tag counts the posts that it is on, and each tagging carries its post's hot rank."""

    # Its tags as one text, where a query of it asked for `tags_as_text`.
    tags_text = None

    tags = TaggableManager(through=Tagging, blank=True)

    class Meta:
        abstract = True

    @property
    def tag_list(self):
        """Its tags in the order in which they were given, from what was asked for with it or prefetched."""
        if self.tags_text is None:
            return [tagging.tag for tagging in sorted(self.taggings.all(), key=attrgetter("pk"))]
        return [Tag(pk=pk, name=name, slug=slug) for pk, name, slug in json.loads(self.tags_text)]

    def retag(self, names):
        """Make these its tags, and no others.

        Args:
            names: normalised names; those of merged tags are replaced by what they were merged into.
        """
        before = set(self.taggings.values_list("tag", flat=True))
        wanted = [tag.pk for tag in Tag.objects.named(names)]
        gone, added = before.difference(wanted), [tag for tag in wanted if tag not in before]
        if gone:
            self.taggings.filter(tag__in=gone).delete()
            Tag.objects.filter(pk__in=gone).update(post_count=F("post_count") - 1)
        taggings = [Tagging(tag_id=tag, content_object_id=self.pk, hot=self.hot) for tag in added]
        Tagging.objects.bulk_create(taggings, ignore_conflicts=True)
        Tag.objects.filter(pk__in=added).update(post_count=F("post_count") + 1)

    def rank_taggings(self):
        """Give its taggings the hot rank that it has now."""
        RANK_TAGGINGS(self.pk, self.hot)

    def count_in_tags(self, step):
        """Count it in all its tags (+1), or no more (-1)."""
        Tag.objects.filter(taggings__content_object=self.pk).update(post_count=F("post_count") + step)
