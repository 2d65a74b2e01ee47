"""A diary entry as it is written, and as it is edited later."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.feelings import FEELING_CHOICES, FEELINGS
from moments.models import DiaryEntry
from moments.models.diary_entry import FIRST_YEAR, NOTE_LIMIT, DayTaken
from moments.models.refusals import Refused
from reelive.fields import ProseField

TAKEN = _(
    "You have another entry of this moment on that day. Choose another day, or edit that entry instead."
)


class DiaryEntryForm(forms.ModelForm):
    note = ProseField(max_length=NOTE_LIMIT, required=False, label=_("A note for your diary"))

    class Meta:
        model = DiaryEntry
        fields = ["date", "note", "public", "audience"]
        labels = {
            "date": _("Date"),
            "public": _("Everybody who sees the entry may read the note"),
            "audience": _("Who sees the entry"),
        }
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {
            "date": {
                "required": _("Say on which day you relived it."),
                "invalid": _("Write the day as year, month and day, like 2026-02-14."),
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Else the day that it had before is sent along in a hidden field, which nothing here reads.
        self.fields["date"].show_hidden_initial = False
        self.fields["audience"].choices = [("", _("Whoever sees your diary")), *User.DiaryAudience.choices]
        self.fields["date"].widget.attrs |= {
            "min": f"{FIRST_YEAR}-01-01",
            "max": timezone.localdate().isoformat(),
        }

    def clean_date(self):
        date = self.cleaned_data["date"]
        if date > timezone.localdate():
            raise ValidationError(_("That day has not come yet."))
        if date.year < FIRST_YEAR:
            raise ValidationError(_("Give a day in %(year)s or later.") % {"year": FIRST_YEAR})
        return date


class DiaryEntryEditForm(DiaryEntryForm):
    """A removed note cannot be edited: its fingerprint in the ledger proves only what it was."""

    feelings = forms.MultipleChoiceField(
        choices=FEELING_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What it made you feel that day"),
        error_messages={"invalid_choice": _("There are twelve feelings; that is none of them.")},
    )

    class Meta(DiaryEntryForm.Meta):
        fields = ["date", "note", "public", "audience", "feelings"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.is_removed:
            del self.fields["note"], self.fields["public"]

    def clean_feelings(self):
        return [slug for slug in FEELINGS if slug in self.cleaned_data["feelings"]]

    def save_revision(self):
        """Whether the entry was changed; what cannot be becomes a sentence beside its field."""
        try:
            return self.instance.revise(**self.cleaned_data)
        except DayTaken:
            self.add_error("date", TAKEN)
        except Refused as refusal:
            self.add_error("note", str(refusal))
        return False
