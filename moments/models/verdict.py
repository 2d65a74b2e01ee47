"""A verdict: a member confirms or disputes a claim, and may change their mind. A dispute gives its reason."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.ledger.sentences import describe

from .mixins.moderated import Moderated
from .mixins.reportable import Reportable
from .mixins.stateful import State, Stateful, StateQuerySet
from .mute import WrittenQuerySet

REASON_LIMIT = 500
VERDICT_ORDER = ("-created", "-id")


class VerdictQuerySet(WrittenQuerySet, StateQuerySet):
    author_field = "member"

    def with_words(self):
        """Those that say why, or point to something; the others are only counted."""
        return self.exclude(reason="", url="")

    def counts(self):
        """How many confirm and how many dispute."""
        found = dict(self.order_by().values_list("stance").annotate(models.Count("pk")))
        return found.get("confirm", 0), found.get("dispute", 0)


class VerdictManager(models.Manager.from_queryset(VerdictQuerySet)):
    def get_by_natural_key(self, film, trivia, username):
        return self.get(trivia__film__slug=film, trivia__slug=trivia, member__username=username)

    def say(self, trivia, member, form_data):
        """Save the member's verdict, in the place of the one that they gave before.

        A verdict that a moderator removed stays as it is until the member revokes it.
        Returns whether anything changed.
        """
        verdict, is_first = self.get_or_create(trivia=trivia, member=member, defaults=form_data)
        if is_first or form_data == verdict.form_data:
            return is_first
        return bool(self.listed().filter(pk=verdict.pk).update(**form_data, created=timezone.now()))


class Verdict(Reportable, Stateful, Moderated):
    """A removed verdict counts as before: its words are out of sight, and not its voice."""

    model_name = "verdict"

    class Stance(models.TextChoices):
        CONFIRM = "confirm", _("Confirms")
        DISPUTE = "dispute", _("Disputes")

    trivia = models.ForeignKey(
        "moments.Trivia", models.CASCADE, related_name="verdicts", db_index=False, verbose_name=_("claim")
    )
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="verdicts", verbose_name=_("member")
    )
    stance = models.CharField(_("stance"), max_length=7, choices=Stance)
    reason = models.CharField(_("reason"), max_length=REASON_LIMIT, blank=True)
    url = models.URLField(_("source"), max_length=500, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = VerdictManager()

    class Meta:
        verbose_name, verbose_name_plural = _("verdict"), _("verdicts")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["trivia", "-created", "-id"], name="verdict_newest"),
            models.Index(fields=["-id"], name="verdict_removed", condition=models.Q(state=State.REMOVED)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trivia", "member"], name="verdict_once"),
            models.CheckConstraint(
                condition=models.Q(stance="confirm") | ~models.Q(reason=""),
                name="verdict_dispute_has_reason",
            ),
        ]

    def __str__(self):
        words = {"member": self.member, "claim": self.trivia}
        if self.stance == Verdict.Stance.CONFIRM:
            return gettext("%(member)s confirms %(claim)s") % words
        return gettext("%(member)s disputes %(claim)s") % words

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
        return describe(self.ledger_subject, self.trivia.film)

    @property
    def ledger_texts(self):
        return [self.reason, self.url]

    @property
    def link(self):
        """Where it stands, by an address without words of the claim."""
        return f"/posts/{self.trivia_id}/#verdicts"

    @property
    def form_data(self):
        """What its form holds."""
        return {"stance": self.stance, "reason": self.reason, "url": self.url}

    def natural_key(self):
        return (self.trivia.film.slug, self.trivia.slug, self.member.username)

    natural_key.dependencies = ["moments.trivia", "accounts.user"]
