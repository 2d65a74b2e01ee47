"""Plex. It says that something was seen when nine tenths of it were; what comes after is mostly credits, so
that this counts as its end."""

import re
from collections.abc import Iterator

from moments.catalogue.works import Work
from moments.viewer.players.facts import Facts, ids_of
from moments.viewer.players.playing import (
    FINISHED,
    OTHER,
    PAUSED,
    PLAYING,
    RATED,
    STARTED,
    STOPPED,
    Playing,
)
from moments.viewer.players.works import episode_in, episode_work, film_work, season_in

MILLISECONDS = 1_000
EVENTS = {
    "media.play": STARTED,
    "media.resume": PLAYING,
    "media.pause": PAUSED,
    "media.stop": STOPPED,
    "media.scrobble": FINISHED,
    "media.rate": RATED,
}
AGENTS = {"imdb": "imdb", "themoviedb": "tmdb", "thetvdb": "tvdb"}
# Before 2020 an agent gave the one id, of an episode that of its series with its numbers.
OLD_GUID = re.compile(r"com\.plexapp\.agents\.(\w+)://([^/?]+)(/\d+/\d+)?(?:\?.*)?", re.ASCII)


def playing_of(facts: Facts) -> Playing:
    item = facts.part("Metadata")
    return Playing(
        player="plex",
        event=EVENTS.get(facts.text("event"), OTHER),
        work=_work(item),
        position=item.seconds("viewOffset", MILLISECONDS),
        runtime=item.seconds("duration", MILLISECONDS),
        user=facts.part("Account").text("title"),
        library=item.text("librarySectionTitle"),
        device=facts.part("Player").text("title"),
    )


def _work(item: Facts) -> Work | None:
    ids, old = ids_of(_ids(item)), OLD_GUID.fullmatch(item.text("guid"))
    from_agent = ids_of([(AGENTS.get(old[1], ""), old[2])]) if old else {}
    match item.text("type"):
        case "movie":
            return film_work(item, "title", "originalTitle", "year", from_agent | ids)
        case "episode":
            season, episode = season_in(item, "parentIndex"), episode_in(item, "index")
            of_series = from_agent if old and old[3] else {}
            own = ids if of_series else from_agent | ids
            return episode_work(
                item.text("grandparentTitle"), season, episode, item.text("title"), own, of_series
            )
    return None


def _ids(item: Facts) -> Iterator[tuple[str, str]]:
    for guid in item.parts("Guid"):
        place, _colon, number = guid.text("id").partition("://")
        yield place, number
