"""What a post looks like: five colours, a still when somebody gave one, generated artwork when not."""

import uuid

from django.core.files.base import ContentFile
from django.db import models, transaction

from moments.artwork import art_seed
from moments.palette import completed
from reelive.images import WIDTHS, read

ALT_LIMIT = 1_500


class Pictured(models.Model):
    palette = models.JSONField(default=list, blank=True)
    still = models.ImageField(upload_to="stills/", blank=True)
    still_alt = models.CharField("description of the still", max_length=ALT_LIMIT, blank=True)
    still_widths = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def colours(self):
        return self.palette or self.film.palette

    @property
    def art_url(self):
        """The artwork's address is its recipe, so that it can be kept for ever by everybody."""
        colours = completed(self.colours, self.slug)
        return (
            f"/art/{art_seed(self.slug, self.kind)}-{'-'.join(colour.lstrip('#') for colour in colours)}.svg"
        )

    @property
    def still_url(self):
        return self.still.url if self.still else ""

    @property
    def still_srcset(self):
        """The widths that are ready, for `srcset`."""
        storage = self.still.storage
        ready = [f"{storage.url(self.still_name(width))} {width}w" for width in self.still_widths]
        return ", ".join([*ready, f"{self.still.url} {WIDTHS[-1]}w"])

    def still_name(self, width):
        return self.still.name.replace(".webp", f"-{width}.webp")

    def attach_still(self, picture):
        """Keep a re-encoded picture as the still; smaller widths are made by a task.

        Args:
            picture: a reelive.images.Picture, already verified.
        """
        self.drop_still()
        self.still.save(
            f"{uuid.uuid4().hex}.webp",
            ContentFile(picture.webp(WIDTHS[-1])),
            save=False,
        )
        self.still_widths = []
        self.palette = picture.palette()

    def make_widths(self):
        """Store the still's smaller widths and note that they are ready."""
        with self.still.storage.open(self.still.name) as file:
            picture = read(file)
        widths = [width for width in picture.widths() if width < WIDTHS[-1]]
        for width in widths:
            self.still.storage.save(self.still_name(width), ContentFile(picture.webp(width)))
        self.still_widths = widths
        type(self).objects.filter(pk=self.pk, still=self.still.name).update(still_widths=widths)

    def still_names(self):
        return [self.still.name, *(self.still_name(width) for width in self.still_widths)]

    def readdress_still(self):
        """Move the still's files to where nobody but its author is told that they are."""
        if not self.still:
            return
        storage, before = self.still.storage, self.still_names()
        self.still.name = self.still.field.generate_filename(self, f"{uuid.uuid4().hex}.webp")
        for old, new in zip(before, self.still_names(), strict=True):
            if storage.exists(old):
                with storage.open(old) as file:
                    storage.save(new, file)
        type(self)._base_manager.filter(pk=self.pk).update(still=self.still.name)
        transaction.on_commit(lambda: [storage.delete(name) for name in before])

    def drop_still(self):
        """Forget the still; its files go when the change is safe."""
        if not self.still:
            return
        storage, names = self.still.storage, self.still_names()
        transaction.on_commit(lambda: [storage.delete(name) for name in names])
        self.still, self.still_alt, self.still_widths = "", "", []
