"""Choosing moments of a film in a form: chips for what is chosen, and a search for more.

The choices are plain boxes and buttons of the form, a few at a time. Without script the search is a button
that sends the form and gets it back with what was found; with script the field becomes a combobox.
"""

import re
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from moments.models import SongUse
from reelive.text import clean_line

from .choices import Choice, choice_of, moments_of, moments_to_choose, numbered

FIND = "find"  # the name of the buttons that search and save nothing
START = "start"
AT_THE_START = Choice(START, _("The very start of the story"))
MOST_PICKED = 100
POST_KEY = re.compile(r"\d{1,18}", re.ASCII)
NO_CHOICE = _("This moment cannot be chosen any more. Choose another one.")


class Use(NamedTuple):
    """How a song is heard in a moment."""

    role: str = SongUse.Role.BACKGROUND
    note: str = ""


class Picked(list):
    """The keys that were sent, what was searched for meanwhile, and how a song is heard in each."""

    def __init__(self, keys=(), find="", with_later=False, uses=None):
        super().__init__(str(key) for key in keys)
        self.find, self.with_later, self.uses = find, with_later, uses or {}


class MomentPicker(forms.Widget):
    template_name = "widgets/moment_picker.html"
    use_fieldset = True

    def value_from_datadict(self, data, files, name):
        keys = data.getlist(name) if hasattr(data, "getlist") else data.get(name, [])
        keys = [key for key in ([keys] if isinstance(keys, str) else keys) if key]
        return Picked(
            keys if self.field.several else keys[-1:],
            clean_line(data.get(f"{name}_find", ""))[:150],
            f"{name}_later" in data,
            self.field.uses_in(data, name, keys[:MOST_PICKED]),
        )

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def get_context(self, name, value, attrs):
        picked = value if isinstance(value, Picked) else self.field.picked(value)
        chosen, found = self.field.choices_for(picked)
        film = self.field.film.slug
        return super().get_context(name, None, attrs) | {
            "picked": picked,
            "chosen": [(choice, picked.uses.get(choice.key, Use())) for choice in chosen],
            "found": [choice for choice in found if choice.key not in picked],
            "several": self.field.several,
            "roles": SongUse.Role.choices if self.field.with_uses else (),
            "address": f"{reverse('moment-choices', args=[film])}?field={self.field.kind}",
        }


class MomentField(forms.Field):
    """One moment of a film, None, or START where that may be chosen; several of them in a list."""

    widget = MomentPicker
    # Parts of the field have names of their own; drafts keep them as well.
    parts = re.compile(r"_(role|note)_\d{1,18}")
    kind, several, with_uses, film, viewer = "about", False, False, None, None

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)
        self.widget.field = self

    def __deepcopy__(self, memo):
        copy = super().__deepcopy__(memo)
        copy.widget.field = copy
        return copy

    def offer(self, film, viewer, without=None):
        """Offer the moments of the film as the viewer may see them, but for one that is edited."""
        self.film, self.viewer = film, viewer
        self.moments = self.narrowed(moments_of(film, viewer)).exclude(pk=without)

    def narrowed(self, moments):
        return moments

    @property
    def special_choices(self):
        """Choices that are no moments."""
        return []

    def uses_in(self, data, name, keys):
        return {}

    def picked(self, value):
        """A value as a form or a draft begins with."""
        values = value if isinstance(value, (list, tuple, set)) else [value] if value else []
        return Picked(getattr(each, "pk", each) for each in values)

    def choices_for(self, picked):
        """What is chosen, and what is offered beside it."""
        special = [choice for choice in self.special_choices if choice.key in picked]
        chosen = [choice_of(moment) for moment in numbered(self._moments_in(picked), self.film)]
        found = moments_to_choose(self.moments, self.film, picked.find, picked.with_later)
        others = [] if picked.find else self.special_choices
        return special + chosen, [*map(choice_of, numbered(found, self.film)), *others]

    def _moments_in(self, picked):
        keys = [key for key in picked[:MOST_PICKED] if POST_KEY.fullmatch(key)]
        return list(self.moments.filter(pk__in=keys).order_by("position", "pk")) if keys else []

    def has_changed(self, initial, data):
        return set(self.picked(initial)) != set(data)

    def clean(self, value):
        keys = set(value) - {choice.key for choice in self.special_choices}
        if len(keys) > MOST_PICKED:
            raise ValidationError(_("Choose at most %(most)s moments.") % {"most": MOST_PICKED})
        moments = self._moments_in(value) if keys else []
        if len(moments) < len({str(int(key)) if POST_KEY.fullmatch(key) else key for key in keys}):
            raise ValidationError(NO_CHOICE)
        if self.several:
            return moments
        return moments[0] if moments else value[0] if value else None


class PlacedMomentField(MomentField):
    """The moment up to which somebody has seen a film: one that has a place."""

    kind = "up_to"

    def narrowed(self, moments):
        return moments.placed()

    def choices_for(self, picked):
        """To those who have seen nothing yet everything is later, and is offered unasked."""
        chosen, found = super().choices_for(picked)
        if found or picked.find:
            return chosen, found
        return chosen, super().choices_for(Picked(with_later=True))[1]


class EarlierMomentField(PlacedMomentField):
    """The moment that another one comes after: one that has a place, or START."""

    kind = "after"

    @property
    def special_choices(self):
        return [AT_THE_START]


class HeardInField(MomentField):
    """The moments in which a song is heard, with the role that it has in each and a note."""

    kind, several, with_uses = "heard_in", True, True

    def begun_with(self, uses, drafted):
        """What the form begins with: uses by moment, and what was drafted of those that were added since."""
        picked = self.picked(drafted.get("heard_in", list(uses)))
        kept = {str(moment): use for moment, use in uses.items()}
        picked.uses = self.uses_in(drafted, "heard_in", picked) if drafted else kept
        return picked

    def uses_in(self, data, name, keys):
        return {
            key: Use(
                data.get(f"{name}_role_{key}", Use().role), clean_line(data.get(f"{name}_note_{key}", ""))
            )
            for key in keys
        }

    def clean(self, value):
        moments = super().clean(value)
        for use in value.uses.values():
            if use.role not in SongUse.Role.values:
                raise ValidationError(_("Choose how it is heard from the list."))
            if len(use.note) > 200:
                raise ValidationError(_("A note has at most 200 characters."))
        return [(moment, value.uses.get(str(moment.pk), Use())) for moment in moments]


# By their kind, for the combobox.
MOMENT_FIELDS = {
    field.kind: field for field in (MomentField, PlacedMomentField, EarlierMomentField, HeardInField)
}
