"""What members say about themselves, how the site looks and speaks to them, and how they leave it."""

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.hooks import hooks
from accounts.links import FEDIVERSE_HELP, LINKS_HELP, FediverseField, LinksField
from accounts.models import BIO_LIMIT, User
from reelive import markdown
from reelive.fields import PictureField, ProseField
from reelive.languages import are_several

REGIONS = {
    "Africa", "America", "Antarctica", "Arctic", "Asia",
    "Atlantic", "Australia", "Europe", "Indian", "Pacific",
}  # fmt: skip


def language_choices():
    return [("", _("Follow my browser")), *settings.LANGUAGES]


class PictureForm(forms.Form):
    """The picture alone, for newcomers."""

    avatar = PictureField(
        label=_("Picture"),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 8 MiB. The middle of it is shown."),
        error_messages={"required": _("Choose a picture, or skip this.")},
    )

    def save_for(self, member):
        member.set_avatar(self.cleaned_data["avatar"])
        member.save(update_fields=["avatar"])


class ProfileForm(forms.ModelForm):
    avatar = PictureField(
        label=_("Picture"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 8 MiB. The middle of it is shown."),
    )
    bio = ProseField(
        label=_("About you"),
        required=False,
        max_length=BIO_LIMIT,
        help_text=format_lazy(
            _("Everybody may read it. Up to {most} characters, Markdown welcome."), most=BIO_LIMIT
        ),
    )
    links = LinksField(label=_("Links"), required=False, help_text=LINKS_HELP)
    fediverse = FediverseField(
        label=_("Fediverse address"), required=False, max_length=150, help_text=FEDIVERSE_HELP
    )
    remove_avatar = forms.BooleanField(label=_("Go without a picture"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False, choices=language_choices)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), help_text=_("Times are shown as the clock there has them.")
    )

    field_order = ["avatar", "remove_avatar", "bio", "links", "fediverse"]

    class Meta:
        model = User
        fields = [
            *("bio", "links", "fediverse", "theme", "language", "time_zone"),
            *("spoiler_stance", "diary_audience", "is_private", "is_suggested"),
        ]
        labels = {
            "spoiler_stance": _("Spoilers"),
            "theme": _("Theme"),
            "diary_audience": _("Who sees your diary"),
        }
        widgets = dict.fromkeys(("theme", "spoiler_stance", "diary_audience"), forms.RadioSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = zone_choices()
        if not are_several():
            del self.fields["language"]
        if self.is_bound and "diary_audience" not in self.data:
            del self.fields["diary_audience"]  # a page from before there was a choice: it stays as it is
        if not self.instance.avatar:
            del self.fields["remove_avatar"]

    @transaction.atomic
    def save(self):
        member = self.instance
        if self.cleaned_data["avatar"]:
            member.set_avatar(self.cleaned_data["avatar"])
        elif self.cleaned_data.get("remove_avatar"):
            member.drop_avatar()
        member.bio_html = markdown.render(member.bio)
        member.save(update_fields=["avatar", "bio_html", *self._meta.fields])
        if "time_zone" in self.changed_data:
            for on_time_zone in hooks("on_time_zone"):
                on_time_zone(member)
        if {"is_private", "diary_audience"} & set(self.changed_data):
            for on_audience in hooks("on_audience"):
                on_audience(member)
        return member


class LeavingForm(forms.Form):
    LEAVE, TAKE = "leave", "take"

    texts = forms.ChoiceField(
        label=_("Your posts and comments"),
        choices=[
            (LEAVE, _("Leave them here, without my name")),
            (TAKE, _("Take them with me: they are deleted")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what becomes of your posts and comments.")},
    )

    @property
    def takes_texts(self):
        return self.cleaned_data["texts"] == self.TAKE


@cache
def zone_choices():
    """Time zones by region, as a select shows them."""
    zones = groupby(sorted(_zones_of_regions()), _region)
    return [("UTC", "UTC"), *((region, [(name, _city(name)) for name in names]) for region, names in zones)]


def is_offered_zone(name):
    """Whether a member may choose it."""
    return name == "UTC" or name in _zones_of_regions()


@cache
def _zones_of_regions():
    """Asked for once: for each answer Python goes through hundreds of files."""
    return {name for name in available_timezones() if _region(name) in REGIONS}


def _region(name):
    return name.partition("/")[0]


def _city(name):
    return name.partition("/")[2].replace("_", " ").replace("/", " – ")
