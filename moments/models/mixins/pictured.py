"""What a post looks like: five colours, a still when somebody gave one, generated artwork when not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from moments.graphics.artwork.choice import art_seed, scenes_of
from moments.graphics.palette import completed

from .stilled import Stilled

NEIGHBOURS = 3


def vary_scenes(posts):
    """Give those among a list's neighbours that would show the same scene another one that suits them.

    Whether a post has a still, or is veiled, makes no difference: what is shown at a place depends on the
    names of the posts before it alone.
    """
    before = []
    for post in posts:
        scenes = scenes_of(post.slug, post.kind)
        near = before[-NEIGHBOURS:]
        post.art_turn = next((turn for turn, scene in enumerate(scenes) if scene not in near), 0)
        before.append(scenes[post.art_turn])
    return posts


class Pictured(Stilled):
    """Has a still of its own, or artwork that is drawn in its colours or in those of its film."""

    palette = models.JSONField(_("colours"), default=list, blank=True)

    class Meta:
        abstract = True

    art_turn = 0  # which of the scenes that suit it is shown; see `vary_scenes`

    @property
    def colours(self):
        return self.palette or self.film.palette

    @property
    def art_url(self):
        """The artwork's address is its recipe, so that it can be kept for ever by everybody."""
        colours = completed(self.colours, self.slug)
        seed = art_seed(self.slug, self.kind, self.art_turn)
        return f"/art/{seed}-{'-'.join(colour.lstrip('#') for colour in colours)}.svg"

    def attach_still(self, picture):
        """A post takes its colours from its still."""
        super().attach_still(picture)
        self.palette = picture.palette()
