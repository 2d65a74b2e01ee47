"""What members may report to the moderators: posts, comments, verdicts, films and people."""

from django.db import models

from ..report import Report, ReportState, outcome_by


class Reportable(models.Model):
    """Once it is removed, everybody who reported it is told so. It is Moderated too."""

    class Meta:
        abstract = True

    @property
    def reported_texts(self):
        """What a report keeps of it, and what moderators are shown."""
        return self.ledger_texts

    def tell_reporters(self, by):
        """Close its open reports with the reason and the row of the ledger as their outcome."""
        self.close_reports(by, self.removal)

    def close_reports(self, by, row):
        Report.objects.close(self, by, ReportState.ACTED, outcome_by(row))
