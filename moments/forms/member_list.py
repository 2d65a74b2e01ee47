"""What a member says of a list, of an entry, and whom they invite to write in it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moments.models import MemberList
from moments.models.list_entry import NOTE_LIMIT
from moments.models.member_list import BODY_LIMIT, TITLE_LIMIT
from reelive.fields import NUMBERS, LineField, ProseField

from .fields import SubmitOnceForm

NAME_LIMIT = 150  # letters of a member's name


class MemberListForm(SubmitOnceForm, forms.ModelForm):
    once_in = MemberList
    title = LineField(label=_("Title"), max_length=TITLE_LIMIT)
    body = ProseField(label=_("Description"), max_length=BODY_LIMIT, required=False)

    class Meta:
        model = MemberList
        fields = ["title", "body", "is_ranked", "visibility"]
        labels = {"is_ranked": _("Number the entries"), "visibility": _("Who sees it")}
        widgets = {"visibility": forms.RadioSelect}


class ListEntryForm(forms.Form):
    """The note on an entry of a list, and its place among `count` entries."""

    note = ProseField(
        max_length=NOTE_LIMIT,
        required=False,
        label=_("Note"),
        help_text=_("Everybody who sees the list reads it; with a veiled entry it is veiled too."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    place = forms.IntegerField(label=_("Place"), min_value=1, error_messages=NUMBERS)

    def __init__(self, *args, count, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.IntegerField(
            label=_("Place"), min_value=1, max_value=count, error_messages=NUMBERS
        )


class ListChoiceForm(SubmitOnceForm):
    """Into which list of the member's something goes: one that is there, or a new one.

    Args:
        lists: those in which the member writes, each with `has_it`.
    """

    once_in = MemberList
    member_list = forms.TypedChoiceField(label=_("List"), coerce=int, empty_value=None, required=False)
    title = LineField(
        label=_("Or the title of a new list"),
        max_length=TITLE_LIMIT,
        required=False,
        help_text=_("A new list is private until you say otherwise."),
    )
    note = ListEntryForm.base_fields["note"]

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        self.lists = {row.pk: row for row in lists}
        named = [
            (row.pk, _("%(list)s (it is there)") % {"list": row.title} if row.has_it else row.title)
            for row in lists
        ]
        self.fields["member_list"].choices = [("", "—"), *named]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not cleaned["member_list"] and not cleaned["title"]:
            raise ValidationError(_("Choose one of your lists, or give a new one a title."))
        return cleaned

    @property
    def chosen(self):
        """The list that was chosen; None for a new one, whose title then counts."""
        return None if self.cleaned_data["title"] else self.lists[self.cleaned_data["member_list"]]


class ListWriterForm(forms.Form):
    name = LineField(
        max_length=NAME_LIMIT,
        label=_("Name of the member"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )

    def clean_name(self):
        return self.cleaned_data["name"].removeprefix("@")
