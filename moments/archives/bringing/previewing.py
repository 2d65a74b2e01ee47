"""What a homecoming shows: what was found in a file before it is written, and how much of it was undone."""

from dataclasses import dataclass

from moments.archives.bringing.choices import PART_OF, Part
from moments.archives.homecoming import recognise, refusals

# How the film of a work is known; by the title alone, without a year, it may be another one of that name.
BY_ID, BY_TITLE, FROM_CATALOGUE, BY_TITLE_ALONE, NOT_HERE = "id", "title", "catalogue", "alone", "none"
HOW_KNOWN = (BY_ID, BY_TITLE, FROM_CATALOGUE, BY_TITLE_ALONE, NOT_HERE)
READERS = {reader.slug: reader for reader in recognise.READERS}


@dataclass(frozen=True)
class Preview:
    """What the file is, in the language of the member who looks.

    Args:
        opened: the names of the files that were read.
        skipped: pairs of the name of a file that was not read, and why.
        not_read: a sentence on what is never read of this place, or empty.
        parts: for each Part that has any, a dict with `part`, `records` and `private`, how many of these are
            for their member alone whatever is chosen.
        works: how many films and series are known in which way, by each of HOW_KNOWN.
        left_out: how many rows say nothing that can be kept.
        unkept: how much of other rows has no place here, by what it is, of `records.UNKEPT`.
        profiles: of a household's file, how many records there are of each profile.
    """

    opened: list
    skipped: list
    not_read: str
    parts: list
    works: dict
    left_out: int
    unkept: dict
    profiles: dict


def preview(homecoming):
    """The Preview of a homecoming that is read; parts and works are whole once it waits for a word."""
    found, reader = homecoming.found, READERS[homecoming.source]
    return Preview(
        found.get("opened", []),
        [(name, _reason(reader, name, is_odd)) for name, is_odd in found.get("skipped", [])],
        str(reader.not_read),
        _parts(found.get("counts", {}), found.get("private", {})),
        {how: found.get("works", {}).get(how, 0) for how in HOW_KNOWN},
        found.get("left_out", 0),
        found.get("unkept", {}),
        found.get("profiles", {}),
    )


def _reason(reader, name, is_odd):
    return str(recognise.OTHER_FORM if is_odd else reader.reason(name) or recognise.NOT_NEEDED)


def _parts(counts, private):
    lines = []
    for part in Part:
        of_part = [name for name, of in PART_OF.items() if of == part]
        numbers = [sum(each.get(name, 0) for name in of_part) for each in (counts, private)]
        if numbers[0]:
            lines.append({"part": part, "records": numbers[0], "private": numbers[1]})
    return lines


def undone(homecoming):
    """How many of the things that it made were taken back, and how many stay since they were changed."""
    return {name: homecoming.outcome.get("undone", {}).get(name, 0) for name in ("gone", "stay")}


def problem(homecoming):
    """The sentence on why a file could not be read."""
    return str(getattr(refusals, homecoming.problem or "Unreadable").sentence)
