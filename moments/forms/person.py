"""The facts of a person, and the credits of a film: rows in which a name finds or makes its person."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import Person
from moments.models.credit import MOST_CREDITS, Role, in_order
from moments.models.refusals import TooManyNames
from reelive.fields import NUMBERS, LineField
from reelive.text import fold

from .film import LAST_KEY

EMPTY_ROWS, MOST_NEW = 5, 20
PEOPLE_PATH = "/people/"


class PersonForm(forms.ModelForm):
    """`version` is the newest revision that there was when the form was opened, as with a film."""

    as_staff = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)
    name = LineField(label=_("Name"), max_length=100)
    sort_name = LineField(
        label=_("Name in the alphabet"),
        max_length=100,
        required=False,
        help_text=_("Only where it does not stand by its last word, such as “Park Chan-wook”."),
    )
    other_names = LineField(
        label=_("Other names"),
        max_length=300,
        required=False,
        help_text=_("Parted by commas, in any script."),
    )

    class Meta:
        model = Person
        fields = ["name", "sort_name", "other_names", "born", "died", "imdb", "tmdb", "wikidata"]
        labels = {
            "born": _("Born in"),
            "died": _("Died in"),
            "imdb": _("IMDb id"),
            "tmdb": _("TMDB id"),
            "wikidata": _("Wikidata id"),
        }
        error_messages = {"born": NUMBERS, "died": NUMBERS}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.seen = self.instance.texts
        if self.instance.pk and "version" in self.fields:
            self.initial.setdefault("version", self.instance.version)

    def clean(self):
        cleaned = super().clean()
        born, died = cleaned.get("born"), cleaned.get("died")
        if born and died and died < born:
            self.add_error("died", _("That is before they were born."))
        return cleaned

    def save_for(self, member):
        version = self.cleaned_data.get("version")
        seen = self.instance.facts_after(version) if version is not None else None
        self.instance.revise(member, seen or self.seen, self.as_staff)
        return self.instance


class CreditForm(forms.Form):
    """One row; without a name it says nothing. `person` is whom the name stood for on the form."""

    person = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=LAST_KEY)
    name = LineField(label=_("Name"), max_length=150, required=False)
    role = forms.ChoiceField(label=_("What they did"), choices=Role, initial=Role.CAST)
    character = LineField(label=_("Character"), max_length=100, required=False)
    gives_away = forms.BooleanField(label=_("It gives something away"), required=False)
    season = forms.IntegerField(
        label=_("Season"), required=False, min_value=0, max_value=9_999, error_messages=NUMBERS
    )
    episode = forms.IntegerField(
        label=_("Episode"), required=False, min_value=0, max_value=9_998, error_messages=NUMBERS
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("episode") is not None and cleaned.get("season") is None and not self.errors:
            self.add_error("season", _("Say of which season the episode is."))
        return cleaned

    @property
    def is_said(self):
        return bool(self.cleaned_data.get("name"))


class CreditRows(forms.BaseFormSet):
    """The rows. A name is looked for among the people here; one of several asks for an address."""

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"use_required_attribute": False}

    def clean(self):
        if not any(self.errors):
            for row in filter(lambda row: row.is_said, self.forms):
                self._find(row)

    def _find(self, row):
        name = row.cleaned_data["name"]
        row.found = self._found(name, row.cleaned_data.get("person"))
        if len(row.found) > 1:
            said = gettext("Several people are called that. Write an address, such as %(address)s.")
            row.add_error("name", said % {"address": row.found[0].get_absolute_url()})
        elif not row.found and PEOPLE_PATH in name:
            row.add_error("name", gettext("There is nobody at this address."))
        elif len(name) > 100:
            row.add_error("name", gettext("A name has at most 100 letters."))

    def _found(self, name, key):
        """Who may be meant; nobody where the name is a new one."""
        if PEOPLE_PATH in name:
            slug = name.partition(PEOPLE_PATH)[2].strip("/")
            return [person for person in self._known if person.slug == slug]
        called = [person for person in self._known if person.name_key == fold(name)]
        return [person for person in called if person.pk == key] or called

    @cached_property
    def _known(self):
        """Everybody who may be meant by one of the rows."""
        names = [row.cleaned_data["name"] for row in self.forms if row.is_said]
        slugs = [name.partition(PEOPLE_PATH)[2].strip("/") for name in names if PEOPLE_PATH in name]
        people = Person.objects.listed()
        return [*people.filter(name_key__in=set(map(fold, names))), *people.filter(slug__in=slugs)]


CREDIT_ROWS = forms.formset_factory(
    CreditForm, formset=CreditRows, extra=EMPTY_ROWS, max_num=MOST_CREDITS, absolute_max=MOST_CREDITS
)


class RowsField(forms.Field):
    """Stands for the rows of a form where it is asked which fields it has, such as for what is kept of it."""

    parts = re.compile(r"-(?:\d+-[a-z_]+|TOTAL_FORMS)")


class CreditsForm(forms.Form):
    """All credits of a film, in rows. `draft` is what was typed into them before a sign-in."""

    credit = RowsField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)

    def __init__(self, data, film, draft=None):
        super().__init__(data, initial={"version": film.version} | (draft or {}))
        self.film, self.seen = film, film.texts
        rows = _typed_rows(draft) if draft else list(map(_initial, self.seen["credits"]))
        self.rows = CREDIT_ROWS(data, initial=rows, prefix="credit")

    def is_valid(self):
        return super().is_valid() and self.rows.is_valid()

    def clean(self):
        if not self.rows.is_valid():
            raise ValidationError(_("Some of the rows below need another look."))
        return super().clean()

    @transaction.atomic
    def save_for(self, member):
        """Make the rows the credits of the film, with a person for each new name. Raises TooManyNames."""
        rows = [row for row in self.rows if row.is_said]
        people = self._people(rows, member)
        facts = [_fact(row.cleaned_data, person) for row, person in zip(rows, people, strict=True)]
        version = self.cleaned_data.get("version")
        then = self.film.facts_after(version) if version is not None else None
        seen = self.seen | {"credits": (then or {}).get("credits", self.seen["credits"])}
        self.film.wanted_credits = in_order(facts)
        self.film.revise(member, seen)
        return self.film

    def _people(self, rows, member):
        names = {}
        for row in rows:
            if not row.found:
                names.setdefault(fold(row.cleaned_data["name"]), row.cleaned_data["name"])
        if len(names) > MOST_NEW:
            raise TooManyNames
        new = {key: Person.objects.add(name, member) for key, name in names.items()}
        return [row.found[0] if row.found else new[fold(row.cleaned_data["name"])] for row in rows]


def _typed_rows(draft):
    """The rows of a draft, each with what was typed into its fields."""
    number = str(draft.get("credit-TOTAL_FORMS", ""))
    rows = range(min(int(number), MOST_CREDITS) if number.isdecimal() and len(number) < 4 else 0)
    typed = ({name: draft.get(f"credit-{row}-{name}") for name in CreditForm.base_fields} for row in rows)
    return [row for row in typed if row["name"]]


def _initial(fact):
    person, name, role, character, gives_away, season, episode = fact
    values = {"person": person, "name": name, "role": role, "character": character}
    return values | {"gives_away": gives_away, "season": season, "episode": episode}


def _fact(said, person):
    at = (said["season"], said["episode"])
    return [person.pk, person.name, said["role"], said["character"], said["gives_away"], *at]
