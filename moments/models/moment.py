"""A moment: a scene that somebody never got over, at its place in the story."""

from bisect import bisect

from django.db import models, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.spoilers.rules import UNPLACED, ProgressPoint, story_time
from reelive.prepared import PreparedObjects, PreparedUpdate

from .diary_entry import DiaryEntry
from .event import EventKind
from .feeling import Reaction, Tallies
from .film import Film
from .kinds import Kind
from .mixins.in_diary import InDiary
from .post import Post
from .post_queryset import KindManager
from .story_line import number_by_time, place_between, room_by_time

TIMES = ("position", "season", "episode", "timecode")


class Moment(InDiary, Post):
    proxy_kind = Kind.MOMENT
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("moment"), _("moments")

    # Whether the viewer may have diary entries of it: its page says so with the row.
    has_entries = True

    @property
    def timecode_text(self):
        """The timecode as people write it: 0:33:10."""
        if self.timecode is None:
            return ""
        minutes, seconds = divmod(self.timecode, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"

    def feelings_of(self, viewer):
        """The feelings that the viewer has here as a member."""
        if self.tallies_text is not None:
            return {tally.feeling for tally in self.tallied if tally.is_mine}
        if not viewer.is_authenticated:
            return set()
        reactions = Reaction.objects.filter(moment_id=self.pk, member=viewer.pk)
        return set(reactions.values_list("feeling", flat=True))

    def diary_entries_of(self, viewer):
        """The viewer's own diary entries of this moment: the newest few and the first, newest first."""
        if not viewer.is_authenticated or not self.has_entries:
            return []
        return THEN_AND_NOW(self.pk, viewer.pk)

    @property
    def story_time(self):
        """Season, episode and second as one number; None when nobody said, and for specials."""
        return story_time(self.season, self.episode, self.timecode)

    @property
    def progress(self):
        """How far somebody has seen who is up to here."""
        return ProgressPoint(self.position, self.story_time)

    # Its place in the story. Places are points on a line: putting one between two others moves nothing else.

    @property
    def is_placed(self):
        return self.position is not None and self.position < UNPLACED

    def place_after(self, previous):
        """Put it just behind `previous` in the story, or first when that is None, as its time allows."""
        others = self._placed_others()
        later = others.filter(position__gt=previous.position) if previous else others
        following = later.aggregate(models.Min("position"))["position__min"]
        before = previous and (previous.position, None)
        self.position = place_between(before, None if following is None else (following, None), None)
        self.heed_time()

    def place_by_time(self):
        """Put it where its time says, if the times of the others or the length of the film tell where."""
        others = self._story_of_others()
        length = None if self.film.is_series else (self.film.runtime or 0) * 60
        number = number_by_time([time for _place, time in others], self.story_time, length)
        if number is None:
            self.leave_unplaced()
        else:
            self._place_behind(number, others)

    def place_on_line(self, share):
        """Put it behind this share of the moments in sight, 0 to 1; where there are many, about there."""
        if self.film.runs:
            number = round(share * self.film.story_length)
            self.place_after(self.film.nth_moment(number) if number else None)
            return
        others = list(self._placed_others().listed().order_by("position", "id").only("position"))
        number = round(share * len(others))
        self.place_after(others[number - 1] if number else None)

    def heed_time(self):
        """Move it as little as has to be when the times of others deny that it stands there at its own."""
        if self.story_time is None or not self.is_placed:
            return
        others = self._story_of_others()
        number = bisect([place for place, _time in others], self.position)
        start, end = room_by_time([time for _place, time in others], self.story_time)
        if not start <= number <= end:
            self._place_behind(min(max(number, start), end), others)

    def _place_behind(self, number, others):
        before = others[number - 1] if number else None
        after = others[number] if number < len(others) else None
        self.position = place_between(before, after, self.story_time)

    def _story_of_others(self):
        """Place and story time of all others that have a place, in the order of the story."""
        rows = self._placed_others().order_by("position", "id").values_list(*TIMES)
        return [(place, story_time(*time)) for place, *time in rows]

    def leave_unplaced(self):
        """File it behind all moments: nobody has said where it belongs."""
        others = Moment.objects.filter(film=self.film).exclude(pk=self.pk).unplaced()
        last = others.aggregate(models.Max("position"))["position__max"]
        self.position = UNPLACED if last is None else last + 1

    def _placed_others(self):
        return Moment.objects.filter(film=self.film).exclude(pk=self.pk).placed()

    def bring_along(self, before):
        """What belongs to it follows it from its former place: the claims about it, and songs heard in it.

        Where another moment stands at the former place, nobody can tell whose the claims are: they stay.
        """
        if self.position == before:
            return
        posts, uses = Post.objects.filter(film=self.film), self.songs_heard.model.objects
        if not posts.filter(position=before).exists():
            posts.filter(kind=Kind.TRIVIA, reveals_at=before).update(reveals_at=self.position)
        moved = Q(reveals_at=before) | Q(reveals_at__gt=self.position)
        first = uses.filter(song=OuterRef("pk")).order_by("moment__position").values("moment__position")[:1]
        songs = posts.filter(moved, kind=Kind.SONG, pk__in=self.songs_heard.values("song"))
        songs.update(reveals_at=Subquery(first))

    @transaction.atomic
    def feel(self, member, feeling, is_told=True):
        """Note that a member felt `feeling` here; doing it twice changes nothing.

        A feeling is about the film and not for the author, so members whom the author restricts may feel it.
        Returns whether anything changed.
        Raises Gone and Suspended.
        """
        self._read_feelings(member, self.ensure_open_for(member.pk, *FELT_COLUMNS))
        if not self.counted.add(feeling):
            return False
        self._count_feeling(feeling, +1)
        if is_told:
            self.note(EventKind.FEELING, member.pk)
        return True

    @transaction.atomic
    def unfeel(self, member, feeling):
        """Take the feeling back. Returns whether anything changed. Raises Gone and Suspended."""
        self._read_feelings(member, self.ensure_open_for(member.pk, *FELT_COLUMNS))
        if not self.counted.drop(feeling):
            return False
        self._count_feeling(feeling, -1)
        return True

    @transaction.atomic
    def relive(self, member, date=None, note="", public=False, audience="", is_told=True):
        """Write a diary entry with what the member feels now. One a day; a second one adds to it.

        Args:
            audience: who sees it; empty where that is whoever sees the diary.
            is_told: whether followers hear of it.

        Returns the entry, which says whether it `is_new`.
        Raises Gone, Suspended, and Refused: a note of that day that a moderator removed is not replaced.
        """
        self.lock_parents()
        self._read_feelings(member, self.ensure_open_for(member.pk, *FELT_COLUMNS))
        feelings, date = sorted(self.counted.mine), date or timezone.localdate()
        entry = DiaryEntry(member=member, moment_id=self.pk, date=date, feelings=feelings, audience=audience)
        if not entry.add(note, public):
            entry = DiaryEntry.objects.get(member=member, moment_id=self.pk, date=date)
            entry.amend(note, public, feelings, audience)
            return entry
        self.count_entries(+1)
        if is_told:
            self.note(EventKind.DIARY, member.pk, number=entry.pk)
        return entry

    @property
    def entry_subject(self):
        return {"moment_id": self.pk}

    def lock_for_diary(self):
        self.lock_parents()
        self.lock_row()

    def _read_feelings(self, member, row):
        """Read what is felt here, once the row is locked."""
        for name in FELT_COLUMNS:
            setattr(self, name, row[name])
        self.counted = Tallies(self.pk, member.pk)

    def _count_feeling(self, feeling, step):
        if not self.counted.mine - {feeling}:
            self.felt_by += step
            COUNT_FELT_BY(self.pk, step)
        self.counted.count(feeling, step, self.felt_by)
        self.outdate_arc()

    def count_entries(self, step):
        """Count one entry more (+1) or less (-1), here and in its film; both rows are locked."""
        self.relive_count += step
        COUNT_ENTRIES(self.pk, step)
        COUNT_ENTRIES_OF_FILM(self.film_id, step)
        self.outdate_arc()


def _counting(rows, name):
    return PreparedUpdate(lambda pk, step: (rows.filter(pk=pk), {name: F(name) + step}))


THEN_AND_NOW = PreparedObjects(
    lambda moment, member: DiaryEntry.objects.filter(moment=moment, member=member).then_and_now()
)
# What a feeling or diary entry needs of the locked row.
FELT_COLUMNS = ("film_id", "felt_by", "relive_count")
COUNT_FELT_BY = _counting(Post.objects, "felt_by")
COUNT_ENTRIES = _counting(Post.objects, "relive_count")
COUNT_ENTRIES_OF_FILM = _counting(Film.objects, "relive_count")
