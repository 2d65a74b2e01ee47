"""What a browser says of itself when a member wants to hear of news there."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reelive.web_push import LONGEST_ENDPOINT, is_endpoint, is_public_key, is_secret


def only(is_right):
    """A validator: what `is_right` says of the text."""

    def validate(text):
        if not is_right(text):
            raise ValidationError(_("Your browser sent something that cannot be used for notifications."))

    return validate


class PushForm(forms.Form):
    endpoint = forms.CharField(max_length=LONGEST_ENDPOINT, strip=False, validators=[only(is_endpoint)])
    public_key = forms.CharField(max_length=100, validators=[only(is_public_key)])
    secret = forms.CharField(max_length=40, validators=[only(is_secret)])
