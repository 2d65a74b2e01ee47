"""The pages of a member's diary: the newest entries, a month with its calendar, and a year."""

from calendar import Calendar
from datetime import timedelta

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from moments.arc.diary_summary import DiaryPeriod, arc_of_year
from moments.graphics.barcode import barcode
from moments.graphics.year import draw_year
from moments.models import DiaryEntry, Film, Moment, WaitingWork
from moments.models.diary_entry import FIRST_YEAR
from moments.syndication import listings
from moments.syndication.listings import DIARY_ORDER, open_member
from moments.viewer.diary_lines import (
    LAST_YEAR,
    days_of,
    diary_of,
    lines_of,
    note_veils,
    sampled,
    with_subjects,
)
from moments.viewer.member_summary import member_summary
from reelive.listpages import page_of
from reelive.pagination import PAGE_SIZE, cursor_after

ENTRIES_FOR_CHARTS = 10  # with fewer all bars of a year would be equal, and its line flat
MOST_RELIVED_SHOWN, MOST_FILMS, MOST_STRIPES = 6, 8, 60


def member_diary(request, name):
    listing = listings.member_diary(request, name)
    page = page_of(
        request,
        with_subjects(listing.rows.select_related("removal"), request.viewer),
        listing.order,
    )
    context = {
        "listing": listing,
        "member": listing.target,
        "tab": "diary",
        "summary": member_summary(listing.target, request.viewer, listing.rows),
        "entries": _for_viewer(page.items, listing.target, request.viewer),
        "next_cursor": page.next_cursor,
        "waiting": WaitingWork.objects.number_told(listing.target, request.viewer),
    }
    return render(request, "members/member.html", context)


def member_month(request, name, year, month):
    member = open_member(request, name)
    first, last = _days(year, month)
    entries = with_subjects(diary_of(member, request.viewer).select_related("removal"), request.viewer)
    moments = Moment.objects.all() if member.pk == request.viewer.pk else Moment.objects.listed()
    period = DiaryPeriod(lines_of(member, request.viewer, (first, last), moments))
    if not period:
        raise Http404
    page = page_of(request, entries.between(first, last), DIARY_ORDER)
    context = {
        "member": member,
        "month": first,
        "entries": _for_viewer(page.items, member, request.viewer),
        "next_cursor": page.next_cursor,
        "period": period,
        "weeks": _weeks(first, period, is_split="after" in request.GET or len(period) > PAGE_SIZE),
        "earlier": entries.day_before(first),
        "later": entries.day_after(last),
    }
    return render(request, "diary/month.html", context)


def _days(year, month=None):
    """The first and last day of a month, or of the year; 404 for what no diary has."""
    if not FIRST_YEAR <= year <= LAST_YEAR or (month is not None and not 1 <= month <= 12):
        raise Http404
    return days_of(year, month)


def _for_viewer(entries, member, viewer):
    """Note on each entry of the member what the viewer sees; own entries are never veiled for oneself."""
    for entry in note_veils(entries, viewer):
        entry.member = member
        entry.is_own = entry.member_id == viewer.pk
        entry.shows_note = not entry.is_veiled and entry.note_readable_by(viewer)
    return entries


def _weeks(first, period, is_split):
    """The weeks of a month. In a month of several pages each day links to the page that begins with it."""
    days = period.by(lambda day: day)
    return [
        [_cell(day, days.get(day), is_split) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]


def _cell(day, part, is_split):
    if part is None:
        return {"date": day}
    page = (
        f"?after={cursor_after(DiaryEntry(pk=0, date=day + timedelta(days=1)), DIARY_ORDER)}"
        if is_split
        else ""
    )
    return {"date": day, "count": len(part), "feeling": part.bar.strongest, "url": f"{page}#day-{day:%d}"}


def member_year(request, name, year):
    """A year of the diary, a page made to be shared.

    Everybody gets the same page, but for what is veiled, muted or not shown to the viewer.
    """
    member = open_member(request, name)
    first, last = _days(year)
    entries, is_own = diary_of(member, request.viewer).listed(), member.pk == request.viewer.pk
    period = DiaryPeriod(lines_of(member, request.viewer, (first, last), Moment.objects.listed()))
    earlier, later = entries.day_before(first), entries.day_after(last)
    if not period and not _may_be_empty(member, year, earlier):
        raise Http404
    arc = arc_of_year(period, lambda month: f"{member.get_absolute_url()}diary/{year}/{month}/")
    context = {
        "member": member,
        "year": year,
        "period": period,
        "shared_year": (member, year, period),
        "arc": arc,
        "drawing": draw_year(arc, year),
        "earlier": earlier,
        "later": later,
        "is_now": year == timezone.localdate().year,
        "is_shown_to_fewer": is_own and entries.between(first, last).for_fewer().exists(),
        "has_charts": len(period) >= ENTRIES_FOR_CHARTS,
    }
    return render(request, "diary/year.html", context | _highlights(request, period))


def open_year(request, name, year):
    """The member of a year in which the viewer finds entries. Raises Http404."""
    member = open_member(request, name)
    if not diary_of(member, request.viewer).listed().between(*_days(year)).exists():
        raise Http404
    return member


def _may_be_empty(member, year, earlier):
    """Whether the year has a page: it has begun, and the member had joined or kept a diary by then."""
    joined = timezone.localtime(member.date_joined).year
    return year <= timezone.localdate().year and (year >= joined or earlier is not None)


def _highlights(request, period):
    """The moments and films that the page of a year names, and the colours of its barcode."""
    if not period:
        return {"stripes": barcode([])}
    most, ends = period.moments.most_common(MOST_RELIVED_SHOWN), (period.first, period.last)
    colours = [line.moment for line in period.lines if line.moment and not line.is_veiled]
    colours = sampled(colours, MOST_STRIPES)
    named = {pk for pk, _count in most} | {line.moment for line in ends if line.moment} | set(colours)
    moments = Moment.objects.for_diary(request.viewer).in_bulk(named)
    films = period.films.most_common(MOST_FILMS)
    titles = Film.objects.in_bulk([pk for pk, _count in films] + [line.film for line in ends])
    return {
        "most": [(moments[pk], count) for pk, count in most],
        "ends": [(line.date, moments.get(line.moment), titles[line.film]) for line in ends],
        "films": [(titles[pk], count) for pk, count in films],
        "more_films": len(period.films) - len(films),
        "stripes": barcode([moments[pk].colours for pk in colours]),
    }
