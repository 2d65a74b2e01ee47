from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from moments.models import Moment
from moments.spoilers.rules import (
    LAST_EPISODE,
    LAST_SEASON,
    SEEN,
    UNSEEN,
    end_of,
    episode_of,
)

from .fields import HoursField
from .moment_picker import PlacedMomentField

TIMES = {"season", "episode", "time"}


class ProgressForm(forms.Form):
    """How far somebody has seen a film: `progress` in the cleaned data, None when they would rather not say.

    Args:
        viewer, film: whose progress in what.
        before: the ProgressPoint so far, or None.
        start: what an address may fill in: `moment`, or `season` and `episode`.
    """

    seen = forms.ChoiceField(
        label=_("Have you seen it?"),
        choices=[
            ("all", _("All of it")),
            ("part", _("Up to a point")),
            ("none", _("Not yet")),
            ("unsaid", _("I would rather not say")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    moment = PlacedMomentField(label=_("Up to this moment"))
    season = forms.IntegerField(
        label=_("Or up to season"), required=False, min_value=1, max_value=LAST_SEASON
    )
    episode = forms.IntegerField(
        label=_("and the end of episode"), required=False, min_value=0, max_value=LAST_EPISODE - 1
    )
    time = HoursField(label=_("Or up to this time, like 0:48"), required=False)

    def __init__(self, data=None, *, viewer, film, before, start):
        asked = {name: start[name] for name in ("moment", "season", "episode") if start.get(name)}
        initial = {"seen": "part" if asked else _seen(before), "moment": None} | asked
        super().__init__(data, initial=initial)
        self.film = film
        self.moments = Moment.objects.listed().placed().filter(film=film)
        self.fields["moment"].offer(film, viewer)
        for name in TIMES - self._times(film):
            del self.fields[name]
        if before and not asked:
            self.initial |= self._so_far(before)

    def _times(self, film):
        """The fields that say something here; where no moment tells its time, a time would veil them all."""
        if film.is_series:
            return {"season", "episode"}
        if film.runs:
            return {"time"} if any(run.film_time is not None for run in film.runs) else set()
        known = self.moments.aggregate(moments=Count("pk"), timed=Count("timecode"))
        return {"time"} if known["timed"] or not known["moments"] else set()

    def _so_far(self, before):
        """The fields as the viewer filled them in: by the moment, or by the time that they gave."""
        here = self.moments.filter(position=before.place).order_by("id").first()
        if before.story_time is None or (here and before.story_time == here.progress.story_time):
            return {"moment": here}
        if "time" in self.fields:
            minutes, seconds = divmod(int(before.story_time), 60)
            time = f"{minutes // 60}:{minutes % 60:02}"
            return {"time": f"{time}:{seconds:02}" if seconds else time}
        if "season" not in self.fields:
            return {}
        season, episode = episode_of(before.story_time)
        return {"season": season, "episode": episode}

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        known = {"all": SEEN, "none": UNSEEN, "unsaid": None}
        seen = cleaned["seen"]
        return cleaned | {"progress": known[seen] if seen in known else self._part(cleaned)}

    def _part(self, said):
        """By season and episode, or by the clock, where one is given and not merely left from the last time
        while another moment was chosen; by the moment otherwise."""
        if said["moment"] and "moment" in self.changed_data and not TIMES & set(self.changed_data):
            return said["moment"].progress
        if said.get("episode") is not None and said.get("season") is None:
            raise ValidationError(_("Say the season as well."))
        if said.get("season") is not None:
            return self.film.progress_until(end_of(said["season"], said["episode"]))
        if said.get("time") is not None:
            return self.film.progress_until(float(said["time"]))
        if said["moment"]:
            return said["moment"].progress
        raise ValidationError(self._what_to_say())

    def _what_to_say(self):
        if "time" in self.fields:
            return _("Say up to where: choose a moment, or give the time.")
        if "season" in self.fields:
            return _("Say up to where: choose a moment, or give the season.")
        return _("Say up to where: choose a moment.")


def _seen(progress):
    if progress is None:
        return "unsaid"
    return "all" if progress.is_all else "none" if progress.is_start else "part"
