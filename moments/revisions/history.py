"""The history of a text: its versions, newest first, each compared with the one that came after it."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moments.revisions.diff import GONE, NEW, Passage, Run, changes, cover, passages
from reelive import partial_dates
from reelive.formats import counted, timecode
from reelive.markdown import hidden

FIELD_LABELS = {
    "title": _("Title"),
    # Of a film.
    "original_title": _("Original title"),
    "year": _("Year"),
    "released": _("First shown"),
    "medium": _("Film or series"),
    "director": _("Directed by"),
    "music": _("Music by"),
    "runtime": _("Length"),
    "cuts": _("Other cuts"),
    "language": _("Language"),
    "absolute": _("Number in the whole series"),
    "after_season": _("It stands after season"),
    "after_episode": _("It stands after episode"),
    "summary": _("Summary"),
    "imdb": _("IMDb id"),
    "tmdb": _("TMDB id"),
    "wikidata": _("Wikidata id"),
    "tvdb": _("TheTVDB id"),
    "letterboxd": _("Letterboxd id"),
    "palette": _("Colours"),
    "genres": _("Genres"),
    "countries": _("Countries"),
    "languages": _("Languages"),
    "other_titles": _("Other titles"),
    "credits": _("Cast and crew"),
    # Of a person.
    "name": _("Name"),
    "sort_name": _("Name in the alphabet"),
    "other_names": _("Other names"),
    "born": _("Born"),
    "died": _("Died"),
    "still": _("Picture"),
    # Of a recording, and of where a song is heard.
    "original": _("It is a cover of"),
    "songs": _("The same song in"),
    "musicbrainz": _("MusicBrainz id"),
    "isrc": _("ISRC"),
    "role": _("How it is heard"),
    "starts": _("From"),
    "ends": _("To"),
    "note": _("Note"),
    # Of a post or comment.
    "body": _("Text"),
    "context": _("Context"),
    "artist": _("Artist"),
    "listen_url": _("Where to listen"),
    "still_alt": _("What the still shows"),
}

MEDIUM_NAMES = {"film": _("Film"), "series": pgettext_lazy("one", "Series")}
MINUTES_LONG = ngettext_lazy("%(count)s minute", "%(count)s minutes", "number")
# What people do for a film, in the order in which it is shown.
ROLES = {
    "director": _("Director"),
    "creator": _("Creator"),
    "writer": _("Writer"),
    "composer": _("Composer"),
    "camera": _("Cinematographer"),
    "editor": _("Film editor"),
    "dance": _("Choreographer"),
    "design": _("Production designer"),
    "producer": _("Producer"),
    "cast": _("Cast"),
}


def worded_credit(credit):
    """One credit as a line: the name and what it is for; of one that gives something away just that."""
    _person, name, role, character, gives_away, season, episode = credit
    if gives_away:
        return gettext("A credit that gives something away")
    did = " · ".join(map(str, filter(None, [ROLES[role], character])))
    if season is not None:
        did += f" ({season}×{episode})" if episode is not None else f" ({season})"
    return f"{name}: {did}"


# How a song is heard in a moment.
HEARD_AS = {
    "performed": _("performed on screen"),
    "background": _("in the background"),
    "theme": _("as a theme"),
    "reprise": _("as a reprise"),
    "credits": _("over the credits"),
}


def worded_songs(songs):
    """Their films, where somebody said which; of keys alone, where they stand by their numbers."""
    return songs if isinstance(songs, str) else "\n".join(f"/posts/{key}/" for key in songs)


# How facts are written that are not kept as texts.
WORDED = {
    "year": str,
    "born": str,
    "died": str,
    "medium": lambda medium: str(MEDIUM_NAMES.get(medium, medium)),
    "runtime": lambda minutes: counted(minutes, MINUTES_LONG),
    "released": partial_dates.worded,
    "cuts": lambda cuts: "\n".join(f"{name}, {counted(minutes, MINUTES_LONG)}" for name, minutes in cuts),
    "palette": lambda colours: " ".join(colours).replace("#", ""),
    "genres": ", ".join,
    "countries": lambda codes: ", ".join(codes).upper(),
    "languages": ", ".join,
    "credits": lambda credits: "\n".join(map(worded_credit, credits)),
    "songs": worded_songs,
    "role": lambda role: str(HEARD_AS.get(role, role)),
    "starts": timecode,
    "ends": timecode,
    "still": lambda _name: gettext("a picture"),
}

Texts = dict[str, str]  # by the names in FIELD_LABELS


def worded(kept: dict[str, Any]) -> Texts:
    """What a revision keeps, as texts: a film also has numbers and colours."""
    return {name: WORDED.get(name, str)(value) if value else "" for name, value in kept.items()}


def picture_runs(old: str, new: str) -> list[Run]:
    """Which picture it was is in no history, and so it says only that one went and another came."""
    if old == new:
        return []
    came = gettext("another picture") if old else gettext("a picture")
    gone = gettext("the picture from before")
    return [run for run, name in (((GONE, gone), old), ((NEW, came), new)) if name]


class Change(NamedTuple):
    label: str
    passages: list[Passage]


class Edit(NamedTuple):
    """A revision, and what the edit changed that made it; no changes when it was revoked."""

    revision: Any
    changes: list[Change]


class Version:
    """Texts, and which of their characters a spoiler hides. The facts of a film hide nothing."""

    def __init__(self, kept: dict[str, Any], *, spoilers: bool):
        self.texts = worded(kept) | ({"still": kept["still"]} if kept.get("still") else {})
        mask = hidden if spoilers else lambda text: bytearray(len(text))
        self.masks = {name: mask(text) for name, text in self.texts.items()}

    def compared_with(self, later: "Version") -> list[Change]:
        """What changed up to a later version. What is hidden in the one is hidden in the other."""
        found = []
        for name, label in FIELD_LABELS.items():
            old, new = self.texts.get(name, ""), later.texts.get(name, "")
            runs = picture_runs(old, new) if name == "still" else changes(old, new)
            before, after = self.masks.get(name, bytearray()), later.masks.get(name, bytearray())
            cover(runs, before, after)
            if old != new:
                found.append(Change(label, passages(runs, before, after)))
        return found


def edits(
    revisions: Iterable[Any], newer: dict[str, Any] | None, now: dict[str, Any], *, spoilers: bool = True
) -> Iterator[Edit]:
    """The edits of a page of revisions, newest first.

    Args:
        newer: what the next newer version said, None when the page begins at the text of now.
        now: what the text says now. A spoiler that it hides is hidden in all versions before it as well.
        spoilers: whether marks in the texts hide what stands between them.
    """
    later = Version(now, spoilers=spoilers)
    if newer is not None:
        current, later = later, Version(newer, spoilers=spoilers)
        later.compared_with(current)
    for revision in revisions:
        if revision.is_revoked:
            yield Edit(revision, [])
            continue
        version = Version(revision.texts, spoilers=spoilers)
        yield Edit(revision, version.compared_with(later))
        later = version
