"""Slugs that a film or post once had: its former addresses redirect for ever."""

from django.db import models

from .film import Film
from .post import Kind, Post


class FormerFilmSlug(models.Model):
    slug = models.CharField(max_length=100, unique=True)
    film = models.ForeignKey(Film, models.CASCADE, related_name="former_slugs")

    def __str__(self):
        return f"{self.slug} → {self.film.slug}"


class FormerPostSlug(models.Model):
    film = models.ForeignKey(Film, models.CASCADE, related_name="former_post_slugs")
    kind = models.CharField(max_length=6, choices=Kind)
    slug = models.CharField(max_length=100)
    post = models.ForeignKey(Post, models.CASCADE, related_name="former_slugs")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film", "kind", "slug"], name="former_post_slug_once")]

    def __str__(self):
        return f"{self.slug} → {self.post.slug}"
