"""The shape of a viewer: what of them decides how a list is asked for, apart from the values in it.

Two viewers of one shape ask with the same SQL (`reelive.statements`): each with their own key, the time of
now, and as many filters and revealed posts of each kind as they have. A shape stands for them where a
queryset is built: `viewer` answers what a Member or Visitor answers, with a Given in the place of each value.
"""

from dataclasses import dataclass, fields
from functools import cached_property
from typing import NamedTuple

from django.db.models import DateTimeField, Model
from django.utils import timezone

from reelive.statements import Given

from .deletion import UNDOABLE
from .filter import Filters, leaves_nothing_out

FILTERED = tuple(field.name for field in fields(Filters))
EVERYBODY = "everybody"
OF_NOW = {"now", "undoable_since"}  # the values that are times


class GivenViewer(NamedTuple):
    """A viewer of whom only the shape is known."""

    is_authenticated: bool
    is_staff: bool
    pk: Given | None
    spoiler_stance: str
    filters: Filters
    revealed: tuple
    now: Given
    undoable_since: Given
    progress_by_film: dict


@dataclass(frozen=True)
class Shape:
    """Whether a member looks, or one of the staff, how they take spoilers, and how many values of each kind
    there is room for.

    Args:
        filters: room for tags, films, posts, words and members, in the order of FILTERED.
        opened: of what the page is: the class of a film, tag, post or member, or None.
    """

    is_member: bool
    is_staff: bool
    spoiler_stance: str
    filters: tuple[int, ...]
    revealed: int
    opened: type | None

    @cached_property
    def viewer(self):
        filters = {
            column: frozenset(places(column, room))
            for column, room in zip(FILTERED, self.filters, strict=True)
        }
        return GivenViewer(
            is_authenticated=self.is_member,
            is_staff=self.is_staff,
            pk=Given("viewer") if self.is_member else None,
            spoiler_stance=self.spoiler_stance,
            filters=Filters(**filters),
            revealed=tuple(places("revealed", self.revealed)),
            now=Given("now", DateTimeField()),
            undoable_since=Given("undoable_since", DateTimeField()),
            progress_by_film={},
        )

    @property
    def opened_place(self):
        """What stands for the film, tag, post or member whose page it is."""
        return self.opened and self.opened(pk=Given("opened"))


def shape_of(viewer, opened=None):
    """The shape of a viewer, and the values that fill its places.

    None for a visitor who said how far they have seen films, since the SQL itself says that of each film, and
    for a user as such, who is no viewer.
    """
    if not hasattr(viewer, "filters") or (not viewer.is_authenticated and viewer.progress_by_film):
        return None, {}
    now = timezone.now()
    values = {"viewer": viewer.pk, "now": now, "undoable_since": now - UNDOABLE}
    filters = viewer.filters.but_for(opened)
    rooms = [fill(values, column, sorted(getattr(filters, column))) for column in FILTERED]
    revealed = fill(values, "revealed", viewer.revealed)
    if isinstance(opened, Model):
        values["opened"] = opened.pk
    kind = type(opened) if isinstance(opened, Model) else None
    is_member = viewer.is_authenticated
    is_staff = is_member and viewer.is_staff
    return Shape(is_member, is_staff, viewer.spoiler_stance, tuple(rooms), revealed, kind), values


def told_apart(viewer):
    """What tells what a viewer is shown from what others are, but for rows and the time of now, as a key.

    None for a viewer who has no shape, and for a visitor who felt something: their session knows that.
    """
    shape, values = shape_of(viewer)
    if shape is None or (not viewer.is_authenticated and viewer.reactions()):
        return None
    return shape, tuple((name, value) for name, value in values.items() if name not in OF_NOW)


def lists_apart(viewer):
    """The same for what differs between viewers only by what they filter and mute: most share it."""
    return EVERYBODY if leaves_nothing_out(viewer) else told_apart(viewer)


def places(name, room):
    """So many places for values of one kind."""
    return [Given(f"{name} {number}") for number in range(room)]


def fill(values, name, found):
    """Put what was found into places of this name, and the last of it into those that are left.

    There is room for 1, 2, 4, 8 and so on, so that few shapes do for everybody. Returns for how many.
    """
    room = 1 << (len(found) - 1).bit_length() if found else 0
    for number in range(room):
        values[f"{name} {number}"] = found[min(number, len(found) - 1)]
    return room
