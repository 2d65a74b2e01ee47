from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count

from moments.models import Moment
from moments.spoilers import (
    LAST_EPISODE,
    LAST_SEASON,
    SEEN,
    UNSEEN,
    Horizon,
    clock,
    end_of,
    episode_of,
    reached,
)

from .fields import HoursField, PlaceField

TIMES = {"season", "episode", "time"}


class ProgressForm(forms.Form):
    """How far somebody has seen a film: `horizon` in the cleaned data, None when they would rather not say.

    Args:
        reader, film: whose horizon of what.
        before: the Horizon so far, or None.
        start: what an address may choose ahead, such as `moment`.
    """

    seen = forms.ChoiceField(
        label="Have you seen it?",
        choices=[
            ("all", "All of it"),
            ("part", "Up to a point"),
            ("none", "Not yet"),
            ("unsaid", "I would rather not say"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the four."},
    )
    moment = PlaceField(label="Up to this moment", empty_label="Choose a moment")
    season = forms.IntegerField(label="Or up to season", required=False, min_value=0, max_value=LAST_SEASON)
    episode = forms.IntegerField(
        label="and the end of episode", required=False, min_value=0, max_value=LAST_EPISODE - 1
    )
    time = HoursField(label="Or up to this time, like 0:48", required=False)

    def __init__(self, data=None, *, reader, film, before, start):
        initial = {"seen": _seen(before), "moment": start.get("moment")}
        super().__init__(data, initial=initial | ({"seen": "part"} if initial["moment"] else {}))
        self.moments = Moment.objects.listed().filter(film=film)
        self.fields["moment"].offer(self.moments, reader)
        for name in TIMES - self._times(film):
            del self.fields[name]
        if before and not self.initial["moment"]:
            self.initial |= self._so_far(before)

    def _times(self, film):
        """The fields that say something here; where no moment tells its time, a time would veil them all."""
        if film.is_series:
            return {"season", "episode"}
        known = self.moments.aggregate(moments=Count("pk"), timed=Count("timecode"))
        return {"time"} if known["timed"] or not known["moments"] else set()

    def _so_far(self, before):
        """The fields as the reader filled them in: by the moment, or by the time that they gave."""
        here = self.moments.filter(position=before.place).order_by("id").first()
        if before.clock is None or (here and before.clock == here.horizon.clock):
            return {"moment": here}
        if "time" in self.fields:
            minutes, seconds = divmod(int(before.clock), 60)
            return {"time": f"{minutes // 60}:{minutes % 60:02}" + f":{seconds:02}" * (seconds > 0)}
        if "season" not in self.fields:
            return {}
        season, episode = episode_of(before.clock)
        return {"season": season, "episode": episode}

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        known = {"all": SEEN, "none": UNSEEN, "unsaid": None}
        seen = cleaned["seen"]
        return cleaned | {"horizon": known[seen] if seen in known else self._part(cleaned)}

    def _part(self, said):
        """By season and episode, or by the clock, where one is given and not merely left from the last time
        while another moment was chosen; by the moment otherwise."""
        if said["moment"] and "moment" in self.changed_data and not TIMES & set(self.changed_data):
            return said["moment"].horizon
        if said.get("episode") is not None and said.get("season") is None:
            raise ValidationError("Say the season as well.")
        if said.get("season") is not None:
            return self._until(end_of(said["season"], said["episode"]))
        if said.get("time") is not None:
            return self._until(float(said["time"]))
        if said["moment"]:
            return said["moment"].horizon
        other = next((f", or give the {name}" for name in ("time", "season") if name in self.fields), "")
        raise ValidationError(f"Say up to where: choose a moment{other}.")

    def _until(self, at):
        rows = self.moments.order_by("position", "id").values_list(
            "position", "season", "episode", "timecode"
        )
        return Horizon(reached([(place, clock(*time)) for place, *time in rows], at), at)


def _seen(horizon):
    if horizon is None:
        return "unsaid"
    return "all" if horizon.is_all else "none" if horizon.is_start else "part"
