"""A verdict: what one member makes of a claim. A dispute gives its reason; who thinks again says so."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from .report import Reportable
from .silence import Mute
from .state import State, StateQuerySet

REASON_LIMIT = 500
NEWEST = ("-created", "-id")


class VerdictQuerySet(StateQuerySet):
    def with_words(self):
        """Those that say why, or point to something; the others are only counted."""
        return self.exclude(reason="", url="")

    def without_muted(self, viewer):
        return self.filter(~Mute.objects.over(viewer, "member")) if viewer.is_authenticated else self

    def counts(self):
        """How many confirm and how many dispute."""
        found = dict(self.order_by().values_list("stance").annotate(models.Count("pk")))
        return found.get("confirm", 0), found.get("dispute", 0)


class VerdictManager(models.Manager.from_queryset(VerdictQuerySet)):
    def get_by_natural_key(self, film, trivia, username):
        return self.get(trivia__film__slug=film, trivia__slug=trivia, member__username=username)

    def say(self, trivia, member, said):
        """Keep what the member says in the place of what they said before; whether that is anything new.

        What a moderator removed stays as it is until the member takes it back.
        """
        verdict, is_first = self.get_or_create(trivia=trivia, member=member, defaults=said)
        if is_first or said == verdict.said:
            return is_first
        return bool(self.listed().filter(pk=verdict.pk).update(**said, created=timezone.now()))


class Verdict(Reportable):
    """Taken out of sight, it counts as before: its words are removed and not its voice."""

    WORD = "verdict"

    class Stance(models.TextChoices):
        CONFIRM = "confirm", "Confirms"
        DISPUTE = "dispute", "Disputes"

    trivia = models.ForeignKey("moments.Trivia", models.CASCADE, related_name="verdicts", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="verdicts")
    stance = models.CharField(max_length=7, choices=Stance)
    reason = models.CharField(max_length=REASON_LIMIT, blank=True)
    url = models.URLField("source", max_length=500, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = VerdictManager()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["trivia", "-created", "-id"], name="verdict_newest")]
        constraints = [
            models.UniqueConstraint(fields=["trivia", "member"], name="verdict_once"),
            models.CheckConstraint(
                condition=models.Q(stance="confirm") | ~models.Q(reason=""),
                name="verdict_dispute_has_reason",
            ),
        ]

    def __str__(self):
        return f"{self.member} {self.get_stance_display().lower()} {self.trivia}"

    @property
    def author_id(self):
        return self.member_id

    @property
    def film_id(self):
        return self.trivia.film_id

    @property
    def ledger_subject(self):
        return f"a verdict on {self.trivia.ledger_subject}"

    @property
    def described(self):
        return f"a verdict on {self.trivia.described}"

    @property
    def ledger_texts(self):
        return [self.reason, self.url]

    @property
    def link(self):
        """Where it stands, by an address without words of the claim."""
        return f"/posts/{self.trivia_id}/#verdicts"

    def _take_out(self):
        return self._move(State.VISIBLE, State.REMOVED)

    def _bring_back(self):
        return self._move(State.REMOVED, State.VISIBLE)

    @property
    def said(self):
        """What its form holds."""
        return {"stance": self.stance, "reason": self.reason, "url": self.url}

    def natural_key(self):
        return (self.trivia.film.slug, self.trivia.slug, self.member.username)

    natural_key.dependencies = ["moments.trivia", "accounts.user"]
