"""Kodi, by the add-on that was made for Ryot: an id at TMDB, numbers, and how many hundredths were seen."""

from moments.catalogue.works import Work
from moments.viewer.players.facts import Facts
from moments.viewer.players.playing import FINISHED, OTHER, PLAYING, Playing
from moments.viewer.players.works import FILM, SERIES, episode_in, season_in

FINISHED_FROM = 90  # percent: what comes after is mostly credits


def playing_of(facts: Facts) -> Playing:
    percent = facts.number("progress", 100)
    if percent is None:
        return Playing(player="kodi", event=OTHER, work=_work(facts))
    event = FINISHED if percent >= FINISHED_FROM else PLAYING
    return Playing(player="kodi", event=event, work=_work(facts), percent=percent)


def _work(facts: Facts) -> Work | None:
    ids = facts.ids({"tmdb": "identifier"})
    match facts.text("lot"):
        case "movie" if ids:
            return Work(medium=FILM, ids=ids)
        case "show" if ids:
            season = season_in(facts, "show_season_number")
            return Work(
                medium=SERIES, ids=ids, season=season, episode=episode_in(facts, "show_episode_number")
            )
    return None
