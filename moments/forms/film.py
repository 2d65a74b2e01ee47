import re
from functools import cached_property

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moments.models import Film
from moments.models.film_facts import names_credited
from moments.models.film_ids import FILM_IDS
from moments.models.mixins.stilled import ALT_LIMIT
from moments.models.origin import ORIGIN
from moments.tasks import make_film_still_widths
from reelive.fields import NUMBERS, LineField, PictureField, ProseField
from reelive.partial_dates import PartialDateField
from reelive.text import clean_line

from .fields import SourceField, SubmitOnceForm
from .origin import OriginForm

LAST_KEY = 2**63 - 1
# What stands in the part of the form that is closed at first.
DETAILS = ("released", "runtime", "cuts", "language", *FILM_IDS, *ORIGIN)
MOST_CUTS, LONGEST_CUT = 10, 6_000  # minutes
CUT_LINE = re.compile(r"(.{1,60}),\s*(\d{1,4})\Z", re.ASCII)


class CutsField(ProseField):
    """A name and minutes a line, as lists of the two."""

    widget = forms.Textarea(attrs={"rows": 2})

    def prepare_value(self, value):
        lists = isinstance(value, list)
        return "\n".join(f"{name}, {minutes}" for name, minutes in value) if lists else value

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial), "\n".join((data or "").splitlines()))

    def clean(self, value):
        lines = [clean_line(line) for line in super().clean(value).splitlines()]
        matches = [CUT_LINE.match(line) for line in lines if line]
        if len(matches) > MOST_CUTS:
            raise ValidationError(_("Name at most %(most)s cuts.") % {"most": MOST_CUTS})
        if not all(match and 0 < int(match[2]) <= LONGEST_CUT for match in matches):
            raise ValidationError(_("Write a name, a comma and minutes in each line: Director’s cut, 137."))
        return [[match[1].strip(), int(match[2])] for match in matches]


class FilmForm(OriginForm, SubmitOnceForm, forms.ModelForm):
    """`version` is the newest revision that there was when the form was opened: what somebody else has edited
    since then, and this member has not, stays as it is by now."""

    once_in = Film
    as_staff = False  # who may edit what is locked
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)
    title = LineField(label=_("Title"), max_length=150, min_length=1)
    released = PartialDateField(label=_("First shown"))
    cuts = CutsField(
        label=_("Other cuts"),
        required=False,
        max_length=1000,
        help_text=_("One a line, with its minutes: Director’s cut, 137."),
    )
    source = SourceField()
    original_title = LineField(label=_("Original title"), max_length=150, required=False)
    director = LineField(label=_("Directed by"), max_length=150, required=False)
    music = LineField(label=_("Music by"), max_length=150, required=False)
    summary = ProseField(
        label=_("Summary"),
        max_length=1000,
        required=False,
        help_text=_("What it is about, spoiling nothing."),
    )
    picture = PictureField(
        label=_("A poster or a still"),
        required=False,
        help_text=_(
            "Everybody sees it: choose nothing that gives the story away."
            " JPEG, PNG, WebP, GIF or AVIF, up to 8 MiB."
        ),
    )
    still_alt = LineField(
        label=_("What the picture shows"),
        max_length=ALT_LIMIT,
        required=False,
        help_text=_("For those who cannot see it."),
    )
    drop_still = forms.BooleanField(label=_("Remove the picture"), required=False)

    class Meta:
        model = Film
        fields = [
            "title",
            "year",
            "medium",
            "original_title",
            "director",
            "music",
            "released",
            "runtime",
            "cuts",
            "language",
            "summary",
            "still_alt",
        ]
        fields += [*ORIGIN, *FILM_IDS]
        labels = {
            "year": _("Year"),
            "medium": _("Film or series"),
            "runtime": _("Length"),
            "language": _("Language"),
            "imdb": _("IMDb id"),
            "tmdb": _("TMDB id"),
            "wikidata": _("Wikidata id"),
            "tvdb": _("TheTVDB id"),
            "letterboxd": _("Letterboxd id"),
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
            "letterboxd": _("The last part of its address there, like la-la-land."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = self.instance.texts  # before a form that was sent changes them
        if self.instance.pk and "version" in self.fields:
            self.initial.setdefault("version", self.instance.version)
        self.fields["still_alt"].needed = _("needed with a picture")
        for name in names_credited(self.seen["credits"]):
            self.fields[name].disabled = True
            self.fields[name].help_text = _("The credits say so.")
        if not self.instance.pk:
            del self.fields["source"]
        if not self.seen["still"]:
            del self.fields["drop_still"]

    @property
    def has_errors_in_details(self):
        return any(name in self.errors for name in DETAILS)

    def clean_language(self):
        return clean_line(self.cleaned_data["language"]).lower()

    def clean(self):
        cleaned = super().clean()
        keeps = self.seen["still"] and not cleaned.get("drop_still")
        if not cleaned.get("picture") and not keeps:
            cleaned["still_alt"] = ""
        elif not cleaned.get("still_alt") and (cleaned.get("picture") or self._saw_a_picture()):
            self.add_error("still_alt", _("Say in a few words what the picture shows."))
        return cleaned

    def _saw_a_picture(self):
        """Not one that somebody else gave since this form was opened."""
        return bool(self._seen_then.get("still"))

    @cached_property
    def _seen_then(self):
        """The facts when the form was opened."""
        version = self.cleaned_data.get("version")
        seen = self.instance.facts_after(version) if version is not None else None
        return seen or self.seen

    @transaction.atomic
    def save_for(self, member):
        """Add a new film, or keep the changes of an old one."""
        film, picture = self.instance, self.cleaned_data.get("picture")
        if film.pk:
            if self.cleaned_data.get("drop_still") and not picture:
                film.still, film.still_alt = "", ""
            source = self.cleaned_data.get("source", "")
            film.revise(member, self._seen_then, self.as_staff, picture, source)
        else:
            film.added_by = member
            film.nonce = self.cleaned_data.get("nonce")
            film.add(picture)
        if picture:
            transaction.on_commit(lambda: make_film_still_widths.enqueue(film.pk))
        return film
