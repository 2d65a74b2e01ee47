"""The site in numbers, by month: a table, and a small drawing of each."""

from datetime import date
from itertools import dropwhile

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moments.models import Statistics

MONTHS = 24
HEIGHT, STEP, WIDTH = 40, 10, 8  # of a drawing: of all of it, from one bar to the next, of a bar
STATISTICS_NAMES = {
    "members": _("Members who joined"),
    "posts": _("Posts"),
    "comments": _("Comments"),
    "feelings": _("Feelings"),
    "diary": _("Diary entries"),
    "removed-illegal": _("Removed as illegal"),
    "removed-copyright": _("Removed for a copyright notice"),
    "removed-private": _("Removed for private data"),
    "removed-spam": _("Removed as spam or malware"),
    "appeals": pgettext_lazy("number of", "Appeals"),
}


def statistics(request):
    row = Statistics.objects.first()
    months = last_months(timezone.localdate())
    lines = [_line(row, name, months) for name in STATISTICS_NAMES] if row else []
    context = {"row": row, "months": months[::-1], "lines": lines}
    by_month = zip(months, *(line["numbers"] for line in lines), strict=True) if row else ()
    since_the_first = dropwhile(lambda line: not any(line[1:]), by_month)
    context["table"] = [(month, numbers) for month, *numbers in reversed(list(since_the_first))]
    return render(request, "statistics/statistics.html", context)


def last_months(today):
    """The first days of the last months, the present one at the end."""
    number = today.year * 12 + today.month - 1
    return [date(each // 12, each % 12 + 1, 1) for each in range(number - MONTHS + 1, number + 1)]


def _line(row, name, months):
    numbers = row.of(name, months)
    most = max(*numbers, 1)
    heights = [round(number / most * HEIGHT) for number in numbers]
    bars = [
        {"x": place * STEP, "y": HEIGHT - height, "height": height} for place, height in enumerate(heights)
    ]
    return {
        "name": STATISTICS_NAMES[name],
        "numbers": numbers,
        "total": row.total(name),
        "bars": bars,
    }
