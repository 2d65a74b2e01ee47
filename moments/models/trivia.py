"""A piece of trivia: a claim, the sources that it stands on, and what members make of it."""

from django.db import models, transaction

from moments.ranking import wilson

from .post import Kind, Post, PostManager
from .report import Report
from .verdict import Verdict

VERDICT_QUORUM = 5


class Status(models.TextChoices):
    UNSOURCED = "unsourced", "No source yet"
    SOURCED = "sourced", "Sourced"
    CONFIRMED = "confirmed", "Confirmed"
    DISPUTED = "disputed", "Disputed"


class TriviaManager(PostManager):
    def get_queryset(self):
        return super().get_queryset().filter(kind=Kind.TRIVIA)


class Trivia(Post):
    KIND = Kind.TRIVIA
    objects = TriviaManager()

    class Meta:
        proxy = True
        verbose_name_plural = "trivia"

    def __init__(self, *args, **kwargs):
        if not args:
            kwargs.setdefault("status", Status.UNSOURCED)
        super().__init__(*args, **kwargs)

    def can_be_judged_by(self, member):
        """Whoever made the claim has said already what they make of it."""
        return self.is_visible and member.is_authenticated and self.author_id != member.pk

    def verdict_of(self, member):
        return self.verdicts.filter(member=member).first() if member.is_authenticated else None

    @transaction.atomic
    def cite(self, sources):
        """Make `sources`, (url, title) pairs, the claim's sources and settle its status anew."""
        self._hold()
        kept = dict(sources)
        self.sources.exclude(url__in=kept).delete()
        for url, title in kept.items():
            Source.objects.update_or_create(trivia=self, url=url, defaults={"title": title})
        self.settle()

    @transaction.atomic
    def judge(self, member, stance, reason="", url=""):
        """Confirm or dispute the claim in the member's name, or change the verdict that they gave before."""
        self._hold()
        if not self.can_be_judged_by(member):
            return False
        is_new = Verdict.objects.say(self, member, {"stance": stance, "reason": reason, "url": url})
        if is_new:
            self.settle()
        return is_new

    @transaction.atomic
    def withdraw_verdict(self, member):
        self._hold()
        Report.objects.filter(verdict__trivia=self, verdict__member=member).drop()
        removed, _rows = self.verdicts.filter(member=member).delete()
        if removed:
            self.settle()
        return bool(removed)

    @transaction.atomic
    def settle(self):
        """Count the verdicts and compute the status; nobody sets it."""
        self._hold()
        self.confirms, self.disputes = self.verdicts.counts()
        self.status = status(self.sources.count(), self.confirms, self.disputes)
        self.save(update_fields=["confirms", "disputes", "status"])

    def _hold(self):
        """Lock the claim's row: who else changes what its status follows from has to wait until we are done.

        Without a key lock, since a verdict's own row holds a weaker one on it: two would wait for each other.
        """
        rows = Trivia.objects.select_for_update(no_key=True).filter(pk=self.pk)
        self.state = rows.values_list("state", flat=True).get()


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
    url = models.URLField(max_length=500)
    title = models.CharField(max_length=200)

    objects = SourceManager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["trivia", "url"], name="source_once")]

    def __str__(self):
        return self.title

    def natural_key(self):
        return (self.trivia.film.slug, self.trivia.slug, self.url)

    natural_key.dependencies = ["moments.trivia"]
