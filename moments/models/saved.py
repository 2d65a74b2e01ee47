"""A saved post: a member keeps it for later, with a note and in a folder that nobody else ever sees."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .deletion import UNDOABLE
from .locking import lock_rows
from .refusals import Refused

NOTE_LIMIT, NAME_LIMIT, MOST_FOLDERS = 1_000, 60, 100
UNSAVED_AT_ONCE = 500


class TooManyFolders(Refused):
    sentence = _("You have as many folders as one can have. Use one of them, or delete one first.")


class FolderNameTaken(Refused):
    sentence = _("You have another folder of that name.")


class SavedFolderManager(models.Manager):
    @transaction.atomic
    def named(self, member, name):
        """The member's folder of this name, made where there is none; None for no name.

        Raises TooManyFolders.
        """
        if not name:
            return None
        lock_rows(User.objects.filter(pk=member.pk))
        folder = self.filter(member=member, name=name).first()
        if folder is None and self.filter(member=member).count() >= MOST_FOLDERS:
            raise TooManyFolders
        return folder or self.create(member=member, name=name)


class SavedFolder(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_folders", db_index=False
    )
    name = models.CharField(_("name"), max_length=NAME_LIMIT)

    objects = SavedFolderManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="saved_folder_once")]

    def __str__(self):
        return self.name

    def rename(self, name):
        """Raises FolderNameTaken, also when two folders get the same name at once."""
        try:
            with transaction.atomic():
                SavedFolder.objects.filter(pk=self.pk).update(name=name)
        except IntegrityError as error:
            raise FolderNameTaken from error


class SavedPostManager(models.Manager):
    def of(self, member):
        """What the member has saved."""
        return self.filter(member=member.pk, unsaved=None)

    def condition(self, member, post="pk"):
        """An expression for a query: whether the member has saved the post of a row."""
        return Exists(self.of(member).filter(post=OuterRef(post)))

    def add(self, member, post):
        """Save the post, whose key this is. What was unsaved within a day comes back as it was.

        Returns its row, and whether anything changed.
        """
        row, is_new = self.get_or_create(member=member, post_id=post)
        came_back = self.filter(pk=row.pk, unsaved__isnull=False).update(unsaved=None)
        return row, is_new or bool(came_back)

    def remove(self, member, post):
        """Returns whether it was saved. The note is kept for a day, in case that is undone."""
        return bool(self.of(member).filter(post=post).update(unsaved=timezone.now()))

    def expire(self, now):
        """Forget what was unsaved a day ago, a bounded number at a time."""
        self.filter(unsaved__gt=now).update(unsaved=now)
        old = self.filter(unsaved__lte=now - UNDOABLE).order_by("unsaved")[:UNSAVED_AT_ONCE]
        self.filter(pk__in=list(old.values_list("pk", flat=True))).delete()


class SavedPost(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_posts", db_index=False
    )
    post = models.ForeignKey("Post", models.CASCADE, related_name="savings")
    folder = models.ForeignKey(
        SavedFolder, models.SET_NULL, null=True, related_name="saved_posts", db_index=False
    )
    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    # When the member took it out of the list, which they may undo for a day.
    unsaved = models.DateTimeField(null=True, editable=False)

    objects = SavedPostManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "post"], name="saved_post_once")]
        indexes = [
            models.Index(fields=["member", "-id"], condition=Q(unsaved=None), name="saved_post_newest"),
            models.Index(fields=["folder", "-id"], name="saved_post_of_folder"),
            models.Index(fields=["unsaved"], condition=Q(unsaved__isnull=False), name="saved_post_unsaved"),
        ]

    def __str__(self):
        return f"{self.post} for {self.member}"

    @transaction.atomic
    def amend(self, note, folder):
        """Change the note and the folder, which is made where the member has none of that name.

        Raises TooManyFolders.
        """
        folder = SavedFolder.objects.named(self.member, folder)
        SavedPost.objects.filter(pk=self.pk).update(note=note, folder=folder)
