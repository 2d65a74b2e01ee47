"""A member's diary: the newest entries, a month with its calendar, a year at a glance."""

from calendar import Calendar, monthrange
from datetime import date, timedelta

from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from moments.barcode import barcode
from moments.diary import Line, Stretch, arc_of_year
from moments.models import Film, Moment, Relive
from moments.models.feed import TEXTS
from moments.models.relive import FIRST_YEAR
from moments.views.lookup import find_member
from moments.views.paging import page_of
from moments.year_svg import draw_year
from reelive.pagination import cursor_after

ORDER = ("-date", "-id")
PAGE = 25
LAST_YEAR = 9998
MOST_RELIVED, MOST_FILMS, MOST_STRIPES = 6, 8, 60


def member_relived(request, name):
    member = find_member(name)
    page = page_of(request, _entries(request, member), ORDER, size=PAGE)
    context = {"member": member, "tab": "relived", "next_cursor": page.next_cursor}
    return render(request, "members/member.html", context | {"entries": _told(page.items, request.user)})


def member_month(request, name, year, month):
    member = find_member(name)
    first, last = _days(year, month)
    entries = _entries(request, member)
    moments = Moment.objects.all() if member == request.user else Moment.objects.listed()
    stretch = Stretch(_lines(request, member, (first, last), moments))
    if not stretch:
        raise Http404
    page = page_of(request, entries.between(first, last), ORDER, size=PAGE)
    context = {
        "member": member,
        "month": first,
        "entries": _told(page.items, request.user),
        "next_cursor": page.next_cursor,
        "stretch": stretch,
        "weeks": _weeks(first, stretch, is_split="after" in request.GET or len(stretch) > PAGE),
        "earlier": entries.day_before(first),
        "later": entries.day_after(last),
    }
    return render(request, "members/month.html", context)


def _days(year, month=None):
    """The first and last day of a month, or of the year."""
    if not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        raise Http404
    end = month or 12
    return date(year, month or 1, 1), date(year, end, monthrange(year, end)[1])


def _entries(request, member):
    moments = Moment.objects.select_related("film").defer(*TEXTS).veiled_for(request.user)
    entries = Relive.objects.filter(member=member).visible_to(request.user)
    return entries.prefetch_related(Prefetch("moment", moments))


def _told(entries, reader):
    """Say of each entry what of it this reader gets; what one relived is never veiled for oneself."""
    for entry in entries:
        entry.is_own = entry.member_id == reader.pk
        entry.is_told = not entry.moment.is_veiled
        entry.shows_note = entry.is_told and entry.note_readable_by(reader)
    return entries


def _lines(request, member, days, moments):
    """The entries of some days without their words, oldest first; one query, whatever their number."""
    rows = (
        moments.filter(relivings__member=member, relivings__date__range=days)
        .veiled_for(request.user)
        .order_by("relivings__date", "relivings__id")
        .values_list("relivings__date", "pk", "film_id", "relivings__feelings", "is_veiled")
    )
    return [Line(*facts) for facts in rows]


def _weeks(first, stretch, is_split):
    """The calendar of a month; a month of several pages has its days on the page that begins with them."""
    days = stretch.by(lambda day: day)
    return [
        [_cell(day, days.get(day), is_split) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _cell(day, part, is_split):
    if part is None:
        return {"date": day}
    page = f"?after={cursor_after(Relive(pk=0, date=day + timedelta(days=1)), ORDER)}" if is_split else ""
    return {"date": day, "count": len(part), "feeling": part.bar.strongest, "url": f"{page}#day-{day:%d}"}


def member_year(request, name, year):
    """The page to share: the same for everybody, but for what lies beyond a reader's horizon."""
    member = find_member(name)
    first, last = _days(year)
    entries = Relive.objects.filter(member=member).listed()
    stretch = Stretch(_lines(request, member, (first, last), Moment.objects.listed()))
    earlier, later = entries.day_before(first), entries.day_after(last)
    if not stretch and not _may_be_empty(member, year, earlier):
        raise Http404
    arc = arc_of_year(stretch, lambda month: f"{member.get_absolute_url()}relived/{year}/{month}/")
    context = {
        "member": member,
        "year": year,
        "stretch": stretch,
        "shared_year": (member, year, stretch),
        "arc": arc,
        "drawing": draw_year(arc, year),
        "earlier": earlier,
        "later": later,
        "is_now": year == timezone.localdate().year,
    }
    return render(request, "members/year.html", context | _highlights(request, stretch))


def _may_be_empty(member, year, earlier):
    """Whether the member was here, or kept a diary, by that year, and it is not in the future."""
    joined = timezone.localtime(member.date_joined).year
    return year <= timezone.localdate().year and (year >= joined or earlier is not None)


def _highlights(request, stretch):
    """The moments and films that the page names, and its colours."""
    if not stretch:
        return {"stripes": barcode([])}
    most, ends = stretch.moments.most_common(MOST_RELIVED), (stretch.first, stretch.last)
    colours = _sampled([line.moment for line in stretch.lines if not line.untold], MOST_STRIPES)
    named = {pk for pk, _count in most} | {line.moment for line in ends} | set(colours)
    moments = Moment.objects.select_related("film").defer(*TEXTS).veiled_for(request.user).in_bulk(named)
    films = stretch.films.most_common(MOST_FILMS)
    titles = Film.objects.in_bulk([pk for pk, _count in films])
    return {
        "most": [(moments[pk], count) for pk, count in most],
        "ends": [(line.date, moments[line.moment]) for line in ends],
        "films": [(titles[pk], count) for pk, count in films],
        "more_films": len(stretch.films) - len(films),
        "stripes": barcode([moments[pk].colours for pk in colours]),
    }


def _sampled(rows, most):
    """At most so many of the rows, evenly spread."""
    step = max(1, len(rows) / most)
    return [rows[int(i * step)] for i in range(min(len(rows), most))]
