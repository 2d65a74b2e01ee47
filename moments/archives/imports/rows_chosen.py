"""Making again what members put together and keep: lists, drafts, filters, favourites, reminders."""

from uuid import uuid4

from django.utils import timezone

from moments.archives.imports.fields import (
    DraftRow,
    EntryRow,
    ListRow,
    ReminderRow,
    UntilRow,
    typed_in,
)
from moments.archives.imports.finding import (
    LeftOut,
    comment_for,
    film_for,
    film_here,
    list_for,
    post_for,
    tag_called,
    values_of,
)
from moments.archives.imports.rows import Already, ensure_visible, moment_for, past
from moments.models import Draft, Favourite, Filter, ListEntry, MemberList, Reminder
from moments.models.draft import DRAFT_KEPT_FOR
from moments.viewer.filters import folded_word, is_everywhere, is_one_word


def make_list(importing, _archive, row):
    """Whoever wrote in it there is not invited here."""
    ensure_visible(row)
    said = values_of(ListRow, row)
    columns = {name: said[name] for name in ("title", "body", "is_ranked", "visibility")}
    made = MemberList(author=importing.member, created=past(said["created"]), **columns)
    made.publish()
    MemberList.objects.filter(pk=made.pk).update(edited=past(said["edited"]))
    return made.pk


def make_list_entry(importing, _archive, row):
    """It comes behind the others: the archive has them in their order."""
    said = values_of(EntryRow, row)
    member_list = list_for(importing.member, row)
    is_post = row.get("post") or row.get("post_uid")
    target = post_for(importing.member, row) if is_post else film_for(importing, row)
    entry, is_new = ListEntry.objects.add(member_list, importing.member, target, said["note"])
    if not is_new:
        raise Already
    return dated(entry, said)


def make_draft(importing, _archive, row):
    """What was scheduled is a draft, since the other site may still share it.

    The text stays where what it is about is not here.
    """
    said, member, typed = values_of(DraftRow, row), importing.member, typed_in(row)
    if not any(typed.values()):
        raise LeftOut
    place = {
        "form": said["form"],
        "film": film_for(importing, row) if row.get("film_title") else None,
        "post": _post_or_none(member, row),
        "comment": comment_for(member, row.get("comment_uid")),
    }
    draft = Draft.objects.keep(member, uuid4(), 0, typed, **place)
    updated = past(said["updated"])
    if updated > timezone.now() - DRAFT_KEPT_FOR:
        Draft.objects.filter(pk=draft.pk).update(updated=updated)
    return dated(draft, said)


def _post_or_none(member, row):
    try:
        return post_for(member, row)
    except LeftOut:
        return None


def make_filter(importing, _archive, row):
    """Of films, tags and posts that are here: nothing is made in order to be muted."""
    said, what = values_of(UntilRow, row), _filtered(importing.member, row)
    mine = Filter.objects.filter(member=importing.member, **what)
    if mine.in_force().exists():
        raise Already
    ((column, value),) = what.items()
    Filter.objects.add(importing.member, column, value, said["until"])
    return dated(mine.get(), said)


def _filtered(member, row):
    """What the row filters: a column of Filter and its value."""
    if row.get("tag"):
        return {"tag": tag_called(row["tag"]).pk}
    if row.get("word"):
        return {"word": _word_of(row["word"])}
    if row.get("film_title"):
        return {"film": film_here(row).pk}
    return {"post": post_for(member, row).pk}


def _word_of(said):
    word = folded_word(said) if isinstance(said, str) else ""
    if not is_one_word(word) or is_everywhere(word):
        raise LeftOut
    return word


def make_favourite(importing, _archive, row):
    """It comes behind those that are here, as far as there is room."""
    moment = moment_for(importing.member, row)
    if not Favourite.objects.add(importing.member, moment):
        raise Already
    return Favourite.objects.get(member=importing.member, moment_id=moment.pk).pk


def make_reminder(importing, _archive, row):
    """Not one that came back there, or whose day is over."""
    if row.get("told"):
        raise LeftOut
    said, post = values_of(ReminderRow, row), post_for(importing.member, row)
    if Reminder.objects.of(importing.member).filter(post_id=post.pk, date=said["date"]).exists():
        raise Already
    return dated(Reminder.objects.add(importing.member, post, said["date"], said["note"]), said)


def dated(made, said):
    """Give what was made the time that the row says. Returns its key."""
    type(made)._base_manager.filter(pk=made.pk).update(created=past(said["created"]))
    return made.pk


CHOSEN_MAKERS = {
    "lists": make_list,
    "list-entries": make_list_entry,
    "drafts": make_draft,
    "filters": make_filter,
    "favourites": make_favourite,
    "reminders": make_reminder,
}
