"""A link picture: what other sites show with a link to a page, painted by the task process, kept as a file.

The file is named by what is in it. Nothing here is anybody's text: a row can be dropped at any time, and is
made anew when its page is next looked at.
"""

from contextlib import suppress
from datetime import timedelta
from functools import partial
from hashlib import blake2b

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .film import Film
from .member_list import MemberList
from .post import Post
from .tag import Tag

PICTURES_AT_ONCE = 500
REPLACED_KEPT_FOR = timedelta(days=1)  # the file of before, for those who have just been told of it
RENEWED_AFTER = timedelta(days=1)  # what a page is about may change in ways that no stamp tells
TRIED_AGAIN_AFTER = timedelta(hours=1)  # until what could not be painted is tried again
MOST_TRIES = 5
MOST_DETAILS = 60  # pictures of one row, such as of years of a member
UNSEEN_KEPT_FOR = timedelta(days=7)  # a picture of some days is dropped that nobody has looked at for so long
PICTURE_FOLDER = "links/"


class PictureKind(models.TextChoices):
    """What a page with a picture of its own is about. `key` is the id of the row, `detail` the rest."""

    POST = "post"
    FILM = "film"
    TAG = "tag"
    FEELING = "feeling"
    MEMBER = "member"
    YEAR = "year"
    NUMBERS = "numbers"
    LIST = "list"


# Which rows everybody may see; of all others no picture is kept. A kind that has no rows is not asked.
IS_SHOWN = {
    PictureKind.POST: lambda: Post.objects.listed(),
    PictureKind.FILM: lambda: Film.objects.listed(),
    PictureKind.TAG: lambda: Tag.objects.listed(),
    PictureKind.MEMBER: lambda: User.objects.filter(is_active=True),
    PictureKind.YEAR: lambda: User.objects.filter(is_active=True, is_private=False),
    PictureKind.NUMBERS: lambda: User.objects.filter(is_active=True, is_private=False),
    PictureKind.LIST: lambda: MemberList.objects.published(),
}


class LinkPictureManager(models.Manager):
    def address_of(self, kind, key, detail="", stamp=""):
        """Where the picture of a page is; empty until it is painted, which is asked for here.

        Args:
            kind: of PictureKind.
            key, detail: which one of the kind.
            stamp: what the page says of itself, in a hash: with another one the picture is painted anew.
        """
        row = self.filter(kind=kind, key=key, detail=detail).first()
        now = timezone.now()
        if row is None and detail and self.filter(kind=kind, key=key).count() >= MOST_DETAILS:
            return ""
        if row is None or row.wished != stamp or row.is_old(now):
            self._wish(kind, key, detail, stamp, now)
        is_of_now = row is not None and row.stamp == stamp and bool(row.name)
        return default_storage.url(row.name) if is_of_now else ""

    def _wish(self, kind, key, detail, stamp, now):
        row = LinkPicture(kind=kind, key=key, detail=detail, wished=stamp, wanted=now)
        columns = ("wished", "wanted", "tries")
        with suppress(DatabaseError):  # a page can be read also when nothing can be written
            self.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=("kind", "key", "detail"),
                update_fields=columns,
            )

    def due(self, now):
        """Those that are to be painted, the oldest first. A clock that was ahead keeps none for longer."""
        waiting = self.filter(wanted__isnull=False).filter(
            Q(wanted__lte=now) | Q(wanted__gt=now + TRIED_AGAIN_AFTER)
        )
        return waiting.order_by("wanted", "pk")

    def sweep(self, now):
        """Drop what is about something out of sight, and files that others took the place of a day ago."""
        for kind, shown in IS_SHOWN.items():
            is_shown = Exists(shown().filter(pk=OuterRef("key")))
            for row in self.filter(~is_shown, kind=kind)[:PICTURES_AT_ONCE]:
                row.drop()
        spans = self.filter(kind=PictureKind.NUMBERS, detail__gt="")
        for row in spans.filter(painted__lt=now - UNSEEN_KEPT_FOR)[:PICTURES_AT_ONCE]:
            row.drop()
        replaced = self.filter(Q(replaced__lt=now - REPLACED_KEPT_FOR) | Q(replaced__gt=now))
        for row in replaced[:PICTURES_AT_ONCE]:
            row.drop_former()


class LinkPicture(models.Model):
    kind = models.CharField(max_length=10, choices=PictureKind)
    key = models.BigIntegerField()
    detail = models.CharField(max_length=20, blank=True)
    # The stamp that the picture was painted for, and the one that its page has now.
    stamp = models.CharField(max_length=32, blank=True)
    wished = models.CharField(max_length=32)
    # Since when it is to be painted; None when it is.
    wanted = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=100, blank=True)
    painted = models.DateTimeField(null=True)
    # The file of before, and since when there is another one.
    former = models.CharField(max_length=100, blank=True)
    replaced = models.DateTimeField(null=True)

    objects = LinkPictureManager()

    class Meta:
        verbose_name, verbose_name_plural = _("link picture"), _("link pictures")
        constraints = [models.UniqueConstraint(fields=["kind", "key", "detail"], name="link_picture_once")]
        indexes = [
            models.Index(
                fields=["wanted", "id"], condition=Q(wanted__isnull=False), name="link_picture_wanted"
            ),
            models.Index(
                fields=["replaced"], condition=Q(replaced__isnull=False), name="link_picture_replaced"
            ),
            models.Index(fields=["name"], name="link_picture_name"),
            models.Index(fields=["former"], name="link_picture_former"),
        ]

    def __str__(self):
        return f"the link picture of {self.kind} {self.key} {self.detail}".strip()

    def is_old(self, now):
        """Whether it was painted a day ago and nobody has asked for a new one yet."""
        return self.wanted is None and self.painted is not None and self.painted < now - RENEWED_AFTER

    def keep(self, picture, now):
        """Keep what was painted for the wish that this row has; nothing changes if it has another by now.

        Args:
            picture: a PNG in bytes.
        """
        name, before = store(picture), self.name
        columns = {"stamp": self.wished, "name": name, "painted": now, "wanted": None, "tries": 0}
        if before and before != name:
            columns |= {"former": before, "replaced": now}
        rows = LinkPicture.objects.filter(pk=self.pk, wished=self.wished, name=before)
        if not rows.update(**columns):
            forget_files([name])
        elif "former" in columns:
            forget_files([self.former])

    def put_off(self, now):
        """Try again later, or when its page changes, if that went wrong too often."""
        later = None if self.tries >= MOST_TRIES else now + TRIED_AGAIN_AFTER
        rows = LinkPicture.objects.filter(pk=self.pk, wished=self.wished)
        rows.update(wanted=later, tries=F("tries") + 1)

    def drop(self):
        """Forget it, with its files."""
        LinkPicture.objects.filter(pk=self.pk).delete()
        forget_files([self.name, self.former])

    def drop_former(self):
        LinkPicture.objects.filter(pk=self.pk, former=self.former).update(former="", replaced=None)
        forget_files([self.former])


def store(picture):
    """Keep the file under a name that says what is in it; the same picture is kept once.

    Returns its name.
    """
    name = f"{PICTURE_FOLDER}{blake2b(picture, digest_size=16).hexdigest()}.png"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(picture))


def forget_files(names):
    """Delete files, but for those that another row names."""
    for name in filter(None, names):
        if not LinkPicture.objects.filter(Q(name=name) | Q(former=name)).exists():
            transaction.on_commit(partial(default_storage.delete, name))
