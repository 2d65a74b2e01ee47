"""What sort of film it is and where it is from: chips for genres, lines of countries and of languages."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import countries, languages
from moments.models.countries import COUNTRIES, country_name
from moments.models.genres import GENRES, MOST_GENRES
from moments.models.languages import LANGUAGES, language_code, language_name
from moments.models.origin import TITLES_LIMIT
from moments.models.other_titles import LONGEST_TITLE, MOST_TITLES, titles_in
from reelive.fields import LineField, ProseField
from reelive.text import fold

A_CODE = re.compile(r"[a-z]{2}", re.ASCII)


class NamesField(LineField):
    """Names parted by commas, in the language of the page or as codes; it holds a list of codes."""

    most = 0

    def __init__(self, **options):
        super().__init__(max_length=300, required=False, **options)

    def prepare_value(self, value):
        return ", ".join(str(self.name_of(code)) for code in value) if isinstance(value, list) else value

    def clean(self, value):
        names = [name.strip() for name in super().clean(value).split(",")]
        codes = list(dict.fromkeys(self.code_of(name) for name in names if name))
        if len(codes) > self.most:
            raise ValidationError(gettext("At most %(number)s of them.") % {"number": self.most})
        return codes

    def has_changed(self, initial, data):
        return super().has_changed(self.prepare_value(initial or []), data)

    def name_of(self, code):
        raise NotImplementedError

    def code_of(self, name):
        """The code of a name, or ValidationError."""
        raise NotImplementedError


class CountriesField(NamesField):
    most, name_of = countries.MOST_COUNTRIES, staticmethod(country_name)

    def code_of(self, name):
        plain = fold(name)
        named = {fold(str(called)): code for code, called in COUNTRIES.items()}
        code = (
            named.get(plain) or countries.OTHER_NAMES.get(plain) or (plain if A_CODE.fullmatch(plain) else "")
        )
        if not code:
            said = gettext("“%(name)s” is no country that is known here. Write its code of two letters.")
            raise ValidationError(said % {"name": name})
        return "gb" if code == "uk" else code


class LanguagesField(NamesField):
    most, name_of = languages.MOST_LANGUAGES, staticmethod(language_name)

    def code_of(self, name):
        named = {fold(str(language_name(code))): code for code in LANGUAGES}
        code = named.get(fold(name)) or language_code(name)
        if not code:
            said = gettext("“%(name)s” is no language that is known here. Write its code, such as “ko”.")
            raise ValidationError(said % {"name": name})
        return code


class OtherTitlesField(ProseField):
    """A title a line, as `moments.models.other_titles` reads them."""

    def __init__(self):
        super().__init__(
            label=_("Other titles"),
            max_length=TITLES_LIMIT,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text=_(
                "One a line, its language in brackets behind it, as in “Le Château ambulant [fr]”."
                " [alias] stands behind another name of it, [working title] behind one that was given up."
            ),
        )

    def clean(self, value):
        titles = titles_in(super().clean(value))
        if len(titles) > MOST_TITLES:
            raise ValidationError(gettext("At most %(number)s titles.") % {"number": MOST_TITLES})
        if any(len(other.title) > LONGEST_TITLE for other in titles):
            raise ValidationError(
                gettext("A title has at most %(number)s letters.") % {"number": LONGEST_TITLE}
            )
        return "\n".join(map(str, titles))


class OriginForm(forms.Form):
    genres = forms.MultipleChoiceField(
        label=_("Genres"), choices=list(GENRES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    countries = CountriesField(label=_("Countries"), help_text=_("Such as: South Korea, France."))
    languages = LanguagesField(
        label=_("Languages"), help_text=_("What else is spoken in it, such as: French, Arabic.")
    )
    other_titles = OtherTitlesField()

    def clean_genres(self):
        genres = self.cleaned_data["genres"]
        if len(genres) > MOST_GENRES:
            raise ValidationError(gettext("Choose %(number)s genres at most.") % {"number": MOST_GENRES})
        return genres
