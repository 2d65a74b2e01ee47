"""A still that somebody gave: encoded anew, in several widths, at an address that nobody guesses."""

import uuid

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from reelive.images import WIDTHS, read

ALT_LIMIT = 1_500


class Stilled(models.Model):
    """Has a still, or none."""

    still = models.ImageField(_("still"), upload_to="stills/", blank=True)
    still_alt = models.CharField(_("description of the still"), max_length=ALT_LIMIT, blank=True)
    still_widths = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        abstract = True

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
        """Keep a picture as the still, encoded anew; smaller widths are made by a task.

        Args:
            picture: a reelive.images.Picture, already verified.
        """
        self.drop_still()
        self.store_still(picture)

    def store_still(self, picture):
        """The same, where somebody else looks after the still from before."""
        self.still.save(
            f"{uuid.uuid4().hex}.webp",
            ContentFile(picture.webp(WIDTHS[-1])),
            save=False,
        )
        self.still_widths = []

    def make_widths(self):
        """Store the still's smaller widths and note that they are ready.

        False when the row has another still by now: what was made of the old one goes again.
        """
        storage = self.still.storage
        with storage.open(self.still.name) as file:
            picture = read(file)
        self.still_widths = [width for width in picture.widths() if width < WIDTHS[-1]]
        for width in self.still_widths:
            storage.delete(self.still_name(width))  # what an earlier try may have left half-written
            storage.save(self.still_name(width), ContentFile(picture.webp(width)))
        same = type(self).objects.filter(pk=self.pk, still=self.still.name)
        if same.update(still_widths=self.still_widths):
            return True
        for width in self.still_widths:
            storage.delete(self.still_name(width))
        return False

    def still_names(self):
        return [self.still.name, *(self.still_name(width) for width in self.still_widths)]

    def readdress_still(self):
        """Move the still's files to new addresses, which nobody but its author is told."""
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
