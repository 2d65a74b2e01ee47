from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.models.reminder import FURTHEST, NOTE_LIMIT
from reelive.fields import ProseField


class ReminderForm(forms.Form):
    """On which day of the member's own calendar something comes back to them, and with which note."""

    date = forms.DateField(
        label=_("On this day"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Say on which day you want to be reminded."),
            "invalid": _("Write the day as year, month and day, like 2027-02-14."),
        },
    )
    note = ProseField(
        max_length=NOTE_LIMIT,
        required=False,
        label=_("A note for yourself"),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        bounds = {"min": today + timedelta(days=1), "max": today + FURTHEST}
        self.fields["date"].widget.attrs |= {name: day.isoformat() for name, day in bounds.items()}

    def clean_date(self):
        date, today = self.cleaned_data["date"], timezone.localdate()
        if date <= today:
            raise ValidationError(_("Choose a day that is still to come."))
        if date > today + FURTHEST:
            raise ValidationError(_("Choose a day within ten years."))
        return date
