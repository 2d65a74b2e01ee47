"""Whose file it is: told by what stands in it, and never by its name alone."""

from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from moments.catalogue.works import with_year_apart

from . import (
    imdb,
    letterboxd,
    letterboxd_form,
    movary,
    neodb,
    netflix,
    simkl,
    tmdb,
    trakt,
    tv_time,
    yamtrack,
)
from .archive import bundle_of
from .records import NOTES
from .refusals import OurOwn, TooLarge, Unknown, reading

READERS = (
    tv_time.READER, letterboxd.READER, trakt.READER, simkl.READER, imdb.READER, tmdb.READER, yamtrack.READER,
    movary.READER, neodb.READER, netflix.READER, letterboxd_form.READER,
)  # fmt: skip
MOST_RECORDS = 250_000
OWN = "reelive.json"  # is in the archive of a site like this one, which has files for other places, too
NOT_NEEDED = _("It holds nothing that is kept here.")
OTHER_FORM = _("What stands in it is not what its name says.")


@contextmanager
def opened(file, name=""):
    """The Homecoming of an uploaded file. Raises Unreadable, as reading its records does.

    Args:
        name: what the file is called; it helps where two files of a place look alike.
    """
    with bundle_of(file, name[-100:]) as bundle:
        yield Homecoming(bundle, _reader_of(bundle))


def _reader_of(bundle):
    """The Reader of what lies in the bundle, or in the first of its folders that has files of a place."""
    for folder in bundle.folders():
        bundle.look_into(folder)
        if OWN in bundle.members and not bundle.is_alone:
            raise OurOwn
        for reader in READERS:
            names = bundle.named(reader.names)
            bundle.check(names)
            if any(reader.fits(bundle.head(name)) for name in names):
                return reader
    raise Unknown


class Homecoming:
    """What somebody brings, of one place.

    Its summary (`found`) knows which files are read at once; its counts are whole when all records were.
    """

    def __init__(self, bundle, reader):
        self.bundle, self.reader, self.found = bundle, reader, bundle.found
        self.found.source, self.found.not_read = reader.slug, reader.not_read
        self.found.skipped.update(dict.fromkeys(bundle.outside, NOT_NEEDED))
        named = set(bundle.named(reader.names))
        for name in bundle.members:
            if name not in named:
                self.found.skipped[name] = reader.reason(name) or NOT_NEEDED
            elif reader.fits(head := bundle.head(name)):
                self.found.opened.append(name)
            else:
                self.found.skipped[name] = OTHER_FORM if head.columns else NOT_NEEDED

    def records(self):
        """Yields each record, and counts it."""
        self.found.counts.clear()
        self.found.unkept.clear()
        self.found.left_out = self.bundle.rows_read = 0
        with reading():
            for name in self.found.opened:
                if not self.reader.reads_old:
                    self.bundle.check_encoding(name)
            for number, record in enumerate(self.reader.records(self.bundle)):
                if number >= MOST_RECORDS:
                    raise TooLarge
                self.found.counts[record.part] += 1
                if record.part == "watchlist" and record.text:
                    self.found.unkept[NOTES] += 1
                yield _with_year_apart(record)


def _with_year_apart(record):
    work = with_year_apart(record.work)
    return record if work is record.work else replace(record, work=work)


def summary(file, name=""):
    """The Found of a file that was read to its end."""
    with opened(file, name) as homecoming:
        for _record in homecoming.records():
            pass
        return homecoming.found
