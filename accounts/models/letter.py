"""Letters on their way."""

import json

from django.core.mail import EmailMultiAlternatives
from django.db import models
from django.utils.module_loading import import_string

from reelive.sealing import unseal

from .user import User


class Letter(models.Model):
    """A letter that waits for the mail server, until it is sent, given up or of no more use.

    What it says and to whom is sealed, since the table is read by more people than the letter is for. Of a
    letter that is written when it is sent, only who writes it and about what.
    """

    purpose = "letter"

    member = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="letters")
    sealed = models.TextField()
    expires = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["expires"], name="letter_expires")]

    def __str__(self):
        return f"letter {self.pk}"

    def send(self):
        contents = self._contents()
        if contents is None:
            return
        html, is_kept = contents.pop("html", ""), contents.pop("is_kept", False)
        message = EmailMultiAlternatives(**contents)
        if html:
            message.attach_alternative(html, "text/html")
        message.is_kept = is_kept  # for reelive.mailbox
        message.send()

    def _contents(self):
        """The fields of the message; None where there is nothing to say any more."""
        contents = json.loads(unseal(self.sealed, self.purpose))
        if "writer" not in contents:
            return contents
        written = import_string(contents["writer"])(self.member, **contents["about"])
        return written and written | {"headers": written["headers"] | contents["headers"]}
