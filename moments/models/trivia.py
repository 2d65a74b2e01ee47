"""A piece of trivia: a claim, the sources that it stands on, and what members make of it."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from moments.ranking import wilson

from .post import Kind, Post, PostManager

VERDICT_QUORUM = 5
REASON_LIMIT = 500


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

    @transaction.atomic
    def cite(self, sources):
        """Make `sources`, (url, title) pairs, the claim's sources and settle its status anew."""
        kept = dict(sources)
        self.sources.exclude(url__in=kept).delete()
        for url, title in kept.items():
            Source.objects.update_or_create(trivia=self, url=url, defaults={"title": title})
        self.settle()

    def settle(self):
        """Compute the status; nobody sets it."""
        stances = list(self.verdicts.values_list("stance", flat=True))
        self.confirms, self.disputes = stances.count("confirm"), stances.count("dispute")
        self.status = status(self.sources.count(), self.confirms, self.disputes)
        self.save(update_fields=["confirms", "disputes", "status"])


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


class VerdictManager(models.Manager):
    def get_by_natural_key(self, film, trivia, username):
        return self.get(trivia__film__slug=film, trivia__slug=trivia, member__username=username)


class Verdict(models.Model):
    """What one member makes of a claim. A dispute gives its reason."""

    class Stance(models.TextChoices):
        CONFIRM = "confirm", "Confirms"
        DISPUTE = "dispute", "Disputes"

    trivia = models.ForeignKey(Trivia, models.CASCADE, related_name="verdicts", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="verdicts")
    stance = models.CharField(max_length=7, choices=Stance)
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    url = models.URLField("source", max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = VerdictManager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["trivia", "member"], name="verdict_once"),
            models.CheckConstraint(
                condition=models.Q(stance="confirm") | ~models.Q(reason=""),
                name="verdict_dispute_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.get_stance_display().lower()} {self.trivia}"

    def natural_key(self):
        return (self.trivia.film.slug, self.trivia.slug, self.member.username)

    natural_key.dependencies = ["moments.trivia", "accounts.user"]
