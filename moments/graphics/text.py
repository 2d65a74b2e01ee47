"""Words on a picture that Pillow draws, in the site's own faces, straight from the files for browsers."""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import groupby
from pathlib import Path

from PIL import ImageDraw, ImageFont

FONTS = Path(__file__).parents[2] / "static" / "fonts"
FONT_FILES = ("latin", "latin-ext")  # the files of a face
IN_NO_FONT = "\U000f0000"  # no font has this letter; what it draws instead is its box
FACES = {"fraunces": [144], "figtree": [620]}  # with the optical size, or the weight


@cache
def _font(face: str, part: str, size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(FONTS / f"{face}-{part}.woff2", size)
    font.set_variation_by_axes(FACES[face])
    return font


@lru_cache(4096)
def _part(face: str, letter: str) -> str:
    """The file of the face that has the letter, or none."""
    if not letter.isprintable():
        return ""
    return next(
        (part for part in FONT_FILES if _mask(face, part, letter) != _mask(face, part, IN_NO_FONT)), ""
    )


def _mask(face: str, part: str, letter: str) -> bytes:
    return bytes(_font(face, part, 40).getmask(letter))


def drawable(text: str, face: str) -> str:
    """What of the text the face has letters for; empty when too little of it would be left to be read."""
    text = unicodedata.normalize("NFC", text)
    kept = " ".join("".join(letter if _part(face, letter) else " " for letter in text).split())
    wanted, letters = sum(map(str.isalnum, text)), sum(map(str.isalnum, kept))
    return kept if letters and letters >= 0.6 * wanted else ""


def width(text: str, face: str, size: int) -> float:
    """In pixels."""
    return sum(_font(face, part, size).getlength(run) for part, run in _parts(text, face))


def write(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, face: str, size: int, ink: str):
    """Draw the text with its baseline's left end at `at`."""
    x, y = at
    for part, run in _parts(text, face):
        font = _font(face, part, size)
        draw.text((x, y), run, font=font, fill=ink, anchor="ls")
        x += font.getlength(run)


def fitted(text: str, face: str, room: int, sizes: Sequence[tuple[int, int]]) -> tuple[int, list[str]]:
    """The first of the sizes at which the text fits into `room` pixels, and its lines.

    What does not even fit at the last one ends in an ellipsis.

    Args:
        sizes: each with the number of lines that it may take.
    """
    lines: list[str] = []
    for size, most in sizes:
        lines = _broken(text, face, size, room)
        if len(lines) <= most and all(width(line, face, size) <= room for line in lines):
            return size, _balanced(text, face, size, lines)
    kept = lines[:most]
    last = kept[-1] if len(lines) == len(kept) else f"{kept[-1]}…"
    kept[-1] = last
    return size, [_cut(line, face, size, room) for line in kept]


def _broken(text: str, face: str, size: int, room: int) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, face, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _balanced(text: str, face: str, size: int, lines: list[str]) -> list[str]:
    """As many lines, but of nearly equal length."""
    room = max(width(line, face, size) for line in lines)
    while len(lines) > 1 and (room := room - size) > 0:
        narrower = _broken(text, face, size, room)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _cut(line: str, face: str, size: int, room: int) -> str:
    if width(line, face, size) <= room:
        return line
    line = line.rstrip("…")
    while line and width(f"{line}…", face, size) > room:
        line = line[:-1]
    return f"{line.rstrip()}…"


def _parts(text: str, face: str) -> list[tuple[str, str]]:
    """The text in runs, each with the file that has its letters."""
    runs = groupby(text, lambda letter: _part(face, letter))
    return [(part, "".join(run)) for part, run in runs if part]
