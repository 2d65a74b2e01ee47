"""What a row of an archive may say, which anybody may have written: what the forms of the site take."""

import math

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from accounts.models import User
from moments.feelings import FEELINGS
from moments.models import Film, Kind
from moments.models.comment import COMMENT_LIMIT
from moments.models.diary_entry import FIRST_YEAR
from moments.models.diary_entry import NOTE_LIMIT as DIARY_NOTE_LIMIT
from moments.models.film import FIRST_FILM_YEAR
from moments.models.mixins.stilled import ALT_LIMIT
from moments.models.post import BODY_LIMIT, CONTEXT_LIMIT, TITLE_LIMIT
from moments.models.saved import NAME_LIMIT, NOTE_LIMIT
from moments.spoilers.rules import ALL, LAST_EPISODE, LAST_SEASON, NOT_SEEN
from reelive.fields import LineField, ProseField
from reelive.text import TAG_COUNT, parse_tags

EARLIEST_YEAR = 1970
IN_STORY = {"min_value": NOT_SEEN + 1, "max_value": ALL - 1}


class WhenField(forms.DateTimeField):
    """A time that a row was made."""

    def clean(self, value):
        when = super().clean(value)
        if when and not EARLIEST_YEAR <= when.year <= 9000:
            raise ValidationError("")
        return when


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
    date = forms.DateField()
    note = ProseField(max_length=DIARY_NOTE_LIMIT, required=False)
    public = forms.BooleanField(required=False)
    audience = forms.ChoiceField(choices=User.DiaryAudience, required=False)
    created = WhenField()

    def clean_date(self):
        if self.cleaned_data["date"].year < FIRST_YEAR:
            raise ValidationError("")
        return self.cleaned_data["date"]


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
