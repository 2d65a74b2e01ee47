from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from moments.models import POST_KINDS, Kind, Moment, Post, Song, Tag, Trivia
from moments.models.post import BODY_LIMIT, CONTEXT_LIMIT, TITLE_LIMIT
from moments.models.post_queryset import NEW
from reelive.fields import LineField, ProseField
from reelive.text import TAG_COUNT

from .fields import ListenField, PublishAtField, SubmitOnceForm, TagsField
from .moment_picker import FIND, HeardInField, MomentField, Use

SOURCES_LIMIT = 10
TOO_MANY_SOURCES = ngettext_lazy(
    "Give at most %(number)s source.", "Give at most %(number)s sources.", "number"
)
NO_ADDRESS = _("“%(url)s” is no web address. Begin the line with https://")


class PostForm(SubmitOnceForm, forms.ModelForm):
    """What the four kinds share. `viewer` fills it in; None stands for staff, who may read everything."""

    once_in = Post
    title = LineField(label=_("Title"), max_length=TITLE_LIMIT)
    body = ProseField(label=_("Body"), max_length=BODY_LIMIT)
    context = ProseField(label=_("Context"), max_length=CONTEXT_LIMIT, required=False)
    film_tags = forms.MultipleChoiceField(
        label=_("Often used for this film"), required=False, widget=forms.CheckboxSelectMultiple
    )
    tags = TagsField(label=_("Tags"), required=False, help_text=_("Up to eight, with commas between them."))

    publish_at = PublishAtField(label=_("Publish at"), required=False)

    # What stands in the part of the form that is closed at first.
    more = ("film_tags", "tags", "context", "spoiler", "publish_at")

    class Meta:
        model = Post
        fields = ["title", "body", "context", "tags", "spoiler"]
        labels = {"spoiler": _("Gives away what happens")}

    def __init__(self, *args, viewer=None, initial=None, **kwargs):
        self.drafted, self.viewer = initial or {}, viewer
        super().__init__(*args, initial=initial, **kwargs)
        self.film = self.instance.film
        names = [tag.name for tag in self.instance.tag_list] if self.instance.pk else []
        self.start("tags", ", ".join(names))
        if self.instance.pk:
            del self.fields["publish_at"]
        self._offer_tags(names)

    def _offer_tags(self, names):
        posts = Post.objects.listed().filter(film=self.film)
        if self.viewer:  # tags tell what is in a post, and so does a list of them
            posts = posts.without_filtered(self.viewer, self.film).among_first(NEW)
            posts = posts.veiled_for(self.viewer).filter(is_veiled=False)
        tags = Tag.objects.used_most_on(posts.order_by().values("pk"), TAG_COUNT)
        offered = [tag.name for tag in tags if tag.name not in names]
        self.fields["film_tags"].choices = [(name, name) for name in offered]
        if not offered:
            del self.fields["film_tags"]

    def start(self, name, value):
        """Fill a field that is no column as such, unless a draft does."""
        if name not in self.drafted:
            self.initial[name] = value

    @property
    def opens_more(self):
        """Whether the part that is closed at first holds something: a value, what is wrong, or a search."""
        names = [name for name in self.more if name in self.fields]
        return self.data.get(FIND) in names or any(self[name].errors or self._says(name) for name in names)

    def _says(self, name):
        value = self[name].value()
        return bool(value) and value != self.fields[name].initial

    def clean(self):
        cleaned = super().clean()
        tags = dict.fromkeys([*cleaned.get("tags", ()), *cleaned.get("film_tags", ())])
        if len(tags) > TAG_COUNT:
            self.add_error("tags", _("Use at most %(most)s tags.") % {"most": TAG_COUNT})
        elif "tags" in cleaned:
            cleaned["tags"] = list(tags)
        return cleaned

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


class SongForm(PostForm):
    artist = LineField(label=_("Artist"), max_length=200)
    listen_url = ListenField()
    heard_in = HeardInField(label=_("Heard in"))

    class Meta(PostForm.Meta):
        model = Song
        fields = [*PostForm.Meta.fields, "artist", "listen_url"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kind = POST_KINDS[Kind.SONG]
        self.fields["body"].label, self.fields["context"].label = kind.body_label, kind.context_label
        self.fields["heard_in"].offer(self.film, self.viewer)
        song = self.instance
        uses = song.uses.values_list("moment", "role", "note") if song.pk else ()
        self.heard_so_far = {moment: Use(role, note) for moment, role, note in uses}
        self.initial["heard_in"] = self.fields["heard_in"].begun_with(self.heard_so_far, self.drafted)

    @transaction.atomic
    def save_for(self, member):
        heard = {moment.pk: use for moment, use in self.cleaned_data["heard_in"]}
        if heard.keys() != self.heard_so_far.keys():
            # It gives away no more than the first moment that it is heard in.
            places = (moment.position for moment, _use in self.cleaned_data["heard_in"])
            self.instance.reveals_at = min(places, default=None)
        song = super().save_for(member)
        song.hear(heard, member)
        return song


class TriviaForm(PostForm):
    about = MomentField(
        label=_("It is about"),
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
        self.fields["about"].offer(self.film, self.viewer)
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
