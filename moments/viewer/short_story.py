"""The story of a film with few moments as a viewer sees it: all of them, read in one query.

It is told once for all who are shown the same rows. What else a moment's page shows of others is chosen among
these rows, too, so that nothing is asked about spoilers twice.
"""

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from heapq import nlargest
from urllib.parse import quote

from django.db.models import Q

from moments.arc.arc import Arc, ArcMoment
from moments.models import POST_KINDS, Kind, Moment, State
from moments.models.asked import Asked
from moments.models.card import StoredText
from moments.models.feeling import tallies_as_text
from moments.models.post_queryset import STORY
from moments.spoilers.rules import UNPLACED, story_time
from reelive.rows import partly

COLUMNS = (
    "pk", "position", "season", "episode", "timecode", "title", "slug", "is_veiled", "felt_by",
    "relive_count", "tallies_text",
)  # fmt: skip
PLACE, IS_VEILED = COLUMNS.index("position"), COLUMNS.index("is_veiled")
# What is read besides for the page of a moment, which shows others: by what the best are found, and their
# pictures.
RANKING, PICTURE = ("votes", "hot"), ("palette_text", "still", "still_alt", "still_widths_text")
FOR_PAGE = (*COLUMNS, *RANKING, *PICTURE)
RANKED = slice(len(COLUMNS), len(COLUMNS) + len(RANKING))
BEST_SHOWN = 4
STORIES = 100  # that are kept as they were told
# What the page of a moment shows of others.
OF_NEIGHBOURS = (
    "kind", "film", "title", "slug", "state", "position", "palette", "still", "still_alt", "still_widths",
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
        self._rows = Asked(_story, viewer, opened=film, here=self.key_of_here).values
        self.told = (film.get_absolute_url(), self._placed, self._felt)
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
        return self._moments(self._keys_beside)

    @property
    def best(self):
        """The moments that are upvoted most, but for this one and what is veiled; they may be unplaced."""
        return self._moments(self._keys_of_best)

    def _moments(self, keys):
        """The moments of these keys, with what the page of another one shows of them."""
        rows = {row[0]: row for row in self._rows}
        return [_moment(self.film, dict(zip(FOR_PAGE, rows[key], strict=True))) for key in keys]

    @cached_property
    def _keys_beside(self):
        keys, number = [scene.key for scene in self.scenes], self.number
        return keys[max(0, number - 2) : number - 1] + keys[number : number + 1] if number else []

    @cached_property
    def _keys_of_best(self):
        others = [row for row in self._rows if row[0] != self.key_of_here and not row[IS_VEILED]]
        best = nlargest(BEST_SHOWN, others, key=lambda row: (*row[RANKED], row[0]))
        return [row[0] for row in best]

    @property
    def _placed(self):
        """What is told of the moments: what ranks them changes by the vote, and has no part in it."""
        return tuple(row[: len(COLUMNS)] for row in self._rows if row[PLACE] < UNPLACED)

    @property
    def _felt(self):
        """What visitors felt at the moments, which their session knows."""
        felt = {} if self.viewer.is_authenticated else self.viewer.reactions(self.film)
        return tuple((key, *slugs) for key, slugs in felt.items())


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
    """The moments of the film in its order, unplaced ones last; `here` also where the viewer filters it."""
    shown = Moment.objects.listed().filter(film=opened.pk)
    shown = shown.without_filtered(viewer, opened, also=Q(pk=here) if here else None).veiled_for(viewer)
    shown = shown.annotate(tallies_text=tallies_as_text(viewer)).order_by(*STORY)
    if here is None:
        return shown.values_list(*COLUMNS)
    pictures = {f"{name}_text": StoredText(name) for name in ("palette", "still_widths")}
    return shown.annotate(**pictures).values_list(*FOR_PAGE)


def _moment(film, row):
    """A moment of the film of which OF_NEIGHBOURS are known, from its row in the story."""
    known = {name: row[name] for name in ("title", "slug", "position", "still", "still_alt")}
    known |= {name: json.loads(row[f"{name}_text"]) for name in ("palette", "still_widths")}
    known |= {"id": row["pk"], "kind": Kind.MOMENT.value, "film_id": film.pk, "state": State.VISIBLE.value}
    moment = partly(Moment, **known)
    moment.film, moment.is_veiled = film, row["is_veiled"]
    return moment
