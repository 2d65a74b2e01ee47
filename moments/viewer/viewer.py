"""Who looks at a page: a Member or a Visitor, who can be asked the same.

What a member does is kept in rows; what a visitor does travels in their browser, and what they feel waits in
their session. Querysets take a viewer; verbs of the models take the member.
"""

from datetime import timedelta
from functools import cached_property

from django.conf import settings
from django.db.models import Subquery
from django.utils import timezone

from accounts.models import User
from moments.models import Filter, LastRead, Progress, Reaction
from moments.models.rows_as_text import RowsAsText, rows_in
from moments.spoilers.rules import ProgressPoint
from moments.viewer.browser import Browser
from moments.viewer.filters import filters_of_member, filters_of_visitor
from moments.viewer.reactions import SessionReactions
from reelive.prepared import PreparedRows

OF_REACTION = ("moment", "feeling")
NOTED_AGAIN = timedelta(hours=1)
# What a member felt in a film: the keys of moments, and feelings.
FELT = PreparedRows(
    lambda member, film: Reaction.objects.filter(member=member, moment__film=film).values_list(*OF_REACTION)
)


def _in_long_film(member, film):
    """What they felt lately in a film with many moments, and how far they have seen it, in one row."""
    felt = Reaction.objects.newest_of(member).filter(moment__film=film)
    seen = Progress.objects.filter(member=member, film=film, place__isnull=False)
    seen = {f"seen_{name}": Subquery(seen.values(name)[:1]) for name in ProgressPoint._fields}
    row = User.objects.filter(pk=member).annotate(felt=RowsAsText(felt, *OF_REACTION), **seen)
    return row.values_list("felt", *seen)


IN_LONG_FILM = PreparedRows(_in_long_film)


class Visitor:
    """Somebody who is not signed in.

    Args:
        request: with the session that their reactions wait in.
        browser: what their cookies say.
    """

    is_authenticated = is_staff = False
    pk = member = None
    spoiler_stance = User.SpoilerStance.VEIL

    def __init__(self, request, browser: Browser):
        self.request, self.browser = request, browser

    @property
    def revealed(self):
        """The ids of the posts that they asked to see."""
        return self.browser.spoilers.revealed

    @property
    def itself(self):
        """The viewer, for a page that asks hundreds of things: a request has it in a wrapper."""
        return self

    @property
    def sees_what_all_see(self):
        """Whether their browser says nothing that a page depends on."""
        return not self.progress_by_film and not self.revealed and not self.browser.filters

    @cached_property
    def filters(self):
        """What is left out of lists for them, a Filters."""
        return filters_of_visitor(self.browser)

    def filtered(self):
        """The same for them to change: pairs of a column and its value with until when, the newest first."""
        return list(reversed(self.browser.filters.items()))

    def add_filter(self, column, value, until=None):
        """Leave it out of lists until that time or for good. Raises TooManyFilters."""
        self.browser.set_filters(self.browser.filters | {(column, value): until})

    def remove_filter(self, column, value):
        """Meet it again in lists."""
        others = {what: until for what, until in self.browser.filters.items() if what != (column, value)}
        self.browser.set_filters(others)

    @property
    def progress_by_film(self):
        """How far they have seen each film, by its id."""
        return self.browser.spoilers.progress_by_film

    def progress(self, film):
        """How far they have seen the film, a ProgressPoint; None when they have not said."""
        return self.progress_by_film.get(film.pk)

    def set_progress(self, film, progress):
        """They have seen the film so far; None takes back what they said."""
        self.browser.set_progress(film.pk, progress)

    def reveal(self, post):
        """Show the post without its veil from now on."""
        self.browser.reveal(post.pk)

    def bookmark(self, film):
        """The id of the moment at which they stopped reliving the film, or None."""
        return self.browser.bookmark(film.pk)

    def set_bookmark(self, moment):
        self.browser.set_bookmark(moment.film_id, moment.pk)

    def reactions(self, film=None):
        """What they felt: slugs of feelings by the moment's id. Asking gives nobody a session."""
        if settings.SESSION_COOKIE_NAME not in self.request.COOKIES:
            return {}
        return SessionReactions(self.request.session).by_moment()

    def feel(self, moment, feeling):
        SessionReactions(self.request.session).add(moment.pk, feeling)

    def unfeel(self, moment, feeling):
        SessionReactions(self.request.session).remove(moment.pk, feeling)

    def last_read(self, about):
        """When they last read the thread of the post or list: nobody notes it for visitors."""
        return

    def mark_read(self, about, now, has_new):
        """Nothing is noted for visitors."""


class Member:
    """Somebody who is signed in.

    Args:
        member: their row.
        browser: what their cookies say: which posts were revealed.
    """

    is_authenticated = True
    sees_what_all_see = False
    itself = Visitor.itself

    def __init__(self, member, browser: Browser):
        self.member, self.pk, self.browser = member, member.pk, browser
        self._progress_by_film = {}

    @property
    def is_staff(self):
        return self.member.is_staff

    @property
    def spoiler_stance(self):
        """Whether spoilers are veiled, hidden or shown to them."""
        return self.member.spoiler_stance

    @property
    def hiding_thresholds(self):
        return self.member.hiding_thresholds

    @property
    def revealed(self):
        """The ids of the posts that they asked to see."""
        return self.browser.spoilers.revealed

    @cached_property
    def filters(self):
        """What is left out of lists for them, a Filters."""
        return filters_of_member(self.member)

    def filtered(self):
        """The same for them to change: pairs of a column and its value with until when, the newest first."""
        return Filter.objects.chosen_rows(self.member)

    def add_filter(self, column, value, until=None):
        """Leave it out of lists until that time or for good. Raises TooManyFilters."""
        Filter.objects.add(self.member, column, value, until)

    def remove_filter(self, column, value):
        """Meet it again in lists."""
        Filter.objects.remove(self.member, column, value)

    def progress(self, film):
        """How far they have seen the film, a ProgressPoint; None when they have not said."""
        if film.pk not in self._progress_by_film:
            self._progress_by_film[film.pk] = Progress.objects.of(self.member, film)
        return self._progress_by_film[film.pk]

    def note_progress(self, film):
        """Note how far they have seen a film that was found with it: see `moments.viewer.lookup`."""
        self._note_progress(film, ProgressPoint(film.seen_place, film.seen_story_time))

    def _note_progress(self, film, seen):
        self._progress_by_film[film.pk] = None if seen.place is None else seen

    def set_progress(self, film, progress):
        """They have seen the film so far; None takes back what they said."""
        self._progress_by_film.pop(film.pk, None)
        Progress.objects.set_progress_of_all(self.member, {film.pk: progress})

    def reveal(self, post):
        """Show the post without its veil from now on, in this browser."""
        self.browser.reveal(post.pk)

    def bookmark(self, film):
        """The id of the moment at which they stopped reliving the film, as a visitor if not as a member."""
        return Progress.objects.bookmark(self.member, film) or self.browser.bookmark(film.pk)

    def set_bookmark(self, moment):
        Progress.objects.set_bookmark(self.member, moment)

    def reactions(self, film):
        """What they felt in this film: slugs of feelings by the moment's id.

        Of a film with many moments it is what of it is among the newest that they felt anywhere.
        """
        feelings = {}
        felt = FELT(self.pk, film.pk) if film.runs is None else self._felt_lately(film)
        for moment, feeling in felt:
            feelings.setdefault(moment, []).append(feeling)
        return feelings

    def _felt_lately(self, film):
        """Of a film with many moments; how far they have seen it is noted, for it is asked for as well."""
        for felt, *seen in IN_LONG_FILM(self.pk, film.pk):
            self._note_progress(film, ProgressPoint(*seen))
            return rows_in(felt)
        return []

    def feel(self, moment, feeling):
        moment.feel(self.member, feeling)

    def unfeel(self, moment, feeling):
        moment.unfeel(self.member, feeling)

    def last_read(self, about):
        """When they last read the thread of a post or list that was found for its page; None when never."""
        seen = about.last_read
        return seen and min(seen, timezone.now())  # a clock that was ahead would hide what is new

    def mark_read(self, about, now, has_new):
        """They read what was in the thread of the post or list by now, on whatever device.

        Where nothing on the page was new it is not noted again within the hour: most pages are read without a
        word written.
        """
        if has_new or about.last_read is None or not now - NOTED_AGAIN < about.last_read <= now:
            LastRead.objects.mark(self.pk, about, now)


def viewer_of(request, browser: Browser):
    """The Member or Visitor who sent the request."""
    if request.user.is_authenticated:
        return Member(request.user, browser)
    return Visitor(request, browser)


def stranger():
    """Somebody of whom nothing is known: what is shown to them may be shown to everybody."""
    return Visitor(None, Browser({}))
