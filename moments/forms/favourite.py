from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moments.models import Moment

from .moment_picker import MomentField


class FavouriteForm(forms.Form):
    """A moment of a film, to become a favourite."""

    moment = MomentField(label=_("The moment"))

    def __init__(self, *args, viewer, film, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["moment"].offer(film, viewer)
        self.fields["moment"].required = True

    def clean_moment(self):
        if not isinstance(self.cleaned_data["moment"], Moment):
            raise ValidationError(_("Choose a moment."))
        return self.cleaned_data["moment"]
