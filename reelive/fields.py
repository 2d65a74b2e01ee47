"""Fields of forms that ask members for texts and pictures: clean, read and verified."""

import re
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from reelive import images, text
from reelive.ratelimit import TooMany

TOO_LONG = ngettext_lazy(
    "At most %(limit_value)s character, please. This has %(show_value)s.",
    "At most %(limit_value)s characters, please. This has %(show_value)s.",
    "limit_value",
)
NUMBERS = {  # for the field of a number in a model form
    "invalid": _("Please write a whole number in digits."),
    "min_value": _("A number from %(limit_value)s on, please."),
    "max_value": _("A number up to %(limit_value)s, please."),
}
CHOOSE_AGAIN = _("Please choose the picture again: it could not be kept.")


class LineField(forms.CharField):
    """One line of clean text."""

    default_error_messages = {
        "required": _("Please fill this in."),
        "max_length": TOO_LONG,
    }

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


class SentPicture(NamedTuple):
    """What a form sends of a picture: a file, and the token of one that is kept from an earlier try."""

    file: object = None
    token: str = ""


class PictureInput(forms.FileInput):
    template_name = "widgets/picture.html"

    def value_from_datadict(self, data, files, name):
        token = "" if f"{name}_remove" in data else data.get(f"{name}_held", "")
        return SentPicture(super().value_from_datadict(data, files, name), token)

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and f"{name}_held" not in data

    def get_context(self, name, value, attrs):
        return super().get_context(name, None, attrs) | {"held": value if isinstance(value, str) else ""}


class PictureField(forms.FileField):
    """A picture, read and verified; see reelive.images.

    With a `keeper` of reelive.held_uploads the picture of a form that comes back is kept for the next try.
    """

    widget = PictureInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif,image/avif"})
    # Parts of the field have names of their own; drafts keep them as well.
    parts = re.compile("_held")
    keeper = picture = None
    token = ""

    def clean(self, value, initial=None):
        sent = value if isinstance(value, SentPicture) else SentPicture(value)
        upload = super().clean(sent.file)
        try:
            if upload:
                self.picture = images.read(upload)
            elif sent.token:
                self.picture = self._kept(sent.token)
        except images.ImageError as error:
            raise ValidationError(str(error)) from error
        return self.picture

    def has_changed(self, initial, data):
        sent = data if isinstance(data, SentPicture) else SentPicture(data)
        return not self.disabled and bool(sent.file or sent.token)

    def _kept(self, token):
        data = self.keeper and self.keeper.find(token)
        if not data:
            raise ValidationError(gettext("This picture was kept for a day. Please choose it again."))
        self.token = token
        return images.read(data)

    def bound_data(self, data, initial):
        return self.token

    def keep(self):
        """Keep the picture for the next try. Returns a sentence for the member where that cannot be."""
        if self.keeper is None or self.picture is None or self.token:
            return ""
        try:
            self.keeper.spend()
        except TooMany:
            return str(CHOOSE_AGAIN)
        self.token = self.keeper.hold(self.picture)
        return "" if self.token else str(CHOOSE_AGAIN)


def picture_fields(form):
    """The fields for pictures of a form, by name."""
    return {name: field for name, field in form.fields.items() if isinstance(field, PictureField)}


def give_keeper(form, keeper):
    """Let pictures of the form be kept, and show again what was kept with a draft."""
    for name, field in picture_fields(form).items():
        field.keeper = keeper
        form.initial[name] = (form.initial or {}).get(f"{name}_held", "")


def keep_pictures(form):
    """Keep the pictures of a form that was sent and comes back."""
    for name, field in picture_fields(form).items() if form.is_bound else ():
        problem = name not in form.errors and field.keep()
        if problem:
            form.add_error(name, problem)
