"""The titles of series and films that TV Time names by numbers alone: a first walk through its tables."""

import re

from moments.catalogue.works import Work

from .values import ids_of, is_true, number_id, number_of, text_of, title_of, year_of

LONGEST_ID = 40
ALPHABETICAL = re.compile(r"[a-z]+-alpha-(.*)", re.DOTALL)
BULK = 3  # episodes of a series that were marked at one moment, and so not seen then
SERIES_ID, SERIES_NAME = ("s_id", "tv_show_id", "series_id"), ("series_name", "tv_show_name")
SEASON, EPISODE = ("season_number", "s_no", "episode_season_number"), ("episode_number", "ep_no")


def first_of(row, names):
    """The first of these columns that says something."""
    return next((row[name] for name in names if row.get(name)), "")


def series_of(row):
    """The number and the title of the series of a row, either of them empty where it is not said."""
    return number_id(first_of(row, SERIES_ID)), title_of(first_of(row, SERIES_NAME))


class Names:
    """What the tables say of each other's series and films.

    Attributes:
        series: titles of series by their number; `numbers` the other way round.
        films: works by the name of a film in the export.
        moments: how many episodes of a series were marked at a moment.
        times: when something was seen again, by what the export calls the film or episode.
    """

    def __init__(self):
        self.series, self.numbers, self.films, self.moments, self.times = {}, {}, {}, {}, {}

    def learn(self, row):
        number, title = series_of(row)
        if number and title:
            self.series.setdefault(number, title)
            self.numbers.setdefault(title.lower(), number)
        if (name := film_name(row)) and (row.get("movie_name") or row.get("entity_type") == "movie"):
            self.films.setdefault(name, film_of(row))
        if (row.get("key") or "").startswith("watch-episode-"):
            moment = _moment(number, row)
            self.moments[moment] = self.moments.get(moment, 0) + 1
        if _is_rewatch(row):
            self.times.setdefault(_seen_again(row), set()).add(hash(row.get("created_at")))

    def rewatches(self, row):
        """How many times are known at which what a row is about was seen again."""
        return len(self.times.get(_seen_again(row), ()))

    def is_bulk(self, row):
        """Whether an episode was marked together with others, so that its time is not when it was seen."""
        number, _title = series_of(row)
        return bool(row.get("bulk_type")) or self.moments.get(_moment(number, row), 0) >= BULK

    def episode(self, row):
        """The episode of a row; None where it names no series or has no numbers. Specials have season 0."""
        season = 0 if is_true(row.get("is_special")) else number_of(first_of(row, SEASON), 10_000)
        number = number_of(first_of(row, EPISODE))
        of = self.of_series(*series_of(row))
        if of is None or season is None or number is None:
            return None
        own = ids_of(tvdb=first_of(row, ("episode_id", "ep_id")))
        return Work(of.title, medium="series", ids=of.ids, season=season, episode=number, episode_ids=own)

    def of_series(self, number, title=""):
        """A series by its number or its title; None without either."""
        title = title or self.series.get(number, "")
        number = number or self.numbers.get(title.lower(), "")
        ids = {"tvdb": number} if number else {}
        return Work(title, medium="series", ids=ids) if title or number else None

    def identity(self, work):
        """What names a series or film, whichever table tells of it."""
        number = work.ids.get("tvdb") or (work.medium == "series" and self.numbers.get(work.title.lower()))
        return work.medium, number or (work.title.lower(), work.year)


def film_name(row):
    """What the export calls the film of a row; empty where it names none."""
    return text_of(first_of(row, ("uuid", "entity_uuid")), LONGEST_ID)


def _is_rewatch(row):
    kind = row.get("type") or row.get("key") or ""
    return kind.startswith("rewatch") or bool(row.get("cpt") and row.get("created_at"))


def _seen_again(row):
    """What a row is about: an episode by the name of its series and its numbers, or a film."""
    season, number = (number_of(first_of(row, names)) for names in (SEASON, EPISODE))
    title = row.get("movie_name") or first_of(row, SERIES_NAME) or first_of(row, SERIES_ID)
    return hash((title_of(title).lower(), year_of(row.get("release_date")), season, number))


def _moment(number, row):
    return hash((number, row.get("created_at")))


def film_of(row):
    """The film of a row of tracking-prod-records, which has a title and a day of release, and no id."""
    title = title_of(row.get("movie_name"))
    if not title and (match := ALPHABETICAL.fullmatch(row.get("alpha_range_key") or "")):
        title = title_of(match[1].replace("-", " "))
    return Work(title, year_of(row.get("release_date")), "film") if title else None


def names_in(bundle, names):
    """The Names of these tables."""
    known = Names()
    for name in names:
        head = bundle.head(name)
        if head.kind == "csv" and (set(SERIES_NAME) & set(head.columns) or head.has("movie_name")):
            for row in bundle.rows_ahead(name):
                known.learn(row)
    return known
