"""Seasons and episodes as members add and edit them, one by one or several by a plain list."""

import re
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import Episode, Season
from moments.models.episode import SUMMARY_LIMIT, add_episodes
from moments.spoilers.rules import LAST_EPISODE
from reelive.fields import NUMBERS, LineField, ProseField
from reelive.partial_dates import PartialDateField, normalised
from reelive.text import clean_line

from .fields import SourceField
from .film import LAST_KEY

MOST_LINES = 500
EPISODE_LINE = re.compile(r"(\d{1,4})(?:[.):]\s*|\s+|\Z)(.*)", re.ASCII)
DATED = re.compile(r"(?:(.*),)?\s*(\d{4}(?:-\d{1,2}){0,2})\Z", re.ASCII)
EPISODE_IDS = ("imdb", "tmdb", "tvdb")
FORM_LABELS = {
    "number": _("Number"),
    "absolute": _("Number in the whole series"),
    "runtime": _("Length"),
    "after_season": _("It stands after season"),
    "after_episode": _("and episode"),
    "imdb": _("IMDb id"),
    "tmdb": _("TMDB id"),
    "tvdb": _("TheTVDB id"),
}


class SeriesPartForm(forms.ModelForm):
    """`version` and what it is for are those of FilmForm."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)
    title = LineField(label=_("Title"), max_length=150, required=False)
    released = PartialDateField(label=_("First shown"))
    summary = ProseField(
        label=_("What happens"),
        max_length=SUMMARY_LIMIT,
        required=False,
        help_text=_("Only those who have seen that far read it."),
    )
    source = SourceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = self.instance.texts
        if self.instance.pk:
            del self.fields["number"]
            self.initial.setdefault("version", self.instance.version)
        else:
            del self.fields["source"]

    @cached_property
    def _seen_then(self):
        version = self.cleaned_data.get("version")
        return (self.instance.facts_after(version) if version is not None else None) or self.seen

    def save_for(self, member):
        """Add a new part, or keep the changes of one that is there."""
        if self.instance.pk:
            self.instance.revise(member, self._seen_then, self.cleaned_data["source"])
        else:
            self.add_for(member)


class SeasonForm(SeriesPartForm):
    class Meta:
        model = Season
        fields = ["number", "title", "released", "summary", *EPISODE_IDS]
        labels = FORM_LABELS
        error_messages = {"number": NUMBERS}

    def add_for(self, member):
        self.instance.add(member)


class EpisodeForm(SeriesPartForm):
    class Meta:
        model = Episode
        fields = ["number", "title", "absolute", "released", "runtime", "after_season", "after_episode"]
        fields += ["summary", *EPISODE_IDS]
        labels = FORM_LABELS
        names = ("number", "absolute", "runtime", "after_season", "after_episode")
        error_messages = dict.fromkeys(names, NUMBERS)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.season:
            del self.fields["after_season"], self.fields["after_episode"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("after_episode") is not None and cleaned.get("after_season") is None:
            self.add_error("after_season", _("Say the season as well."))
        return cleaned

    def add_for(self, member):
        add_episodes(self.instance.film, [self.instance], member)


class EpisodesForm(forms.Form):
    """Episodes of one season as lines: a number, a title and a date."""

    lines = ProseField(
        label=_("Episodes"),
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("One a line: 1. The title, 2011-04-17. The date may be left out, and so may the title."),
    )

    def __init__(self, *args, film, season, **kwargs):
        super().__init__(*args, **kwargs)
        self.film, self.season = film, season

    def clean_lines(self):
        lines = [line for line in map(clean_line, self.cleaned_data["lines"].splitlines()) if line]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(most)s lines at once, please.") % {"most": MOST_LINES})
        episodes = [self._episode(line) for line in lines]
        if len({episode.number for episode in episodes}) < len(episodes):
            raise ValidationError(_("Two lines begin with the same number."))
        return episodes

    def _episode(self, line):
        match = EPISODE_LINE.fullmatch(line)
        if not match or int(match[1]) >= LAST_EPISODE:
            raise ValidationError(
                gettext("This line does not begin with a number: %(line)s") % {"line": line}
            )
        title, date = match[2].strip(), ""
        dated = DATED.fullmatch(title)
        if dated:
            title, date = (dated[1] or "").strip(), self._date(dated[2], line)
        if len(title) > 150:
            raise ValidationError(gettext("The title in this line is too long: %(line)s") % {"line": line})
        numbers = {"season": self.season, "number": int(match[1])}
        return Episode(film=self.film, title=title, released=date, **numbers)

    @staticmethod
    def _date(text, line):
        try:
            return normalised(text)
        except ValueError as error:
            says = gettext("The date in this line is none: %(line)s") % {"line": line}
            raise ValidationError(says) from error

    def save_for(self, member):
        add_episodes(self.film, self.cleaned_data["lines"], member)
