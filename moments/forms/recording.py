"""What everybody may edit of a song that several films have: its facts, and where in a film it is heard."""

import re
from urllib.parse import unquote

from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models import Recording, SongUse
from moments.models.song import LAST_SECOND_OF_USE
from reelive.fields import LineField
from reelive.formats import timecode

from .fields import ListenField, SourceField, TimecodeField
from .film import LAST_KEY
from .moment_picker import MomentField

SONG_ADDRESS = re.compile(r"(?:https?://[^/]+)?/songs/([^/]{1,300})/?\Z")
NO_SONG = _("There is no such page here. Its address begins with /songs/, and it is not this very one.")


class RecordingForm(forms.ModelForm):
    """`version` is the newest revision that there was when the form was opened, as with a film.

    `found` is no field: the id of the recording that its member chose among those that were looked up.
    """

    as_staff = False
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)
    title = LineField(label=_("Title"), max_length=150)
    artist = LineField(label=_("Artist"), max_length=200, required=False)
    listen_url = ListenField()
    musicbrainz = LineField(
        label=_("MusicBrainz id"),
        max_length=120,
        required=False,
        help_text=_("Of the recording there, or the address of its page."),
    )
    isrc = LineField(label=_("ISRC"), max_length=20, required=False, help_text=_("Such as USUM71612345."))
    cover_of = LineField(
        label=_("It is a cover of"),
        max_length=400,
        required=False,
        help_text=_("The address here of the original, such as /songs/mad-world/."),
    )
    source = SourceField()

    class Meta:
        model = Recording
        fields = ["title", "artist", "listen_url", "musicbrainz", "isrc"]

    def __init__(self, data=None, **kwargs):
        if data and data.get("found"):
            data = data.copy()
            data["musicbrainz"] = data["found"]
        super().__init__(data, **kwargs)
        recording = self.instance
        self.seen = recording.texts
        self.initial.setdefault("version", recording.version)
        self.known_original = recording.original.get_absolute_url() if recording.original else ""
        self.initial.setdefault("cover_of", self.known_original)

    def clean_musicbrainz(self):
        return self.cleaned_data["musicbrainz"].rstrip("/").rpartition("/")[2].lower()

    def clean_isrc(self):
        return re.sub(r"[\s-]", "", self.cleaned_data["isrc"]).upper()

    def clean_cover_of(self):
        """The recording at this address."""
        typed = self.cleaned_data["cover_of"]
        if typed == self.known_original:
            return self.instance.original
        match = typed and SONG_ADDRESS.match(typed)
        others = Recording.objects.listed().exclude(pk=self.instance.pk)
        found = match and others.filter(slug=unquote(match[1])).first()
        if typed and not found:
            raise forms.ValidationError(NO_SONG)
        return found or None

    def save_for(self, member):
        recording, version = self.instance, self.cleaned_data.get("version")
        recording.original = self.cleaned_data["cover_of"]
        seen = recording.facts_after(version) if version is not None else None
        recording.revise(member, seen or self.seen, self.as_staff, source=self.cleaned_data.get("source", ""))
        return recording


class HeardForm(forms.Form):
    """How a song is heard in a moment, and from when to when."""

    role = forms.ChoiceField(
        label=_("How it is heard"), choices=SongUse.Role, initial=SongUse.Role.BACKGROUND
    )
    starts = TimecodeField(label=_("From"), max_length=10, required=False, help_text=_("Like 0:33:10."))
    ends = TimecodeField(label=_("To"), max_length=10, required=False, help_text=_("Like 0:35:02."))
    note = LineField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args, use, initial=None, **kwargs):
        self.use = use
        known = {"role": use.role, "note": use.note}
        known |= {name: timecode(getattr(use, name)) for name in ("starts", "ends")}
        super().__init__(*args, initial=known | (initial or {}), **kwargs)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if ends is not None and starts is None and "starts" not in self.errors:
            self.add_error("starts", _("Say from when it is heard, too."))
        elif ends is not None and starts is not None and ends <= starts:
            self.add_error("ends", _("That is not after its beginning."))
        for name in ("starts", "ends"):
            if (cleaned.get(name) or 0) > LAST_SECOND_OF_USE:
                self.add_error(name, _("No film is that long."))
        return cleaned

    def fill(self):
        """The use as the form says it."""
        for name in self.use.fact_names:
            setattr(self.use, name, self.cleaned_data[name])
        return self.use


class SongUseForm(HeardForm):
    """An edit of what is known of it."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=LAST_KEY)
    source = SourceField()

    def __init__(self, *args, use, **kwargs):
        self.seen = use.texts
        super().__init__(*args, use=use, **kwargs)
        self.initial.setdefault("version", use.version)

    def save_for(self, member):
        version = self.cleaned_data.get("version")
        seen = self.use.facts_after(version) if version is not None else None
        self.fill().revise(member, seen or self.seen, source=self.cleaned_data["source"])
        return self.use


class NewSongUseForm(HeardForm):
    """One more moment in which a song is heard."""

    about = MomentField(label=_("Moment"))
    about.needed = _("needed")
    field_order = ["about", "role", "starts", "ends", "note"]

    def __init__(self, *args, viewer, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["about"].offer(self.use.film, viewer)

    def clean_about(self):
        if not self.cleaned_data["about"]:
            raise forms.ValidationError(_("Choose a moment."))
        return self.cleaned_data["about"]

    def save_for(self, member):
        use = self.fill()
        use.moment = self.cleaned_data["about"]
        use.add(member)
        return use
