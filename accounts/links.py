"""Where else a member is: addresses of their own pages, and their address in the Fediverse."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from reelive.text import clean, clean_line
from reelive.web_names import is_host

MOST_LINKS, LONGEST_LINK = 4, 200
_ADDRESS = re.compile(r"https://([A-Za-z0-9.-]+)(?:[/?#][A-Za-z0-9._~:/?#@!$&'()*+,;=%-]*)?")
_FEDIVERSE = re.compile(r"@?([a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?)@([a-z0-9.-]+)", re.IGNORECASE)


class LinksField(forms.CharField):
    """Addresses, one a line; the value is a list of them."""

    widget = forms.Textarea(attrs={"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        lines = [line.strip() for line in clean(super().to_python(value)).splitlines()]
        return list(dict.fromkeys(filter(None, lines)))

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python(data)

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_LINKS:
            raise ValidationError(gettext("At most %(most)s links, please.") % {"most": MOST_LINKS})
        for address in value:
            if not is_link(address):
                sentence = gettext("“%(address)s” is not an address like https://example.org/me.")
                raise ValidationError(sentence % {"address": address[:100]})


class FediverseField(forms.CharField):
    """An address like @name@example.social; the value is in lower case, or empty."""

    def to_python(self, value):
        value = clean_line(super().to_python(value))
        found = _FEDIVERSE.fullmatch(value)
        if not value:
            return ""
        if not found or not is_host(found[2].lower()):
            raise ValidationError(gettext("Write it like @name@example.social, please."))
        return f"@{found[1]}@{found[2]}".lower()


def is_link(address):
    """Whether it is an https address of a page, with nothing in it that passes for another place."""
    found = _ADDRESS.fullmatch(address) if len(address) <= LONGEST_LINK else None
    return found is not None and is_host(found[1].lower())


LINKS_HELP = format_lazy(
    _("Pages of yours, one address a line, up to {most}. They can link back to prove that they are yours."),
    most=MOST_LINKS,
)
FEDIVERSE_HELP = _("Like @name@example.social. Where your posts are linked there, your account is named.")
