"""An appeal: the author of what was removed asks in public whether that was right, and is answered there."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Value
from django.utils import timezone

from .comment import Comment
from .ledger import Action, LedgerEntry
from .post import Post
from .state import State
from .verdict import Verdict

APPEAL_LIMIT = 2_000


def thing_of(row):
    """What a row of the ledger is about, if one may appeal against its removal and it is still there."""
    word, _slash, pk = row.target.partition("/")
    things = {
        "post": Post.objects.select_related("film").annotate(is_veiled=Value(True)),  # no words in its link
        "comment": Comment.objects.select_related("post__film"),
        "verdict": Verdict.objects.select_related("trivia__film"),
    }
    return things[word].filter(pk=pk).first() if word in things else None


class AppealManager(models.Manager):
    def lodge(self, thing, member, text):
        """The author's appeal against the removal of a post or comment, once; None when it may not be."""
        if not self.may_be_lodged(thing, member):
            return None
        try:
            with transaction.atomic():
                appeal = self.create(removal=thing.removal, author=member, text=text)
                LedgerEntry.objects.record(member, Action.APPEAL, thing, texts=[text])
        except IntegrityError:
            return None
        return appeal

    def may_be_lodged(self, thing, member):
        removed = thing.state == State.REMOVED and thing.removal_id is not None
        mine = member.is_authenticated and thing.author_id == member.pk
        return removed and mine and not self.filter(removal=thing.removal_id).exists()


class Appeal(models.Model):
    """The texts are here and not in the ledger, which keeps their fingerprints: what nobody may drop must not
    hold what somebody may have to."""

    removal = models.OneToOneField(LedgerEntry, models.PROTECT, related_name="appeal", editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="appeals", editable=False
    )
    text = models.TextField(max_length=APPEAL_LIMIT, editable=False)  # empty once a moderator took it away
    created = models.DateTimeField(default=timezone.now, editable=False)
    answer = models.TextField(max_length=APPEAL_LIMIT, blank=True, editable=False)
    answered = models.DateTimeField(null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )

    objects = AppealManager()

    class Meta:
        indexes = [models.Index(fields=["answered", "created"], name="appeal_open")]

    def __str__(self):
        return f"Appeal against the removal of {self.removal.subject}"

    def get_absolute_url(self):
        return f"{self.removal.get_absolute_url()}#appeal"

    # What the ledger says of it is what it says of the thing.

    @property
    def ledger_name(self):
        return self.removal.target

    @property
    def ledger_subject(self):
        return self.removal.subject

    @property
    def film_id(self):
        return self.removal.film

    @transaction.atomic
    def reply(self, by, answer):
        """A moderator answers in public, once, and nobody their own."""
        if self.author_id == by.pk:
            return False
        open_one = Appeal.objects.filter(pk=self.pk, answered=None)
        changed = open_one.update(answer=answer, answered=timezone.now(), answered_by=by)
        if changed:
            self.refresh_from_db()
            LedgerEntry.objects.record(by, Action.ANSWER, self, texts=[answer])
        return bool(changed)

    @transaction.atomic
    def strike(self, by, reason, note=""):
        """A moderator takes its words away, for the same four reasons; that it was made stays to be read."""
        changed = Appeal.objects.filter(pk=self.pk).exclude(text="").update(text="")
        if changed:
            self.text = ""
            LedgerEntry.objects.record(by, Action.STRIKE, self, reason=reason, note=note)
        return bool(changed)
