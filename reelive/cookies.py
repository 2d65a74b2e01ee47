"""What a browser carries along for a year: something small that no script reads, such as rows of numbers."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpResponse

SECONDS_OF_A_YEAR = 31_536_000
MOST_DIGITS = 12  # hexadecimal digits of a number
# In the environ: the browser sent cookies, and none of them could be read.
UNREADABLE = "reelive.unreadable_cookies"
# What a person asked to see, and by an earlier release which threads they read; it is forgotten when they
# sign out.
REVEALED, VISITS = "revealed", "visits"
OF_ONE_PERSON = (REVEALED, VISITS)


def keep_cookie(response: HttpResponse, name: str, value: str) -> None:
    response.set_cookie(name, value, SECONDS_OF_A_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")


def packed(rows: Iterable[Iterable[int]]) -> str:
    """Rows of numbers as a cookie holds them: 7-1f.8-2a"""
    return ".".join("-".join(f"{number:x}" for number in row) for row in rows)


def unpacked(cookie: str, width: int, most: int) -> list[tuple[int, ...]]:
    """The first rows of a cookie, at most `most`, each of `width` numbers; what is garbled is left out."""
    rows = [part.split("-") for part in cookie.split(".", most)[:most]]
    return [
        tuple(int(text, 16) for text in row) for row in rows if len(row) == width and all(map(_fits, row))
    ]


def _fits(text: str) -> bool:
    return 0 < len(text) <= MOST_DIGITS and all(letter in "0123456789abcdef" for letter in text)
