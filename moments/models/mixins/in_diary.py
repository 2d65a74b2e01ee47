"""What diary entries are of, a moment or a film: an entry is dropped, and for a day that can be undone."""

from django.db import transaction

from ..deletion import Deletion
from ..diary_entry import DayTaken, DiaryEntry


class InDiary:
    """For a model with `diary_entries`; `entry_subject` says of which of them an entry is, by its columns."""

    @transaction.atomic
    def forget(self, entry):
        """Drop a diary entry of this, which can be undone for a day. Returns whether it was there."""
        self.lock_for_diary()
        entry = self.diary_entries.filter(pk=entry.pk).first()
        if entry is None:
            return False
        Deletion.objects.set_aside_entry(entry)
        self.follow_entry(entry, is_gone=True)
        entry.delete()
        entry.untell()
        self.count_entries(-1)
        return True

    @transaction.atomic
    def undelete_entry(self, number, member):
        """Bring back the member's diary entry of this number. Returns whether that could still be done.

        Raises DayTaken: they have written the same of that day meanwhile.
        """
        self.lock_for_diary()
        deletion = Deletion.objects.undoable_by(member).filter(entry=number).first()
        if deletion is None:
            return False
        facts = {"pk": number, "member_id": member.pk, **self.entry_subject}
        entry = DiaryEntry.of_kept(deletion.columns, **facts)
        if self.entries_like(entry).exists():
            raise DayTaken
        entry.save(force_insert=True)
        deletion.delete()
        self.count_entries(+1)
        self.follow_entry(entry)
        return True

    # The steps that differ.

    def lock_for_diary(self):
        """Lock the row, and those of which a count moves with it."""
        raise NotImplementedError

    def count_entries(self, step):
        """Count one entry more (+1) or less (-1)."""
        raise NotImplementedError

    def entries_like(self, entry):
        """Those of which a member has one a day."""
        return self.diary_entries.filter(member=entry.member_id, date=entry.date)

    def follow_entry(self, entry, is_gone=False):
        """Let other rows follow what the entry says, or that it goes."""
