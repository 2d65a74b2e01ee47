"""A moment as members share and edit it: its still, its colours and its place in the story."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from moments.models import POST_KINDS, Kind, Moment
from moments.models.mixins.stilled import ALT_LIMIT
from moments.tasks import make_still_widths
from reelive.fields import NUMBERS, LineField, PictureField

from .episode_choice import KnownEpisodeField, key_of
from .fields import PaletteField, TimecodeField
from .moment_picker import START, EarlierMomentField
from .post import PostForm

LINE_STEPS = 1_000
TIME_FIELDS = {"season", "episode", "timecode"}
KEEP, UNSURE, TIME, AFTER, LINE = "keep", "unsure", "time", "after", "line"


class MomentForm(PostForm):
    """Its place is said by its time, by the moment before it or on a line; or it is not said yet."""

    placing = forms.ChoiceField(
        label=_("Where in the story?"),
        required=False,
        widget=forms.RadioSelect,
        initial=UNSURE,
        error_messages={"invalid_choice": _("Choose one of the ways to say where it belongs.")},
    )
    known = KnownEpisodeField()
    after = EarlierMomentField(label=_("It comes after"))
    line = forms.IntegerField(
        label=_("About here"),
        required=False,
        min_value=0,
        max_value=LINE_STEPS,
        initial=LINE_STEPS // 2,
        error_messages=NUMBERS,
        widget=forms.NumberInput(attrs={"type": "range", "step": 1}),
    )
    timecode = TimecodeField(
        label=_("Timecode"), required=False, help_text=_("Hours, minutes, seconds: 0:33:10.")
    )
    palette = PaletteField(
        label=_("Colours"),
        required=False,
        help_text=_("Up to five, from the sky down: #0e0b2e #e27396 …"),
    )
    picture = PictureField(
        label=_("A still"),
        required=False,
        help_text=_("JPEG, PNG, WebP, GIF or AVIF, up to 8 MiB. Its colours are read."),
    )
    still_alt = LineField(
        label=_("What the still shows"),
        max_length=ALT_LIMIT,
        required=False,
        help_text=_("For those who cannot see it."),
    )
    drop_still = forms.BooleanField(label=_("Remove the still"), required=False)

    more = ("known", "season", "episode", "timecode", "after", "palette", "drop_still", *PostForm.more)

    class Meta(PostForm.Meta):
        model = Moment
        fields = [
            *PostForm.Meta.fields,
            "season",
            "episode",
            "timecode",
            "palette",
            "still_alt",
        ]
        labels = PostForm.Meta.labels | {"season": _("Season"), "episode": _("Episode")}
        error_messages = {"season": NUMBERS, "episode": NUMBERS}
        help_texts = {"season": _("0 for specials.")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = POST_KINDS[Kind.MOMENT]
        self.fields["body"].label, self.fields["context"].label = kind.body_label, kind.context_label
        self.fields["still_alt"].needed = _("needed with a picture")
        self.fields["timecode"].needed = _("needed to place it by its time")
        self.fields["after"].needed = _("needed to place it after another")
        others = Moment.objects.listed().placed().filter(film=self.film).exclude(pk=self.instance.pk)
        self.others = self.film.story_length - self._is_in_story
        self._keep_fields_that_fit()
        self._offer_places(others)
        self.start("timecode", self.instance.timecode_text)
        self.start("palette", " ".join(self.instance.palette))

    def _keep_fields_that_fit(self):
        if not self.film.is_series:
            del self.fields["season"], self.fields["episode"], self.fields["known"]
        elif self.fields["known"].offer(self.film, self.viewer):
            self.start("known", key_of(self.instance.season, self.instance.episode))
        else:
            del self.fields["known"]
        if not self.instance.still:
            del self.fields["drop_still"]

    @property
    def _is_in_story(self):
        return bool(self.instance.pk and self.instance.is_visible and self.instance.is_placed)

    def offer_earlier(self, others):
        self.fields["after"].offer(self.film, self.viewer, without=self.instance.pk)

    def _offer_places(self, others):
        self.offer_earlier(others)
        ways = [(UNSURE, _("Not sure yet")), (TIME, _("By its time"))]
        if self.others:
            ways += [(AFTER, _("After another moment")), (LINE, _("About here on the line of the story"))]
        if self.instance.pk and self.instance.is_placed:
            earlier = self.film.number_of(self.instance) - 1
            number = _("Where it is now: moment %(number)s of %(all)s")
            ways.insert(0, (KEEP, number % {"number": earlier + 1, "all": self.others + 1}))
            self.fields["placing"].initial = KEEP
            self.fields["line"].initial = LINE_STEPS * earlier // max(1, self.others)
        self.fields["placing"].choices = ways

    @property
    def opens_more(self):
        said = self["placing"].errors or self["placing"].value() not in (None, "", KEEP, UNSURE)
        waits = self.instance.pk and not self.instance.is_placed
        return bool(said or waits or super().opens_more)

    def clean(self):
        cleaned = super().clean()
        has_still = cleaned.get("picture") or (self.instance.still and not cleaned.get("drop_still"))
        if has_still and not cleaned.get("still_alt"):
            self.add_error("still_alt", ValidationError(_("Say in a few words what the still shows.")))
        if cleaned.get("known") and "known" in self.changed_data:
            cleaned["season"], cleaned["episode"] = cleaned["known"]
        way = cleaned.get("placing")
        if way == AFTER and not cleaned.get("after") and "after" not in self.errors:
            self.add_error("after", _("Choose the moment that comes before it, or another way to say where."))
        if way == TIME and not self._has_time(cleaned) and "timecode" not in self.errors:
            self.add_error("timecode", _("Give its time, or choose another way to say where it belongs."))
        return cleaned

    @staticmethod
    def _has_time(said):
        return any(said.get(name) is not None for name in TIME_FIELDS)

    def _place(self):
        """Put the moment where the form says. A time that is given alone says it for one without a place."""
        moment, said = self.instance, self.cleaned_data
        way, is_placed = said["placing"] or (KEEP if moment.is_placed else UNSURE), moment.is_placed
        if said["after"] and way != LINE:
            moment.place_after(None if said["after"] == START else said["after"])
        elif way == LINE and said["line"] is not None:
            moment.place_on_line(said["line"] / LINE_STEPS)
        elif way == TIME or (way == UNSURE and not is_placed and moment.story_time is not None):
            moment.place_by_time()
        elif way == UNSURE and (is_placed or moment.position is None):
            moment.leave_unplaced()
        elif way == KEEP and not TIME_FIELDS.isdisjoint(self.changed_data):
            moment.heed_time()

    @transaction.atomic
    def save_for(self, member):
        moment, before = self.instance, self.instance.position
        if moment.pk:
            moment.lock_parents()
        self._place()
        if moment.pk:
            self._change_still(moment)
        super().save_for(member)
        if before is not None:
            moment.bring_along(before)
        if self.cleaned_data["picture"]:
            transaction.on_commit(lambda: make_still_widths.enqueue(moment.pk))
        return moment

    def _change_still(self, moment):
        alt = moment.still_alt
        if self.cleaned_data["picture"]:
            moment.attach_still(self.cleaned_data["picture"])
            moment.still_alt = alt
        elif self.cleaned_data.get("drop_still"):
            moment.drop_still()
