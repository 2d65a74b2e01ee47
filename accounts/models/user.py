"""A member: who they are, what they chose, and what staff do to an account."""

import uuid
from functools import cache

from django.conf import settings
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import hooks
from reelive.rows import is_plain_number, row_by_key

HOUSE = "house"
BIO_LIMIT = 500
AVATAR_SIZE = 256


def zone_of_the_site():
    """The time zone of members who have not chosen one."""
    return settings.TIME_ZONE


@cache
def beside_member():
    """What other apps want to know of a member; a migration, which has a model of its own, is not told."""
    return {name: asked for hook in hooks("beside_member") for name, asked in hook().items()}


class MemberManager(UserManager):
    def get(self, *conditions, **named):
        """As any other; by the key alone, as each page of a member asks, it costs a fifth.

        The managers of relations are made of this class and have conditions of their own, so not there.
        """
        is_by_key = type(self) is MemberManager and not conditions and named.keys() == {"pk"}
        if is_by_key and is_plain_number(named["pk"]):
            beside = beside_member() if self.model is User else None
            return row_by_key(self.model, named["pk"], self.db, beside)
        return super().get(*conditions, **named)

    def get_by_natural_key(self, username):
        return self.get(username=username.lower())

    def _create_user_object(self, username, email, password, **extra_fields):
        email = (email or "").lower()
        return super()._create_user_object(username.lower(), email, password, **extra_fields)

    @transaction.atomic
    def create_superuser(self, username, email=None, password=None, **extra_fields):
        """Only the command line makes one; the row of the ledger is in the name of the house."""
        member = super().create_superuser(username, email, password, **extra_fields)
        member.record_rights(self.model(username=HOUSE), [], "On the command line.")
        return member

    def named(self, names):
        """The active members among `names`, whatever the case."""
        return self.filter(username__in={name.lower() for name in names}, is_active=True)


class User(AbstractUser):
    """A member. The name is kept in one canonical form, so that look-alikes by case cannot exist."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("Follow my system")
        DARK = "dark", pgettext_lazy("theme", "Dark")
        LIGHT = "light", pgettext_lazy("theme", "Light")

    class DiaryAudience(models.TextChoices):
        """Who sees the entries of a diary, the widest first."""

        EVERYONE = "everyone", _("Everybody")
        FOLLOWERS = "followers", _("My followers")
        ME = "me", _("Only me")

    class SpoilerStance(models.TextChoices):
        VEIL = "veil", _("Veil what I have not seen")
        HIDE = "hide", _("Leave it out of lists")
        SHOW = "show", _("Show me everything")

    first_name = last_name = None
    username = models.CharField(
        _("username"),
        max_length=30,
        unique=True,
        validators=[RegexValidator(r"\A[a-z0-9_-]{3,30}\Z", _("Use 3 to 30 of a–z, 0–9, - and _."))],
        help_text=_("3 to 30 letters, digits, hyphens or underscores."),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    bio = models.TextField(_("about the member"), max_length=BIO_LIMIT, blank=True)
    bio_html = models.TextField(blank=True, editable=False)
    suspended_until = models.DateField(null=True, blank=True, editable=False)
    avatar = models.ImageField(_("picture"), upload_to="avatars/", blank=True)
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    # Empty: the one that the browser asks for.
    language = models.CharField(_("language"), max_length=10, blank=True, default="")
    time_zone = models.CharField(_("time zone"), max_length=50, default=zone_of_the_site)
    spoiler_stance = models.CharField(
        _("spoilers"), max_length=4, choices=SpoilerStance, default=SpoilerStance.VEIL
    )

    hiding_thresholds = models.JSONField(
        default=dict,
        db_column="folds",
        blank=True,
        help_text=_("From how many flags of each kind on a post or comment is hidden; 0: never."),
    )

    unread_report_results = models.PositiveIntegerField(
        _("outcomes of their reports that they have not read"),
        db_column="outcomes",
        default=0,
        editable=False,
    )
    # Known to the database too, so that a process of the release before can still write rows.
    unread_notifications = models.PositiveIntegerField(
        _("notifications that they have not read"), default=0, db_default=0, editable=False
    )
    follower_count = models.PositiveIntegerField(
        _("members who follow them"), default=0, db_default=0, editable=False
    )
    following_count = models.PositiveIntegerField(
        _("members whom they follow"), default=0, db_default=0, editable=False
    )
    list_count = models.PositiveIntegerField(_("public lists"), default=0, db_default=0, editable=False)
    is_private = models.BooleanField(
        _("Only followers whom I accept see my comments, diary and followers"),
        default=False,
        db_default=False,
    )
    diary_audience = models.CharField(
        _("who sees my diary"),
        max_length=9,
        choices=DiaryAudience,
        default=DiaryAudience.EVERYONE,
        db_default=DiaryAudience.EVERYONE.value,
        help_text=_("An entry for which you choose somebody else is shown to them instead."),
    )
    is_suggested = models.BooleanField(
        _("Suggest me to members who share films and feelings with me"), default=True, db_default=True
    )
    sessions_ended = models.PositiveIntegerField(
        _("how often all of their sessions were ended"), default=0, db_default=0, editable=False
    )

    welcomed = models.DateTimeField(
        "when they had answered or skipped the questions for newcomers", null=True, editable=False
    )
    mail_refused = models.DateTimeField(
        _("since when mail servers refuse their address"), null=True, editable=False
    )
    # What links in their letters are signed with. Another one makes all of them void.
    letter_key = models.CharField(max_length=22, default="", db_default="", editable=False)

    # Where else they are: addresses, and the name under which other sites of the Fediverse know them.
    links = models.JSONField(_("links"), default=list, db_default=[], blank=True)
    fediverse = models.CharField(
        _("Fediverse address"), max_length=150, default="", db_default="", blank=True
    )

    objects = MemberManager()

    class Meta(AbstractUser.Meta):
        verbose_name, verbose_name_plural = _("member"), _("members")
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

    def end_welcome(self):
        """The questions for newcomers are answered or skipped, and not asked again."""
        self.welcomed = timezone.now()
        User.objects.filter(pk=self.pk).update(welcomed=self.welcomed)

    def begin_mail_anew(self):
        """Their address is confirmed: letters go there, and links in those that were sent before are void."""
        User.objects.filter(pk=self.pk).update(mail_refused=None, letter_key="")
        self.mail_refused, self.letter_key = None, ""

    def renew_letter_links(self):
        """Links in letters that were sent so far are void; the next letters have new ones."""
        User.objects.filter(pk=self.pk).update(letter_key="")
        self.letter_key = ""

    def note_refusal(self, addresses):
        """A mail server refused these addresses for good."""
        if self.email.lower() in {address.lower() for address in addresses}:
            User.objects.filter(pk=self.pk, mail_refused=None).update(mail_refused=timezone.now())

    def key_for_letters(self):
        """The key, made when it is first needed; of two processes that make it one is heard."""
        if not self.letter_key:
            User.objects.filter(pk=self.pk, letter_key="").update(letter_key=get_random_string(22))
            self.refresh_from_db(fields=["letter_key"])
        return self.letter_key

    def set_avatar(self, picture):
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
        changed = self._switch(False, until)
        if changed:
            self.record(by, "suspend", f"{note} (until {until})" if until else note)
        return changed

    @transaction.atomic
    def reinstate(self, by, note=""):
        changed = self._switch(True)
        if changed:
            self.record(by, "reinstate", note)
        return changed

    @transaction.atomic
    def end_suspension(self):
        """Let a member in again whose day has come. Nobody decides that, so the ledger names the house."""
        if self.is_active or self.suspended_until is None or timezone.localdate() < self.suspended_until:
            return
        if self._switch(True, suspended_until=self.suspended_until):
            self.record(User(username=HOUSE), "reinstate", "The day had come.")

    def _switch(self, is_active, until=None, **known):
        """Open or close the account, and end its sessions either way.

        False when it was so already, or when what was `known` of it holds no more.
        """
        rows = User.objects.filter(pk=self.pk, is_active=not is_active, **known)
        ended = F("sessions_ended") + 1
        changed = rows.update(is_active=is_active, suspended_until=until, sessions_ended=ended)
        self.refresh_from_db(fields=["is_active", "suspended_until", "sessions_ended"])
        if changed:
            self.end_sessions()
        return bool(changed)

    def end_sessions(self, but=None):
        """Forget the devices on which the member is signed in, but for the session of that key."""
        for session in self.usersession_set.exclude(session_key=but):
            session.end()

    def _get_session_auth_hash(self, secret=None):
        """What a session must know to be let in. Those that were ended know something else, cached or not."""
        if not self.sessions_ended:
            return super()._get_session_auth_hash(secret)
        known = f"{self.password} {self.sessions_ended}"
        return salted_hmac("accounts.User.sessions", known, secret=secret, algorithm="sha256").hexdigest()

    @property
    def rights(self):
        """What the member may do beyond others, in plain words and in order; the ledger fingerprints it."""
        groups = self.groups.values_list("name", flat=True)
        single = self.user_permissions.values_list("content_type__app_label", "codename")
        words = [f"group {name}" for name in groups] + [f"permission {app}.{name}" for app, name in single]
        flags = {"staff": self.is_staff, "superuser": self.is_superuser}
        return sorted(words + [word for word, held in flags.items() if held])

    @transaction.atomic
    def change_rights(self, by, note, *, is_staff, is_superuser, groups):
        """Leave the member with these rights alone. False where nothing changes, or not by this person.

        Only superusers give and take rights, never their own, and the house has none.
        """
        rows = User.objects.select_for_update().order_by("pk").in_bulk([self.pk, by.pk])
        member, giver = rows.get(self.pk), rows.get(by.pk)
        may = giver and giver.is_superuser and giver.is_active and giver != member
        if not may or not member or member.is_house:
            return False
        before = member.rights
        member.is_staff, member.is_superuser = is_staff, is_superuser
        member.save(update_fields=["is_staff", "is_superuser"])
        member.groups.set(groups)
        self.is_staff, self.is_superuser = is_staff, is_superuser
        return member.record_rights(by, before, note)

    def record_rights(self, by, before, note):
        """Say in the ledger what was given and taken since the member had the rights `before`."""
        now = self.rights
        changes = {"Given": set(now) - set(before), "Taken": set(before) - set(now)}
        sentences = [f"{word}: {', '.join(sorted(rights))}." for word, rights in changes.items() if rights]
        if sentences:
            self.record(by, "rights", " ".join([*sentences, note]), texts=now)
        return bool(sentences)

    def record(self, by, action, note, texts=()):
        for record in hooks("on_moderation"):
            record(by, action, self, note=note, texts=texts)
