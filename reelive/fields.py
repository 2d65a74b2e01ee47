"""Fields of forms that ask members for texts and pictures: clean, read and verified."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from reelive import images, text


class LineField(forms.CharField):
    """One line of clean text."""

    default_error_messages = {"required": _("Please fill this in.")}

    def to_python(self, value):
        return text.clean_line(super().to_python(value))


class ProseField(forms.CharField):
    """Markdown, cleaned of what no reader should meet: control characters, towers of accents.

    That comes before it is measured: browsers send two characters for the end of a line and count one.
    """

    default_error_messages = LineField.default_error_messages
    widget = forms.Textarea

    def to_python(self, value):
        return text.clean(super().to_python(value))


class PictureField(forms.FileField):
    """A picture, read and verified; see reelive.images."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"})

    def clean(self, value, initial=None):
        upload = super().clean(value, initial)
        if not upload:
            return None
        try:
            return images.read(upload)
        except images.ImageError as error:
            raise ValidationError(str(error)) from error
