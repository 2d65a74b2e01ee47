"""A review: what a member makes of a film, with stars or none; another one each time they see it again."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .diary_entry import DiaryEntry
from .kinds import Kind
from .post import Post
from .post_queryset import KindManager
from .rating import Rating


class Review(Post):
    proxy_kind = Kind.REVIEW
    objects = KindManager()

    class Meta:
        proxy = True
        verbose_name, verbose_name_plural = _("review"), _("reviews")

    @transaction.atomic
    def tell_of_today(self, is_logged):
        """What a new review says is what its author makes of the film today.

        Its stars are their rating, and `is_logged` writes or amends the diary entry of today besides.
        Raises FilmGone, Suspended and Refused.
        """
        if is_logged:
            said = {"rewatch": self._is_seen_again(), "rating": self.rating}
            self.film.log(self.author, timezone.localdate(), **said)
        elif self.rating:
            own = Rating.objects.mine(self.author, self.film)
            Rating.objects.say(self.author, self.film, self.rating, liked=bool(own and own.liked))

    def _is_seen_again(self):
        """As the entry of today says, where there is one; else, whether there is one of another day."""
        entries = DiaryEntry.objects.filter(member=self.author).of_whole(self.film_id, None, None)
        today = entries.filter(date=timezone.localdate()).order_by("-id").first()
        return today.rewatch if today else entries.exists()
