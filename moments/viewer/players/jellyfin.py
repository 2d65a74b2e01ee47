"""Jellyfin, by the plugin that sends flat facts: as they are, or all of them as texts by a template."""

from moments.catalogue.works import Work
from moments.viewer.players.facts import Facts
from moments.viewer.players.playing import (
    FINISHED,
    MARKED,
    OTHER,
    PAUSED,
    PLAYING,
    RATED,
    STARTED,
    STOPPED,
    UNMARKED,
    Playing,
)
from moments.viewer.players.works import episode_in, episode_work, film_work, season_in

JELLYFIN_IDS = {place: f"Provider_{place}" for place in ("imdb", "tmdb", "tvdb", "wikidata")}


def playing_of(facts: Facts) -> Playing:
    return Playing(
        player="jellyfin",
        event=_event(facts),
        work=_work(facts),
        position=facts.seconds("PlaybackPositionTicks"),
        runtime=facts.seconds("RunTimeTicks"),
        user=facts.text("NotificationUsername"),
        library=facts.text("LibraryName"),
        device=facts.text("DeviceName"),
    )


def _event(facts: Facts) -> str:
    match facts.text("NotificationType"):
        case "PlaybackStart":
            return STARTED
        case "PlaybackProgress":
            return PAUSED if facts.is_true("IsPaused") else PLAYING
        case "PlaybackStop":
            return FINISHED if facts.is_true("PlayedToCompletion") else STOPPED
        case "UserDataSaved":
            return _saved(facts)
    return OTHER


def _saved(facts: Facts) -> str:
    """What it notes of itself: it says so beside the playing, and where somebody ticks that they saw it."""
    is_played = facts.is_true("Played")
    match facts.text("SaveReason"):
        case "TogglePlayed":
            return MARKED if is_played else UNMARKED
        case "PlaybackFinished":
            return FINISHED if is_played else STOPPED
        case "PlaybackProgress":
            return PLAYING
        case "UpdateUserRating":
            return RATED
    return OTHER


def _work(facts: Facts) -> Work | None:
    match facts.text("ItemType"):
        case "Movie":
            return film_work(facts, "Name", "OriginalTitle", "Year", facts.ids(JELLYFIN_IDS))
        case "Episode":
            season, episode = season_in(facts, "SeasonNumber"), episode_in(facts, "EpisodeNumber")
            return episode_work(
                facts.text("SeriesName"), season, episode, facts.text("Name"), facts.ids(JELLYFIN_IDS)
            )
    return None
