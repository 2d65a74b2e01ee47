"""A claim that members confirm or dispute, with a reason. It counts both as `confirms` and `disputes`."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..refusals import Refused
from ..report import Report
from ..verdict import Verdict

NOT_YOURS = _("The claim is yours: others say whether it is true.")


class Judged(models.Model):
    """Its `verdicts` name it by a column that is called like `judged_as`."""

    judged_as = ""

    class Meta:
        abstract = True

    def can_be_judged_by(self, viewer):
        """Whether the viewer may give a verdict: not on their own claim, nor on a locked one."""
        is_open = self.is_visible and not self.locked
        return is_open and viewer.is_authenticated and self.author_id != viewer.pk

    def verdict_of(self, viewer):
        return self.verdicts.filter(member=viewer.pk).first() if viewer.is_authenticated else None

    @transaction.atomic
    def judge(self, member, stance, reason="", url="", is_told=True):
        """Confirm or dispute the claim in the member's name, or change the verdict that they gave before.

        Args:
            is_told: whether its author hears of it.

        Returns whether anything changed.
        Raises Gone, Locked, Restricted, Suspended, and Refused to whose claim it is.
        """
        self.ensure_unlocked(member.pk)
        if self.author_id == member.pk:
            raise Refused(str(NOT_YOURS))
        is_new = Verdict.objects.say(self, member, {"stance": stance, "reason": reason, "url": url})
        if is_new:
            self.follow_verdicts(is_told)
            if is_told:
                self.tell_of_verdict(member)
        return is_new

    @transaction.atomic
    def revoke_verdict(self, member):
        """Take the member's verdict back. Returns whether anything changed."""
        self.lock_row()
        mine = self.verdicts.filter(member=member)
        Report.objects.filter(verdict__in=mine).drop()
        removed, _rows = mine.delete()
        if removed:
            self.follow_verdicts()
        return bool(removed)

    # The steps that differ from model to model.

    def follow_verdicts(self, is_told=True):
        """Count the verdicts, and change what follows from them; the row is locked."""
        self.confirms, self.disputes = self.verdicts.counts()
        self.save(update_fields=["confirms", "disputes"])

    def tell_of_verdict(self, member):
        """Tell the author that somebody judged it."""
