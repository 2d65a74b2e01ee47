"""That somebody saw a film, season or episode: as it is logged and as it is changed; and its rating alone."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.feelings import FEELING_CHOICES, FEELINGS
from moments.models.diary_entry import FIRST_YEAR, DayTaken
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from moments.models.mixins.whole import MOST_HALVES, stars_text
from moments.models.refusals import Refused
from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON
from reelive.formats import stars_in_words

from .diary_entry import DiaryEntryForm
from .fields import TagsField

FIRST_DAY = datetime.date(FIRST_YEAR, 1, 1)
TAKEN = _("You have another entry of the same on that day. Choose another day, or edit that entry instead.")


class StarsField(forms.TypedChoiceField):
    """Half stars from 1 to 10, or None; each choice is read out in words."""

    def __init__(self, **options):
        stars = [(halves, stars_text(halves)) for halves in range(1, MOST_HALVES + 1)]
        super().__init__(
            choices=[("", _("No rating")), *stars],
            coerce=int,
            empty_value=None,
            required=False,
            widget=StarsInput,
            error_messages={"invalid_choice": _("A rating has half a star to five stars.")},
            **options,
        )


class StarsInput(forms.RadioSelect):
    template_name = "widgets/stars.html"

    def create_option(self, name, value, label, *args, **kwargs):
        words = stars_in_words(int(value)) if value else label
        return super().create_option(name, value, label, *args, **kwargs) | {"words": words}


class RatingForm(forms.Form):
    stars = StarsField(label=_("Your rating"))
    liked = forms.BooleanField(required=False, label=_("I like it"))


class LogForm(DiaryEntryForm):
    """Args: film: which; of a series one may say a season, and an episode of it."""

    season = forms.IntegerField(label=_("Season"), required=False, min_value=0, max_value=LAST_SEASON)
    episode = forms.IntegerField(label=_("Episode"), required=False, min_value=0, max_value=LAST_EPISODE - 1)
    rating = StarsField(label=_("Your rating"))
    liked = forms.BooleanField(required=False, label=_("I like it"))
    rewatch = forms.BooleanField(required=False, label=_("I have seen it before"))
    feelings = forms.MultipleChoiceField(
        choices=FEELING_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("What it made you feel"),
        error_messages={"invalid_choice": _("There are twelve feelings; that is none of them.")},
    )
    tags = TagsField(label=_("Tags"), required=False, help_text=_("Up to eight, with commas between them."))
    field_order = (
        *("season", "episode", "date", "rating", "liked", "rewatch"),
        *("feelings", "note", "public", "audience", "tags"),
    )

    def __init__(self, *args, film, **kwargs):
        super().__init__(*args, **kwargs)
        if not film.is_series:
            del self.fields["season"], self.fields["episode"]
        self.fields["date"].required = False
        self.fields["date"].help_text = _("Empty: some time ago.")
        if self.instance.pk is None and "date" not in self.initial:
            self.initial["date"] = timezone.localdate()

    def clean_date(self):
        return super().clean_date() if self.cleaned_data["date"] else SOME_TIME_AGO

    def clean_feelings(self):
        return [slug for slug in FEELINGS if slug in self.cleaned_data["feelings"]]

    def clean(self):
        cleaned = super().clean()
        has_no_season = cleaned.get("season") is None and "season" not in self.errors
        if cleaned.get("episode") is not None and has_no_season:
            self.add_error("season", ValidationError(_("Say the season as well.")))
        return cleaned


class LogEditForm(LogForm):
    """What it is of stays. A removed note cannot be edited."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("season", "episode"):
            self.fields.pop(name, None)
        entry = self.instance
        if entry.is_removed:
            del self.fields["note"], self.fields["public"]
        said = {name: getattr(entry, name) for name in ("rating", "liked", "rewatch", "feelings")}
        self.initial = said | {"tags": ", ".join(entry.tags)} | self.initial
        self.initial["date"] = self.initial["date"] if entry.is_dated else None

    def save_revision(self):
        """Whether the entry was changed; what cannot be becomes a sentence beside its field."""
        try:
            return self.instance.whole_film.revise_entry(self.instance, **self.cleaned_data)
        except DayTaken:
            self.add_error("date", TAKEN)
        except Refused as refusal:
            self.add_error("note" if "note" in self.fields else None, str(refusal))
        return False


class SpanForm(forms.Form):
    """Some days: `span` is the first and the last, None for all time."""

    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    @property
    def span(self):
        said = self.cleaned_data if self.is_bound else {}
        first, last = said.get("first"), said.get("last")
        if not first and not last:
            return None
        return (first or FIRST_DAY, last or timezone.localdate())

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", ValidationError(_("The last day is not before the first.")))
        return cleaned
