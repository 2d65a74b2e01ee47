"""A song of the film, and the moments in which it is heard."""

from urllib.parse import quote

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .kinds import Kind
from .moment import Moment
from .post import Post
from .post_queryset import KindManager

SERVICES = (
    ("YouTube", "https://www.youtube.com/results?search_query="),
    ("Spotify", "https://open.spotify.com/search/"),
    ("Apple Music", "https://music.apple.com/search?term="),
)


class Song(Post):
    proxy_kind = Kind.SONG
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("song"), _("songs")

    @property
    def listening_searches(self):
        """Where to look for it as long as nobody gave a link: the services' names with their searches."""
        words = quote(" ".join([self.title, self.artist]).strip(), safe="")
        return [(name, address + words) for name, address in SERVICES]


class SongUseManager(models.Manager):
    def get_by_natural_key(self, film, song, moment):
        return self.get(song__film__slug=film, song__slug=song, moment__slug=moment)


class SongUse(models.Model):
    """A song heard in a moment."""

    class Role(models.TextChoices):
        PERFORMED = "performed", _("performed on screen")
        BACKGROUND = "background", _("in the background")
        THEME = "theme", _("as a theme")
        REPRISE = "reprise", _("as a reprise")
        CREDITS = "credits", _("over the credits")

    song = models.ForeignKey(
        Song, models.CASCADE, related_name="uses", db_index=False, verbose_name=_("song")
    )
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="songs_heard", verbose_name=_("moment"))
    role = models.CharField(_("role"), max_length=10, choices=Role, default=Role.BACKGROUND)
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects = SongUseManager()

    class Meta:
        verbose_name, verbose_name_plural = _("song use"), _("song uses")
        constraints = [models.UniqueConstraint(fields=["song", "moment"], name="song_use_once")]

    def __str__(self):
        return gettext("%(song)s in %(moment)s") % {"song": self.song, "moment": self.moment}

    def natural_key(self):
        return (self.song.film.slug, self.song.slug, self.moment.slug)

    natural_key.dependencies = ["moments.song", "moments.moment"]
