"""Emby, and the plugin of Jellyfin that sends the same: an event beside the item that it is about."""

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

EMBY_IDS = {"imdb": "Imdb", "tmdb": "Tmdb", "tvdb": "Tvdb", "wikidata": "WikidataId"}
EVENTS = {
    "playback.start": STARTED,
    "playback.unpause": PLAYING,
    "playback.pause": PAUSED,
    "playback.stop": STOPPED,
    "item.markplayed": MARKED,
    "item.markunplayed": UNMARKED,
    "item.rate": RATED,
    # The same of Jellyfin.
    "Play": STARTED,
    "Resume": PLAYING,
    "Progress": PLAYING,
    "Pause": PAUSED,
    "Stop": STOPPED,
    "Scrobble": FINISHED,
    "MarkPlayed": MARKED,
    "MarkUnplayed": UNMARKED,
    "Rate": RATED,
}


def playing_of(facts: Facts) -> Playing:
    event, item = facts.text("Event"), facts.part("Item")
    info, session = facts.part("PlaybackInfo"), facts.part("Session")
    position = info.seconds("PositionTicks")
    if position is None:
        position = session.part("PlayState").seconds("PositionTicks")
    is_whole = EVENTS.get(event) == STOPPED and info.is_true("PlayedToCompletion")
    return Playing(
        player="emby" if "." in event else "jellyfin",
        event=FINISHED if is_whole else EVENTS.get(event, OTHER),
        work=_work(item, facts.part("Series")),
        position=position,
        runtime=item.seconds("RunTimeTicks"),
        user=facts.part("User").text("Name") or session.text("UserName"),
        library=item.text("LibraryName"),
        device=session.text("DeviceName"),
    )


def _work(item: Facts, series: Facts) -> Work | None:
    ids = item.part("ProviderIds").ids(EMBY_IDS)
    match item.text("Type"):
        case "Movie":
            return film_work(item, "Name", "OriginalTitle", "ProductionYear", ids)
        case "Episode":
            season, episode = season_in(item, "ParentIndexNumber"), episode_in(item, "IndexNumber")
            name = item.text("SeriesName") or series.text("Name")
            of_series = series.part("ProviderIds").ids(EMBY_IDS)
            return episode_work(name, season, episode, item.text("Name"), ids, of_series)
    return None
