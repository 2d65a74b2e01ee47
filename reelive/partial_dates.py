"""Dates of which only the year, or the year and the month, may be known.

They are kept as texts that sort as the dates do: 2008, 2008-07 and 2008-07-19.
"""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from reelive.fields import LineField

DATE_TYPED = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1874, 2100
AS_WHAT = _("Write it as 2008, 2008-07 or 2008-07-19.")
DATE_FORMATS = {1: "Y", 2: "YEAR_MONTH_FORMAT", 3: "DATE_FORMAT"}  # by how many numbers are known


def normalised(text: str) -> str:
    """The date as it is kept: 2008-7 is 2008-07. Raises ValueError for what is none."""
    match = DATE_TYPED.match(text)
    if not match:
        raise ValueError(text)
    numbers = [int(number) for number in match.groups() if number]
    day = date(*numbers, *[1] * (3 - len(numbers)))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(text)
    return "-".join(day.isoformat().split("-")[: len(numbers)])


def worded(text: str) -> str:
    """As people read it in the language of the page: 2008, July 2008, 19 July 2008."""
    numbers = [int(number) for number in text.split("-")]
    return date_format(date(*numbers, *[1] * (3 - len(numbers))), DATE_FORMATS[len(numbers)])


def validate(text: str) -> None:
    try:
        is_normal = normalised(text) == text
    except ValueError:
        is_normal = False
    if not is_normal:
        raise ValidationError(AS_WHAT)


def partial_date(label, **options):
    """A column for such a date. Old code may run that does not name it, so the database has its default."""
    options = {"blank": True, "default": "", "db_default": ""} | options
    return models.CharField(label, max_length=10, validators=[validate], **options)


class PartialDateField(LineField):
    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 10, "required": False, "help_text": AS_WHAT} | kwargs)

    def clean(self, value):
        text = super().clean(value)
        try:
            return text and normalised(text)
        except ValueError as error:
            raise ValidationError(AS_WHAT) from error
