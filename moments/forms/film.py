from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models import Film
from reelive.fields import NUMBERS, LineField, ProseField
from reelive.text import clean_line

from .fields import SubmitOnceForm

LAST_KEY = 2**63 - 1
# What stands in the part of the form that is closed at first.
DETAILS = ("runtime", "language", "imdb", "tmdb", "wikidata")


class FilmForm(SubmitOnceForm, forms.ModelForm):
    """`version` is the newest revision that there was when the form was opened: what somebody else has edited
    since then, and this member has not, stays as it is by now."""

    once_in = Film
    as_staff = False  # who may edit what is locked
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)
    title = LineField(label=_("Title"), max_length=150, min_length=1)
    original_title = LineField(label=_("Original title"), max_length=150, required=False)
    director = LineField(label=_("Directed by"), max_length=150, required=False)
    music = LineField(label=_("Music by"), max_length=150, required=False)
    summary = ProseField(
        label=_("Summary"),
        max_length=1000,
        required=False,
        help_text=_("What it is about, spoiling nothing."),
    )

    class Meta:
        model = Film
        fields = [
            "title",
            "year",
            "medium",
            "original_title",
            "director",
            "music",
            "runtime",
            "language",
            "summary",
        ]
        fields += ["imdb", "tmdb", "wikidata"]
        labels = {
            "year": _("Year"),
            "medium": _("Film or series"),
            "runtime": _("Length"),
            "language": _("Language"),
            "imdb": _("IMDb id"),
            "tmdb": _("TMDB id"),
            "wikidata": _("Wikidata id"),
        }
        error_messages = {
            "year": NUMBERS
            | {
                "required": LineField.default_error_messages["required"],
                "min_value": _("A year from %(limit_value)s on."),
                "max_value": _("A year up to %(limit_value)s."),
                "invalid": _("Please write the year in digits, like 2016."),
            },
            "runtime": NUMBERS,
        }
        help_texts = {
            "runtime": _("In minutes."),
            "language": _("The language it was made in."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = self.instance.texts  # before a form that was sent changes them
        if self.instance.pk and "version" in self.fields:
            self.initial.setdefault("version", self.instance.version)

    @property
    def has_errors_in_details(self):
        return any(name in self.errors for name in DETAILS)

    def clean_language(self):
        return clean_line(self.cleaned_data["language"]).lower()

    def save_for(self, member):
        """Add a new film, or keep the changes of an old one."""
        film, version = self.instance, self.cleaned_data.get("version")
        if film.pk:
            seen = film.facts_after(version) if version is not None else None
            film.revise(member, seen or self.seen, self.as_staff)
            return film
        film.added_by = member
        film.nonce = self.cleaned_data.get("nonce")
        film.add()
        return film
