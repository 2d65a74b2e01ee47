"""Reading what was brought: its records are put in the order in which they are written, in segments.

A film comes before what is said of it, and the records of one film stand together. The file itself is dropped
as soon as it is read, since there may be secrets in it.
"""

from collections import Counter
from datetime import date
from tempfile import TemporaryFile

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction

from moments.archives.bringing.lines import Lines
from moments.archives.bringing.packing import line_of, number_of
from moments.archives.bringing.places import PLACES
from moments.archives.homecoming import recognise
from moments.archives.homecoming.records import NOWHERE
from moments.archives.homecoming.refusals import Unreadable
from moments.models import Homecoming
from moments.models.mixins.in_steps import PRIVATE, drop_files
from moments.models.mixins.unknown import key_of

# In which order they are written, and how many at once: what is written one by one takes longer.
GROUPS = (
    ("diary", "seen"), ("rating", "like", "favourite", "comment", "feeling"), ("review",),
    ("watchlist", "follow"), ("list",), ("list entry",),
)  # fmt: skip
GROUP_OF = {part: group for group, parts in enumerate(GROUPS) for part in parts}
RECORDS_OF_LARGE_AT_ONCE = {"review": 50, "list": 50}
RECORDS_AT_ONCE = 500
IN_THEIR_ORDER = (GROUP_OF["list"], GROUP_OF["list entry"])
OF_HOUSEHOLDS, MOST_PROFILES = ("netflix",), 20
NAMES_SHOWN = 200  # of files
MOST_FEELINGS = 60  # numbers that a place keeps of them
TELLS_AFTER = 5_000  # records


def read(homecoming, now):
    """Read the file into segments; whatever is wrong with it ends in a sentence."""
    with TemporaryFile() as file:
        lines = Lines(file)
        try:
            found = _read_into(lines, homecoming)
        except Unreadable as problem:
            homecoming.end(Homecoming.State.FAILED, problem=type(problem).__name__)
            return
        segments = _store(homecoming, lines)
    facts = {"found": found, "segments": segments, "total": sum(found["counts"].values()), "passed": 0}
    if not _is_noted(homecoming, now, facts) and not Homecoming.objects.filter(pk=homecoming.pk).exists():
        drop_files(map(homecoming.segment_name, segments))


@transaction.atomic
def _is_noted(homecoming, now, facts):
    """False where it was dropped meanwhile, or another process was quicker, whose segments these are now."""
    if not homecoming.lock_step():
        return False
    homecoming.note(now, stage=Homecoming.Stage.COMPARING, place=0, **facts)
    drop_files([homecoming.file_name])
    if not facts["segments"]:
        homecoming.ask()
    return True


def _read_into(lines, homecoming):
    """Put the records aside as lines, those of one film together. Returns what was found."""
    private, met, numbers = Counter(), set(), {}
    felt, profiles = Counter(), Counter()
    with (
        storages[PRIVATE].open(homecoming.file_name) as file,
        recognise.opened(file, homecoming.name) as brought,
    ):
        for number, record in enumerate(brought.records(), 1):
            group, named = GROUP_OF[record.part], _name_of(record.work, numbers)
            place = 0 if group in IN_THEIR_ORDER else named
            lines.add(group, place, _day_of(record, homecoming), _flag(named, met) + line_of(record))
            private[record.part] += record.is_private
            if record.part == "feeling":
                felt[record.raw] += 1
            if record.raw and homecoming.source in OF_HOUSEHOLDS:
                profiles[record.raw] += 1
            if number % TELLS_AFTER == 0:
                Homecoming.objects.filter(pk=homecoming.pk).update(passed=number)
    most = {"felt": dict(felt.most_common(MOST_FEELINGS))}
    most["profiles"] = dict(profiles.most_common(MOST_PROFILES))
    return _found(brought.found, private) | most


def _name_of(work, numbers):
    """A number for the film or series; 0 for none. Works that are said the same way are the same."""
    if work is NOWHERE or not (work.title or work.ids or work.episode_ids):
        return 0
    said = (work.title, work.year, work.medium, tuple(sorted(work.ids.items())))
    if said not in numbers:
        numbers[said] = number_of(key_of(work))
    return numbers[said]


def _day_of(record, homecoming):
    """A number for the day by which it stands among those of its film.

    That matters where only days tell the first time from the others. What says no day comes last, since it
    may be one of these.
    """
    if record.part not in GROUPS[0] or PLACES[homecoming.source].tells_rewatches:
        return 0
    return (record.day or date.max).toordinal()


def _flag(named, met):
    """Says of a line whether it is the first of its film."""
    is_first = bool(named) and named not in met
    met.add(named)
    return "1" if is_first else "0"


def _found(found, private):
    names = list(found.skipped.items())
    return {
        "opened": found.opened[:NAMES_SHOWN],
        "skipped": [(name, str(why) == str(recognise.OTHER_FORM)) for name, why in names[:NAMES_SHOWN]],
        "counts": dict(found.counts),
        "private": {part: number for part, number in private.items() if number},
        "left_out": found.left_out,
        "unkept": dict(found.unkept),
        "works": {},
    }


def _store(homecoming, lines):
    """Store the lines, and return the numbers of the segments in their order."""
    numbers = []
    for piece in lines.pieces(lambda group: RECORDS_OF_LARGE_AT_ONCE.get(GROUPS[group][0], RECORDS_AT_ONCE)):
        name = homecoming.segment_name(len(numbers))
        storages[PRIVATE].delete(name)  # a process that was killed may have left it
        storages[PRIVATE].save(name, ContentFile(piece))
        numbers.append(len(numbers))
    return numbers


def lines_of(homecoming):
    """The lines of the next segment, each with whether it is the first of its film."""
    with storages[PRIVATE].open(homecoming.segment_name(homecoming.segments[homecoming.place])) as file:
        text = file.read().decode(errors="surrogatepass")
    return [(line[1:], line[0] == "1") for line in text.split("\n")]
