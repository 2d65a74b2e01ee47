"""Taking back entries of the diary, ratings, and how far films were seen. Each answers how many are gone, and
how many stay since their member changed them."""

from collections import defaultdict

from moments.archives.bringing import diary, opinions, reached
from moments.archives.bringing.batch import Kind
from moments.archives.bringing.opinions import IN_RATING
from moments.models import BroughtRow, DiaryEntry, Progress, Rating
from moments.models.brought_row import mark_of
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from moments.spoilers.rules import ProgressPoint
from reelive import markdown
from reelive.upserts import change_each

AMENDED = ("note", "note_html", "public", "audience", "feelings", "rating")


def take_back_ratings(batch, rows):
    """Each is as it was before; where nothing was, what the entries say."""
    there = Rating.objects.in_bulk([row.row for row in rows])
    was = {pk: (rating, opinions.state_of(rating)) for pk, rating in there.items()}
    gone = stay = 0
    orphans = set()
    for row in rows:
        rating = there.get(row.row)
        if rating is None or row.mark != mark_of(opinions.state_of(rating)):
            stay += rating is not None
            continue
        gone += 1
        before = row.said["before"]
        orphans.discard(rating.pk)
        if before is None:
            orphans.add(rating.pk)
        else:
            _put_back(rating, before)
    _write_ratings(batch, was, orphans)
    return gone, stay


def _put_back(rating, before):
    rating.stars, rating.liked, date, rating.entry_id, rating.audience = before
    rating.date = type(SOME_TIME_AGO).fromisoformat(date)


def _write_ratings(batch, was, orphans, keeps_likes=False):
    """Write ratings; of the orphans those that no entry brings about go, unless a like was said besides."""
    entries = _entries_of([was[pk][0] for pk in orphans])
    gone = []
    for pk in sorted(orphans):
        rating, _before = was[pk]
        other = _saying(entries[opinions.work_of(rating)])
        if other is None and rating.liked and keeps_likes:
            rating.stars, rating.entry_id = None, None
        elif other is None:
            gone.append(pk)
        else:
            _follow(rating, other, keeps_likes and rating.liked)
    entries_there = _still_there([rating.entry_id for rating, _state in was.values() if rating.entry_id])
    changed = []
    for pk, (rating, before) in was.items():
        if rating.entry_id not in entries_there:
            rating.entry_id = None
        _count(batch, rating, before[0], None if pk in gone else rating.stars)
        if pk not in gone and opinions.state_of(rating) != before:
            changed.append(rating)
    Rating.objects.filter(pk__in=gone).delete()
    columns = [("entry_id" if name == "entry" else name) for name in IN_RATING]
    change_each(
        Rating, IN_RATING, [(each.pk, *(getattr(each, name) for name in columns)) for each in changed]
    )


def _count(batch, rating, before, after):
    if rating.season is None and rating.episode is None and before != after:
        batch.stars.append((rating.film_id, before, after))


def _still_there(entries):
    return set(DiaryEntry.objects.filter(pk__in=entries).values_list("pk", flat=True))


def _entries_of(ratings):
    """The entries of the works of some ratings, in the order of their days."""
    found, works = defaultdict(list), {opinions.work_of(rating) for rating in ratings}
    members, films = ({getattr(rating, name) for rating in ratings} for name in ("member_id", "film_id"))
    rows = DiaryEntry.objects.filter(member__in=members, whole_film__in=films).defer("note", "note_html")
    for entry in rows.order_by("date", "id") if works else ():
        if (work := diary.work_of(entry)) in works:
            found[work].append(entry)
    return found


def _saying(entries):
    """Which of these says how the work is rated: the latest that has stars, else the latest."""
    rated = [entry for entry in entries if entry.rating]
    return next(reversed(rated or entries), None)


def _follow(rating, entry, is_liked):
    rating.stars, rating.date, rating.entry_id = entry.rating, entry.date, entry.pk
    rating.liked, rating.audience = is_liked or entry.liked, entry.audience


def take_back_entries(batch, rows):
    """What follows from an entry that goes follows from the latest of the others."""
    marks = {row.row: row.mark for row in rows}
    entries = list(DiaryEntry.objects.filter(pk__in=marks).defer("note_html"))
    going = [entry for entry in entries if marks[entry.pk] == mark_of(diary.state_of(entry))]
    keys = [entry.pk for entry in going]
    ratings = list(
        Rating.objects.filter(member=batch.member, film__in={each.whole_film_id for each in going})
    )
    works = {diary.work_of(entry) for entry in going}
    touched = [each for each in ratings if each.entry_id in keys or _only_tells(each, works)]
    was = {rating.pk: (rating, opinions.state_of(rating)) for rating in touched}
    DiaryEntry.objects.filter(pk__in=keys).delete()
    for entry in going:
        batch.logs[entry.whole_film_id] -= 1
    _write_ratings(batch, was, was.keys(), keeps_likes=True)
    return len(going), len(entries) - len(going)


def _only_tells(rating, works):
    """Whether a rating says nothing but that the work was seen."""
    return rating.entry_id is None and not rating.is_said and opinions.work_of(rating) in works


def take_back_amendments(batch, rows):
    """What was added to an entry that another homecoming made, or the member. Others go with their entry."""
    kept = {row.row: row for row in rows if row.said}
    entries = DiaryEntry.objects.in_bulk(list(kept))
    going = {pk: entry for pk, entry in entries.items() if kept[pk].mark == mark_of(diary.state_of(entry))}
    for pk, entry in going.items():
        for name, value in kept[pk].said.items():
            setattr(entry, name, value)
        entry.note_html = markdown.render(entry.note) if entry.note else ""
    change_each(
        DiaryEntry, AMENDED, [(pk, *(getattr(each, name) for name in AMENDED)) for pk, each in going.items()]
    )
    followers = Rating.objects.filter(member=batch.member, entry__in=list(going))
    change_each(Rating, ("audience",), [(row.pk, going[row.entry_id].audience) for row in followers])
    brought = BroughtRow.objects.filter(member=batch.member, kind=Kind.ENTRY, row__in=list(going))
    change_each(BroughtRow, ("mark",), [(row.pk, mark_of(diary.state_of(going[row.row]))) for row in brought])
    return len(going), len(entries) - len(going)


def take_back_progress(batch, rows):
    """How far a film was seen before, unless that has moved since. That is no thing to be counted."""
    by_film = {row.row: row for row in rows}
    there = Progress.objects.filter(member=batch.member, film__in=list(by_film), place__isnull=False)
    back = []
    for pk, film, *point in there.values_list("pk", "film", "place", "story_time"):
        row = by_film[film]
        if row.mark == mark_of(reached.state_of(ProgressPoint(*point))):
            back.append((pk, *(row.said["before"] or (None, None))))
    change_each(Progress, ("place", "story_time"), back)
    return 0, 0


# In this order, since a rating that was said follows from an entry again, and then the entry goes.
DIARY = {
    Kind.PROGRESS: take_back_progress,
    Kind.RATING: take_back_ratings,
    Kind.AMENDED: take_back_amendments,
    Kind.ENTRY: take_back_entries,
}
