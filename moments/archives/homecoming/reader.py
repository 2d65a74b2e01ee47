"""What is known of a place whose files are read."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Reader:
    """One of them.

    Args:
        slug: what the place is called in code.
        names: which files of a ZIP are opened; whatever has another name is never touched.
        fits: whether a file that begins with this Head is one of theirs.
        records: yields the records of a Bundle.
        not_read: a sentence on what is never read, or empty.
        reasons: patterns of names, and why a file of such a name is not read.
        reads_old: files of the place may be in ISO-8859-1.
    """

    slug: str
    names: re.Pattern
    fits: Callable
    records: Callable
    not_read: str | Promise = ""
    reasons: Sequence[tuple[re.Pattern, Promise]] = ()
    reads_old: bool = False

    def reason(self, name):
        """Why a file is not read; empty where there is none of its own."""
        return next((reason for pattern, reason in self.reasons if pattern.fullmatch(name)), "")
