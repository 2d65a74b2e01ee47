"""A member's own record: what was removed, labelled, judged and suspended of theirs, and what they may do."""

from django.db.models import Q, Sum
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache

from moments.labels import KINDS
from moments.models import Action, Comment, LedgerEntry, Post, Report
from moments.models.report import ReportState
from moments.views.ledger import with_films
from reelive.ratelimit import FIRST_DAY, LIMITS
from reelive.shortcuts import member_required
from reelive.templatetags.ui import span

SHOWN = 25
LABELLED = Q(*((f"{kind.column}__gt", 0) for kind in KINDS), _connector=Q.OR)
JUDGED = (Action.SUSPEND, Action.REINSTATE)
NAMES = {
    "post": "Posts",
    "comment": "Comments",
    "vote": "Votes and labels",
    "report": "Reports",
    "upload": "Pictures",
}


@member_required
@never_cache
def standing(request):
    member = request.user
    posts = Post.objects.filter(author=member).select_related("film").veiled_for(member)
    comments = Comment.objects.filter(author=member).with_posts(member)
    context = {
        "removals": _removals(posts, comments),
        "suspensions": _suspensions(member),
        "totals": _totals(posts, comments),
        "labelled": [
            *posts.listed().filter(LABELLED).order_by("-created", "-id")[:SHOWN],
            *comments.listed().filter(LABELLED).order_by("-id")[:SHOWN],
        ],
        "outcomes": _outcomes(member),
        "first_day_ends": _end_of_first_day(member),
        "limits": _limits(member),
    }
    return render(request, "members/standing.html", context)


def _removals(posts, comments):
    """The newest rows of the ledger by which something of theirs is out of sight."""
    rows = LedgerEntry.objects.filter(
        Q(number__in=posts.filter(removal__isnull=False).order_by().values("removal"))
        | Q(number__in=comments.filter(removal__isnull=False).order_by().values("removal"))
    )
    return with_films(rows.order_by("-number")[:SHOWN])


def _suspensions(member):
    rows = LedgerEntry.objects.about(member).filter(action__in=JUDGED)
    return rows.order_by("-number")[:SHOWN]


def _totals(posts, comments):
    """How many labels of each kind their texts have."""
    sums = [things.listed().order_by().aggregate(**_sums()) for things in (posts, comments)]
    totals = ((kind.name, sum(found[kind.column] or 0 for found in sums)) for kind in KINDS)
    return [(name, total) for name, total in totals if total]


def _sums():
    return {kind.column: Sum(kind.column) for kind in KINDS}


def _outcomes(member):
    """What came of reports on what is theirs: one line for each judgement, whoever and how many reported."""
    closed = Report.objects.about(member).exclude(state=ReportState.OPEN).with_things()
    lines = {}
    for report in closed.order_by("-closed", "-pk")[: 4 * SHOWN]:
        lines.setdefault((report.thing, report.closed), report)
    return list(lines.values())[:SHOWN]


def _end_of_first_day(member):
    end = member.date_joined + FIRST_DAY
    return end if end > timezone.now() else None


def _limits(member):
    """How often they may do what, in words: half of it on the account's first day."""
    half = 2 if _end_of_first_day(member) else 1
    return [(NAMES[name], LIMITS[name][0] // half, span(LIMITS[name][1])) for name in NAMES]
