"""A film's arc as its pages show it, and a moment's place on it."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class ArcOfFilm:
    drawing: Any = None
    place: str = ""
    previous: Any = None
    next: Any = None


def film_arc(film, here=None):
    return ArcOfFilm()
