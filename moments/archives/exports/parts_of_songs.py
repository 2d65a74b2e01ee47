"""The parts of an export about songs: where they are heard, verdicts on that, and pages of songs."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import WHEN, Part, post_link
from moments.models import Recording, SongUse, Verdict

MOMENT = {
    "moment": _("The address of the moment in which it is heard."),
    "moment_uid": _("The name of that moment, if it is one of yours."),
}


def _uses(member):
    """Where the songs of the member are heard, and what the member added to songs of others."""
    uses = SongUse.objects.filter(Q(song__author=member.pk) | Q(added_by=member.pk))
    return uses.select_related("moment__film")


def _verdicts(member):
    verdicts = Verdict.objects.filter(member=member.pk, song_use__isnull=False)
    return verdicts.select_related("song_use__moment__film")


def _moment_link(moment):
    """Its address; by its number alone once it is out of sight."""
    moment.is_veiled = False
    return post_link(moment)


SONG_PARTS = (
    Part(
        "song-uses",
        _("Where your songs are heard, and what you added to songs of others."),
        _uses,
        {
            **MOMENT,
            "role": _("How it is heard there."),
            "starts": _("The second from which it is heard."),
            "ends": _("The second up to which it is heard."),
            "note": _("Your note."),
            **WHEN,
        },
        ("moments.SongUse.added_by",),
        {"moment": lambda use: _moment_link(use.moment)},
        post="song",
        own={"moment_uid": ("moment", "posts")},
        uid=True,
    ),
    Part(
        "song-verdicts",
        _("Your verdicts on where songs are heard."),
        _verdicts,
        {
            "moment": MOMENT["moment"],
            "stance": _("Whether you confirm or dispute it."),
            "reason": _("Your reason."),
            "url": _("Your source."),
            "state": _("Whether it can be seen or was removed by a moderator."),
            **WHEN,
        },
        of={"moment": lambda verdict: _moment_link(verdict.song_use.moment)},
        post="post",
        uid=True,
    ),
    Part(
        "recordings",
        _("The pages of songs in all films that you began."),
        lambda member: Recording.objects.filter(added_by=member.pk),
        {"address": _("Its address."), "title": _("Its title."), "artist": _("The artist."), **WHEN},
        ("moments.Recording.added_by",),
        {"address": "link"},
    ),
)
