"""A page about the site: what it is, what holds here, what it keeps of people, how to reach who runs it.

Those who run the site may write each anew; until then there is a text of ours, in the viewer's language.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reelive import markdown

from .locking import read_locked

BODY_LIMIT = 20_000


class SitePage(models.Model):
    class Name(models.TextChoices):
        ABOUT = "about", _("About")
        RULES = "rules", _("Rules")
        PRIVACY = "privacy", _("Privacy")
        CONTACT = "contact", _("Contact")

    # As in every text that staff edit: what an edit of this object has just kept, and what it replaced.
    revision = replaced = None

    name = models.CharField(_("page"), max_length=10, choices=Name, unique=True, editable=False)
    body = models.TextField(_("text"), max_length=BODY_LIMIT, blank=True)
    body_html = models.TextField(blank=True, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name, verbose_name_plural = _("page of the site"), _("pages of the site")
        ordering = ["pk"]

    def __str__(self):
        return self.get_name_display()

    def get_absolute_url(self):
        return f"/{self.name}/"

    @property
    def ledger_name(self):
        return f"page/{self.name}"

    @property
    def ledger_subject(self):
        return f"the page “{self.Name(self.name).name.capitalize()}”"

    @transaction.atomic
    def write(self, body):
        """Replace the text; an empty one brings ours back."""
        read_locked(self)
        self.replaced = [self.body]
        self.body, self.body_html, self.edited = body, markdown.render(body), timezone.now()
        self.save(update_fields=["body", "body_html", "edited"])
