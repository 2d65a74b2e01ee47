"""Why a file that somebody brings is not read: one sentence each."""

import csv
import zlib
from contextlib import contextmanager
from zipfile import BadZipFile

from django.utils.translation import gettext_lazy as _

from reelive.exceptions import Refused

BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, csv.Error, zlib.error)


class Unreadable(Refused):
    sentence = _("This file is damaged or cut off: download it anew, and bring it as it came.")


class Unknown(Unreadable):
    sentence = _("This is no file of a place that can be read here.")


class OurOwn(Unreadable):
    sentence = _("This is the archive of a site like this one: there is an import for it in your settings.")


class TooLarge(Unreadable):
    sentence = _("There is more in this file than can be read at once.")


class WrongEncoding(Unreadable):
    sentence = _("The letters of this file are not in UTF-8: bring it as it was downloaded.")


class WhichList(Unreadable):
    sentence = _("This file does not say which list it is: keep its name, such as watchlist.csv.")


class SeveralArchives(Unreadable):
    sentence = _("There is a ZIP among these files: bring it by itself, and the others at another time.")


class TwoOfAName(Unreadable):
    sentence = _("Two of these files have the same name: leave out the one that you had deleted there.")


class MixedDates(Unreadable):
    sentence = _(
        "The dates in this file are written in two ways, so that month and day cannot be told apart."
    )


@contextmanager
def reading():
    """Whatever a broken file makes Python say is Unreadable."""
    try:
        yield
    except (*BROKEN, RecursionError) as problem:
        raise Unreadable from problem
