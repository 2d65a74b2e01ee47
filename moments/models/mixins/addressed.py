"""What has an address that is made of its title: films, people, posts and lists."""

from django.db import models

from reelive.slugs import free_slug
from reelive.slugs import names as slug_names
from reelive.text import slugify


class Addressed(models.Model):
    """Has a slug made of its title. A new title brings a new slug, and the former one still leads here.

    A model declares the field `slug` itself, and is what `former_slugs` of its own table point to.
    """

    # The column that the slug is made of.
    titled_by = "title"
    # What an edit may write: counters and the state are never written back.
    editable_fields = ()

    class Meta:
        abstract = True

    @property
    def _titled(self):
        return getattr(self, self.titled_by)

    @property
    def slug_scope(self):
        """The columns within which the slug is unique, and their values here; {} for the whole table."""
        return {}

    @property
    def slug_fallback(self):
        """The slug where the title gives none, since it has no letter or digit."""
        return self.model_name

    def slug_wishes(self, title):
        """Slugs for this title in the order of preference; where all are taken, the last gets a number."""
        return [slugify(title, fallback=self.slug_fallback)]

    def save_under_free_slug(self, fields=None):
        """Save it under the first slug that is free.

        Args:
            fields: the columns to write of a row that is there; all of a new one.
        """
        siblings = type(self)._base_manager.filter(**self.slug_scope)
        free_slug(self, self.slug_wishes(self._titled), siblings, fields)

    def save_edit(self):
        """Write the columns of an edit, under a new slug where the title has changed."""
        former = self.slug
        wishes = self.slug_wishes(self._titled)
        if any(slug_names(former, wish) for wish in wishes) or self._keeps_its_title():
            self.save(update_fields=self.editable_fields)
            return
        self.save_under_free_slug(self.editable_fields)
        self.keep_former_slug(former)

    def _keeps_its_title(self):
        """Slugs were once made in another way: they stay until there is another title."""
        return type(self)._base_manager.filter(pk=self.pk, **{self.titled_by: self._titled}).exists()

    def keep_former_slug(self, slug):
        """Lead whoever follows this slug to this row from now on, whichever row had it before."""
        former_slugs = self.former_slugs.model.objects
        former_slugs.update_or_create(slug=slug, **self.slug_scope, defaults={self.model_name: self})

    def forget_former_slug(self, texts):
        """Drop the former slug that was made of the title of an older version, once nobody is to read that.

        It stays where the title of now, or of another version, is the same.
        """
        title, same = texts[self.titled_by], f"texts__{self.titled_by}"
        if title == self._titled or self.revisions.filter(**{same: title}).count() > 1:
            return
        wish = slugify(title, fallback=self.slug_fallback)
        gone = [former.pk for former in self.former_slugs.all() if slug_names(former.slug, wish)]
        self.former_slugs.filter(pk__in=gone).delete()
