"""Taking back what is no part of the diary: the watchlist, what is followed, lists and reviews."""

from collections import defaultdict

from moments.archives.bringing import lists, reviews
from moments.archives.bringing.batch import Kind
from moments.models import FeedEntry, Follow, ListEntry, MemberList, Review, State, Wanted
from moments.models.brought_row import mark_of
from moments.models.list_entry import IN_ORDER
from reelive.upserts import change_each


def take_back_wanted(batch, rows):
    gone, _of = Wanted.objects.filter(member=batch.member, pk__in=[row.row for row in rows]).delete()
    return gone, 0


def take_back_follows(batch, rows):
    mine = Follow.objects.filter(member=batch.member, pk__in=[row.row for row in rows])
    gone, _of = mine.delete()
    FeedEntry.objects.drop_unexplained(batch.member)
    return gone, 0


def take_back_listed(batch, rows):
    """Entries whose note is as it came. Those behind them move up."""
    marks = {row.row: row.mark for row in rows}
    entries = list(ListEntry.objects.filter(pk__in=marks, member_list__author=batch.member))
    going = [entry for entry in entries if marks[entry.pk] == mark_of(lists.entry_state(entry))]
    changed = {entry.member_list_id for entry in going}
    here = MemberList.objects.select_for_update(no_key=True).filter(pk__in=changed).order_by("pk")
    here = {row.pk: row for row in here}
    ListEntry.objects.filter(pk__in=[entry.pk for entry in going]).delete()
    left = defaultdict(list)
    for pk, of in (
        ListEntry.objects.filter(member_list__in=here).order_by(*IN_ORDER).values_list("pk", "member_list")
    ):
        left[of].append(pk)
    change_each(
        ListEntry, ("position",), [(pk, place) for keys in left.values() for place, pk in enumerate(keys, 1)]
    )
    for pk, row in here.items():
        row.note_change(len(left[pk]) - row.entry_count, 1)
    return len(going), len(entries) - len(going)


def take_back_lists(batch, rows):
    """Lists that are as they came, and empty by now."""
    marks = {row.row: row.mark for row in rows}
    there = MemberList.objects.filter(author=batch.member, state=State.VISIBLE, pk__in=marks)
    there = list(there.select_for_update(no_key=True).order_by("pk"))
    going = [row.pk for row in there if not row.entry_count and marks[row.pk] == mark_of(lists.state_of(row))]
    if going:
        MemberList.objects.filter(pk__in=going).drop()
    return len(going), len(there) - len(going)


def take_back_reviews(batch, rows):
    """Reviews as they came, which nobody has answered. They are deleted as their author would."""
    gone = stay = 0
    for row in rows:
        review = Review.objects.filter(pk=row.row, author=batch.member, state=State.VISIBLE).first()
        if review is None:
            continue
        is_as_it_came = row.mark == mark_of(reviews.state_of(review)) and not review.comment_count
        if is_as_it_came and review.delete_by_author():
            gone += 1
        else:
            stay += 1
    return gone, stay


UNDONE_BY = {
    Kind.WANTED: take_back_wanted,
    Kind.FOLLOW: take_back_follows,
    Kind.LISTED: take_back_listed,
    Kind.LIST: take_back_lists,
    Kind.REVIEW: take_back_reviews,
}
