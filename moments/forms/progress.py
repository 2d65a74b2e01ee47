from django import forms
from django.core.exceptions import ValidationError

from moments.models import Moment
from moments.spoilers import SEEN, UNSEEN, Horizon, clock, end_of, episode_of, reached

from .fields import HoursField, PlaceField


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
    season = forms.IntegerField(label="Season", required=False, min_value=0, max_value=200)
    episode = forms.IntegerField(label="Up to the end of episode", required=False, min_value=0, max_value=900)
    time = HoursField(label="Or up to this time", required=False, help_text="Hours and minutes, like 0:48.")

    def __init__(self, data=None, *, reader, film, before, start):
        initial = {"seen": _seen(before), "moment": start.get("moment")}
        super().__init__(data, initial=initial | ({"seen": "part"} if initial["moment"] else {}))
        self.moments = Moment.objects.listed().filter(film=film)
        self.fields["moment"].offer(self.moments, reader)
        unfit = ("time",) if film.is_series else ("season", "episode")
        for name in unfit:
            del self.fields[name]
        if before and not self.initial["moment"]:
            self.initial |= self._so_far(before)

    def _so_far(self, before):
        """The fields as the reader filled them in: by the moment, or by the time that they gave."""
        here = self.moments.filter(position=before.place).order_by("id").first()
        if before.clock is None or (here and before.clock == here.horizon.clock):
            return {"moment": here}
        if "time" in self.fields:
            minutes, seconds = divmod(int(before.clock), 60)
            return {"time": f"{minutes // 60}:{minutes % 60:02}" + f":{seconds:02}" * (seconds > 0)}
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
        """By season and episode, or by the clock, where one is given; by the moment otherwise."""
        if said.get("episode") is not None and said.get("season") is None:
            raise ValidationError("Say the season as well.")
        if said.get("season") is not None:
            return self._until(end_of(said["season"], said["episode"]))
        if said.get("time") is not None:
            return self._until(float(said["time"]))
        if said["moment"]:
            return said["moment"].horizon
        raise ValidationError("Say up to where: choose a moment, or give the time.")

    def _until(self, at):
        rows = self.moments.order_by("position", "id").values_list(
            "position", "season", "episode", "timecode"
        )
        return Horizon(reached([(place, clock(*time)) for place, *time in rows], at), at)


def _seen(horizon):
    if horizon is None:
        return "unsaid"
    return "all" if horizon.is_all else "none" if horizon.is_start else "part"
