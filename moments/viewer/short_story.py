"""The story of a film with few moments as a viewer sees it: all of them, read in one query.

It is told once for all who are shown the same rows.
"""

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from urllib.parse import quote

from django.db.models import Q

from moments.arc.arc import Arc, ArcMoment
from moments.models import POST_KINDS, Kind, Moment
from moments.models.asked import Asked
from moments.models.feeling import tallies_as_text
from moments.models.post_queryset import STORY
from moments.spoilers.rules import story_time

COLUMNS = (
    "pk", "position", "season", "episode", "timecode", "title", "slug", "is_veiled", "felt_by",
    "relive_count", "tallies_text",
)  # fmt: skip
STORIES = 100  # that are kept as they were told
# What the page of a moment shows of those beside it.
OF_NEIGHBOURS = (
    "kind", "film", "title", "slug", "state", "position", "spoiler",
    "palette", "still", "still_alt", "still_widths",
)  # fmt: skip


@dataclass(slots=True)
class Scene:
    """A moment as an arc needs it; `mine` is what the viewer felt there."""

    key: int
    place: float
    season: int | None
    episode: int | None
    second: int | None
    title: str
    slug: str
    is_veiled: bool
    felt_by: int
    weight: int
    house: dict[str, int] = field(default_factory=dict)
    members: dict[str, int] = field(default_factory=dict)
    mine: list[str] = field(default_factory=list)

    def row(self, start: str) -> ArcMoment:
        """Where nothing may be said of it yet it is as high as the viewer felt it, for their line.

        Args:
            start: what the addresses of the film's moments begin with.
        """
        if self.is_veiled:
            return ArcMoment.of_veiled(self.key, self.place)
        at = story_time(self.season, self.episode, self.second)
        return ArcMoment.of(
            self.key,
            self.place,
            self.house,
            self.members,
            self.felt_by,
            own=dict.fromkeys(self.mine, 1),
            weight=self.weight,
            title=self.title,
            url=f"{start}{quote(self.slug)}/",
            at=at,
            timed=int(at is not None),
        )


class ShortStory:
    """What `moments.viewer.arc` asks of a story.

    Args:
        here: the moment whose page this is, which is part of the story also where the viewer filters it.
    """

    def __init__(self, film, viewer, here=None):
        self.film, self.viewer, self.here = film, viewer, here
        self.key_of_here = here and here.pk
        self.told = (film.get_absolute_url(), *self._rows())
        self.scenes, self.arc, self.mine = _told(*self.told)

    @property
    def own_feelings(self):
        """What the viewer felt, by the moment's key."""
        return {scene.key: scene.mine for scene in self.scenes if scene.mine}

    @property
    def count(self):
        return len(self.scenes)

    @cached_property
    def number(self):
        """Which one in the story the moment is; 0 for none of it."""
        keys = [scene.key for scene in self.scenes]
        return keys.index(self.here.pk) + 1 if self.here.pk in keys else 0

    @property
    def beside(self):
        """The moments just before it and just after it."""
        keys, number = [scene.key for scene in self.scenes], self.number
        keys = keys[max(0, number - 2) : number - 1] + keys[number : number + 1]
        return Asked(_moments, self.viewer, keys=keys).objects if keys else []

    def _rows(self):
        """What the database knows of the moments, and what visitors felt there, which their session knows."""
        here = self.here and self.here.pk
        rows = Asked(_story, self.viewer, opened=self.film, here=here).values
        felt = {} if self.viewer.is_authenticated else self.viewer.reactions(self.film)
        return tuple(rows), tuple((key, *slugs) for key, slugs in felt.items())


@lru_cache(STORIES)
def _told(address, rows, felt):
    """The scenes of a story, everybody's arc of it and the viewer's own. Nobody may change them.

    Args:
        address: of the film.
        felt: of each moment at which a visitor felt something its key, and the feelings.
    """
    scenes = {row[0]: _scene(*row) for row in rows}
    for key, *slugs in felt:
        if key in scenes:
            scenes[key].mine = slugs
    scenes, start = list(scenes.values()), f"{address}{POST_KINDS[Kind.MOMENT].segment}/"
    own = (
        ArcMoment(scene.key, scene.place, dict.fromkeys(scene.mine, 1))
        for scene in scenes
        if scene.mine and not scene.is_veiled
    )
    return scenes, Arc(scene.row(start) for scene in scenes), Arc(own)


def _scene(*columns):
    *facts, tallies = columns
    scene = Scene(*facts)
    for feeling, house, count, is_mine in json.loads(tallies or "[]"):
        scene.house[feeling], scene.members[feeling] = house, count
        if is_mine:
            scene.mine.append(feeling)
    return scene


def _story(viewer, opened, here):
    """The moments of the film that have a place, in its order; `here` also where the viewer filters it."""
    shown = Moment.objects.listed().placed().filter(film=opened.pk)
    shown = shown.without_filtered(viewer, opened, also=Q(pk=here) if here else None).veiled_for(viewer)
    return shown.annotate(tallies_text=tallies_as_text(viewer)).order_by(*STORY).values_list(*COLUMNS)


def _moments(viewer, keys):
    return Moment.objects.filter(pk__in=keys).veiled_for(viewer).only(*OF_NEIGHBOURS)
