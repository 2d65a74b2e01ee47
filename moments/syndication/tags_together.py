"""What has several tags at once: one more list, with an address for each set of them."""

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.urls import reverse

from moments.models import Tag, Tagging
from moments.models.asked import Asked
from moments.syndication.listings import TAGGED, Listing, taggings_of
from reelive.exceptions import Moved

MOST_TOGETHER, MOST_WALKED = 4, 2_000  # tags of one list; posts that are asked whether they have all
COLDEST = -1e9  # colder than any post


def tags_together(request, tags):
    """What has all of a few tags, whose address has them in the order of their names."""
    slugs = tags.split(",")
    found = Tag.objects.filter(slug__in=slugs).select_related("merged_into")
    if len(slugs) > MOST_TOGETHER or {tag.slug for tag in found} != set(slugs):
        raise Http404
    chosen = sorted({tag.of_now for tag in found}, key=lambda tag: tag.slug)
    if not all(tag.is_visible for tag in chosen):
        raise Http404
    if [tag.slug for tag in chosen] != slugs:
        is_feed = request.resolver_match.view_name.endswith("-feed")
        raise Moved(address_together(chosen) + ("feed/" if is_feed else ""))
    title = " ".join(f"#{tag.name}" for tag in chosen)
    rarest, *others = sorted(chosen, key=lambda tag: (tag.post_count, tag.pk))
    keys = {"rarest": rarest.pk, "others": [tag.pk for tag in others], "opened": rarest}
    rows = Asked(_with_all, request.viewer, **keys)
    path = address_together(chosen)
    return Listing(path, rows, TAGGED, title=title, target=chosen, post_id="content_object_id")


def address_together(tags):
    """Of what has all of these tags, whatever their order; that of the tag itself for a single one."""
    first, *others = sorted(tags, key=lambda tag: tag.slug)
    if not others:
        return first.get_absolute_url()
    return reverse("tags-together", args=[",".join(tag.slug for tag in (first, *others))])


def _with_all(viewer, rarest, others, opened):
    """Taggings of the rarest of the tags, whose posts have the others too.

    Tags that hardly meet would make that walk as long as the list of the rarest, so it ends at its hottest
    MOST_WALKED: each step costs a look into the unique index of taggings for each other tag.
    """
    hottest = Tagging.objects.filter(tag=rarest).order_by(*TAGGED).values("hot")
    last_walked = Coalesce(Subquery(hottest[MOST_WALKED - 1 : MOST_WALKED]), COLDEST)
    rows = taggings_of(viewer, rarest, opened).filter(hot__gte=last_walked)
    for tag in others:
        rows = rows.filter(Exists(Tagging.objects.filter(tag=tag, content_object=OuterRef("content_object"))))
    return rows
