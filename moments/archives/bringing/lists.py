"""Writing lists: private ones of the member's own, with the films that stand in them, in their order."""

from collections import Counter, defaultdict

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.packing import number_of
from moments.archives.bringing.when import created_of, text_here
from moments.archives.homecoming.records import Record
from moments.models import BroughtRow, ListEntry, MemberList, State
from moments.models.list_entry import MOST_ENTRIES
from moments.models.list_entry import NOTE_LIMIT as ENTRY_NOTE_LIMIT
from moments.models.member_list import BODY_LIMIT, PICTURES_PAINTED, TITLE_LIMIT, Visibility
from moments.models.refusals import Refused
from reelive import markdown
from reelive.text import clean_line
from reelive.upserts import change_each, upsert


def key_of_list(batch, record):
    """What a list is known by, whatever it says: its entries may come without it."""
    return number_of(batch.source, "list", record.key or record.list_name)


def state_of(member_list):
    return [member_list.title, member_list.body, member_list.is_ranked, str(member_list.visibility)]


def entry_state(entry):
    return [entry.note]


def write_lists(batch, items):
    here = _lists_of(batch, items)
    for item in items:
        key = key_of_list(batch, item.record)
        if key in here:
            batch.came_to(item, Kind.KNOWN)
            continue
        here[key] = _make(batch, item.record)
        batch.came_to(item, Kind.LIST if here[key] else Kind.LEFT)


def _lists_of(batch, items):
    """The lists that were brought along, by what they are known by; None for one that is gone."""
    keys = {key_of_list(batch, item.record) for item in items}
    rows = dict(BroughtRow.objects.filter(member=batch.member, key__in=keys).values_list("key", "row"))
    rows |= {row.key: row.row for row in batch.rows if row.key in keys}
    lists = MemberList.objects.filter(author=batch.member, state=State.VISIBLE, pk__in=rows.values())
    by_pk = {row.pk: row for row in lists.select_for_update(no_key=True).order_by("pk")}
    return {key: by_pk.get(row) for key, row in rows.items()}


def _make(batch, record):
    """A new list; None where the member has as many as one can have, or took it away here."""
    row = MemberList(
        author=batch.member, title=clean_line(record.list_name)[:TITLE_LIMIT] or "…",
        body=text_here(batch, record)[:BODY_LIMIT],
        visibility=Visibility.PRIVATE, created=created_of(batch, record),
    )  # fmt: skip
    try:
        row.publish()
    except Refused:
        return None
    batch.rows.append(batch.row_of(key_of_list(batch, record), Kind.LIST, row.pk, state_of(row)))
    return row


def write_entries(batch, items):
    """Put films at the end of their lists. What is in one already stays as it is."""
    lists = _lists_of(batch, items)
    for item in items:
        key = key_of_list(batch, item.record)
        if key not in lists:
            named = {"list_name": item.record.list_name, "key": item.record.key}
            lists[key] = _make(batch, Record("list", **named))
    _put(batch, items, lists)


def _put(batch, items, lists):
    there = {row.pk: row for row in lists.values() if row}
    inside = _films_in(there, items)
    counts, rows, made = Counter({pk: row.entry_count for pk, row in there.items()}), [], defaultdict(list)
    for item in items:
        row = lists[key_of_list(batch, item.record)]
        if row is None or counts[row.pk] >= MOST_ENTRIES:
            batch.came_to(item, Kind.LEFT)
        elif (row.pk, item.film) in inside:
            batch.came_to(item, Kind.KNOWN)
        else:
            inside.add((row.pk, item.film))
            counts[row.pk] += 1
            rows.append(_entry(batch, item, row.pk, counts[row.pk]))
            made[row.pk, item.film].append(item)
    for member_list, film, pk in upsert(rows, (), {}, ("member_list_id", "film_id", "id")):
        item = made[member_list, film].pop()
        batch.came_to(item, Kind.LISTED, pk, [text_here(batch, item.record)[:ENTRY_NOTE_LIMIT]])
    grown = [(pk, counts[pk]) for pk in there if counts[pk] != there[pk].entry_count]
    change_each(MemberList, ("entry_count",), grown)
    for row in there.values():
        if row.entry_count < PICTURES_PAINTED and counts[row.pk] > row.entry_count:
            row.note_change(0, 1)


def _films_in(lists, items):
    films = {item.film for item in items}
    found = ListEntry.objects.filter(member_list__in=lists, film__in=films)
    return set(found.values_list("member_list", "film"))


def _entry(batch, item, member_list, position):
    note = text_here(batch, item.record)[:ENTRY_NOTE_LIMIT]
    return ListEntry(
        member_list_id=member_list, film_id=item.film, position=position, note=note,
        note_html=markdown.render(note), writer=batch.member, created=created_of(batch, item.record),
    )  # fmt: skip
