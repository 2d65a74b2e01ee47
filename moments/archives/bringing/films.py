"""The films of records: those that are here, and those that titles of the catalogue become now."""

from dataclasses import replace

from moments.archives.bringing.comparing import whole
from moments.catalogue.becoming import films_of_titles
from moments.catalogue.matching import match_films, match_titles
from moments.catalogue.names import key_of
from moments.models import Episode, Film
from moments.models.episode import PART_IDS
from moments.models.mixins.stateful import State
from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON


class KnownFilms:
    """What is known of the works of some records, looked up before anything is locked."""

    def __init__(self, records):
        works = {identity(record.work): whole(record.work) for record in records if is_named(record.work)}
        found = match_films(list(works.values()))
        self.films = {named: film for named, film in zip(works, found, strict=True) if film}
        rest = {named: work for named, work in works.items() if named not in self.films}
        titles = match_titles(list(rest.values()))
        self.titles = {named: title for named, title in zip(rest, titles, strict=True) if title}

    def lock(self):
        """Make films of the titles, and lock all of them, in the transaction that writes the records."""
        if self.titles:
            made = films_of_titles(set(self.titles.values()))
            self.films |= {named: made[title] for named, title in self.titles.items() if title in made}
        return locked_films(self.films.values())

    def of(self, work):
        """The key of the film; None where nobody knows it."""
        return self.films.get(identity(work))


def is_named(work):
    return bool(work.title or work.ids)


def identity(work):
    """What names the film or series of a work."""
    return work.title, work.year, work.medium, work.original_title, tuple(sorted(work.ids.items()))


def locked_films(keys, in_sight=True):
    """Lock these films, as far as they are in sight. Returns what is counted and asked of each by its key."""
    rows = Film.objects.select_for_update(no_key=True).filter(pk__in=set(keys))
    rows = rows.filter(state=State.VISIBLE) if in_sight else rows
    return {row.pk: row for row in rows.order_by("pk").only("pk", "medium", "log_count", "rating_buckets")}


class Numbers:
    """The seasons and episodes that records name by ids or titles alone."""

    def __init__(self, pairs):
        """`pairs` are works with the key of their film; those that say their numbers ask nothing."""
        asked = [(work, film) for work, film in pairs if film and lacks_number(work)]
        films = {film for _work, film in asked}
        self.by_id, self.by_title = {}, {}
        names = ("film", "season", "number", "title", *PART_IDS)
        rows = Episode.objects.filter(film__in=films).order_by("season", "number") if films else ()
        for film, season, number, title, *ids in rows.values_list(*names) if films else ():
            for place, of_place in zip(PART_IDS, ids, strict=True):
                self.by_id.setdefault((film, place, of_place), (season, number))
            if title:
                self._know_title((film, key_of(title)), (season, number))

    def _know_title(self, named, numbers):
        """Two of one title in a season, or in a series where no season is said, are neither."""
        for season in (numbers[0], None):
            known = self.by_title.setdefault((*named, season), numbers)
            if known != numbers:
                self.by_title[(*named, season)] = None

    def numbered(self, work, film):
        """The work with its numbers; None where an episode has none that is known here."""
        if not lacks_number(work):
            return work
        ids = work.episode_ids.items()
        found = next((self.by_id[film, *each] for each in ids if (film, *each) in self.by_id), None)
        if found is None and work.episode_title:
            found = self.by_title.get((film, key_of(work.episode_title), work.season))
        return found and replace(work, season=found[0], episode=found[1])


def lacks_number(work):
    return work.episode is None and bool(work.episode_title or work.episode_ids)


def fits(work, is_series, is_seen):
    """Whether the film can have these numbers. A title alone says of no series that all of it is seen."""
    if not is_series:
        return work.season is None
    if work.season is None:
        return bool(work.medium) or not is_seen
    return work.season <= LAST_SEASON and (work.episode is None or work.episode < LAST_EPISODE)
