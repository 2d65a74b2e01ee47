"""What somebody says when they bring what another place holds of them: a file, and what is to come of it."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.archives.bringing.choices import COMMENT_WORDS, Audience, Choices, Part, Words
from moments.archives.homecoming.gathered import gathered
from moments.archives.homecoming.refusals import Unreadable
from moments.archives.homecoming.tv_time_feelings import MEANINGS
from moments.feelings import FEELING_CHOICES

LARGEST_FILE = 8 * 1024**2  # bytes: what the door lets through
NONE_OF_OURS = [("", _("None of our twelve"))]


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file, or several of one place, which become one. Those that are empty are left out of several."""

    widget = FilesInput

    def clean(self, data, initial=None):
        if sum(file.size for file in data) > LARGEST_FILE:
            raise forms.ValidationError(
                gettext("This is larger than 8 MiB. A table becomes smaller in a ZIP."), code="large"
            )
        files = [file for file in data if file.size] or data[:1]
        if len(files) < 2:
            return super().clean(files[0] if files else None, initial)
        try:
            return gathered([super(FilesField, self).clean(file, initial) for file in files])
        except Unreadable as problem:
            raise forms.ValidationError(str(problem)) from problem


class HomecomingForm(forms.Form):
    file = FilesField(
        label=_("File"),
        help_text=_(
            "A ZIP, CSV or JSON file as it was downloaded, up to 8 MiB. A larger table fits in a ZIP."
            " What your browser unpacked you can choose together."
        ),
        widget=FilesInput(attrs={"accept": ".zip,.csv,.json"}),
        error_messages={"required": _("Choose the file."), "empty": _("This file is empty.")},
    )


class HomecomingBeginForm(forms.Form):
    """Args: preview: what was found; felt: how often which number of a feeling came."""

    parts = forms.MultipleChoiceField(
        label=_("What to bring"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one part.")},
    )
    profiles = forms.MultipleChoiceField(
        label=_("Whose profile is yours"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The file holds what all people who share the account saw."),
        error_messages={"required": _("Choose at least one profile.")},
    )
    audience = forms.ChoiceField(
        label=_("Who sees your diary entries and ratings"),
        choices=Audience,
        widget=forms.RadioSelect,
        help_text=_("What was private there is for you alone in any case."),
    )
    reviews = forms.ChoiceField(label=_("What becomes of reviews"), choices=Words, widget=forms.RadioSelect)
    comments = forms.ChoiceField(
        label=_("What becomes of comments"),
        choices=[(word.value, word.label) for word in COMMENT_WORDS],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, preview, felt=None, **kwargs):
        default = Choices()
        parts = [line["part"] for line in preview.parts]
        names = ("audience", "reviews", "comments")
        initial = {"parts": [part.value for part in parts]} | {name: getattr(default, name) for name in names}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["parts"].choices = [(part.value, part.label) for part in parts]
        for name, part in (("reviews", Part.REVIEWS), ("comments", Part.COMMENTS)):
            if part not in parts:
                del self.fields[name]
        self.fields["profiles"].choices = [(name, name) for name in preview.profiles]
        if len(preview.profiles) < 2:
            del self.fields["profiles"]
        self.felt = felt or {}
        for raw in self.felt:
            self.fields[f"feeling-{raw}"] = _feeling_field(raw)

    @property
    def feelings(self):
        """The field of each number that TV Time kept, with how often it was felt."""
        return [(self[f"feeling-{raw}"], raw, count) for raw, count in self.felt.items()]

    @property
    def choices(self):
        said = {name: self.cleaned_data[name] for name in self.fields if not name.startswith("feeling-")}
        felt = {raw: self.cleaned_data[f"feeling-{raw}"] for raw in self.felt}
        return Choices(**said, feelings=felt)


def _feeling_field(raw):
    meaning = MEANINGS.get(int(raw))
    return forms.ChoiceField(
        label=meaning.name if meaning else _("Unknown"),
        choices=NONE_OF_OURS + FEELING_CHOICES,
        initial=meaning.ours if meaning else "",
        required=False,
    )
