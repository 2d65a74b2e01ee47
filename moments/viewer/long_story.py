"""The story of a film with many moments as a viewer sees it: in runs of neighbours, as they are stored.

Nothing here reads all of its moments: what is asked for one of them is found by its place, and what the
viewer felt is what of it is among the newest that they felt anywhere. A run of which anything may lie beyond
their progress is veiled as a whole. What they filter is in the runs, where no moment can be told from others.
"""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q, Subquery
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import User
from moments.arc.arc import Arc, ArcMoment
from moments.arc.runs import Part, rows_of_run
from moments.models import Moment
from moments.models.asked import Asked
from moments.models.post_queryset import STORY
from moments.spoilers.rules import is_within
from moments.viewer.short_story import OF_NEIGHBOURS, STORIES
from reelive.pagination import backwards, rows_after

_arcs: dict = {}  # that were made, the newest last; not more than STORIES of them


class LongStory:
    """What `moments.viewer.arc` asks of a story.

    Args:
        here: the moment whose page this is.
    """

    def __init__(self, film, viewer, here=None):
        self.film, self.viewer, self.here, self.runs = film, viewer, here, film.runs

    @property
    def key_of_here(self):
        """The key of the run in which the moment lies."""
        if self.here is None or not self.here.is_placed or not self.runs:
            return None
        return self.runs[self.runs.index(self.here.position, self.here.pk)].first

    @property
    def told(self):
        """What it is told by, in a language: the runs as they were last drawn, and what the viewer felt."""
        felt = [(key, place, is_veiled, *self._felt[key]) for key, place, is_veiled in self._own]
        return (*self._told_to_all, *felt)

    @cached_property
    def arc(self):
        """Everybody's arc, made once of the same runs for all who may know the same of them."""
        told = self._told_to_all
        found = _arcs.get(told)
        if found is None:
            found = self._arc()
            while len(_arcs) >= STORIES:
                _arcs.pop(next(iter(_arcs)), None)
            _arcs[told] = found
        return found

    @cached_property
    def _told_to_all(self):
        stored = self.film.stored_arc if self.runs else None
        knows = "all" if self._sees_all else self.viewer.progress(self.film)
        return get_language(), self.film.pk, stored and stored.made, knows

    def _arc(self):
        rows, start = [], 0
        for run, part in zip(self.runs, self._parts, strict=True):
            bounds = {"first": start + 1, "last": start + run.count}
            title = _("Moments %(first)s–%(last)s") % bounds
            rows += rows_of_run(run, part, title, f"/posts/{run.first}/")
            start += run.count
        return Arc(rows)

    @property
    def mine(self):
        """The viewer's own arc, as far as they may see what they felt something at."""
        tallies = defaultdict(lambda: defaultdict(float))
        for key, place, is_veiled in self._own if self.runs else ():
            slugs = () if is_veiled else self._felt[key]
            for slug in slugs:
                tallies[self.runs.index(place, key)][slug] += 1 / len(slugs)
        return Arc(
            ArcMoment(self.runs[index].first, self.runs[index].place, tally)
            for index, tally in sorted(tallies.items())
        )

    @property
    def own_feelings(self):
        """What the viewer felt, by the moment's key."""
        return {key: self._felt[key] for key, _place, _is_veiled in self._own}

    @property
    def count(self):
        return self.film.story_length

    @cached_property
    def number(self):
        """Which one in the story the moment is."""
        return self.film.number_of(self.here)

    @property
    def beside(self):
        """The moments just before it and just after it."""
        here = {"position": self.here.position, "key": self.here.pk}
        return Asked(_beside, self.viewer, opened=self.film, **here).objects

    @property
    def best(self):
        """None: nothing here reads all of the moments among which they are."""
        return None

    def after(self, moment, order):
        """Those that come after a moment in this order."""
        return _after(_listed(self.viewer, self.film), order, moment)

    @property
    def shown(self):
        """The moments in the story, without what the viewer filters or mutes."""
        return _listed(self.viewer, self.film).placed()

    @property
    def _sees_all(self):
        return self.viewer.is_authenticated and self.viewer.spoiler_stance == User.SpoilerStance.SHOW

    @cached_property
    def _parts(self):
        """Of each run what the viewer may know of it."""
        if self._sees_all:
            return [run.whole for run in self.runs]
        progress = self.viewer.progress(self.film)
        if progress is None:
            return [run.open for run in self.runs]
        return [run.whole if is_within(progress, *run.reach) else Part() for run in self.runs]

    @cached_property
    def _own(self):
        """The moments at which the viewer felt something: key, place, and whether it is veiled for them."""
        if not self._felt:
            return []
        return Asked(_of_keys, self.viewer, opened=self.film, keys=sorted(self._felt)).values

    @cached_property
    def _felt(self):
        return self.viewer.reactions(self.film)


def _of_keys(viewer, opened, keys):
    moments = Moment.objects.listed().placed().filter(film=opened.pk, pk__in=keys)
    return moments.veiled_for(viewer).values_list("pk", "position", "is_veiled")


def _listed(viewer, film):
    return Moment.objects.listed().filter(film=film.pk).without_filtered(viewer, film)


def _after(listed, order, moment):
    # What comes before it has a place. Asked for that besides, SQLite begins at the end of the story.
    return rows_after(listed.placed() if order == STORY else listed, order, moment)


def _beside(viewer, opened, position, key):
    here, listed = Moment(pk=key, position=position), _listed(viewer, opened)
    before, behind = (_after(listed, order, here).values("pk")[:1] for order in (backwards(STORY), STORY))
    moments = Moment.objects.filter(Q(pk=Subquery(before)) | Q(pk=Subquery(behind)))
    return moments.veiled_for(viewer).only(*OF_NEIGHBOURS)
