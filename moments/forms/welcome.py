"""What a newcomer is asked: which films they have seen, and which scene stayed with them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from moments.feelings import FEELING_CHOICES
from moments.models import Progress
from moments.spoilers.rules import SEEN


class SeenFilmsForm(forms.Form):
    """Of the films that are offered."""

    seen = forms.TypedMultipleChoiceField(
        label=_("Films"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args, films, **kwargs):
        super().__init__(*args, **kwargs)
        self.films = films
        self.fields["seen"].choices = [(film.pk, film.title) for film in films]

    def save_for(self, member):
        Progress.objects.set_progress_of_all(member, dict.fromkeys(self.cleaned_data["seen"], SEEN))


class FirstFeelingForm(forms.Form):
    """A feeling at one of the moments that are offered."""

    scene = forms.TypedChoiceField(
        label=_("Scene"),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a scene, or skip this.")},
    )
    feeling = forms.ChoiceField(
        label=_("What did it make you feel?"),
        choices=FEELING_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a feeling, or skip this.")},
    )

    def __init__(self, *args, moments, **kwargs):
        super().__init__(*args, **kwargs)
        self.moments = {moment.pk: moment for moment in moments}
        self.fields["scene"].choices = [(moment.pk, moment.title) for moment in moments]

    def save_for(self, member):
        """Raises Gone and Suspended."""
        self.moments[self.cleaned_data["scene"]].feel(member, self.cleaned_data["feeling"])
