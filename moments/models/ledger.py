"""One row of the public ledger. Rows are only ever added; the database itself refuses anything else."""

from django.core.cache import caches
from django.db import connections, models, router, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.ledger.chain import GENESIS, fingerprint, hash_of
from moments.ledger.keys import BEGINNING, sign
from moments.ledger.sentences import describe, sentence_of

NOTE_LIMIT = 1_000
HEAD, HEAD_KEPT = "ledger-head", 60  # seconds that another process may show an older one


class Reason(models.TextChoices):
    """For nothing else may a moderator take something out of sight."""

    ILLEGAL = "illegal", _("Illegal")
    COPYRIGHT = "copyright", _("Copyright notice")
    PRIVATE = "private", _("Private data")
    SPAM = "spam", _("Spam or malware")


class Action(models.TextChoices):
    REMOVE = "remove", _("Removed")
    RESTORE = "restore", _("Restored")
    LOCK = "lock", _("Locked the thread of")
    UNLOCK = "unlock", _("Opened the thread of")
    LOCK_FACTS = "lock-facts", _("Locked the facts of")
    OPEN_FACTS = "open-facts", _("Opened the facts of")
    EDIT = "edit", _("Edited")
    REVOKE = "withdraw", _("Revoked a former version of")
    MERGE = "merge", _("Merged")
    SUSPEND = "suspend", _("Suspended")
    REINSTATE = "reinstate", _("Reinstated")
    APPEAL = "appeal", _("Appealed against the removal of")
    ANSWER = "answer", _("Answered the appeal about")
    STRIKE = "strike", _("Took away the words of the appeal about")
    RIGHTS = "rights", _("Changed the rights of")
    SIGN = BEGINNING, _("Began to sign the ledger")


class LedgerManager(models.Manager):
    @transaction.atomic
    def record(self, by, action, target, *, reason="", note="", texts=()):
        """Add a row about what `by` did, in the transaction of the deed: neither is without the other.

        Args:
            by: the member who acts. Their name is kept as it is now.
            action, reason: of Action and Reason.
            target: something with a `ledger_name` (such as "post/12") and a `ledger_subject` (what it is, in
                words that tell nothing of its text).
            note: why, for everybody to read.
            texts: what was acted on, of which the fingerprint is kept.
        """
        self._wait_for_others()
        last = self.order_by("-number").first()
        row = LedgerEntry(
            number=last.number + 1 if last else 1,
            created=timezone.now(),
            actor=by.username,
            action=action,
            reason=reason,
            note=note,
            target=target.ledger_name,
            subject=target.ledger_subject,
            film=getattr(target, "film_id", None),
            text=fingerprint(texts) if texts else "",
            previous=last.hash if last else GENESIS,
        )
        row.hash = hash_of(row)
        row.signature = sign(row.hash)
        row.save(force_insert=True)
        transaction.on_commit(lambda: caches["local"].delete(HEAD))
        return row

    def head(self):
        """The newest hash, or "". Whoever keeps it can prove later what came before."""
        head = caches["local"].get(HEAD)
        if head is None:
            head = self.order_by("-number").values_list("hash", flat=True).first() or ""
            caches["local"].set(HEAD, head, HEAD_KEPT)
        return head

    def about(self, target):
        return self.filter(target=target.ledger_name)

    def _wait_for_others(self):
        """Two who act at once give one chain. SQLite lets one writer in at a time as it is."""
        connection = connections[router.db_for_write(self.model)]
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {self.model._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")


def record(by, action, target, **options):
    """For the app of the accounts, which knows nothing of this one."""
    return LedgerEntry.objects.record(by, action, target, **options)


class LedgerEntry(models.Model):
    """Names and numbers are kept as they were: a row outlives what it is about.

    It holds no word that a member wrote, since no word in it can ever be taken away.
    """

    film_title = ""  # as it is now, where a page has asked for it

    number = models.BigIntegerField(primary_key=True)
    created = models.DateTimeField()
    actor = models.CharField(max_length=150)
    action = models.CharField(max_length=12, choices=Action)
    reason = models.CharField(max_length=12, choices=Reason, blank=True)
    note = models.TextField(max_length=NOTE_LIMIT, blank=True)
    target = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    film = models.BigIntegerField(null=True, blank=True)
    text = models.CharField("fingerprint of the text", max_length=64, blank=True)
    previous = models.CharField("hash of the row before", max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    # Empty in rows from before the site began to sign. It is made of the hash, and so is no part of it.
    signature = models.CharField(max_length=128, blank=True, default="", db_default="")

    objects = LedgerManager()

    class Meta:
        verbose_name_plural = "ledger"
        indexes = [
            models.Index(fields=["actor", "-number"], name="ledger_actor"),
            models.Index(fields=["action", "-number"], name="ledger_action"),
            models.Index(fields=["reason", "-number"], name="ledger_reason"),
            models.Index(fields=["film", "-number"], name="ledger_film"),
            models.Index(fields=["target", "-number"], name="ledger_target"),
        ]

    def __str__(self):
        words = {"actor": self.actor, "target": self.described}
        return f"{self.number}: {sentence_of(self.action) % words}"

    def get_absolute_url(self):
        return reverse("ledger-entry", args=[self.number])

    @property
    def appeal_url(self):
        return reverse("appeal", args=[self.number])

    @property
    def title(self):
        """The row in a few words: what was done to what."""
        return sentence_of(self.action) % {"actor": f"@{self.actor}", "target": self.described}

    @property
    def described(self):
        """What it is about, in words."""
        return describe(self.subject, self.film_title)

    @property
    def target_url(self):
        """Where the post or comment stands, or its tombstone; films, tags and members may be out of sight."""
        word, _slash, pk = self.target.partition("/")
        if word == "page":
            return reverse(pk)
        return reverse(word, args=[pk]) if word in {"post", "comment"} else ""
