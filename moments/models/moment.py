"""A moment: a scene that somebody never got over, at its place in the story."""

from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.spoilers.rules import ProgressPoint, story_time

from .diary_entry import DiaryEntry
from .feeling import FeelingTally, Reaction, refresh_strengths
from .film import Film
from .post import Kind, KindManager, Post


class Moment(Post):
    proxy_kind = Kind.MOMENT
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("moment"), _("moments")

    @property
    def timecode_text(self):
        """The timecode as people write it: 0:33:10."""
        if self.timecode is None:
            return ""
        minutes, seconds = divmod(self.timecode, 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"

    def feelings_of(self, viewer):
        """The feelings that the viewer has here as a member."""
        if not viewer.is_authenticated:
            return set()
        reactions = Reaction.objects.filter(moment_id=self.pk, member=viewer.pk)
        return set(reactions.values_list("feeling", flat=True))

    def diary_entries_of(self, viewer):
        """The viewer's own diary entries of this moment: the newest few and the first, newest first."""
        if not viewer.is_authenticated:
            return []
        entries = DiaryEntry.objects.filter(moment_id=self.pk, member=viewer.pk).select_related("removal")
        return list(entries.then_and_now())

    @property
    def when(self):
        """Season, episode and second, to compare moments by; None when nobody said."""
        parts = (self.season, self.episode, self.timecode)
        return None if parts == (None, None, None) else tuple(part or 0 for part in parts)

    @property
    def progress(self):
        """How far somebody has seen who is up to here."""
        return ProgressPoint(self.position, story_time(self.season, self.episode, self.timecode))

    def previous_by_time(self):
        """The moment that this one follows by its time: the last in the story before a later one."""
        previous = None
        for moment in Moment.objects.filter(film=self.film).exclude(pk=self.pk).order_by("position", "id"):
            if moment.when and moment.when > self.when:
                return previous
            previous = moment
        return previous

    def place_after(self, previous):
        """Put the moment just behind `previous` in the story, or first when that is None.

        Places are points on a line, so putting one between two others moves nothing else.
        """
        siblings = Moment.objects.filter(film=self.film).exclude(pk=self.pk)
        start = previous.position if previous else None
        later = siblings.filter(position__gt=start) if previous else siblings
        following = later.aggregate(models.Min("position"))["position__min"]
        if following is None:
            self.position = (start or 0) + 1
        else:
            self.position = ((start if previous else following - 2) + following) / 2

    @transaction.atomic
    def feel(self, member, feeling):
        """Note that a member felt `feeling` here; doing it twice changes nothing.

        A feeling is about the film and not for the author, so members whom the author restricts may feel it.
        Returns whether anything changed.
        Raises Gone and Suspended.
        """
        self.ensure_open_for(member.pk)
        return self._react(member, feeling)

    @transaction.atomic
    def unfeel(self, member, feeling):
        """Take the feeling back. Returns whether anything changed."""
        self.lock_row()
        removed, _rows = Reaction.objects.filter(moment_id=self.pk, member=member, feeling=feeling).delete()
        if removed:
            self._count_feeling(member, feeling, -1)
        return bool(removed)

    @transaction.atomic
    def relive(self, member, date=None, note="", public=False):
        """Write a diary entry with what the member feels now. One a day; a second one amends it.

        Raises Gone, Suspended, and Refused: a note of that day that a moderator removed is not replaced.
        """
        self.lock_parents()
        self.ensure_open_for(member.pk)
        feelings = list(
            self.reactions.filter(member=member).order_by("feeling").values_list("feeling", flat=True)
        )
        entry, added = DiaryEntry.objects.get_or_create(
            member=member,
            moment_id=self.pk,
            date=date or timezone.localdate(),
            defaults={"feelings": feelings},
        )
        entry.amend(note, public, feelings)
        if added:
            self._count_diary_entries(+1)
        return entry

    @transaction.atomic
    def forget(self, entry):
        """Drop a diary entry of this moment. Returns whether it was still there."""
        self.lock_parents()
        self.lock_row()
        removed, _rows = DiaryEntry.objects.filter(pk=entry.pk, moment_id=self.pk).delete()
        if removed:
            self._count_diary_entries(-1)
        return bool(removed)

    def _react(self, member, feeling):
        _reaction, added = Reaction.objects.get_or_create(moment_id=self.pk, member=member, feeling=feeling)
        if added:
            FeelingTally.objects.get_or_create(moment_id=self.pk, feeling=feeling)
            self._count_feeling(member, feeling, +1)
        return added

    def _count_feeling(self, member, feeling, step):
        self.tallies.filter(feeling=feeling).update(count=F("count") + step)
        others = self.reactions.filter(member=member).exclude(feeling=feeling)
        if not others.exists():
            Post.objects.filter(pk=self.pk).update(felt_by=F("felt_by") + step)
        self.refresh_from_db(fields=["felt_by"])
        refresh_strengths(list(FeelingTally.objects.filter(moment_id=self.pk)), self.felt_by)

    def _count_diary_entries(self, step):
        Post.objects.filter(pk=self.pk).update(relive_count=F("relive_count") + step)
        Film.objects.filter(pk=self.film_id).update(relive_count=F("relive_count") + step)
        self.refresh_from_db(fields=["relive_count"])
