"""Writing what was seen: diary entries, the ratings that follow from them, and how far each film was seen."""

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.choices import Words
from moments.archives.bringing.diary import Diary, joined, state_of
from moments.archives.bringing.opinions import Opinions
from moments.archives.bringing.places import PLACES
from moments.archives.bringing.reached import reach
from moments.archives.bringing.when import created_of, day_of, tags_of, text_here
from moments.models.diary_entry_queryset import SOME_TIME_AGO


def write_seen(batch, items):
    """Write an entry for each day. What says nothing new of a work is known already."""
    diary, opinions, made = Diary(batch, items), Opinions(batch, items), {}
    for item in items:
        date = day_of(batch, item.record)
        if date is None:
            batch.came_to(item, Kind.LEFT)
            continue
        is_rewatch = _is_rewatch(batch, diary, item, date)
        if diary.like(item.work, date, is_rewatch) or opinions.tell(item, date):
            batch.came_to(item, Kind.KNOWN)
        else:
            entry = diary.add(item.work, date, rewatch=is_rewatch, **_said(batch, item.record))
            made[id(entry)] = item
    written = diary.write()
    for entry in diary.new:
        item = made[id(entry)]
        if entry.pk:
            batch.came_to(item, Kind.ENTRY, entry.pk, state_of(entry))
        else:
            batch.came_to(item, Kind.KNOWN)
    for entry in written:
        opinions.follow(entry)
    opinions.write_followers()
    reach(batch, [made[id(entry)] for entry in written])


def _is_rewatch(batch, diary, item, date):
    """Whether it was seen again: as the place says, or because an earlier day is in the diary."""
    if item.record.is_rewatch or PLACES[batch.source].tells_rewatches:
        return item.record.is_rewatch
    return any(SOME_TIME_AGO < entry.date < date for entry in diary.by_work[item.work])


def _said(batch, record):
    is_open = batch.choices.comments == Words.OPEN and not record.is_private
    note = joined("", text_here(batch, record))
    return {
        "note": note,
        "public": bool(note) and is_open,
        "audience": batch.audience_of(record),
        "rating": record.rating,
        "tags": tags_of(record.tags),
        "created": created_of(batch, record),
    }
