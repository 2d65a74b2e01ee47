"""What a row of an archive may say, which anybody may have written: what the forms of the site take."""

import math

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from accounts.models import User
from moments.feelings import FEELINGS
from moments.labels import LABEL_KINDS
from moments.models import Draft, Film, Kind, NotificationChoice, SongUse, ThreadChoice, Verdict
from moments.models.comment import COMMENT_LIMIT
from moments.models.diary_entry import FIRST_YEAR
from moments.models.diary_entry import NOTE_LIMIT as DIARY_NOTE_LIMIT
from moments.models.draft import LONG_TEXTS, PICTURE_FIELD, TIME_FIELD
from moments.models.film import FIRST_FILM_YEAR
from moments.models.filter import FURTHEST as LONGEST_FILTER
from moments.models.list_entry import NOTE_LIMIT as ENTRY_NOTE_LIMIT
from moments.models.member_list import BODY_LIMIT as LIST_BODY_LIMIT
from moments.models.member_list import TITLE_LIMIT as LIST_TITLE_LIMIT
from moments.models.member_list import Visibility
from moments.models.mixins.stilled import ALT_LIMIT
from moments.models.mixins.whole import MOST_HALVES
from moments.models.post import BODY_LIMIT, CONTEXT_LIMIT, TITLE_LIMIT
from moments.models.reminder import FURTHEST as LATEST_REMINDER
from moments.models.reminder import NOTE_LIMIT as REMINDER_NOTE_LIMIT
from moments.models.saved import NAME_LIMIT, NOTE_LIMIT
from moments.models.song import LAST_SECOND_OF_USE
from moments.models.verdict import REASON_LIMIT
from moments.notifications.kinds import NEWS_KINDS
from moments.spoilers.rules import ALL_SEEN, LAST_EPISODE, LAST_SEASON, NOT_SEEN
from reelive.fields import LineField, ProseField
from reelive.text import TAG_COUNT, clean, parse_tags

EARLIEST_YEAR = 1970
MOST_FIELDS = 60  # of a form that is kept as a draft
NOT_OF_DRAFTS = (PICTURE_FIELD, TIME_FIELD, "nonce", "draft_version")  # what holds on the other site alone
IN_STORY = {"min_value": NOT_SEEN + 1, "max_value": ALL_SEEN - 1}


class WhenField(forms.DateTimeField):
    """A time that a row was made."""

    def clean(self, value):
        when = super().clean(_text(value))
        if when and not EARLIEST_YEAR <= when.year <= 9000:
            raise ValidationError("")
        return when


class DayField(forms.DateField):
    def clean(self, value):
        return super().clean(_text(value))


def _text(value):
    """What is no text says no time."""
    return value if isinstance(value, str) else ""


class NumberField(forms.FloatField):
    def clean(self, value):
        number = super().clean(None if isinstance(value, bool) else value)
        if number is not None and not math.isfinite(number):
            raise ValidationError("")
        return number


def address_field(**options):
    web = URLValidator(schemes=["http", "https"])
    return forms.URLField(max_length=500, assume_scheme="https", validators=[web], **options)


class FilmRow(forms.Form):
    film = forms.CharField(max_length=100)
    film_title = LineField(max_length=150)
    film_year = forms.IntegerField(min_value=FIRST_FILM_YEAR, max_value=2100)
    film_medium = forms.ChoiceField(choices=Film.Medium.choices)


class PostRow(FilmRow):
    kind = forms.ChoiceField(choices=Kind.choices)
    title = LineField(max_length=TITLE_LIMIT)
    body = ProseField(max_length=BODY_LIMIT, required=False)
    context = ProseField(max_length=CONTEXT_LIMIT, required=False)
    spoiler = forms.BooleanField(required=False)
    reveals_at = NumberField(required=False, **IN_STORY)
    position = NumberField(required=False, **IN_STORY)
    season = forms.IntegerField(min_value=0, max_value=LAST_SEASON, required=False)
    episode = forms.IntegerField(min_value=0, max_value=LAST_EPISODE - 1, required=False)
    timecode = forms.IntegerField(min_value=0, max_value=10**6, required=False)
    artist = LineField(max_length=200, required=False)
    listen_url = address_field(required=False)
    rating = forms.IntegerField(min_value=1, max_value=MOST_HALVES, required=False)
    still_alt = LineField(max_length=ALT_LIMIT, required=False)
    created = WhenField()
    edited = WhenField(required=False)


class CommentRow(forms.Form):
    body = ProseField(max_length=COMMENT_LIMIT)
    created = WhenField()
    edited = WhenField(required=False)


class SourceRow(forms.Form):
    url = address_field()
    title = LineField(max_length=200, required=False)


class DiaryRow(forms.Form):
    date = DayField(required=False)
    note = ProseField(max_length=DIARY_NOTE_LIMIT, required=False)
    public = forms.BooleanField(required=False)
    audience = forms.ChoiceField(choices=User.DiaryAudience, required=False)
    created = WhenField()

    def clean_date(self):
        date = self.cleaned_data["date"]
        if date and date.year < FIRST_YEAR:
            raise ValidationError("")
        return date


class OfWholeRow(FilmRow):
    """Of a whole film, season or episode."""

    season = forms.IntegerField(min_value=0, max_value=LAST_SEASON, required=False)
    episode = forms.IntegerField(min_value=0, max_value=LAST_EPISODE - 1, required=False)
    liked = forms.BooleanField(required=False)

    def clean(self):
        if self.cleaned_data.get("episode") is not None and self.cleaned_data.get("season") is None:
            raise ValidationError("")
        return self.cleaned_data


class LogRow(OfWholeRow, DiaryRow):
    rewatch = forms.BooleanField(required=False)
    rating = forms.IntegerField(min_value=1, max_value=MOST_HALVES, required=False)


class RatingRow(OfWholeRow):
    stars = forms.IntegerField(min_value=1, max_value=MOST_HALVES, required=False)
    date = DayField(required=False)
    audience = forms.ChoiceField(choices=User.DiaryAudience, required=False)
    created = WhenField()


class WantedRow(FilmRow):
    created = WhenField()


class ReactionRow(forms.Form):
    feeling = forms.ChoiceField(choices=[(slug, slug) for slug in FEELINGS])
    created = WhenField()


class ProgressRow(FilmRow):
    place = NumberField(required=False)
    story_time = NumberField(required=False)
    updated = WhenField()


class FolderRow(forms.Form):
    name = LineField(max_length=NAME_LIMIT)


class SavedRow(forms.Form):
    folder = LineField(max_length=NAME_LIMIT, required=False)
    note = ProseField(max_length=NOTE_LIMIT, required=False)
    created = WhenField()


class ListRow(forms.Form):
    title = LineField(max_length=LIST_TITLE_LIMIT)
    body = ProseField(max_length=LIST_BODY_LIMIT, required=False)
    is_ranked = forms.BooleanField(required=False)
    visibility = forms.ChoiceField(choices=Visibility.choices)
    created = WhenField()
    edited = WhenField(required=False)


class EntryRow(forms.Form):
    note = ProseField(max_length=ENTRY_NOTE_LIMIT, required=False)
    created = WhenField()


class DraftRow(forms.Form):
    form = forms.ChoiceField(choices=Draft.Form.choices)
    created = WhenField()
    updated = WhenField()


class CreatedRow(forms.Form):
    created = WhenField()


class UntilRow(CreatedRow):
    """What holds until a time that is still to come, or for good."""

    until = WhenField(required=False)

    def clean_until(self):
        until, now = self.cleaned_data["until"], timezone.now()
        if until and not now < until <= now + LONGEST_FILTER:
            raise ValidationError("")
        return until


class FlagRow(CreatedRow):
    kind = forms.ChoiceField(choices=[(kind.slug, kind.name) for kind in LABEL_KINDS])


class ReadRow(forms.Form):
    read = WhenField()


class VerdictRow(CreatedRow):
    stance = forms.ChoiceField(choices=Verdict.Stance.choices)
    reason = ProseField(max_length=REASON_LIMIT, required=False)
    url = address_field(required=False)

    def clean(self):
        said = super().clean()
        if said.get("stance") == Verdict.Stance.DISPUTE and not said.get("reason"):
            raise ValidationError("")
        return said


class SongUseRow(forms.Form):
    """Where a song is heard. When that was said is not known of all."""

    role = forms.ChoiceField(choices=SongUse.Role.choices)
    note = LineField(max_length=200, required=False)
    starts = forms.IntegerField(required=False, min_value=0, max_value=LAST_SECOND_OF_USE)
    ends = forms.IntegerField(required=False, min_value=0, max_value=LAST_SECOND_OF_USE)
    created = WhenField(required=False)

    def clean(self):
        said = super().clean()
        starts, ends = said.get("starts"), said.get("ends")
        if ends is not None and (starts is None or ends <= starts):
            raise ValidationError("")
        return said


class ReminderRow(CreatedRow):
    date = DayField()
    note = ProseField(max_length=REMINDER_NOTE_LIMIT, required=False)

    def clean_date(self):
        date, today = self.cleaned_data["date"], timezone.localdate()
        if not today < date <= today + LATEST_REMINDER:
            raise ValidationError("")
        return date


class ThreadChoiceRow(forms.Form):
    level = forms.ChoiceField(choices=ThreadChoice.Level.choices)


class NotificationChoiceRow(forms.Form):
    kind = forms.ChoiceField(choices=[(kind.slug, kind.slug) for kind in NEWS_KINDS])
    site = forms.BooleanField(required=False)
    mail = forms.ChoiceField(choices=NotificationChoice.Mail.choices, required=False)
    push = forms.NullBooleanField(required=False)


def typed_in(row):
    """What was typed into the form of a draft: texts, or lists of texts, by the names of its fields."""
    values = row.get("values")
    values = list(values.items())[:MOST_FIELDS] if isinstance(values, dict) else []
    typed = {name: _typed(name, value) for name, value in values if name.isidentifier() and len(name) < 60}
    return {name: value for name, value in typed.items() if value is not None and name not in NOT_OF_DRAFTS}


def _typed(name, value):
    """The same text, or list of texts, cleaned; None for anything else."""
    if isinstance(value, str):
        return clean(value)
    is_list = isinstance(value, list) and name not in (*LONG_TEXTS, "title")
    return [clean(part) for part in value if isinstance(part, str)] if is_list else None


def tags_of(row):
    """The names of the tags of a row, as a form would have taken them."""
    names = row.get("tags")
    names = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    try:
        return parse_tags(", ".join(name[:100] for name in names[:TAG_COUNT]))
    except ValueError:
        return []


def feelings_of(row):
    names = row.get("feelings")
    return [slug for slug in FEELINGS if slug in names] if isinstance(names, list) else []
