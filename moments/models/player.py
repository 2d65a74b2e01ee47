"""A connection to a player: a film server or player at home that tells this site what its member watches.

It writes to an address that acts by its secret alone, of which only a hash is kept. Whose playing counts
is the member's to say, since a player may be shared.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reelive.formats import timecode

from .locking import lock_rows, read_locked
from .private_feed import hash_of, new_token, row_of_token
from .refusals import Refused

MOST_CONNECTIONS, NAME_LIMIT = 10, 60
MOST_NAMES = 20  # users, and as many libraries
TITLE_LIMIT = 150
HEARD_COLUMNS = ["heard", "player", "heard_title", "heard_second"]
BETWEEN_MESSAGES = timedelta(seconds=10)  # of what is said again and again one is taken in this time


class TooManyConnections(Refused):
    sentence = _("You have ten connections to players. Revoke one of them first.")


class PlayerConnectionManager(models.Manager):
    def of(self, member):
        return self.filter(member=member.pk)

    @transaction.atomic
    def add(self, member, name, writes_diary=False):
        """Make a connection. Returns it with its secret, which is told only now.

        A form that is sent twice makes one: the second has a new secret.
        Raises TooManyConnections.
        """
        lock_rows(User.objects.filter(pk=member.pk))
        unheard = self.of(member).filter(name=name, heard=None).first()
        if unheard:
            self.filter(pk=unheard.pk).update(writes_diary=writes_diary)
            return unheard, unheard.renew()
        if self.of(member).count() >= MOST_CONNECTIONS:
            raise TooManyConnections
        secret = new_token()
        said = {"name": name, "writes_diary": writes_diary}
        return self.create(member=member, secret_hash=hash_of(secret), **said), secret

    def with_secret(self, secret):
        """The connection whose address has this secret; None where none has, or not any more."""
        return row_of_token(self.all(), "secret_hash", secret)


class PlayerConnection(models.Model):
    class Player(models.TextChoices):
        JELLYFIN = "jellyfin", "Jellyfin"
        PLEX = "plex", "Plex"
        EMBY = "emby", "Emby"
        KODI = "kodi", "Kodi"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="player_connections",
        db_index=False,
        verbose_name=_("member"),
    )
    name = models.CharField(_("name"), max_length=NAME_LIMIT)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    writes_diary = models.BooleanField(_("writes into the diary"), default=False)
    is_paused = models.BooleanField(_("paused"), default=False)
    # Names that came, each with whether it counts.
    users = models.JSONField(_("users"), default=dict, blank=True)
    libraries = models.JSONField(_("libraries"), default=dict, blank=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    # What was heard last: when, by which player, and what was played up to which second.
    heard = models.DateTimeField(_("last heard"), null=True, editable=False)
    player = models.CharField(_("player"), max_length=8, choices=Player, blank=True, editable=False)
    heard_title = models.CharField(_("heard last"), max_length=TITLE_LIMIT, blank=True, editable=False)
    heard_second = models.PositiveIntegerField(null=True, editable=False)

    objects = PlayerConnectionManager()

    class Meta:
        verbose_name, verbose_name_plural = _("connection to a player"), _("connections to players")
        indexes = [models.Index(fields=["member", "id"], name="player_connection_of_member")]

    def __str__(self):
        return self.name

    def renew(self):
        """Make a new secret; the address of before is dead. Returns it, told only now."""
        secret = new_token()
        self.secret_hash = hash_of(secret)
        self.save(update_fields=["secret_hash"])
        return secret

    @transaction.atomic
    def revise(self, said, names):
        """Change what the member says of it. Returns False when it is gone.

        Args:
            said: by their columns its name and choices.
            names: of `users` and `libraries` those that they were asked of, and whether each counts.
        """
        if not read_locked(self):
            return False
        for column, value in said.items():
            setattr(self, column, value)
        for column, counts in names.items():
            setattr(self, column, getattr(self, column) | counts)
        self.save(update_fields=[*said, *names])
        return True

    @transaction.atomic
    def take(self, playing, now):
        """Note what was heard. Returns whether it counts: of this user and library, and not too soon."""
        if not read_locked(self) or self.is_paused:
            return False
        before = (dict(self.users), dict(self.libraries))
        # One member watches as one user of the player: who comes later is somebody else until they say so.
        is_theirs = _count(self.users, playing.user, is_new_counted=not self.users)
        is_counted = _count(self.libraries, playing.library, is_new_counted=True)
        if not (is_theirs and is_counted):
            if before != (self.users, self.libraries):
                self.save(update_fields=["users", "libraries"])
            return False
        if playing.is_frequent and self.heard and timedelta() <= now - self.heard < BETWEEN_MESSAGES:
            return False
        self.heard, self.player, self.heard_second = now, playing.player, playing.position
        self.heard_title = playing.work.title[:TITLE_LIMIT] if playing.work else ""
        self.save(update_fields=["users", "libraries", *HEARD_COLUMNS])
        return True

    @transaction.atomic
    def note_unread(self, now):
        """Something came that is no message of a player."""
        if read_locked(self) and not self.is_paused:
            self.heard, self.player, self.heard_title, self.heard_second = now, "", "", None
            self.save(update_fields=HEARD_COLUMNS)

    def call(self, title):
        """What was heard last is called so: some players send no title."""
        type(self).objects.filter(pk=self.pk, heard_title="").update(heard_title=title[:TITLE_LIMIT])

    @property
    def heard_text(self):
        """What was heard last: Ponyo, 48:12."""
        if self.heard_title and self.heard_second is not None:
            return f"{self.heard_title}, {timecode(self.heard_second)}"
        return self.heard_title


def _count(names, name, is_new_counted):
    """Whether what is of this user or library counts. A new name is noted, as far as there is room."""
    if not name:
        return True
    if name not in names and len(names) < MOST_NAMES:
        names[name] = is_new_counted
    return names.get(name, is_new_counted)
