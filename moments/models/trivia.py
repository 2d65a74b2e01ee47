"""A piece of trivia: a claim, the sources that it stands on, and what members make of it."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moments.ranking import wilson

from .event import EventKind
from .kinds import Kind
from .mixins.judged import Judged
from .post import Post
from .post_queryset import KindManager

VERDICT_QUORUM = 5


class Status(models.TextChoices):
    UNSOURCED = "unsourced", _("No source yet")
    SOURCED = "sourced", _("Sourced")
    CONFIRMED = "confirmed", _("Confirmed")
    DISPUTED = "disputed", _("Disputed")


SETTLED = (Status.CONFIRMED, Status.DISPUTED)


class Trivia(Judged, Post):
    proxy_kind, first_status = Kind.TRIVIA, Status.UNSOURCED
    judged_as = "trivia"
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = pgettext_lazy("one", "trivia"), _("trivia")

    @transaction.atomic
    def cite(self, sources):
        """Make `sources`, (url, title) pairs, the claim's only sources, and compute its status anew."""
        self.lock_row()
        kept = dict(sources)
        self.sources.exclude(url__in=kept).delete()
        for url, title in kept.items():
            Source.objects.update_or_create(trivia=self, url=url, defaults={"title": title})
        self.follow_verdicts()

    @property
    def verdict_url(self):
        return f"/trivia/{self.pk}/verdict/"

    def tell_of_verdict(self, member):
        self.note(EventKind.VERDICT, member.pk)

    @transaction.atomic
    def update_status(self):
        """Count the verdicts and compute the status; nobody sets it."""
        self.lock_row()
        self.follow_verdicts()

    def follow_verdicts(self, is_told=True):
        self.confirms, self.disputes = self.verdicts.counts()
        before, self.status = self.status, status(self.sources.count(), self.confirms, self.disputes)
        self.save(update_fields=["confirms", "disputes", "status"])
        if is_told and self.status != before and self.status in SETTLED:
            self.note(EventKind.SETTLED, detail=self.status)


def status(sources, confirms, disputes):
    """What a claim's sources and verdicts amount to.

    A side wins with VERDICT_QUORUM verdicts in all and a Wilson lower bound above one half
    for its share of them; until then the sources alone speak.
    """
    if confirms + disputes >= VERDICT_QUORUM:
        if wilson(confirms, disputes) > 0.5:
            return Status.CONFIRMED
        if wilson(disputes, confirms) > 0.5:
            return Status.DISPUTED
    return Status.SOURCED if sources else Status.UNSOURCED


class SourceManager(models.Manager):
    def get_by_natural_key(self, film, trivia, url):
        return self.get(trivia__film__slug=film, trivia__slug=trivia, url=url)


class Source(models.Model):
    trivia = models.ForeignKey(Trivia, models.CASCADE, related_name="sources", db_index=False)
    url = models.URLField(_("address"), max_length=500)
    title = models.CharField(_("title"), max_length=200)

    objects = SourceManager()

    class Meta:
        verbose_name, verbose_name_plural = _("source"), _("sources")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["trivia", "url"], name="source_once")]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.trivia.film.slug, self.trivia.slug, self.url)

    natural_key.dependencies = ["moments.trivia"]
