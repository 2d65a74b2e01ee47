"""What a member notes of a saved post, and what a folder of theirs is called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models.saved import NAME_LIMIT, NOTE_LIMIT
from reelive.fields import LineField, ProseField


class SavedForm(forms.Form):
    note = ProseField(
        max_length=NOTE_LIMIT,
        required=False,
        label=_("A note for yourself"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    folder = LineField(
        max_length=NAME_LIMIT,
        required=False,
        label=_("Folder"),
        help_text=_("The name of one of your folders, or of a new one. Without a name it is in none."),
        widget=forms.TextInput(attrs={"list": "folders", "autocomplete": "off"}),
    )


class SavedFolderForm(forms.Form):
    name = LineField(max_length=NAME_LIMIT, label=_("Name of the folder"))
