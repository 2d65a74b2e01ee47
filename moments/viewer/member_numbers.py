"""What a member has seen in numbers, as one viewer may know it: of some days, or of all time."""

from collections import Counter
from urllib.parse import urlencode

from django.db.models import Count

from moments.arc.diary_summary import DiaryPeriod
from moments.graphics.histogram import Histogram
from moments.models import Credit, Film, Moment, Person, Rating
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from moments.models.filter import filters_of
from moments.models.mixins.whole import MOST_HALVES
from moments.viewer.diary_lines import MOST_LINES, lines_of

MOST_FILMS, MOST_YEARS, MOST_PEOPLE = 8, 12, 8
SEEN_TWICE = 2  # films that a person is credited for, to be named among those who are seen most


def films_of(member, viewer):
    """The member's ratings of films that the viewer may know of."""
    rows = Rating.objects.of_films().visible_to(viewer).filter(member=member, film__state="visible")
    if viewer.pk == member.pk:
        return rows
    return rows.exclude(film__in=sorted(filters_of(viewer).film))


def span_query(span):
    """The days as an address says them; empty for all time."""
    return f"?{urlencode(days_asked(span))}" if span else ""


def days_asked(span):
    return dict(zip(("first", "last"), map(str, span), strict=True)) if span else {}


def member_numbers(member, viewer, rows, span):
    """The numbers of a bounded number of entries and ratings, the latest first; a few queries.

    Args:
        rows: the member's ratings of films that the viewer may know of.
        span: the first day and the last; None for all time, what was seen some time ago included.
    """
    if span:
        rows = rows.filter(date__range=span)
    facts = rows.order_by("-date", "-id").values_list("stars", "liked", "film__year", "film")[:MOST_LINES]
    facts = list(facts)
    moments = Moment.objects.all() if member.pk == viewer.pk else Moment.objects.listed()
    first, last = span or (SOME_TIME_AGO, SOME_TIME_AGO.max)
    period = DiaryPeriod(lines_of(member, viewer, (first, last), moments))
    stars = Counter(halves for halves, *_others in facts if halves)
    years = Counter(year for _stars, _liked, year, _film in facts)
    return {
        "film_count": len(facts),
        "liked_count": sum(liked for _stars, liked, *_others in facts),
        "entry_count": len(period),
        "day_count": len(period.days) - (SOME_TIME_AGO in period.days),
        "period": period,
        "histogram": Histogram([stars[halves] for halves in range(1, MOST_HALVES + 1)]) if stars else None,
        "decades": _bars(Counter(year // 10 * 10 for year in years.elements())),
        "years": _bars(Counter(dict(years.most_common(MOST_YEARS)))),
        "films": _most_seen(period),
        "people": _people([film for *_others, film in facts]),
    }


def _bars(numbers):
    """By a year or decade, the latest first, how many films there are, and how many of the one with most."""
    most = max(numbers.values(), default=0)
    return [(key, number, most) for key, number in sorted(numbers.items(), reverse=True)]


def _people(films):
    """By role, who directed most of these films and who plays in most, and how many; a few queries.

    A credit that gives something away is not counted.
    """
    rows = Credit.objects.open().filter(film__in=films)
    found = {role: _with_most(rows.filter(role=role)) for role in (Credit.Role.DIRECTOR, Credit.Role.CAST)}
    people = Person.objects.in_bulk([pk for counts in found.values() for pk, _number in counts])
    return {
        role.name.lower(): [(people[pk], number) for pk, number in counts] for role, counts in found.items()
    }


def _with_most(credits):
    counts = credits.order_by().values("person").annotate(number=Count("film", distinct=True))
    counts = counts.filter(number__gte=SEEN_TWICE).order_by("-number", "person")
    return list(counts.values_list("person", "number")[:MOST_PEOPLE])


def _most_seen(period):
    counts = period.films.most_common(MOST_FILMS)
    films = Film.objects.in_bulk([pk for pk, _count in counts])
    return [(films[pk], count) for pk, count in counts]
