"""A private feed: what only one member reads, at an address that acts by its secret alone.

The secret is told once, when it is made; what is kept is a hash of it. A member has one address for each
purpose, and a new one ends the one before.
"""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TOKEN_BYTES = 32
LONGEST_TOKEN = 100  # letters; what is longer was never given out


class PrivateFeedManager(models.Manager):
    def renew(self, member, purpose):
        """Make a new address for the member; the one before is dead. Returns its token, told only now."""
        token = new_token()
        kept = {"token_hash": hash_of(token), "created": timezone.now()}
        self.update_or_create(member=member, purpose=purpose, defaults=kept)
        return token

    def revoke(self, member, purpose):
        """Returns whether there was an address."""
        return bool(self.filter(member=member, purpose=purpose).delete()[0])

    def holder_of(self, token, purpose):
        """The member whose feed for this purpose has the token; None when nobody's has, or not any more."""
        feed = row_of_token(self.all(), "token_hash", token)
        return feed.member if feed and feed.purpose == purpose else None


class PrivateFeed(models.Model):
    class Purpose(models.TextChoices):
        NOTIFICATIONS = "notifications", _("Notifications")
        FOLLOWING = "following", pgettext_lazy("list of posts", "Following")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="private_feeds", db_index=False
    )
    purpose = models.CharField(max_length=13, choices=Purpose)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created = models.DateTimeField(editable=False)

    objects = PrivateFeedManager()

    class Meta:
        verbose_name, verbose_name_plural = _("private feed"), _("private feeds")
        constraints = [models.UniqueConstraint(fields=["member", "purpose"], name="private_feed_once")]

    def __str__(self):
        return f"{self.purpose} of {self.member}"


def row_of_token(rows, column, token):
    """The row of an active member whose address acts by this token, with its member; None for nobody's.

    Args:
        column: the one that holds the hash.
    """
    if len(token) > LONGEST_TOKEN:
        return None
    known = hash_of(token)
    row = rows.select_related("member").filter(**{column: known}, member__is_active=True).first()
    return row if row and constant_time_compare(getattr(row, column), known) else None


def new_token():
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_of(token):
    return sha256(token.encode(errors="replace")).hexdigest()
