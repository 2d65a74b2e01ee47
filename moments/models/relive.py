"""A diary entry: on this day I relived this moment, and this is what I felt."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from reelive import markdown

NOTE_LIMIT = 2_000


class ReliveQuerySet(models.QuerySet):
    def visible_to(self, member):
        """Everybody's relivings; a private note is the member's own."""
        return self.filter(moment__state="visible")


class Relive(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="relivings",
        db_index=False,
    )
    moment = models.ForeignKey("moments.Moment", models.CASCADE, related_name="relivings")
    date = models.DateField(default=timezone.localdate)
    note = models.TextField(max_length=NOTE_LIMIT, blank=True)
    note_html = models.TextField(blank=True, editable=False)
    public = models.BooleanField("everybody may read the note", default=False)
    feelings = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReliveQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "moment", "date"], name="relive_once_a_day")]
        indexes = [models.Index(fields=["member", "-date", "-id"], name="relive_diary")]

    def __str__(self):
        return f"{self.member} relived {self.moment} on {self.date}"

    def note_readable_by(self, member):
        return bool(self.note) and (self.public or self.member_id == member.pk)

    def amend(self, note, public, feelings):
        self.note, self.public, self.feelings = note, public, feelings
        self.note_html = markdown.render(note)
        self.save(update_fields=["note", "note_html", "public", "feelings"])
