"""Finding rows for the staff: by the words of what everybody may read, and by a part of what is hidden."""

from django.contrib import messages
from django.utils.translation import gettext

from moments.models import State
from moments.search.dialect import WordQuery
from moments.search.index import TooBroad, best, in_time
from moments.search.query import Term, words

MOST_WORDS, MOST_FOUND = 12, 500


class WordSearch:
    """For an admin of a model that the search knows: `index` is its word index, `hidden_by` a text column."""

    index = None
    hidden_by = "title"
    # Django asks for these names before it shows the search box; the search itself is ours.
    search_fields = ("pk",)

    def get_search_results(self, request, queryset, search_term):
        text = search_term.strip()
        if not text:
            return queryset, False
        return queryset.filter(pk__in=[*self.found(request, text), *self.hidden(text)]), False

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
                return best(self.index, WordQuery(terms, beginnings=terms[-1:], facets=self.facets()))[
                    :MOST_FOUND
                ]
        except TooBroad:
            messages.warning(request, gettext("So many texts hold these words that not all were looked at."))
            return []

    def facets(self):
        return {}
