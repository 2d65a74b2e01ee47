"""A film as a whole: members log that they saw it, a season or an episode of it, and rate it."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..diary_entry import DiaryEntry
from ..diary_entry_queryset import SOME_TIME_AGO
from ..locking import lock_one, locked_row
from ..progress import Progress
from ..refusals import FilmGone
from .in_diary import InDiary
from .stateful import State


class Logged(InDiary, models.Model):
    relive_count = models.PositiveIntegerField(_("diary entries"), default=0, editable=False)
    # Old code may run that does not name these, so the database has their defaults.
    log_count = models.PositiveIntegerField(_("times logged"), default=0, db_default=0, editable=False)
    rating_count = models.PositiveIntegerField(_("ratings"), default=0, db_default=0, editable=False)
    # In half stars, and how many ratings there are of each number of them.
    rating_sum = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    rating_buckets = models.JSONField(default=list, db_default=[], blank=True, editable=False)

    class Meta:
        abstract = True

    @property
    def log_url(self):
        return f"{self.get_absolute_url()}log/"

    @transaction.atomic
    def log(self, member, date, season=None, episode=None, note="", public=False, audience="", **said):
        """Write a diary entry: the member saw it, or a season or an episode of it.

        One a day; a second one adds to it, unless it says that they saw it again.

        Their progress follows, and it leaves their watchlist.

        Args:
            date: the day; None for some time ago.
            audience: who sees the entry; empty where that is whoever sees the diary.
            said: what else they say, by the columns of an entry: rewatch, rating, liked, feelings, tags.

        Returns the entry, which says whether it `is_new`, how far the member was and is, and whether it
        `was_wanted`.
        Raises FilmGone, Suspended, and Refused: a note that a moderator removed is not replaced.
        """
        self._lock_for(member)
        entry = DiaryEntry(
            member=member,
            whole_film=self,
            season=season,
            episode=episode,
            date=date or SOME_TIME_AGO,
            audience=audience,
            **said,
        )
        if entry.add(note, public):
            self.count("log_count", +1)
        else:
            entry = self._amend(entry, note, public, said)
        self.ratings.model.objects.follow(entry)
        entry.was_wanted = self.wanted_by.model.objects.remove(member, self)
        entry.progress_before, entry.progress_after = Progress.objects.advance(member, self, season, episode)
        return entry

    def _lock_for(self, member):
        row = locked_row(type(self)._base_manager.filter(pk=self.pk), member.pk)
        if row["state"] != State.VISIBLE:
            raise FilmGone

    def _amend(self, entry, note, public, said):
        """Say the same in the entry that the member has of that day."""
        same = DiaryEntry.objects.filter(member=entry.member_id, date=entry.date, rewatch=entry.rewatch)
        there = same.of_whole(self.pk, entry.season, entry.episode).get()
        feelings = said.get("feelings") or there.feelings
        more = {name: said[name] for name in ("rating", "liked", "tags") if name in said}
        there.amend(note, public, feelings, entry.audience, **more)
        return there

    @transaction.atomic
    def revise_entry(self, entry, **said):
        """Change an entry of this film. False when it has been deleted. Raises DayTaken and Refused."""
        self._lock_for(entry.member)
        is_changed = entry.revise(**said)
        if is_changed:
            self.ratings.model.objects.follow(entry)
        return is_changed

    # What follows of an entry that is dropped or brought back.

    @property
    def entry_subject(self):
        return {"whole_film_id": self.pk}

    def lock_for_diary(self):
        lock_one(type(self), self.pk)

    def count_entries(self, step):
        self.count("log_count", step)

    def entries_like(self, entry):
        same = super().entries_like(entry).filter(rewatch=entry.rewatch)
        return same.of_whole(self.pk, entry.season, entry.episode)

    def follow_entry(self, entry, is_gone=False):
        ratings = self.ratings.model.objects
        if is_gone:
            ratings.unfollow(entry, is_gone=True)
        else:
            ratings.follow(entry)

    def _hand_logs_to(self, target):
        """Merging: the entries, ratings and watchlists of this film are those of the target from now on.

        Of two entries of one day, one is said to be of a film seen again; of more, the others go.
        """
        there = DiaryEntry.objects.filter(whole_film=target)
        for entry in self.diary_entries.order_by("pk").iterator(chunk_size=500):
            same = there.filter(member=entry.member_id, date=entry.date)
            same = same.of_whole(target.pk, entry.season, entry.episode)
            taken = set(same.values_list("rewatch", flat=True))
            free = [rewatch for rewatch in (entry.rewatch, True, False) if rewatch not in taken]
            if not free:
                entry.delete()
                continue
            DiaryEntry.objects.filter(pk=entry.pk).update(whole_film=target, rewatch=free[0])
        for row in (self, target):
            row.log_count = DiaryEntry.objects.filter(whole_film=row.pk).count()
            type(row)._base_manager.filter(pk=row.pk).update(log_count=row.log_count)
        self.ratings.model.objects.hand_over(target, film=self)
        self.wanted_by.model.objects.hand_over(target, film=self)
