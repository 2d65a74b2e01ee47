"""Who you are: a member of the site, and how often a member may act."""

import uuid

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone

from accounts.partners import partners

HOUSE = "house"
BIO_LIMIT = 500
AVATAR_SIZE = 256


def zone_of_the_site():
    """Whose clock holds for who has not chosen one."""
    return settings.TIME_ZONE


class MemberManager(UserManager):
    def get_by_natural_key(self, username):
        return self.get(username=username.lower())

    def _create_user_object(self, username, email, password, **extra_fields):
        email = (email or "").lower()
        return super()._create_user_object(username.lower(), email, password, **extra_fields)

    def named(self, names):
        """The active members among `names`, whatever the case."""
        return self.filter(username__in={name.lower() for name in names}, is_active=True)


class User(AbstractUser):
    """A member. The name is kept in one canonical form, so that look-alikes by case cannot exist."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "Follow my system"
        DARK = "dark", "Late screening"
        LIGHT = "light", "Matinee"

    class SpoilerStance(models.TextChoices):
        VEIL = "veil", "Veil what I have not seen"
        HIDE = "hide", "Leave it out of lists"
        SHOW = "show", "Show me everything"

    first_name = last_name = None
    username = models.CharField(
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9_-]{3,30}\Z", "Use 3 to 30 of a–z, 0–9, - and _.")],
        help_text="3 to 30 letters, digits, hyphens or underscores.",
    )
    email = models.EmailField(blank=True)
    bio = models.TextField(max_length=BIO_LIMIT, blank=True)
    bio_html = models.TextField(blank=True, editable=False)
    suspended_until = models.DateField(null=True, blank=True, editable=False)
    avatar = models.ImageField(upload_to="avatars/", blank=True)
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    language = models.CharField(max_length=10, default="en")
    time_zone = models.CharField(max_length=50, default=zone_of_the_site)
    spoiler_stance = models.CharField(max_length=4, choices=SpoilerStance, default=SpoilerStance.VEIL)

    folds = models.JSONField(
        default=dict, blank=True, help_text="From how many labels of each kind on a text is folded; 0: never."
    )

    outcomes = models.PositiveIntegerField(
        "outcomes of their reports that they have not read", default=0, editable=False
    )

    objects = MemberManager()

    class Meta(AbstractUser.Meta):
        verbose_name, verbose_name_plural = "member", "members"
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_username_any_case"),
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_any_case",
                condition=~models.Q(email=""),
            ),
        ]
        indexes = [models.Index(fields=["-date_joined"], name="user_newest")]

    def __str__(self):
        return self.username

    def clean(self):
        super().clean()
        self.username, self.email = self.username.lower(), self.email.lower()

    def get_absolute_url(self):
        return reverse("member", args=[self.username])

    def get_full_name(self):
        return self.username

    get_short_name = get_full_name

    @property
    def is_house(self):
        return self.username == HOUSE

    def use_theme(self, theme):
        User.objects.filter(pk=self.pk).update(theme=theme)
        self.theme = theme

    def wear(self, picture):
        """Make the middle of a reelive.images.Picture the avatar; saving the member is the caller's."""
        self.drop_avatar()
        square = ContentFile(picture.square(AVATAR_SIZE))
        self.avatar.save(f"{uuid.uuid4().hex}.webp", square, save=False)

    def drop_avatar(self):
        """Forget the avatar; its file goes when the change is safe."""
        if self.avatar:
            storage, name = self.avatar.storage, self.avatar.name
            transaction.on_commit(lambda: storage.delete(name))
            self.avatar = ""

    @property
    def ledger_name(self):
        return f"member/{self.pk}"

    @property
    def ledger_subject(self):
        return f"@{self.username}"

    described = ledger_subject

    @transaction.atomic
    def suspend(self, by, note, until=None):
        """Close the account to its owner, for good or until a day; what was written stays."""
        changed = User.objects.filter(pk=self.pk, is_active=True).update(
            is_active=False, suspended_until=until
        )
        if changed:
            self.is_active, self.suspended_until = False, until
            self.record(by, "suspend", f"{note} (until {until})" if until else note)
        return bool(changed)

    @transaction.atomic
    def reinstate(self, by, note=""):
        changed = User.objects.filter(pk=self.pk, is_active=False).update(
            is_active=True, suspended_until=None
        )
        if changed:
            self.is_active, self.suspended_until = True, None
            self.record(by, "reinstate", note)
        return bool(changed)

    def end_suspension(self):
        """Let a member in again whose day has come."""
        if self.is_active or self.suspended_until is None or timezone.localdate() < self.suspended_until:
            return
        User.objects.filter(pk=self.pk).update(is_active=True, suspended_until=None)
        self.is_active, self.suspended_until = True, None

    def record(self, by, action, note):
        for record in partners("record"):
            record(by, action, self, note=note)


class Allowance(models.Model):
    """How soon a member may act again: one row per member and action (see reelive.ratelimit)."""

    key = models.CharField(max_length=120, primary_key=True)
    tat = models.FloatField(help_text="Theoretical arrival time, in seconds since 1970.")

    def __str__(self):
        return self.key
