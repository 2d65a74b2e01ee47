"""What members may flag in a post or comment, and what of it is hidden for a viewer.

A flag (`label` in the code) takes nothing away. Each member sets from how many flags of a kind on a post or
comment is hidden for them; `hiding_for` is the one place that decides. A title that gives the story away is
veiled by SPOILER_QUORUM.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

SPOILER_QUORUM = 3  # members who say so flag a post as a spoiler, whatever its author says
NEVER = 0
HIGHEST_THRESHOLD = 50  # the largest number that a member may set


def spoils_by_quorum(spoiler_labels: int) -> bool:
    """Whether so many members say of a post that it gives the story away."""
    return spoiler_labels >= SPOILER_QUORUM


@dataclass(frozen=True)
class LabelKind:
    """One kind of flag.

    Attributes:
        name: as it stands on the button.
        says: what whoever gives it says.
        hidden_because: the sentence that stands in the place of a hidden text; `%(count)d` members gave it.
    """

    slug: str
    name: str
    says: str
    hidden_because: Any

    @cached_property
    def column(self) -> str:
        """Where a post or comment counts its flags of this kind."""
        return f"{self.slug.replace('-', '_')}_labels"


LABEL_KINDS = (
    LabelKind(
        "spoiler",
        _("Unmarked spoiler"),
        _("It gives away what happens, without a warning."),
        ngettext_lazy(
            "Hidden for you: %(count)d member says that it gives the story away",
            "Hidden for you: %(count)d members say that it gives the story away",
            "count",
        ),
    ),
    LabelKind(
        "off-topic",
        _("Off-topic"),
        _("It belongs somewhere else."),
        ngettext_lazy(
            "Hidden for you: %(count)d member finds it off-topic",
            "Hidden for you: %(count)d members find it off-topic",
            "count",
        ),
    ),
    LabelKind(
        "duplicate",
        _("Duplicate"),
        _("Somebody said the same before."),
        ngettext_lazy(
            "Hidden for you: %(count)d member calls it a duplicate",
            "Hidden for you: %(count)d members call it a duplicate",
            "count",
        ),
    ),
    LabelKind(
        "wrong",
        _("Wrong fact"),
        _("Something in it is not true."),
        ngettext_lazy(
            "Hidden for you: %(count)d member says that it gets a fact wrong",
            "Hidden for you: %(count)d members say that it gets a fact wrong",
            "count",
        ),
    ),
    LabelKind(
        "unkind",
        _("Unkind"),
        _("It is about a person, and not kindly."),
        ngettext_lazy(
            "Hidden for you: %(count)d member finds it unkind",
            "Hidden for you: %(count)d members find it unkind",
            "count",
        ),
    ),
)
LABELS_BY_SLUG = {kind.slug: kind for kind in LABEL_KINDS}
# For members who have not set it otherwise. Visitors cannot set it, so more is hidden for them.
MEMBER_THRESHOLDS = {"spoiler": 3, "off-topic": 4, "duplicate": 5, "wrong": NEVER, "unkind": 4}
VISITOR_THRESHOLDS = {"spoiler": 3, "off-topic": 3, "duplicate": 3, "wrong": NEVER, "unkind": 3}


class Hiding(NamedTuple):
    """Why a text is hidden for the viewer: so many members flagged it as this kind."""

    slug: str
    count: int

    @property
    def sentence(self) -> str:
        return LABELS_BY_SLUG[self.slug].hidden_because % {"count": self.count}


def thresholds(viewer: Any) -> dict[str, int]:
    """From how many flags of each kind on a text is hidden for the viewer; NEVER is never."""
    if not viewer.is_authenticated:
        return VISITOR_THRESHOLDS
    return MEMBER_THRESHOLDS | viewer.hiding_thresholds if viewer.hiding_thresholds else MEMBER_THRESHOLDS


def counts(target: Any) -> dict[str, int]:
    """How many members flagged the target, by kind, without the kinds that nobody gave."""
    found = ((kind.slug, getattr(target, kind.column)) for kind in LABEL_KINDS)
    return {slug: count for slug, count in found if count}


def hiding_for(target: Any, viewer: Any) -> Hiding | None:
    """Why the target is hidden for the viewer, by the kind that most members gave; None when it is not."""
    if not target.is_labelled or (viewer.is_authenticated and target.author_id == viewer.pk):
        return None
    given = counts(target)
    if target.is_marked_spoiler:
        # It is veiled for those who have not seen that far; to those who have, it is no news.
        given.pop("spoiler", None)
    return heaviest(given, thresholds(viewer))


def heaviest(given: Mapping[str, int], limits: Mapping[str, int]) -> Hiding | None:
    """The kind that was given most among those that were given often enough."""
    enough = [Hiding(slug, count) for slug, count in given.items() if 0 < limits.get(slug, NEVER) <= count]
    return max(enough, key=lambda found: found.count, default=None)
