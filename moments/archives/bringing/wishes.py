"""Writing what the member wants to see and which series they follow, as far as there is room."""

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.when import created_of
from moments.models import Follow, Rating, Wanted
from moments.models.follow import MOST_FOLLOWS
from moments.models.watchlist import MOST_WANTED
from reelive.upserts import upsert

NO_MORE = "archived"


def write_wishes(batch, items):
    wanted = [item for item in items if item.record.part == "watchlist"]
    follows = [item for item in items if item.record.part == "follow"]
    _write_wanted(batch, wanted)
    _write_follows(batch, follows)


def _write_wanted(batch, items):
    """Not what was seen."""
    films = {item.film for item in items}
    seen = set(
        Rating.objects.of_films().filter(member=batch.member, film__in=films).values_list("film", flat=True)
    )
    mine = Wanted.objects.filter(member=batch.member)
    here = set(mine.filter(film__in=films).values_list("film", flat=True))
    room = MOST_WANTED - mine[:MOST_WANTED].count()
    rows = {item.film: Wanted(film_id=item.film, **_said(batch, item)) for item in _first(items, seen | here)}
    _write(batch, items, here, Kind.WANTED, dict(list(rows.items())[: max(0, room)]))


def _write_follows(batch, items):
    """From now on: what is here of a series already does not fill the feed, and nobody is told."""
    films = {item.film for item in items}
    mine = Follow.objects.filter(member=batch.member)
    here = set(mine.filter(film__in=films).values_list("film", flat=True))
    room = MOST_FOLLOWS - mine[:MOST_FOLLOWS].count()
    ended = {item.film for item in items if item.record.raw == NO_MORE}
    rows = {
        item.film: Follow(film_id=item.film, **_said(batch, item)) for item in _first(items, here | ended)
    }
    _write(batch, items, here, Kind.FOLLOW, dict(list(rows.items())[: max(0, room)]))


def _said(batch, item):
    return {"member": batch.member, "created": created_of(batch, item.record)}


def _first(items, but):
    """The first item of each film but these."""
    return {item.film: item for item in reversed(items) if item.film not in but}.values()


def _write(batch, items, here, kind, rows):
    """Write the rows by their films. What is here already is known, and the rest is left out."""
    keys = dict(upsert(list(rows.values()), (), {}, ("film_id", "id")))
    for item in items:
        row = keys.pop(item.film, None)
        if row:
            here.add(item.film)
            batch.came_to(item, kind, row, [])
        else:
            batch.came_to(item, Kind.KNOWN if item.film in here else Kind.LEFT)
