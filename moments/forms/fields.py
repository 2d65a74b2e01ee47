"""Fields that several forms share: tags, colours, timecodes, moments, the once-only key."""

import re
import uuid
from datetime import UTC

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Value, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from moments.models import Moment
from moments.models.draft import FURTHEST, TO_THE_MINUTE
from moments.models.revision import SOURCE_LIMIT
from reelive import text
from reelive.fields import LineField

COLOUR = re.compile(r"#?([0-9a-fA-F]{6})\Z")
TIMECODE = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})\Z", re.ASCII)
PALETTE_SIZE = 5
HOURS = re.compile(r"(\d{1,2}):([0-5]\d)(?::([0-5]\d))?\Z", re.ASCII)
MUTED = _("A moment that you muted, or by somebody you muted")
FIRST_YEAR, LAST_YEAR = 2000, 9000  # of a time: what is before or after cannot be said in all zones


class TagsField(LineField):
    def __init__(self, **kwargs):
        super().__init__(max_length=400, **kwargs)

    def clean(self, value):
        line = super().clean(value)
        if not line and not self.required:
            return []
        try:
            return text.parse_tags(line)
        except ValueError as error:
            raise ValidationError(str(error)) from error


class PaletteField(LineField):
    """Up to five colours; fewer are repeated so that a palette always has five."""

    def clean(self, value):
        words = super().clean(value).replace(",", " ").split()
        matches = [COLOUR.match(word) for word in words]
        if not all(matches):
            raise ValidationError(_("Give colours as six hexadecimal digits, like #2a1b5e."))
        if len(words) > PALETTE_SIZE:
            raise ValidationError(_("Give five colours at most."))
        colours = ["#" + match[1].lower() for match in matches]
        return (colours * PALETTE_SIZE)[:PALETTE_SIZE]


class TimecodeField(LineField):
    """0:33:10 or 33:10, in seconds."""

    def clean(self, value):
        line = super().clean(value)
        if not line:
            return None
        match = TIMECODE.match(line)
        if not match or int(match[3]) > 59 or (match[1] and int(match[2]) > 59):
            raise ValidationError(_("Write the time as hours, minutes and seconds, like 0:33:10."))
        return int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])


class HoursField(LineField):
    """0:48 or 1:12:30, hours first, in seconds."""

    def clean(self, value):
        line = super().clean(value)
        match = HOURS.match(line)
        if line and not match:
            raise ValidationError(_("Write the time as hours and minutes, like 0:48."))
        return match and int(match[1]) * 3600 + int(match[2]) * 60 + int(match[3] or 0)


class NumberedMoments:
    """A choice among a film's moments, by number; a moment that is veiled for the viewer has no title.

    Neither has a moment that the viewer filters or mutes. It keeps its number, so that others keep theirs.
    """

    def offer(self, moments, viewer):
        number = Window(RowNumber(), order_by=("position", "id"))
        whole = moments.annotate(is_veiled=Value(False), is_muted=Value(False))
        named = moments.veiled_for(viewer).with_filtered(viewer) if viewer else whole
        named = named.annotate(number=number).order_by("position", "id")
        self.queryset = named.only("title", "kind", "position", "season", "episode", "timecode", "film")

    def label_from_instance(self, moment):
        parts = (moment.episode_text, MUTED if moment.is_muted else moment.shown_title)
        return f"{moment.number}. {' · '.join(str(part) for part in parts if part)}"


class MomentChoiceField(NumberedMoments, forms.ModelChoiceField):
    """One moment of a film, or none."""

    def __init__(self, **kwargs):
        super().__init__(Moment.objects.none(), required=False, **kwargs)


class PublishAtField(forms.DateTimeField):
    """A minute to come, as the clock of the member's zone has it.

    Of an hour that comes twice, when clocks are put back, it is the first; one that is left out is refused.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TO_THE_MINUTE)
    default_error_messages = {"invalid": _("Write day and time like 2026-02-14 20:30.")}

    def __init__(self, **kwargs):
        help_text = _("On the clock of your time zone, at most {days} days ahead. Empty: at once.")
        super().__init__(help_text=format_lazy(help_text, days=FURTHEST.days), **kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        written = self._written(str(value).strip())
        zone, now = timezone.get_current_timezone(), timezone.now()
        time = written.replace(second=0, microsecond=0, tzinfo=zone)
        if time.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != time.replace(tzinfo=None):
            raise ValidationError(_("The clock leaves that time out on this day. Choose another."))
        if time <= now:
            raise ValidationError(_("That time is over. Choose a later one, or leave it empty."))
        if time > now + FURTHEST:
            most = {"days": FURTHEST.days}
            raise ValidationError(_("Choose a time within the next %(days)s days.") % most)
        return time

    def _written(self, text):
        try:
            written = parse_datetime(text)
        except ValueError:
            written = None
        if written is None or not FIRST_YEAR <= written.year <= LAST_YEAR:
            raise ValidationError(self.error_messages["invalid"])
        return written.replace(tzinfo=None)


class ListenField(forms.URLField):
    """Where a song is listened to."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", _("Where to listen"))
        validators = [URLValidator(["http", "https"])]
        super().__init__(
            max_length=500, required=False, assume_scheme="https", validators=validators, **kwargs
        )


class SourceField(LineField):
    """Where the facts of an edit are known from."""

    is_web_address = staticmethod(URLValidator(schemes=["http", "https"]))

    def __init__(self, **kwargs):
        says = _("A page, a book, the credits. It stands in the history, and beside the facts.")
        options = {"label": _("Where this is known from"), "help_text": says, "required": False}
        super().__init__(**options | {"max_length": SOURCE_LIMIT} | kwargs)

    def clean(self, value):
        source = super().clean(value)
        if "://" in source and " " not in source:
            self.is_web_address(source)
        return source


class SubmitOnceForm(forms.Form):
    """A form whose hidden key lets a double click write one row in the table of `once_in`."""

    once_in = None
    nonce = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid.uuid4)

    def clean_nonce(self):
        return self.cleaned_data["nonce"] or uuid.uuid4()
