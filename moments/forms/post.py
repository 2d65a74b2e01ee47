from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from moments.models import POST_KINDS, Kind, Moment, Post, Song, SongUse, Trivia
from moments.models.post import BODY_LIMIT, CONTEXT_LIMIT, TITLE_LIMIT
from moments.tasks import make_still_widths
from reelive.fields import LineField, PictureField, ProseField

from .fields import (
    MomentChoiceField,
    MomentsChoiceField,
    PaletteField,
    SubmitOnceForm,
    TagsField,
    TimecodeField,
)

SOURCES_LIMIT = 10
TOO_MANY_SOURCES = ngettext_lazy(
    "Give at most %(number)s source.", "Give at most %(number)s sources.", "number"
)
NO_ADDRESS = _("“%(url)s” is no web address. Begin the line with https://")


class PostForm(SubmitOnceForm, forms.ModelForm):
    """What the three kinds share. `viewer` fills it in; None stands for staff, who may read everything."""

    once_in = Post
    title = LineField(label=_("Title"), max_length=TITLE_LIMIT)
    body = ProseField(label=_("Body"), max_length=BODY_LIMIT)
    context = ProseField(label=_("Context"), max_length=CONTEXT_LIMIT, required=False)
    tags = TagsField(label=_("Tags"), help_text=_("One to eight, with commas between them."))

    class Meta:
        model = Post
        fields = ["title", "body", "context", "tags", "spoiler"]
        labels = {"spoiler": _("Gives away what happens")}

    def __init__(self, *args, viewer=None, initial=None, **kwargs):
        self.drafted, self.viewer = initial or {}, viewer
        super().__init__(*args, initial=initial, **kwargs)
        self.film = self.instance.film
        self.start("tags", ", ".join(tag.name for tag in self.instance.tag_list) if self.instance.pk else "")

    def start(self, name, value):
        """Fill a field that is no column as such, unless a draft does."""
        if name not in self.drafted:
            self.initial[name] = value

    def save_for(self, member):
        """Publish a new post in the member's name, or keep the changes of an old one."""
        post, tags = self.instance, self.cleaned_data["tags"]
        if post.pk:
            post.revise(tags, by=member)
        else:
            post.author, post.nonce = member, self.cleaned_data["nonce"]
            post.publish(tags, self.cleaned_data.get("picture"))
        return post

    def _post_clean(self):
        # The tag manager is not a column: keep ModelForm from assigning the names to it.
        tags = self.cleaned_data.pop("tags", None)
        super()._post_clean()
        if tags is not None:
            self.cleaned_data["tags"] = tags


class MomentForm(PostForm):
    after = MomentChoiceField(label=_("It comes after"), empty_label=_("The very start of the story"))
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
        max_length=1500,
        required=False,
        help_text=_("For those who cannot see it."),
    )
    drop_still = forms.BooleanField(label=_("Remove the still"), required=False)

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["context"].label = POST_KINDS[Kind.MOMENT].context_label
        others = Moment.objects.listed().filter(film=self.film).exclude(pk=self.instance.pk)
        others = others.order_by("position", "id")
        self.fields["after"].offer(others, self.viewer)
        self._keep_fields_that_fit()
        if self.instance.pk:
            earlier = others.filter(position__lte=self.instance.position)
            self.previous = earlier.last()
        else:
            self.previous = others.last()
        self.start("after", self.previous)
        self.start("timecode", self.instance.timecode_text)
        self.start("palette", " ".join(self.instance.palette))

    def _keep_fields_that_fit(self):
        if not self.film.is_series:
            del self.fields["season"], self.fields["episode"]
        if not self.instance.still:
            del self.fields["drop_still"]

    def clean(self):
        cleaned = super().clean()
        has_still = cleaned.get("picture") or (self.instance.still and not cleaned.get("drop_still"))
        if has_still and not cleaned.get("still_alt"):
            self.add_error("still_alt", ValidationError(_("Say in a few words what the still shows.")))
        return cleaned

    def save_for(self, member):
        moment, after = self.instance, self.cleaned_data["after"]
        if after != self.previous:
            moment.place_after(after)
        elif moment.position is None:
            moment.place_after(moment.previous_by_time() if moment.when else after)
        with transaction.atomic():
            if moment.pk:
                self._change_still(moment)
            super().save_for(member)
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


class SongForm(PostForm):
    artist = LineField(label=_("Artist"), max_length=200)
    listen_url = forms.URLField(
        label=_("Where to listen"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
    )
    heard_in = MomentsChoiceField(label=_("Heard in"))

    class Meta(PostForm.Meta):
        model = Song
        fields = [*PostForm.Meta.fields, "artist", "listen_url"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["context"].label = POST_KINDS[Kind.SONG].context_label
        self.fields["heard_in"].offer(Moment.objects.listed().filter(film=self.film), self.viewer)
        song = self.instance
        self.heard_so_far = set(song.uses.values_list("moment", flat=True)) if song.pk else set()
        self.start("heard_in", list(self.heard_so_far))

    @transaction.atomic
    def save_for(self, member):
        heard = self.cleaned_data["heard_in"]
        if {moment.pk for moment in heard} != self.heard_so_far:
            # It gives away no more than the first moment that it is heard in.
            self.instance.reveals_at = min((moment.position for moment in heard), default=None)
        song = super().save_for(member)
        song.uses.exclude(moment__in=heard).delete()
        SongUse.objects.bulk_create(
            [SongUse(song=song, moment=moment) for moment in heard],
            ignore_conflicts=True,
        )
        return song


class TriviaForm(PostForm):
    about = MomentChoiceField(
        label=_("It is about"),
        empty_label=_("No moment in particular"),
        help_text=_("It is veiled for those who have not seen that far."),
    )
    sources = ProseField(
        label=_("Sources"),
        required=False,
        max_length=3000,
        help_text=_(
            "One a line: the address, then a space and what it is. A claim may wait for its sources."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    valid_address = URLValidator(["http", "https"])

    class Meta(PostForm.Meta):
        model = Trivia

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = POST_KINDS[Kind.TRIVIA]
        self.fields["body"].label, self.fields["context"].label = kind.body_label, kind.context_label
        moments = Moment.objects.listed().filter(film=self.film)
        self.fields["about"].offer(moments, self.viewer)
        self.about_so_far = moments.filter(position=self.instance.reveals_at).order_by("id").first()
        self.start("about", self.about_so_far)
        if self.instance.pk:
            lines = (f"{source.url} {source.title}" for source in self.instance.sources.all())
            self.start("sources", "\n".join(lines))

    def clean_sources(self):
        """Lines of address and title, as pairs."""
        lines = [line.strip() for line in self.cleaned_data["sources"].splitlines() if line.strip()]
        if len(lines) > SOURCES_LIMIT:
            raise ValidationError(TOO_MANY_SOURCES % {"number": SOURCES_LIMIT})
        return [self._source(*line.partition(" ")) for line in lines]

    def _source(self, url, _space, title):
        try:
            self.valid_address(url)
        except ValidationError:
            raise ValidationError(NO_ADDRESS % {"url": url[:80]}) from None
        title = title.strip() or url[:200]
        if len(url) > 500 or len(title) > 200:
            raise ValidationError(_("An address may have 500 characters, and what it is 200."))
        return url, title

    @transaction.atomic
    def save_for(self, member):
        about = self.cleaned_data["about"]
        if about != self.about_so_far:
            self.instance.reveals_at = about and about.position
        trivia = super().save_for(member)
        trivia.cite(self.cleaned_data["sources"])
        return trivia


# By the kind of posts that each makes.
POST_FORMS = {form._meta.model.proxy_kind: form for form in (MomentForm, SongForm, TriviaForm)}
