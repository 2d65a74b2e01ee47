"""Choosing an episode that is known, where a form asks for season and episode."""

from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models import Episode, Season
from moments.viewer.episodes import veil

MOST_EPISODES = 300


class KnownEpisodeField(forms.ChoiceField):
    """One of the first episodes of a series that somebody named; their titles as the viewer may read them."""

    def __init__(self, **kwargs):
        says = _("Or give the numbers.")
        super().__init__(label=_("Which episode?"), required=False, help_text=says, **kwargs)

    def offer(self, film, viewer):
        """Offer the episodes of the film. Returns whether there are any."""
        rows = list(Episode.objects.filter(film=film).order_by("season", "number")[:MOST_EPISODES])
        if viewer:
            veil(rows, film, viewer)
        for row in rows:
            row.film = film
        groups = [
            (Season(film=film, number=season).numbered, [(_key(row), _label(row)) for row in episodes])
            for season, episodes in groupby(rows, key=lambda row: row.season)
        ]
        self.choices = [("", _("Choose an episode")), *groups]
        return bool(rows)

    def clean(self, value):
        """The numbers of season and episode, or None."""
        chosen = super().clean(value)
        return tuple(map(int, chosen.split("-"))) if chosen else None


def _key(episode):
    return key_of(episode.season, episode.number)


def key_of(season, number):
    return "" if season is None or number is None else f"{season}-{number}"


def _label(episode):
    titled = episode.title and not episode.is_veiled
    return f"{episode.code} · {episode.title}" if titled else episode.code
