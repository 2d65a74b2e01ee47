"""A draft: what a member has typed into a form and not sent yet, for their eyes alone, on all their devices.

A draft that has a time is a scheduled post: the task process publishes it then (moments.forms.publishing).
"""

import json
import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_named
from reelive.held_uploads import HeldUpload
from reelive.prepared import PreparedRows

from .deletion import UNDOABLE
from .event import Event, EventKind
from .locking import lock_rows
from .refusals import Refused

MOST_DRAFTS, MOST_SCHEDULED = 50, 20  # of one member
LARGEST_DRAFT = 100_000  # bytes of what is typed into one form
DRAFT_KEPT_FOR = timedelta(days=90)  # from the last change; what is scheduled waits for its time
FURTHEST = timedelta(days=90)
NO_TIME = {"publish_at": None, "due": None, "attempts": 0}
DRAFTS_AT_ONCE = 500
LONG_TEXTS = ("body", "context", "sources")  # the long texts of a form, as a list of drafts shows them
PICTURE_FIELD, TIME_FIELD = "picture_held", "publish_at"
TO_THE_MINUTE = "%Y-%m-%dT%H:%M"


class TooManyDrafts(Refused):
    sentence = _("You have fifty drafts, which is as many as one can have. Discard one of them first.")


class TooManyScheduled(Refused):
    sentence = _("Twenty posts of yours are scheduled. Publish one of them or call one off first.")


class DraftTooLong(Refused):
    sentence = _("This is too long to be kept as a draft. Copy your text if you want to keep it.")


class NoRoomForPicture(Refused):
    sentence = _("Too many pictures of drafts are waiting. Discard a draft that has one, or share this now.")


class DraftManager(models.Manager):
    def of(self, member):
        """What the member has not discarded."""
        return self.filter(member=member.pk, discarded=None)

    def due(self, now):
        """Scheduled posts whose time has come."""
        return self.filter(due__lte=now, discarded=None)

    @transaction.atomic
    def keep(self, member, nonce, version, values, publish_at=None, **place):
        """Keep what is typed into a form, or what it says now. What was scheduled waits no more.

        Where another device has changed it since the form was read, both texts are kept: this one gets a
        draft of its own.

        Args:
            nonce: the once-only key of the form.
            version: that of the draft when the form was read, 0 where there was none.
            values: what is typed, texts or lists of texts by field.
            publish_at: when it is to be published, for a scheduled post.
            place: the form, and the film, post, list and comment that it is about.

        Returns the draft, which says whether it is `apart` from the one of the form, and was `called_off`.
        Raises TooManyDrafts, TooManyScheduled, DraftTooLong and NoRoomForPicture.
        """
        if len(json.dumps(values, ensure_ascii=False).encode()) > LARGEST_DRAFT:
            raise DraftTooLong
        lock_rows(User.objects.filter(pk=member.pk))
        draft = self.filter(member=member, nonce=nonce).first()
        said = {"values": values, "publish_at": publish_at}
        apart = draft is not None and draft.version != version and not draft.says(said)
        if draft is None or apart:
            nonce = uuid.uuid4() if apart else nonce
            draft = self.model(member=member, nonce=nonce, version=0, discarded=timezone.now())
        called_off = bool(draft.publish_at and publish_at is None)
        self._refuse_too_many(draft, publish_at)
        draft.place(**place)
        if draft.discarded or not draft.says(said):
            draft.change(**said)
        draft.apart, draft.called_off = apart, called_off
        return draft

    def _refuse_too_many(self, draft, publish_at):
        others = self.of(draft.member).exclude(pk=draft.pk)
        if draft.discarded and others.count() >= MOST_DRAFTS:
            raise TooManyDrafts
        if publish_at and others.exclude(publish_at=None).count() >= MOST_SCHEDULED:
            raise TooManyScheduled

    def sent(self, member, nonce, version, values):
        """What the form of a draft says was sent, so the draft goes.

        What another device wrote into it meanwhile stays, as a draft of its own. It looks first: on SQLite a
        transaction waits for the one writer, and most forms have no draft.
        """
        if OF_FORM(member.pk, nonce):
            self._drop_sent(member, nonce, version, values)

    @transaction.atomic
    def _drop_sent(self, member, nonce, version, values):
        draft = self.select_for_update().filter(member=member, nonce=nonce).first()
        if draft is None:
            return
        if draft.version == version or draft.values == values:
            draft.drop()
        else:
            self.filter(pk=draft.pk).update(nonce=uuid.uuid4(), **NO_TIME)

    def expire(self, now):
        """Forget what was discarded a day ago or not changed for long, a bounded number at a time."""
        for column in ("updated", "discarded"):
            self.filter(**{f"{column}__gt": now}).update(**{column: now})
        self._drop_first(self.filter(discarded__lte=now - UNDOABLE).order_by("discarded"))
        left = self.filter(updated__lte=now - DRAFT_KEPT_FOR, publish_at=None)
        self._drop_first(left.order_by("updated", "pk"))

    def _drop_first(self, rows):
        """It looks first: on SQLite a transaction waits for the one writer."""
        if rows.exists():
            with transaction.atomic():
                for draft in rows.select_for_update(skip_locked=True)[:DRAFTS_AT_ONCE]:
                    draft.drop()


class Draft(models.Model):
    class Form(models.TextChoices):
        MOMENT = "moment", _("A moment")
        SONG = "song", _("A song")
        TRIVIA = "trivia", _("A piece of trivia")
        REVIEW = "review", _("A review")
        COMMENT = "comment", _("A comment")
        REPLY = "reply", _("A reply")
        POST_EDIT = "post-edit", _("An edit of a post")
        COMMENT_EDIT = "comment-edit", _("An edit of a comment")

    class Refusal(models.TextChoices):
        """Why a scheduled post was not published when its time had come."""

        FILM = "film", _("its film is no longer here")
        TWIN = "twin", _("the film has a post that says the same")
        SUSPENDED = "suspended", _("your account was suspended at that time")
        QUOTA = "quota", _("you shared as many posts at that time as one may")
        FORM = "form", _("something in its form has to be mended first")

    sharing = (Form.MOMENT, Form.SONG, Form.TRIVIA, Form.REVIEW)

    # Whether this very object was kept beside the one of its form, and whether it had been scheduled before.
    apart = called_off = False

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts", db_index=False
    )
    nonce = models.UUIDField()
    version = models.PositiveIntegerField(default=0)
    form = models.CharField(max_length=12, choices=Form)
    # What it is about. The text stays when that is gone for good.
    film = models.ForeignKey("Film", models.SET_NULL, null=True, related_name="+")
    post = models.ForeignKey("Post", models.SET_NULL, null=True, related_name="+")
    member_list = models.ForeignKey("MemberList", models.SET_NULL, null=True, related_name="+")
    comment = models.ForeignKey("Comment", models.SET_NULL, null=True, related_name="+")
    values = models.JSONField(default=dict)
    created = models.DateTimeField(default=timezone.now, editable=False)
    updated = models.DateTimeField(editable=False)
    publish_at = models.DateTimeField(null=True, editable=False)
    # When the task process tries to publish it: at that time, or later where it has tried before.
    due = models.DateTimeField(null=True, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    refusal = models.CharField(max_length=9, choices=Refusal, blank=True, default="")
    # When the member discarded it, which they may undo for a day.
    discarded = models.DateTimeField(null=True, editable=False)

    objects = DraftManager()

    class Meta:
        verbose_name, verbose_name_plural = _("draft"), _("drafts")
        constraints = [models.UniqueConstraint(fields=["member", "nonce"], name="draft_once")]
        indexes = [
            models.Index(fields=["member", "-updated", "-id"], name="draft_newest"),
            models.Index(fields=["updated", "id"], name="draft_oldest"),
            models.Index(fields=["due", "id"], condition=Q(due__isnull=False), name="draft_due"),
            models.Index(fields=["discarded"], condition=Q(discarded__isnull=False), name="draft_discarded"),
        ]

    def __str__(self):
        return f"{self.form} of {self.member}, version {self.version}"

    def says(self, said):
        """Whether it holds these columns."""
        return all(getattr(self, name) == value for name, value in said.items())

    def place(self, form, film=None, post=None, member_list=None, comment=None):
        """Say of which form it is, and what that is about."""
        self.form, self.film, self.post = form, film, post
        self.member_list, self.comment = member_list, comment

    @property
    def about(self):
        """The post or list in whose thread it is to be said, or that it edits; None once that is gone."""
        return self.post or self.member_list

    def change(self, values, publish_at):
        """Write a new version of it."""
        self.release_picture(but=values.get(PICTURE_FIELD, ""))
        self.values, self.publish_at = values, publish_at
        self.due, self.attempts = self.publish_at, 0
        self.version, self.updated, self.discarded, self.refusal = self.version + 1, timezone.now(), None, ""
        self.save()
        self.keep_picture()

    def keep_picture(self):
        """Keep the picture for as long as the draft; for a day where there is no room, which a time needs.

        Raises NoRoomForPicture.
        """
        until = max(self.updated, self.publish_at or self.updated) + DRAFT_KEPT_FOR
        is_kept = HeldUpload.objects.keep_until(self.values.get(PICTURE_FIELD, ""), self.member_id, until)
        if self.publish_at and not is_kept:
            raise NoRoomForPicture

    def release_picture(self, but=""):
        """Its picture is kept no longer for it, unless it is still this one or that of another draft."""
        token = self.values.get(PICTURE_FIELD, "")
        others = Draft.objects.filter(member=self.member_id, values__picture_held=token).exclude(pk=self.pk)
        if token and token != but and not others.exists():
            HeldUpload.objects.keep_until(token, self.member_id, None)

    def drop(self):
        """Delete it for good, with its picture."""
        self.release_picture()
        self.delete()

    def discard(self):
        """Returns whether it was there. It is kept for a day, in case that is undone."""
        now = timezone.now()
        rows = Draft.objects.filter(pk=self.pk, discarded=None)
        return bool(rows.update(discarded=now, **NO_TIME))

    @transaction.atomic
    def restore(self):
        """Undo that. Returns whether it could still be done. Raises TooManyDrafts."""
        lock_rows(User.objects.filter(pk=self.member_id))
        if Draft.objects.of(self.member).count() >= MOST_DRAFTS:
            raise TooManyDrafts
        return bool(Draft.objects.filter(pk=self.pk, discarded__isnull=False).update(discarded=None))

    def call_off(self):
        """It is a draft again, and is not published. Returns whether it was to be."""
        rows = Draft.objects.filter(pk=self.pk, publish_at__isnull=False)
        return bool(rows.update(updated=timezone.now(), **NO_TIME))

    def put_off(self, due):
        """It is tried again at that time."""
        rows = Draft.objects.filter(pk=self.pk, due__isnull=False)
        rows.update(due=due, attempts=models.F("attempts") + 1)

    @transaction.atomic
    def turn_back(self, refusal):
        """It could not be published: it is a draft again, and its member is told why."""
        rows = Draft.objects.filter(pk=self.pk, publish_at__isnull=False)
        if rows.update(refusal=refusal, updated=timezone.now(), **NO_TIME):
            Event.objects.note(EventKind.UNSHARED, self.member_id, number=self.pk, detail=refusal)

    # What pages show of it to its member.

    @property
    def begun(self):
        """What its form begins with: its texts, its key and its version."""
        key = {"nonce": str(self.nonce), "draft_version": self.version}
        if self.publish_at:
            zone = zone_named(self.member.time_zone)
            key[TIME_FIELD] = self.publish_at.astimezone(zone).strftime(TO_THE_MINUTE)
        return self.values | key

    @property
    def title(self):
        return self.values.get("title", "")

    @property
    def texts(self):
        """The long texts that were typed."""
        return [self.values[name] for name in LONG_TEXTS if self.values.get(name)]

    @property
    def kept_until(self):
        return self.updated + DRAFT_KEPT_FOR


# The key of the draft of a form, by the nonce of that.
OF_FORM = PreparedRows(
    lambda member, nonce: Draft.objects.filter(
        member=member, nonce=nonce.prepared_by(Draft._meta.get_field("nonce"))
    ).values_list("pk")
)
