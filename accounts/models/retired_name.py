"""The names of members who left, which rest."""

from hashlib import sha256

from django.db import IntegrityError, models


class RetiredNameManager(models.Manager):
    def retire(self, name):
        """Called in the transaction in which the member of that name goes."""
        self.get_or_create(digest=digest_of(name))

    def holds(self, name):
        return self.filter(digest=digest_of(name)).exists()

    def refuse(self, name):
        """Raise IntegrityError, as for two who want one name, when somebody has left with it just now."""
        if self.holds(name):
            raise IntegrityError("The name is that of a member who left.")


class RetiredName(models.Model):
    """The name of a member who left. Nobody gets it again: old mentions and the ledger go on to say it.

    Kept is a hash of the name, so that no list of those who left can be read here. It has no key: whoever has
    a name in mind may ask the site itself, at the sign-up or on the member's page, and a key that is changed
    would set all names free.
    """

    digest = models.CharField(max_length=64, primary_key=True)

    objects = RetiredNameManager()

    def __str__(self):
        return self.digest


def digest_of(name):
    return sha256(f"reelive member {name.lower()}".encode()).hexdigest()
