"""The story of a film with few moments as a viewer sees it: all of them, read in one query."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import quote

from django.db.models import Exists, OuterRef, Q, Value

from moments.arc.arc import Arc, ArcMoment
from moments.models import POST_KINDS, Kind, Moment, Reaction
from moments.models.post_queryset import STORY

COLUMNS = (
    "pk", "position", "title", "slug", "is_veiled", "felt_by", "relive_count",
    "tallies__feeling", "tallies__house", "tallies__count", "is_mine",
)  # fmt: skip


@dataclass(slots=True)
class Scene:
    """A moment as an arc needs it; `mine` is what the viewer felt there."""

    key: int
    place: float
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
        )


class ShortStory:
    """What `moments.viewer.arc` asks of a story.

    Args:
        here: the moment whose page this is, which is part of the story also where the viewer filters it.
    """

    def __init__(self, film, viewer, here=None):
        self.film, self.viewer, self.here = film, viewer, here
        self.key_of_here = here and here.pk
        self.scenes = self._scenes()

    @property
    def arc(self):
        start = f"{self.film.get_absolute_url()}{POST_KINDS[Kind.MOMENT].segment}/"
        return Arc(scene.row(start) for scene in self.scenes)

    @property
    def mine(self):
        """The viewer's own arc."""
        return Arc(
            ArcMoment(scene.key, scene.place, dict.fromkeys(scene.mine, 1))
            for scene in self.scenes
            if scene.mine and not scene.is_veiled
        )

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
        """The condition of the moments just before it and just after it."""
        keys, number = [scene.key for scene in self.scenes], self.number
        return Q(pk__in=keys[max(0, number - 2) : number - 1] + keys[number : number + 1])

    def _scenes(self):
        also = Q(pk=self.here.pk) if self.here else None
        shown = Moment.objects.listed().placed().filter(film=self.film)
        shown = shown.without_filtered(self.viewer, self.film, also=also).veiled_for(self.viewer)
        # Where somebody felt something there is a tally of it: their own costs no query.
        rows = shown.annotate(is_mine=self._is_mine()).order_by(*STORY).values_list(*COLUMNS)
        scenes: dict[Any, Scene] = {}
        for *columns, feeling, house, count, is_mine in rows:
            scene = scenes.get(columns[0])
            if scene is None:
                scene = scenes[columns[0]] = Scene(*columns)
            if feeling is not None:
                scene.house[feeling], scene.members[feeling] = house, count
            if is_mine:
                scene.mine.append(feeling)
        if not self.viewer.is_authenticated:
            for key, slugs in self.viewer.reactions(self.film).items():
                if key in scenes:
                    scenes[key].mine = slugs
        return list(scenes.values())

    def _is_mine(self):
        if not self.viewer.is_authenticated:
            return Value(False)
        same = {"moment": OuterRef("pk"), "feeling": OuterRef("tallies__feeling")}
        return Exists(Reaction.objects.filter(member=self.viewer.pk, **same))
