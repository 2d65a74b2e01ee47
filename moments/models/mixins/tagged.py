"""What members put tags on: posts."""

from django.db import models
from django.db.models import F
from taggit.managers import TaggableManager

from reelive.prepared import PreparedUpdate

from ..tag import Tag, Tagging

RANK_TAGGINGS = PreparedUpdate(
    lambda post, rank: (Tagging.objects.filter(content_object_id=post), {"hot": rank})
)


class Tagged(models.Model):
    """Has tags. Each tag counts the posts that it is on, and each tagging carries its post's hot rank."""

    tags = TaggableManager(through=Tagging, blank=True)

    class Meta:
        abstract = True

    @property
    def tag_list(self):
        """Its tags, from what was prefetched."""
        return [tagging.tag for tagging in self.taggings.all()]

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
