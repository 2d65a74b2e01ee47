"""An appeal: the author of what was removed asks in public whether that was right, and is answered there."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reelive.exceptions import Refused

from .comment import Comment
from .diary_entry import DiaryEntry
from .event import Event, EventKind
from .ledger import Action, LedgerEntry
from .locking import read_locked
from .member_list import MemberList
from .post import Post
from .refusals import Appealed, NothingToAppeal
from .verdict import CLAIMS_AND_FILMS, Verdict

APPEAL_LIMIT = 2_000


def target_of(row):
    """What a row of the ledger is about, if one may appeal against its removal and it is still there."""
    word, _slash, pk = row.target.partition("/")
    targets = {
        "post": Post.objects.select_related("film").annotate(is_veiled=Value(True)),  # no words in its link
        "comment": Comment.objects.select_related("post__film", "member_list__author"),
        "member_list": MemberList.objects.select_related("author"),
        "verdict": Verdict.objects.select_related(*CLAIMS_AND_FILMS),
        "reliving": DiaryEntry.objects.select_related("member", "moment__film", "whole_film"),
    }
    return targets[word].filter(pk=pk).first() if word in targets else None


def open_to_appeal(row, member):
    """What this row of the ledger removed, as long as the member may appeal against that; None otherwise."""
    target = target_of(row)
    if target is None or target.removal_id != row.number:
        return None
    return target if Appeal.objects.may_be_lodged(target, member) else None


class AppealManager(models.Manager):
    @transaction.atomic
    def lodge(self, target, member, text):
        """The author's appeal against the removal of what they wrote.

        Raises NothingToAppeal and Appealed.
        """
        if not read_locked(target):
            raise NothingToAppeal
        self._ensure_appealable(target, member)
        appeal = self.create(removal=target.removal, author=member, text=text)
        LedgerEntry.objects.record(member, Action.APPEAL, target, texts=[text])
        return appeal

    def may_be_lodged(self, target, member):
        try:
            self._ensure_appealable(target, member)
        except Refused:
            return False
        return True

    def _ensure_appealable(self, target, member):
        is_removed = target.is_removed and target.removal_id is not None
        if not is_removed or member.pk is None or target.author_id != member.pk:
            raise NothingToAppeal
        if self.filter(removal=target.removal_id).exists():
            raise Appealed


class Appeal(models.Model):
    """Holds the texts of an appeal and of its answer. The ledger keeps only their fingerprints: its rows can
    never be changed, and a moderator may have to take the words of an appeal away."""

    removal = models.OneToOneField(
        LedgerEntry, models.PROTECT, related_name="appeal", editable=False, verbose_name=_("removal")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="appeals",
        editable=False,
        verbose_name=_("author"),
    )
    # Empty once a moderator took it away.
    text = models.TextField(_("text"), max_length=APPEAL_LIMIT, editable=False)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    answer = models.TextField(_("answer"), max_length=APPEAL_LIMIT, blank=True, editable=False)
    answered = models.DateTimeField(_("answered"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name=_("answered by"),
    )

    objects = AppealManager()

    class Meta:
        verbose_name, verbose_name_plural = _("appeal"), _("appeals")
        indexes = [models.Index(fields=["answered", "created"], name="appeal_open")]

    def __str__(self):
        return gettext("Appeal against the removal of %(target)s") % {"target": self.removal.described}

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
        if not read_locked(self) or self.answered is not None or self.author_id == by.pk:
            return False
        self.answer, self.answered, self.answered_by = answer, timezone.now(), by
        self.save(update_fields=["answer", "answered", "answered_by"])
        LedgerEntry.objects.record(by, Action.ANSWER, self, texts=[answer])
        Event.objects.note(EventKind.ANSWER, by.pk, number=self.removal_id)
        return True

    @transaction.atomic
    def strike(self, by, reason, note=""):
        """A moderator takes its words away, for one of the four reasons. The appeal itself stays."""
        if not read_locked(self) or not self.text:
            return False
        self.text = ""
        self.save(update_fields=["text"])
        LedgerEntry.objects.record(by, Action.STRIKE, self, reason=reason, note=note)
        return True
