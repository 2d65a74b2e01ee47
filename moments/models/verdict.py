"""A verdict: a member confirms or disputes a claim, and may change their mind. A dispute gives its reason.

A claim is a piece of trivia, or that a song is heard in a moment.
"""

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
from .report import one_of

REASON_LIMIT = 500
CLAIMS = ("trivia", "song_use")
CLAIMS_AND_FILMS = ("trivia__film", "song_use__song__film", "song_use__moment")
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
    def get_by_natural_key(self, *key):
        """Two words name a piece of trivia, three where a song is heard; then comes the member."""
        *claim, username = key
        of_trivia, of_use = ("film__slug", "slug"), ("song__film__slug", "song__slug", "moment__slug")
        start, names = ("song_use", of_use) if len(claim) == len(of_use) else ("trivia", of_trivia)
        named = {f"{start}__{name}": value for name, value in zip(names, claim, strict=True)}
        return self.get(**named, member__username=username)

    def say(self, claim, member, form_data):
        """Save the member's verdict on a claim, in the place of the one that they gave before.

        A verdict that a moderator removed stays as it is until the member revokes it.
        Returns whether anything changed.
        """
        verdict, is_first = self.get_or_create(member=member, **{claim.judged_as: claim}, defaults=form_data)
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
        "moments.Trivia",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="verdicts",
        db_index=False,
        verbose_name=_("claim"),
    )
    song_use = models.ForeignKey(
        "moments.SongUse",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="verdicts",
        db_index=False,
        verbose_name=_("song use"),
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
            models.Index(
                fields=["song_use", "-created", "-id"],
                name="verdict_on_use_newest",
                condition=models.Q(song_use__isnull=False),
            ),
            models.Index(fields=["-id"], name="verdict_removed", condition=models.Q(state=State.REMOVED)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["trivia", "member"], name="verdict_once"),
            models.UniqueConstraint(
                fields=["song_use", "member"],
                name="verdict_on_use_once",
                condition=models.Q(song_use__isnull=False),
            ),
            models.CheckConstraint(condition=one_of(CLAIMS), name="verdict_on_one_claim"),
            models.CheckConstraint(
                condition=models.Q(stance="confirm") | ~models.Q(reason=""),
                name="verdict_dispute_has_reason",
            ),
        ]

    def __str__(self):
        words = {"member": self.member, "claim": self.claim}
        if self.stance == Verdict.Stance.CONFIRM:
            return gettext("%(member)s confirms %(claim)s") % words
        return gettext("%(member)s disputes %(claim)s") % words

    @property
    def claim(self):
        """The piece of trivia, or where a song is heard."""
        return self.trivia or self.song_use

    @property
    def author_id(self):
        return self.member_id

    @property
    def post_id(self):
        """The key of the claim's post: the piece of trivia, or the song."""
        return self.trivia_id or self.song_use.song_id

    @property
    def film_id(self):
        return self.claim.film_id

    @property
    def ledger_subject(self):
        return f"a verdict on {self.claim.ledger_subject}"

    @property
    def described(self):
        return describe(self.ledger_subject, self.claim.film)

    @property
    def ledger_texts(self):
        return [self.reason, self.url]

    @property
    def link(self):
        """Where it stands, by an address without words of the claim."""
        return f"{self.claim.numbered_url}#verdicts"

    @property
    def form_data(self):
        """What its form holds."""
        return {"stance": self.stance, "reason": self.reason, "url": self.url}

    def natural_key(self):
        claim = self.claim
        named = (claim.film.slug, claim.slug) if self.trivia_id else claim.natural_key()
        return (*named, self.member.username)

    natural_key.dependencies = ["moments.trivia", "moments.songuse", "accounts.user"]
