"""Writing what the member makes of films: ratings and likes, as of the latest day that says something.

What they said here themselves stays as it is.
"""

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.diary import Diary
from moments.archives.bringing.when import created_of, day_of
from moments.models import Film, Rating
from moments.models.brought_row import mark_of
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from moments.models.mixins.whole import MOST_HALVES
from moments.models.rating import in_buckets, summed
from reelive.upserts import change_each, upsert

IN_RATING = ("stars", "liked", "date", "entry", "audience")
COLUMNS_COUNTED = ("log_count", "rating_buckets", "rating_count", "rating_sum")


def state_of(rating):
    entry = rating.entry_id
    return [rating.stars, bool(rating.liked), rating.date.isoformat(), entry, str(rating.audience)]


class Opinions:
    """The member's ratings of the works of some items, changed and written together."""

    def __init__(self, batch, items):
        self.batch, self.before = batch, {}
        films = {item.film for item in items}
        rows = Rating.objects.filter(member=batch.member, film__in=films)
        works = {item.work for item in items}
        self.by_work = {work: row for row in rows if (work := work_of(row)) in works}
        self.brought = batch.brought(Kind.RATING, [row.pk for row in self.by_work.values()])

    def of(self, work):
        """The rating of a work, a new one where there is none."""
        if work not in self.by_work:
            film, season, episode = work
            self.by_work[work] = Rating(
                member=self.batch.member, film_id=film, season=season, episode=episode, date=SOME_TIME_AGO
            )
        return self.by_work[work]

    def is_said_here(self, row):
        """Whether the member said it here by themselves, or changed what was brought."""
        if row.pk is None or not row.is_said or row.entry_id:
            return False
        return work_of(row) not in self.before and not self._is_as_brought(row, state_of(row))

    def _is_as_brought(self, row, state):
        return row.pk in self.brought and self.brought[row.pk].mark == mark_of(state)

    def tell(self, item, date):
        """Whether a rating by itself says as much as seeing a work some time ago with these stars would."""
        row = self.by_work.get(item.work)
        is_bare = date == SOME_TIME_AGO and item.record.rating and not item.record.is_rewatch
        return bool(is_bare and row and row.entry_id is None and row.stars == item.record.rating)

    def stored(self, row):
        """How it is, as it can be put back; None where there is none yet."""
        return state_of(row) if row.pk or work_of(row) in self.before else None

    def say(self, row, **said):
        """Change it; it is written with the others."""
        self.before.setdefault(work_of(row), (row, row.pk and state_of(row)))
        for name, value in said.items():
            setattr(row, name, value)

    def follow(self, entry):
        """A new entry says how its work is rated if nothing later does, as `Rating.objects.follow` has it."""
        row = self.of((entry.whole_film_id, entry.season, entry.episode))
        if row.is_said and not entry.rating:
            if entry.audience == row.audience and not self.is_said_here(row):
                self.say(row, liked=row.liked or entry.liked, date=max(row.date, entry.date))
        elif not row.is_said or (entry.date >= row.date and not self.is_said_here(row)):
            liked = entry.liked or row.liked
            said = {"stars": entry.rating, "liked": liked, "date": entry.date, "audience": entry.audience}
            self.say(row, **said, entry_id=entry.pk)
        elif row.pk is None:
            self.say(row)

    def write_followers(self):
        """The same for ratings that follow from entries: what was said before is still left alone."""
        followers = [row for row, was in self.before.values() if was and self._is_as_brought(row, was)]
        self.write()
        self.batch.mark_anew([(self.brought[row.pk], state_of(row)) for row in followers])

    def write(self):
        """Write what is new and what is changed, and note for the films how their stars change."""
        changed = list(self.before.values())
        new = [row for row, was in changed if not was]
        keys = upsert(new, (), {}, ("film_id", "season", "episode", "id"))
        by_work = {tuple(work): pk for *work, pk in keys}
        for row in new:
            row.pk = by_work.get(work_of(row))
        rows = [(row.pk, *(getattr(row, _column(name)) for name in IN_RATING)) for row, was in changed if was]
        change_each(Rating, IN_RATING, rows)
        for row, was in changed:
            if row.pk and row.season is None and row.episode is None:
                self.batch.stars.append((row.film_id, was and was[0], row.stars))


def _column(name):
    return "entry_id" if name == "entry" else name


def work_of(row):
    return row.film_id, row.season, row.episode


def write_opinions(batch, items):
    """Write ratings, likes and favourites, and the stars of an entry of the same day that has none."""
    diary, opinions, said = Diary(batch, items), Opinions(batch, items), []
    for item in items:
        row = opinions.of(item.work)
        before = opinions.stored(row)
        say = _rate if item.record.part == "rating" else _like
        if say(batch, diary, opinions, row, item.record):
            said.append((item, row, state_of(row), before))
        else:
            batch.came_to(item, Kind.KNOWN)
    diary.write()
    opinions.write()
    for item, row, state, before in said:
        if row.pk:
            batch.came_to(item, Kind.RATING, row.pk, state, {"before": before})
        else:
            batch.came_to(item, Kind.KNOWN)


def _rate(batch, diary, opinions, row, record):
    """Whether the stars are news: those of the latest day count, and what was said here stays."""
    date = day_of(batch, record) or batch.today
    is_older = SOME_TIME_AGO < date < row.date
    is_said_here = opinions.is_said_here(row) or _follows_a_changed_entry(diary, row)
    if row.stars and (is_said_here or is_older or row.stars == record.rating):
        return False
    entry = _unrated(diary, work_of(row), date)
    if entry:
        diary.amend(entry, rating=record.rating)
    said = {"stars": record.rating, "date": date, "entry_id": entry and entry.pk}
    if row.pk is None:
        said |= {"audience": batch.audience_of(record), "created": created_of(batch, record)}
    opinions.say(row, **said)
    return True


def _follows_a_changed_entry(diary, row):
    entries = diary.by_work[work_of(row)] if row.entry_id and row.is_said else ()
    return any(entry.pk == row.entry_id and not diary.is_untouched(entry) for entry in entries)


def _unrated(diary, work, date):
    """The entry of that day which was brought along without stars."""
    entries = (entry for entry in diary.by_work[work] if entry.date == date and not entry.rating)
    return next((entry for entry in entries if date != SOME_TIME_AGO and diary.is_untouched(entry)), None)


def _like(batch, _diary, opinions, row, record):
    if row.liked:
        return False
    said = {"liked": True}
    if row.pk is None and not row.is_said:
        said |= {"date": day_of(batch, record) or batch.today, "audience": batch.audience_of(record)}
        said["created"] = created_of(batch, record)
    opinions.say(row, **said)
    return True


def count_in_films(batch):
    """Let the films count what a batch wrote; their rows are locked."""
    buckets = {pk: list(film.rating_buckets or [0] * MOST_HALVES) for pk, film in batch.films.items()}
    for film, before, after in batch.stars:
        for halves, step in ((before, -1), (after, +1)):
            if halves:
                buckets[film][halves - 1] += step
    touched = {*batch.logs, *(film for film, *_stars in batch.stars)}
    rows = [
        (pk, batch.films[pk].log_count + batch.logs[pk], *_tallies(buckets[pk])) for pk in sorted(touched)
    ]
    change_each(Film, COLUMNS_COUNTED, rows)


def _tallies(buckets):
    return in_buckets(*buckets), sum(buckets), summed(buckets)
