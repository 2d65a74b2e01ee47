from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models.player import NAME_LIMIT
from reelive.fields import LineField


class PlayerForm(forms.Form):
    """A connection to a player: what it is called, and whether what ends stands in the diary."""

    name = LineField(
        max_length=NAME_LIMIT,
        label=_("What do you call it?"),
        help_text=_("Like: Jellyfin in the living room."),
    )
    writes_diary = forms.BooleanField(
        required=False,
        label=_("Write a diary entry when a film or episode ends"),
        help_text=_("Whoever sees your diary sees these entries too."),
    )


class PlayerChoicesForm(PlayerForm):
    """The same of one that is there, with whose playing counts."""

    is_paused = forms.BooleanField(
        required=False, label=_("Pause"), help_text=_("Nothing of what it says is noted meanwhile.")
    )
    users = forms.MultipleChoiceField(
        required=False,
        label=_("Your users of the player"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The first that was heard is ticked; others may be people with whom you share it."),
    )
    libraries = forms.MultipleChoiceField(
        required=False, label=_("Libraries that count"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, connection, **kwargs):
        self.connection = connection
        names = {name: getattr(connection, name) for name in ("users", "libraries")}
        ticked = {name: [each for each, counts in found.items() if counts] for name, found in names.items()}
        own = {name: getattr(connection, name) for name in ("name", "writes_diary", "is_paused")}
        super().__init__(*args, initial=own | ticked, **kwargs)
        for name, found in names.items():
            self.fields[name].choices = [(each, each) for each in sorted(found)]
            if not found:
                del self.fields[name]

    def save(self):
        """The names that came meanwhile stay as they are."""
        said = {name: self.cleaned_data[name] for name in ("name", "writes_diary", "is_paused")}
        listed = {
            name: {each: each in self.cleaned_data[name] for each, _label in self.fields[name].choices}
            for name in ("users", "libraries")
            if name in self.fields
        }
        self.connection.revise(said, listed)
