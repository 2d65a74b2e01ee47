"""What the twelve feelings of TV Time mean, by the numbers under which its export keeps them.

The numbers 28 to 39 and their names are as one public importer says, which calls them verified; two others
guess otherwise, and what the older numbers 1 to 26 mean nobody tells. So a meaning is shown as what we
believe, each may be changed, and the number is kept. Theirs are of a whole episode or film, ours are of a
moment: they are a first private feeling of the whole, and never a vote on a scene. Where `is_sure`, the
two words mean the same; elsewhere ours is the nearest, and three of theirs have none: who was bored,
confused or felt understood said something that is none of our twelve.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Meaning:
    """One feeling: what it is called there, the slug of ours or empty, and whether these are the same."""

    name: str | Promise
    ours: str = ""
    is_sure: bool = False


MEANINGS = {
    28: Meaning(pgettext_lazy("feeling at TV Time", "Shocked"), "tension"),
    29: Meaning(pgettext_lazy("feeling at TV Time", "Frustrated"), "anger"),
    30: Meaning(pgettext_lazy("feeling at TV Time", "Sad"), "heartbreak", is_sure=True),
    31: Meaning(pgettext_lazy("feeling at TV Time", "Reflective"), "wonder"),
    32: Meaning(pgettext_lazy("feeling at TV Time", "Touched"), "love"),
    33: Meaning(pgettext_lazy("feeling at TV Time", "Amused"), "laughter", is_sure=True),
    34: Meaning(pgettext_lazy("feeling at TV Time", "Scared"), "fear", is_sure=True),
    35: Meaning(pgettext_lazy("feeling at TV Time", "Bored")),
    36: Meaning(pgettext_lazy("feeling at TV Time", "Understood")),
    37: Meaning(pgettext_lazy("feeling at TV Time", "Thrilled"), "joy"),
    38: Meaning(pgettext_lazy("feeling at TV Time", "Confused")),
    39: Meaning(pgettext_lazy("feeling at TV Time", "Tense"), "tension", is_sure=True),
}


def feeling_of(number):
    """The slug of ours that is meant; empty where none is, or nobody knows."""
    return MEANINGS[number].ours if number in MEANINGS else ""
