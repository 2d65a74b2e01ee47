"""A member's own record: removals, labels, reports and suspensions, and how often they may act."""

from django.db.models import Q, Sum
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from moments.labels import LABEL_KINDS
from moments.models import Action, Comment, DiaryEntry, LedgerEntry, MemberList, Post, Report, Verdict
from moments.models.report import ReportState
from moments.syndication.listings import with_films
from reelive.formats import span
from reelive.pagination import PAGE_SIZE
from reelive.ratelimit import FIRST_DAY, LIMITS
from reelive.shortcuts import member_required

LABELLED = Q(*((f"{kind.column}__gt", 0) for kind in LABEL_KINDS), _connector=Q.OR)
JUDGED = (Action.SUSPEND, Action.REINSTATE)
QUOTA_NAMES = {
    "post": _("Posts"),
    "comment": _("Comments"),
    "vote": _("Votes and flags"),
    "report": _("Reports"),
    "upload": _("Pictures"),
}


@member_required
@never_cache
def record(request):
    member = request.user
    posts = Post.objects.filter(author=member).select_related("film").veiled_for(member)
    comments = Comment.objects.filter(author=member).with_about(member)
    context = {
        "removals": _removals(member, posts, comments),
        "suspensions": _suspensions(member),
        "totals": _totals(posts, comments),
        "labelled": [
            *posts.listed().filter(LABELLED).order_by("-created", "-id")[:PAGE_SIZE],
            *comments.listed().filter(LABELLED).order_by("-id")[:PAGE_SIZE],
        ],
        "outcomes": _outcomes(member),
        "first_day_ends": _end_of_first_day(member),
        "limits": _limits(member),
    }
    return render(request, "members/record.html", context)


def _removals(member, posts, comments):
    """The newest rows of the ledger that removed something of theirs."""
    verdicts, entries = (model.objects.filter(member=member) for model in (Verdict, DiaryEntry))
    own = (posts, comments, MemberList.objects.filter(author=member), verdicts, entries)
    removed = (targets.filter(removal__isnull=False).order_by().values("removal") for targets in own)
    rows = LedgerEntry.objects.filter(Q(*(Q(number__in=numbers) for numbers in removed), _connector=Q.OR))
    return with_films(rows.order_by("-number")[:PAGE_SIZE])


def _suspensions(member):
    rows = LedgerEntry.objects.about(member).filter(action__in=JUDGED)
    return rows.order_by("-number")[:PAGE_SIZE]


def _totals(posts, comments):
    """How many labels of each kind their texts have."""
    sums = [targets.listed().order_by().aggregate(**_sums()) for targets in (posts, comments)]
    totals = ((kind.name, sum(found[kind.column] or 0 for found in sums)) for kind in LABEL_KINDS)
    return [(name, total) for name, total in totals if total]


def _sums():
    return {kind.column: Sum(kind.column) for kind in LABEL_KINDS}


def _outcomes(member):
    """The outcomes of reports on their texts: one for each judgement, however many members reported."""
    closed = Report.objects.about(member).exclude(state=ReportState.OPEN).with_targets()
    lines = {}
    for report in closed.order_by("-closed", "-pk")[: 4 * PAGE_SIZE]:
        lines.setdefault((report.target, report.closed), report)
    return list(lines.values())[:PAGE_SIZE]


def _end_of_first_day(member):
    end = member.date_joined + FIRST_DAY
    return end if end > timezone.now() else None


def _limits(member):
    """How often they may do what, in words. On the first day of an account half of each limit holds."""
    half = 2 if _end_of_first_day(member) else 1
    return [(QUOTA_NAMES[name], LIMITS[name][0] // half, span(LIMITS[name][1])) for name in QUOTA_NAMES]
