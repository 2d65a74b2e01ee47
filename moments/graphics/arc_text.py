"""The arc in words: whose feelings it shows, what shape it has, what lies ahead, and a description of all."""

from collections.abc import Hashable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from moments.arc.arc import Arc, Point
from moments.arc.time_axis import Mark
from reelive.formats import counted

NAMED_FROM = 12  # moments: the name of a shape says too much about a story of fewer
ALL_AHEAD = ngettext_lazy(
    "%(count)s moment, still ahead of you.", "%(count)s moments, all still ahead of you.", "number"
)
AHEAD = ngettext_lazy("%(count)s moment still ahead.", "%(count)s moments still ahead.", "number")
MOMENTS_BETWEEN = ngettext_lazy(
    "%(count)s moment in between is veiled.", "%(count)s moments in between are veiled.", "number"
)
BY_TIME = ngettext_lazy(
    "%(count)s moment, by its time.", "%(count)s moments in story order, by their times.", "number"
)
MOMENTS_IN_ORDER = ngettext_lazy("%(count)s moment.", "%(count)s moments in story order.", "number")
UNFELT = ngettext_lazy(
    "%(count)s more moment is left out until five members have felt it.",
    "%(count)s more moments are left out until five members have felt them.",
    "number",
)


def source_note(arc: Arc) -> str:
    """Whose feelings the arc shows."""
    if arc.has_own and arc.reading != "own":
        own = _("Some dots are only yours: fewer than five members felt something there.")
        return f"{_shared_note(arc)} {own}"
    return _shared_note(arc)


def _shared_note(arc: Arc) -> str:
    if arc.reading == "own":
        return _("What you felt. Everybody’s arc begins where five members have felt a moment.")
    if arc.reading == "house":
        return _("Our first guess: fewer than five members have felt these moments so far.")
    if arc.reading == "mixed":
        return _("What members felt, and our first guess where fewer than five have.")
    return _("What members felt, moment by moment.") if arc.reading else ""


def short_source_note(arc: Arc) -> str:
    """The same for a narrow place, where what members felt goes without saying."""
    if arc.reading == "own":
        return _("What you felt.")
    if arc.reading == "house":
        return _("Our first guess.")
    return _("Partly our first guess.") if arc.reading == "mixed" else ""


def ahead_note(arc: Arc) -> str:
    """How many moments are veiled, and nothing else of them."""
    notes = []
    if arc.ahead:
        notes.append(counted(arc.ahead, AHEAD if arc else ALL_AHEAD))
    if arc.between:
        notes.append(counted(arc.between, MOMENTS_BETWEEN))
    return " ".join(notes)


def unfelt_note(arc: Arc) -> str:
    return counted(arc.unfelt, UNFELT) if arc.unfelt else ""


def shape_note(arc: Arc) -> str:
    """How the line runs; empty for too few points or a flat line."""
    if not arc.shape:
        return ""
    turns = {"turns": arc.shape.turns}
    if arc.shape.is_clear:
        return _("So far: %(turns)s") % turns if arc.ahead else str(arc.shape.turns)
    return _("So far, roughly: %(turns)s") % turns if arc.ahead else _("Roughly: %(turns)s") % turns


def shape_name(arc: Arc) -> str:
    """The name of the basic arc that the line comes closest to; empty below twelve moments."""
    return str(arc.shape.name) if arc.shape and arc.moments >= NAMED_FROM else ""


def describe_arc(arc: Arc, here: Hashable = None) -> str:
    """The arc in a few sentences, for those who do not see it."""
    if not arc:
        return ahead_note(arc) or _("Nobody has felt anything here yet.")
    count = counted(arc.moments, BY_TIME if arc.axis else MOMENTS_IN_ORDER)
    sentences = [count, ahead_note(arc), *extremes(arc), shape_note(arc)]
    if name := shape_name(arc):
        sentences.append(_("Its shape is called %(name)s.") % {"name": name})
    index = arc.index(here)
    if index is not None:
        sentences.append(_("We are at %(title)s.") % {"title": arc.points[index].title})
    return " ".join(filter(None, sentences))


def extremes(arc: Arc) -> list[str]:
    """The happiest and the saddest point in a sentence each; one sentence where they are the same."""
    high, low = arc.highest, arc.lowest
    happiest = _("Happiest so far: %(point)s.") if arc.ahead else _("Happiest: %(point)s.")
    saddest = [_("Saddest: %(point)s.") % {"point": point_name(low)}] if low is not high else []
    return [happiest % {"point": point_name(high)}, *saddest]


def point_name(point: Point) -> str:
    """A dot in words: The Kiss: Joy, +0.58."""
    facts = {"title": point.title, "feeling": point.feeling.name, "height": point.height}
    return _("%(title)s: %(feeling)s, %(height)s") % facts


def mark_name(mark: Mark) -> str:
    """A mark of the time axis: 20 min, S2 or E3."""
    if mark.second is not None:
        return _("%(minutes)s min") % {"minutes": mark.second // 60}
    return f"E{mark.episode}" if mark.season is None else f"S{mark.season}"
