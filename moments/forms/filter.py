"""What a viewer mutes by its name, and for how long."""

from datetime import UTC, datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from moments.models import Film, Mute, Tag
from moments.models.filter import FURTHEST, LENGTHS
from moments.search.finders import scope_of
from moments.search.query import Query, Unclear
from moments.viewer.filters import folded_word, is_everywhere, is_one_word
from reelive.fields import LineField
from reelive.text import fold, parse_tags

MUTED_KINDS = {
    "word": _("A word"),
    "tag": _("A tag"),
    "film": _("A film"),
    "member": _("A member"),
}
LASTS = {
    "": pgettext_lazy("muted for how long", "For good"),
    "day": _("For a day"),
    "week": _("For a week"),
    "month": _("For a month"),
}
UNTIL_DAY = "until"


class MuteForm(forms.Form):
    """Mute a word, a tag, a film or a member: by name, until a time or for good."""

    kind = forms.ChoiceField(label=_("Mute"), choices=MUTED_KINDS)
    name = LineField(
        max_length=150,
        label=_("Which"),
        help_text=_("The word, the name of the tag or of the member, or the title of the film."),
        error_messages={"required": _("Say what you want to mute.")},
    )
    lasts = forms.ChoiceField(
        label=_("For how long"),
        required=False,
        choices=[*LASTS.items(), (UNTIL_DAY, _("Until a day"))],
    )
    day = forms.DateField(
        label=_("Until this day"),
        required=False,
        help_text=_("Only if you chose “Until a day”: you meet it again from that day on."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year, month and day, like 2027-02-14.")},
    )

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.viewer = viewer
        today = timezone.localdate()
        bounds = {"min": today + timedelta(days=1), "max": today + FURTHEST}
        self.fields["day"].widget.attrs |= {name: day.isoformat() for name, day in bounds.items()}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("kind") and cleaned.get("name"):
            try:
                self.target = FINDERS[cleaned["kind"]](cleaned["name"], self.viewer)
            except ValidationError as error:
                self.add_error("name", error)
        cleaned["until"] = self._until(cleaned.get("lasts"), cleaned.get("day"))
        return cleaned

    def _until(self, lasts, day):
        if lasts in LENGTHS:
            return timezone.now() + timedelta(days=LENGTHS[lasts])
        if lasts != UNTIL_DAY or "day" in self.errors:
            return None
        if day is None or not timezone.localdate() < day <= timezone.localdate() + FURTHEST:
            self.add_error("day", _("Choose a day that is still to come, within ten years."))
            return None
        return datetime.combine(day, time(), timezone.get_current_timezone()).astimezone(UTC)

    def save(self):
        """Raises TooManyFilters."""
        kind, until = self.cleaned_data["kind"], self.cleaned_data["until"]
        if kind == "member" and self.viewer.is_authenticated:
            Mute.objects.add(self.viewer.member, self.target, until)
        else:
            self.viewer.add_filter(kind, self.key, until)

    @property
    def key(self):
        """What names the target in the table of its kind."""
        return self.target if isinstance(self.target, str) else self.target.pk


def _word(name, viewer):
    word = folded_word(name)
    if not is_one_word(word):
        raise ValidationError(_("Write one word, or a few that belong together."))
    if is_everywhere(word):
        raise ValidationError(_("That is in nearly every text. Choose a rarer word."))
    return word


def _tag(name, viewer):
    try:
        names = Tag.objects.canonical(parse_tags(name))
    except ValueError as error:
        raise ValidationError(str(error)) from error
    tag = Tag.objects.listed().filter(name__in=names).first() if len(names) == 1 else None
    if tag is None:
        raise ValidationError(_("There is no tag “%(name)s” here.") % {"name": name})
    return tag


def _film(name, viewer):
    try:
        films = list(Film.objects.listed().filter(pk__in=scope_of(Query(filters={"film": [name]})).films))
    except Unclear as unclear:
        raise ValidationError(str(unclear)) from unclear
    same = [film for film in films if fold(name) in (fold(film.title), fold(film.original_title), film.slug)]
    if len(same or films) != 1:
        raise ValidationError(_("Several films are called like that. Mute the one you mean on its page."))
    return (same or films)[0]


def _member(name, viewer):
    member = User.objects.named([name.removeprefix("@")]).first()
    if member is None:
        raise ValidationError(_("There is no member called “%(name)s” here.") % {"name": name})
    if member.pk == viewer.pk or member.is_house:
        raise ValidationError(_("You cannot mute yourself or the editors."))
    return member


FINDERS = {"word": _word, "tag": _tag, "film": _film, "member": _member}
