"""What a player says, whichever it is: what is played, how far it has come, and for whom."""

from dataclasses import dataclass, field

from moments.catalogue.works import Work

STARTED, PLAYING, PAUSED, STOPPED = "started", "playing", "paused", "stopped"
FINISHED, MARKED, UNMARKED, RATED, OTHER = "finished", "marked", "unmarked", "rated", "other"
# What comes again and again while something is played: of these one in a while is enough.
FREQUENT = frozenset((STARTED, PLAYING, PAUSED))
# Those that say how far it has come, and those that say that it was seen to its end.
ON_THE_WAY = frozenset((*FREQUENT, STOPPED))
AT_THE_END = frozenset((FINISHED, MARKED))


@dataclass(frozen=True)
class Playing:
    """One message of a player.

    Args:
        player: "jellyfin", "plex", "emby" or "kodi".
        event: one of the above.
        work: what is played; None for what is neither a film nor an episode, such as a song.
        position, runtime: in seconds; None where it is not said.
        percent: how far it has come, where that is all that the player says.
        user, library, device: names, empty where they are not said.
    """

    player: str
    event: str = OTHER
    work: Work | None = field(default=None)
    position: int | None = None
    runtime: int | None = None
    percent: float | None = None
    user: str = ""
    library: str = ""
    device: str = ""

    @property
    def is_finished(self) -> bool:
        """Whether it was seen to its end, or somebody says so."""
        return self.event in AT_THE_END

    @property
    def is_frequent(self) -> bool:
        return self.event in FREQUENT

    @property
    def acts(self) -> bool:
        """Whether anything follows from it; a line once crossed is never taken back."""
        return self.work is not None and self.event in ON_THE_WAY | AT_THE_END
