"""A song of the film, and the moments in which it is heard."""

from django.db import models

from .moment import Moment
from .post import Kind, Post, PostManager


class SongManager(PostManager):
    def get_queryset(self):
        return super().get_queryset().filter(kind=Kind.SONG)


class Song(Post):
    KIND = Kind.SONG
    objects = SongManager()

    class Meta:
        proxy = True


class SongUseManager(models.Manager):
    def get_by_natural_key(self, film, song, moment):
        return self.get(song__film__slug=film, song__slug=song, moment__slug=moment)


class SongUse(models.Model):
    """A song heard in a moment."""

    class Role(models.TextChoices):
        PERFORMED = "performed", "performed on screen"
        BACKGROUND = "background", "in the background"
        THEME = "theme", "as a theme"
        REPRISE = "reprise", "as a reprise"
        CREDITS = "credits", "over the credits"

    song = models.ForeignKey(Song, models.CASCADE, related_name="uses", db_index=False)
    moment = models.ForeignKey(Moment, models.CASCADE, related_name="songs_heard")
    role = models.CharField(max_length=10, choices=Role, default=Role.BACKGROUND)
    note = models.CharField(max_length=200, blank=True)

    objects = SongUseManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["song", "moment"], name="song_use_once")]

    def __str__(self):
        return f"{self.song} in {self.moment}"

    def natural_key(self):
        return (self.song.film.slug, self.song.slug, self.moment.slug)

    natural_key.dependencies = ["moments.song", "moments.moment"]
