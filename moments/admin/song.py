"""Songs, with the moments in which they are heard."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.forms import SongForm
from moments.forms.post import PostForm
from moments.models import Moment, Song

from .audit import ReasonedForm
from .post import PostAdmin
from .songuse import SongUseInline


class SongStaffForm(ReasonedForm, PostForm):
    nonce = None
    artist = SongForm.declared_fields["artist"]
    listen_url = SongForm.declared_fields["listen_url"]

    class Meta(PostForm.Meta):
        model = Song
        fields = [*PostForm.Meta.fields, "artist", "listen_url"]


class HeardInInline(SongUseInline):
    fk_name, other = "song", "moment"
    verbose_name_plural = _("heard in")

    def others(self, song):
        return Moment.objects.filter(film=song.film_id).order_by("position", "id")


@admin.register(Song)
class SongAdmin(PostAdmin):
    place = 2
    form = SongStaffForm
    list_display = ("badge", "what", "artist", "votes", "comments", "when")
    own = ("artist", "listen_url")
    inlines = (HeardInInline,)
