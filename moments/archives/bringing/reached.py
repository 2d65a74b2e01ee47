"""How far films are seen by what was brought: only ever further, for all films of a batch at once."""

from collections import defaultdict

from moments.archives.bringing.batch import Kind
from moments.models import Moment, Progress
from moments.models.film_story import STORY_TIMES
from moments.spoilers.rules import SEEN, ProgressPoint, end_of, furthest, reached, story_time
from reelive.upserts import taken, upsert


def reach(batch, items):
    """Let the member's progress follow what they saw. Specials stand at no certain time, and move nothing."""
    ends = _ends(batch, items)
    before = _points(batch.member, ends)
    points = _points_of(ends)
    after = {film: furthest(before.get(film), points[film]) for film in ends}
    moved = {film: point for film, point in after.items() if point != before.get(film)}
    Progress.objects.set_progress_of_many(batch.member, moved)
    rows = [_row(batch, film, before.get(film), moved[film]) for film in sorted(moved)]
    upsert(rows, ("member_id", "key"), taken("mark"))


def _ends(batch, items):
    """By the film the latest story time up to which it was seen; None for all of it."""
    ends = {}
    for item in items:
        if item.season == 0:
            continue
        is_whole = item.season is None
        end = None if is_whole else end_of(item.season, item.episode)
        known = ends.get(item.film, end)
        ends[item.film] = None if end is None or known is None else max(end, known)
    return ends


def _points(member, films):
    rows = Progress.objects.filter(member=member, film__in=list(films), place__isnull=False)
    return {film: ProgressPoint(*point) for film, *point in rows.values_list("film", "place", "story_time")}


def _points_of(ends):
    """The places in the stories up to these times."""
    partly = [film for film, end in ends.items() if end is not None]
    stories = defaultdict(list)
    moments = Moment.objects.listed().placed().filter(film__in=partly).order_by("film", "position", "id")
    for film, place, *when in moments.values_list("film", "position", *STORY_TIMES):
        stories[film].append((place, story_time(*when)))
    return {
        film: SEEN if end is None else ProgressPoint(reached(stories[film], end), end)
        for film, end in ends.items()
    }


def state_of(point):
    """How far a film is seen, as a row is marked with it."""
    return [point.place, point.story_time]


def _row(batch, film, before, after):
    """How far it was when this homecoming first moved it."""
    key = batch.key_for("progress", film)
    said = {"before": before and list(before)}
    return batch.row_of(key, Kind.PROGRESS, film, state_of(after), said)
