"""The favourites at the head of a member's page, and what the member may choose as one."""

from django.db.models import Prefetch

from moments.models import DiaryEntry, Favourite, Moment
from moments.models.asked import Asked
from moments.models.filter import on_page_of
from moments.models.mixins.pictured import vary_scenes

ENTRIES_READ, MOMENTS_OFFERED = 50, 8


def favourites_of(member, viewer):
    """The member's favourites as the viewer may see them, in their order; one query."""
    return vary_scenes(Asked(_favourites, viewer, opened=member, is_own=viewer.pk == member.pk).objects)


def _favourites(viewer, opened, is_own):
    moments = Moment.objects.listed().filter(favourites__member=opened.pk).for_diary(viewer)
    moments = moments if is_own else on_page_of(opened, moments, viewer)
    return moments.order_by("favourites__place", "favourites__pk")


def own_favourites(viewer):
    """The viewer's own, those out of sight included, which they can still take out."""
    moments = Prefetch("moment", Moment.objects.for_diary(viewer))
    return list(Favourite.objects.of(viewer).prefetch_related(moments))


def of_the_diary(viewer, chosen):
    """A few moments of the viewer's newest diary entries, but for those that are chosen."""
    entries = DiaryEntry.objects.filter(member=viewer.pk).of_moments().listed().order_by("-date", "-id")
    keys = dict.fromkeys(entries.values_list("moment", flat=True)[:ENTRIES_READ])
    wanted = [key for key in keys if key not in chosen][:MOMENTS_OFFERED]
    found = Moment.objects.listed().for_diary(viewer).in_bulk(wanted)
    return vary_scenes([found[key] for key in wanted if key in found])
