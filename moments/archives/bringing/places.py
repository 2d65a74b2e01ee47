"""The places from which members bring what they saw: what each is called, and how its file is to be had."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Place:
    """One of them.

    Args:
        name: as the place calls itself.
        how: a sentence on the way to its file.
        tells_rewatches: whether it says of what was seen that it was seen before.
    """

    name: str | Promise
    how: str | Promise
    tells_rewatches: bool = True


# By the slugs of the readers, those that most people come from first.
PLACES = {
    "letterboxd": Place(
        "Letterboxd",
        _("Open its settings, then Data, and press Export your data. Bring the ZIP as it comes."),
    ),
    "tv-time": Place(
        "TV Time",
        _("It closed in July 2026. Bring the ZIP that it sent you, or what a browser extension saved."),
    ),
    "imdb": Place("IMDb", _("Open your ratings, your watchlist or a list, press Export, and fetch the CSV.")),
    "trakt": Place(
        "Trakt", _("Open its settings, then Data, and ask for an export. Bring the ZIP as it comes.")
    ),
    "netflix": Place(
        "Netflix",
        _("Open your account, the viewing activity of your profile, and press Download all at its end."),
        tells_rewatches=False,
    ),
    "simkl": Place("Simkl", _("Open its settings, then Backup, and bring the file as JSON, CSV or ZIP.")),
    "tmdb": Place("TMDB", _("Open your ratings or your watchlist there, press Export, and bring the CSV.")),
    "yamtrack": Place(
        "Yamtrack", _("Open its settings, then Export, and bring the CSV."), tells_rewatches=False
    ),
    "movary": Place(
        "Movary",
        _("Open its settings, and export your history, ratings and watchlist as CSV."),
        tells_rewatches=False,
    ),
    "neodb": Place("NeoDB", _("Open its settings, then Data, and export all marks as CSV. Bring the ZIP.")),
    "letterboxd-form": Place(
        _("A table for Letterboxd"),
        _("Any site makes it that exports films in the columns that Letterboxd takes."),
    ),
}
