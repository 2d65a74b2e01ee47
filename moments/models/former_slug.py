"""Slugs that a film, person, post or list once had: its former addresses redirect for ever."""

from django.conf import settings
from django.db import models

from .film import Film
from .member_list import MemberList
from .person import Person
from .post import Kind, Post
from .recording import Recording


class FormerFilmSlug(models.Model):
    slug = models.CharField(max_length=100, unique=True)
    film = models.ForeignKey(Film, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return f"{self.slug} → {self.film.slug}"


class FormerPersonSlug(models.Model):
    slug = models.CharField(max_length=100, unique=True)
    person = models.ForeignKey(Person, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return f"{self.slug} → {self.person.slug}"


class FormerRecordingSlug(models.Model):
    slug = models.CharField(max_length=100, unique=True)
    recording = models.ForeignKey(Recording, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return f"{self.slug} → {self.recording.slug}"


class FormerPostSlug(models.Model):
    film = models.ForeignKey(Film, models.CASCADE, related_name="former_post_slugs")
    kind = models.CharField(max_length=6, choices=Kind)
    slug = models.CharField(max_length=100)
    post = models.ForeignKey(Post, models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film", "kind", "slug"], name="former_post_slug_once")]

    def __str__(self):
        return f"{self.slug} → {self.post.slug}"


class FormerListSlug(models.Model):
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    slug = models.CharField(max_length=100)
    member_list = models.ForeignKey(MemberList, models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "slug"], name="former_list_slug_once")]

    def __str__(self):
        return f"{self.slug} → {self.member_list.slug}"
