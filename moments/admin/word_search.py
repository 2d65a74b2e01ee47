"""Finding rows for the staff: by who wrote them, by what everybody may read, by a part of what is hidden."""

from django.contrib import messages
from django.utils.translation import gettext

from accounts.models import User
from moments.models import State
from moments.search.dialect import WordQuery
from moments.search.index import TooBroad, called_first, in_time
from moments.search.query import Term, words

MOST_WORDS, MOST_FOUND = 12, 500


class AuthorSearch:
    """For an admin of what members make: `written_by` names the column of its author.

    `@name` finds all that this member made.
    """

    written_by = "author"
    # Django asks for these names before it shows the search box; the search itself is ours.
    search_fields = ("pk",)

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        return (queryset.filter(**self.by(text)) if text else queryset), False

    def by(self, name):
        return {f"{self.written_by}__in": User.objects.filter(username=name.lstrip("@").lower()).values("pk")}


class WordSearch(AuthorSearch):
    """For an admin of a model that the search knows: `index` is its word index, `hidden_by` a text column.

    A word that is a member's name finds what that member made as well.
    """

    index = None
    hidden_by = "title"

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        if not text or text.startswith("@"):
            return super().get_search_results(request, queryset, search_term)
        found = [*self.found(request, text), *self.hidden(text), *self.written(text)]
        return queryset.filter(pk__in=found), False

    def written(self, name):
        rows = self.model.objects.filter(**self.by(name)).order_by(*self.ordering)
        return rows.values_list("pk", flat=True)[:MOST_FOUND]

    def hidden(self, text):
        """Few rows are hidden, so that their texts can be gone through; deleted ones have no words left."""
        found = []
        for state in (State.REMOVED, State.WITHHELD):
            # One state and the list's own order: that is an index, which a list of states is not.
            rows = self.model.objects.filter(state=state).order_by(*self.ordering)
            rows = rows.filter(**{f"{self.hidden_by}__icontains": text})
            found += rows.values_list("pk", flat=True)[:MOST_FOUND]
        return found

    def found(self, request, text):
        terms = [Term((word,)) for word in words(text)[:MOST_WORDS]]
        if not terms:
            return []
        try:
            with in_time():
                ask = WordQuery(terms, beginnings=terms[-1:], facets=self.facets())
                return called_first(self.index, ask, MOST_FOUND)
        except TooBroad:
            messages.warning(request, gettext("So many texts hold these words that not all were looked at."))
            return []

    def facets(self):
        return {}
