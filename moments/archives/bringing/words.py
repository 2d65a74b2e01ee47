"""Writing what was said and felt elsewhere: notes of diary entries, and feelings for the member alone.

Whoever said something of a film has seen it: where no entry is there, one is written of some time ago.
"""

from accounts.models import User
from moments.archives.bringing.batch import Kind
from moments.archives.bringing.choices import Words
from moments.archives.bringing.diary import Diary, joined, state_of
from moments.archives.bringing.opinions import Opinions
from moments.archives.bringing.when import created_of, day_of, tags_of, text_here
from moments.feelings import FEELINGS
from moments.models.diary_entry_queryset import SOME_TIME_AGO

FOR_ME_ALONE = User.DiaryAudience.ME


def write_words(batch, items):
    """Write comments, reviews and feelings into the entries that they are about."""
    diary, opinions, said = Diary(batch, items), Opinions(batch, items), []
    for item in items:
        write = _feel if item.record.part == "feeling" else _note
        kind, entry = write(batch, diary, item)
        said.append((item, kind, entry))
    new = set(map(id, diary.new))
    for entry in diary.write():
        opinions.follow(entry)
    _narrow_ratings(diary, opinions)
    opinions.write_followers()
    for item, kind, entry in said:
        _came_to(batch, item, kind, entry, entry is not None and id(entry) in new)
        new.discard(id(entry))


def _came_to(batch, item, kind, entry, is_first):
    """What is new is taken back as a whole, so that the first record that is about it counts as the entry."""
    if entry is None or entry.pk is None:
        batch.came_to(item, Kind.KNOWN if kind != Kind.LEFT else kind)
        return
    feeling = batch.choices.feeling_of(item.record)
    felt = {"raw": item.record.raw, "feeling": feeling} if kind == Kind.FEELING else None
    if is_first:
        key = batch.key_for("entry", entry.pk)
        batch.rows.append(batch.row_of(key, Kind.ENTRY, entry.pk, state_of(entry)))
    batch.came_to(item, kind, entry.pk, said=felt)


def _note(batch, diary, item):
    """Add a text to the entry of its day, or else to the latest, if its member wrote no note there."""
    record, entries = item.record, diary.by_work[item.work]
    date = day_of(batch, record) or batch.today
    nearest = sorted(entries, key=lambda entry: (entry.date == date, entry.rewatch == record.is_rewatch))
    entry = next((each for each in reversed(nearest) if diary.is_untouched(each) or not each.note), None)
    text = text_here(batch, record)
    if entry is None and text and not entries:
        entry = _of_its_own(batch, diary, item, date)
    if entry is None:
        return Kind.LEFT, None
    note = joined(entry.note, text)
    if note == entry.note:
        return Kind.KNOWN, None
    chosen = batch.choices.reviews if record.part == "review" else batch.choices.comments
    is_open = chosen == Words.OPEN and not record.is_private and (entry.public or not entry.note)
    diary.amend(entry, note=note, public=is_open)
    return Kind.AMENDED, entry


def _of_its_own(batch, diary, item, date):
    """An entry for the text: of the day of a review, and of some time ago for a comment."""
    record = item.record
    if record.part != "review":
        return _new(batch, diary, item, SOME_TIME_AGO)
    said = {"rating": record.rating, "tags": tags_of(record.tags), "rewatch": record.is_rewatch}
    return _new(batch, diary, item, date, **said)


def _feel(batch, diary, item):
    """The first private feeling of the whole: an entry that has one is for its member alone."""
    entries = diary.by_work[item.work]
    entry = next((each for each in reversed(entries) if diary.is_untouched(each)), None)
    chosen = batch.choices.feeling_of(item.record)
    feeling = chosen if chosen in FEELINGS else ""
    if entry is None:
        entry = _new(batch, diary, item, SOME_TIME_AGO)
        if entry is None:
            return Kind.LEFT, None
    feelings = [*entry.feelings, *([feeling] if feeling and feeling not in entry.feelings else [])]
    diary.amend(entry, feelings=feelings, audience=FOR_ME_ALONE)
    return Kind.FEELING, entry


def _new(batch, diary, item, date, **said):
    """An entry for what has none; None where the member wrote one of that day."""
    same = {(entry.date, entry.rewatch) for entry in diary.by_work[item.work]}
    if (date, said.get("rewatch", False)) in same:
        return None
    said |= {"audience": batch.audience_of(item.record), "created": created_of(batch, item.record)}
    return diary.add(item.work, date, **said)


def _narrow_ratings(diary, opinions):
    """Those who do not see an entry any more do not see the rating that follows from it."""
    for row in list(opinions.by_work.values()):
        entry = diary.changed.get(row.entry_id, (None,))[0]
        if entry is not None and entry.audience != row.audience:
            opinions.say(row, audience=entry.audience)
