"""Making an import: the task process makes a few rows at a time, each once however often it comes."""

from contextlib import contextmanager

from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone

from moments.archives.imports.finding import LeftOut, known_uids
from moments.archives.imports.profile import take_over
from moments.archives.imports.reading import MOST_ROWS, Unreadable, opened, uid_of
from moments.archives.imports.rows import POST_MAKERS, Already
from moments.archives.imports.rows_chosen import CHOSEN_MAKERS
from moments.archives.imports.rows_logged import LOGGED_MAKERS
from moments.archives.imports.rows_of_songs import SONG_MAKERS
from moments.archives.imports.rows_said import LAST_MAKERS, SAID_MAKERS
from moments.models import Import, ImportedRow
from moments.models.mixins.in_steps import PRIVATE
from moments.models.mixins.waiting import do_each
from reelive.exceptions import Refused
from reelive.ratelimit import FIRST_DAY

# By the name of a part how each of its rows is made, in the order in which one needs the other. An import
# that is under way counts them: a new one comes last.
MAKERS = POST_MAKERS | CHOSEN_MAKERS | SAID_MAKERS | LOGGED_MAKERS | SONG_MAKERS | LAST_MAKERS
PARTS = tuple(MAKERS)
STEPS = len(PARTS)
ROWS_AT_ONCE, PICTURES_AT_ONCE = 20, 3
# Of one import, and so of a day: no more than the quotas of the site would allow. The same archive brings
# more on another day.
VOTES = ("upvotes", "list-upvotes", "comment-upvotes")
MOST_MADE = dict.fromkeys(("posts", "comments", *VOTES, "verdicts", "song-uses", "flags"), 1_000)
ELSEWHERE = "It is for those who run the other site: what is wrong here, its moderators are told here."
OF_OTHERS = "It takes the word of somebody else, which an archive cannot give."
OF_EVERYBODY = "It is everybody's, and known here or not."
OF_THE_SITE = "It says what happened on the other site, and nothing that could happen here again."
# Why rows of the other parts are not made again.
NOT_MADE = {
    "profile": "It is taken over with the settings, by the form of the site.",
    "films": "A film is made where something of it is brought along.",
    **dict.fromkeys(("people", "seasons", "episodes", "recordings"), OF_EVERYBODY),
    "waiting": "The file that was brought can be brought here as well.",
    "players": "A player sends to the address that this site gave it.",
    "reports": ELSEWHERE,
    "appeals": ELSEWHERE,
    "list-writers": OF_OTHERS,
    "follow-requests": OF_OTHERS,
    "notifications": OF_THE_SITE,
    "edits": OF_THE_SITE,
    "ledger": OF_THE_SITE,
    "addresses": "An address is confirmed by a letter of this site.",
    "connections": "Who signs in is proved to this site.",
    "devices": OF_THE_SITE,
}
MADE, KNOWN, LATER, LEFT_OUT = "made", "known", "later", "left out"


def hold(member, file, uids):
    """Keep an archive for its preview. Returns the Import.

    Args:
        uids: by the name of a part what its rows are called.

    Raises ImportRunning and ImportedToday.
    """
    found = {
        part: {"rows": len(names), "known": len(known_uids(member, part, names))}
        for part, names in uids.items()
    }
    with transaction.atomic():
        importing = Import.objects.hold(member, found, file.size)
        file.seek(0)
        storages[PRIVATE].save(importing.file_name, file)
    return importing


def make_due(now):
    """Take the next step of the import that waits longest. Returns whether there was any."""
    return do_each(list(Import.objects.due(now)[:1]), take_step, now)


def take_step(key, now):
    """Make the next few rows."""
    importing = Import.objects.select_related("member").filter(pk=key, state=Import.State.MAKING).first()
    if importing is None or not importing.take(now):
        return
    if not importing.member.is_active:
        importing.give_up()
        return
    try:
        with _archive_of(importing) as archive:
            _make_some(importing, archive, now)
    except Unreadable:
        importing.give_up()


@contextmanager
def _archive_of(importing):
    with storages[PRIVATE].open(importing.file_name) as file, opened(file) as archive:
        yield archive


def _make_some(importing, archive, now):
    if importing.part == 0 and importing.place == 0 and importing.with_settings:
        take_over(importing.member, archive)
    part = PARTS[importing.part]
    rows, place = _next_rows(archive, part, importing.place)
    with transaction.atomic():
        known = known_uids(importing.member, part, [uid_of(row) for row in rows])
        outcome = dict(importing.outcome.get(part, {}))
        for row in rows:
            if uid_of(row) in known:
                came_to = KNOWN
            elif outcome.get(MADE, 0) >= _most_made(importing.member, part):
                came_to = LATER
            else:
                came_to = _make(importing, archive, part, row)
            outcome[came_to] = outcome.get(came_to, 0) + 1
        here = (importing.part + 1, 0) if place is None else (importing.part, place)
        _note(importing, now, here, {part: outcome})


def _next_rows(archive, part, place):
    """As many as one step makes, and the place of the next, None at the end; pictures take longer."""
    rows, pictures = [], 0
    for row, end in archive.rows_from(part, place):
        if len(rows) == ROWS_AT_ONCE or pictures == PICTURES_AT_ONCE:
            return rows, place
        rows.append(row)
        place, pictures = end, pictures + bool(row.get("still"))
    return rows, None


def _note(importing, now, here, outcome):
    said = {"outcome": importing.outcome | outcome, "films_made": importing.films_made}
    if importing.note(now, part=here[0], place=here[1], row=0, **said) and here[0] == STEPS:
        importing.end(Import.State.DONE)


def _most_made(member, part):
    """Half as much on the first day of an account, as with everything that members may do so often."""
    is_new = timezone.now() - member.date_joined < FIRST_DAY
    return MOST_MADE.get(part, MOST_ROWS) // (2 if is_new else 1)


def _make(importing, archive, part, row):
    """Make one row, or nothing of it. Returns what it came to."""
    uid, films_made = uid_of(row), importing.films_made
    try:
        if not uid:
            raise LeftOut
        with transaction.atomic():
            key = MAKERS[part](importing, archive, row)
            ImportedRow.objects.create(member=importing.member, kind=part, uid=uid, row=key)
        return MADE
    except Already:
        return KNOWN
    except (LeftOut, Refused, IntegrityError, OverflowError):
        importing.films_made = films_made
        return LEFT_OUT


def preview(importing):
    """What an import found and would make: dicts for each part that has rows."""
    return [
        {"part": part, **numbers, "new": numbers["rows"] - numbers["known"]}
        for part, numbers in importing.found.items()
        if numbers["rows"]
    ]
