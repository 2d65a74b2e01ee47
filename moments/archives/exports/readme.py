"""README.txt of an export: what each file and column is, in plain words."""

from textwrap import fill

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, ngettext

from moments.archives.exports.parts import PARTS

LINE_WIDTH = 100
DIARY_OF_FILMS, WATCHLIST = "letterboxd/diary-%d.csv", "letterboxd/watchlist-%d.csv"
YAMTRACK = "yamtrack.csv"


def readme(export, counts, left_out):
    """The text.

    Args:
        export: an Export.
        counts: how many rows each part has, by its name.
        left_out: how many pictures are not there; None where none were asked for.
    """
    day = date_format(localtime(export.created), "DATE_FORMAT")
    words = {"member": export.member.username, "site": settings.SITE_URL, "day": day}
    blocks = [
        gettext("This is what %(site)s holds of @%(member)s, as it was on %(day)s.") % words,
        gettext(
            "Each part is there twice: a .csv file for spreadsheets, and an .ndjson file for machines, which"
            " has one JSON object on each line and leaves nothing out. Texts are in UTF-8 and times in UTC."
        ),
        gettext(
            "In the .csv files an apostrophe stands before what a spreadsheet might run as a formula. Take it"
            " away to get the text."
        ),
        gettext(
            "What others wrote is not in here: it is named by its address, which begins behind %(site)s. The"
            " address of what is removed, or veiled for you, has no words in it."
        )
        % words,
        _of_pictures(left_out),
        gettext(
            "The ledger: the hash of a row is the SHA-256, in hexadecimal, of a JSON object of all its"
            " columns but hash and signature, with the keys in alphabetical order and no spaces, in UTF-8."
            " The column previous is the hash of the row before. The signature is one of Ed25519 over the"
            " hash; the key is at %(site)s/ledger/key.txt, and all rows are at %(site)s/ledger/export.jsonl."
        )
        % words,
        *_for_others(),
        gettext("On another site like this one you can import this very archive, in the settings."),
    ]
    return "\n\n".join([*(fill(block, LINE_WIDTH) for block in blocks), *map(_of_part(counts), PARTS)]) + "\n"


def _of_pictures(left_out):
    if left_out is None:
        return gettext("Pictures are not in here, since you asked for an archive without them.")
    if not left_out:
        return gettext("Your picture and those of your posts are in the folder pictures.")
    return ngettext(
        "Your picture and those of your posts are in the folder pictures. For %(left_out)d was no room.",
        "Your picture and those of your posts are in the folder pictures. For %(left_out)d was no room.",
        left_out,
    ) % {"left_out": left_out}


def _for_others():
    """What the files for other places hold, and what finds no place in them."""
    yield gettext(
        "The folder letterboxd is for Letterboxd. Its diary files hold the films that you logged or rated,"
        " and its watchlist files those that you want to see. It takes in a thousand films at once, so no"
        " file has more, and it takes no series. A note is in there as a review if everybody may read it"
        " here. Whatever you bring there may be seen by everybody: the entries that fewer see here are in"
        " there, too, without their notes."
    )
    yield gettext(
        "The file yamtrack.csv is for Yamtrack, with all films, seasons and episodes that you logged, rated"
        " or want to see, and with all your notes. It has no column for the year, and takes neither a rating"
        " nor a note of an episode. A rating of today stands at the last time that you saw something."
    )
    yield gettext(
        "Both leave out what you like, your feelings and tags, and who sees an entry. Films that a"
        " moderator removed are not in there. All of it is in the parts diary, ratings and watchlist below."
    )


def _of_part(counts):
    def text(part):
        number = counts[part.name]
        rows = ngettext("%(number)d row", "%(number)d rows", number) % {"number": number}
        head = f"{part.name}.csv, {part.name}.ndjson ({rows})"
        columns = [f"  {name}: {says}" for name, says in part.all_columns.items()]
        return "\n".join([head, "-" * len(head), str(part.says), *columns])

    return text
