"""The front page of the staff: what is new or unfinished, each part a few rows and a bounded count."""

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.models import (
    Appeal,
    Comment,
    DiaryEntry,
    Film,
    Moment,
    Post,
    Report,
    Review,
    Song,
    State,
    Tag,
    Trivia,
)
from reelive.formats import teaser
from reelive.models import Work
from reelive.text import fold

from .comment import but_in_private
from .newcomers import FIRST_WEEK, posts_of_newcomers
from .verbs import removed_tags

ROWS_SHOWN, COUNTED_UP_TO = 6, 50
FILMS_LOOKED_AT, HIDDEN_MOST = 100, 1_000


@dataclass(frozen=True)
class DashboardRow:
    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Section:
    """`count` is text, since it may be “50+”; `note` stands behind it."""

    title: str
    url: str
    rows: list[DashboardRow]
    count: str = ""
    note: str = ""
    empty: str = _("Nothing new.")


def dashboard(staff):
    """The sections that this person may see."""
    parts = {
        "moments.view_report": partial(open_reports, staff),
        "moments.view_appeal": open_appeals,
        "moments.view_moment": first_posts,
        "moments.view_comment": newest_comments,
        "moments.view_film": unfinished_films,
        "moments.view_trivia": unsourced_trivia,
        "accounts.view_user": newest_members,
        "moments.view_tag": out_of_sight,
        "reelive.view_work": given_up,
    }
    return [part() for permission, part in parts.items() if staff.has_perm(permission)]


def open_reports(staff):
    """What is reported, heaviest first, but for what is this person's own."""
    waiting = Report.objects.waiting().not_about(staff)
    queue = list(waiting.queue().with_targets()[: COUNTED_UP_TO + 1])
    rows = [
        DashboardRow(
            teaser(report.snapshot) or str(report),
            page(report),
            _reasons_of(report),
        )
        for report in queue[:ROWS_SHOWN]
    ]
    oldest = waiting.order_by("pk").first()
    note = gettext("The oldest waits for %(time)s") % {"time": timesince(oldest.created)} if oldest else ""
    count = up_to(len(queue), COUNTED_UP_TO)
    return Section(
        gettext("Open reports"), listed(Report, "open"), rows, count, note, gettext("Nothing is reported.")
    )


def open_appeals():
    appeals = Appeal.objects.filter(answered=None).select_related("removal", "author").order_by("created")
    rows = [
        DashboardRow(
            teaser(appeal.text) or str(appeal),
            page(appeal),
            f"{appeal.author or gettext('A former member')} · {age(appeal)}",
        )
        for appeal in appeals[: COUNTED_UP_TO + 1]
    ]
    return section(
        gettext("Appeals"), listed(Appeal, "open"), rows, empty=gettext("Every appeal has its answer.")
    )


def first_posts():
    """The first post of everybody who joined within a week."""
    earlier = Post.objects.filter(author=OuterRef("author"), pk__lt=OuterRef("pk"))
    posts = posts_of_newcomers(Post.objects.all()).filter(~Exists(earlier))
    posts = list(posts.select_related("film", "author").order_by("-created", "-id")[: COUNTED_UP_TO + 1])
    rows = [DashboardRow(post.title, page(post), f"{post.author} · {post.film}") for post in posts]
    return section(gettext("First posts of new members"), listed(Moment, "newcomers"), rows)


def newest_comments():
    comments = but_in_private(Comment.objects.listed()).select_related("author", "post", "member_list")
    comments = comments.order_by("-id")[:ROWS_SHOWN]
    rows = [
        DashboardRow(
            teaser(comment.body),
            page(comment),
            f"{comment.author or gettext('A former member')} · {comment.about}",
        )
        for comment in comments
    ]
    return Section(gettext("Newest comments"), listed(Comment, "latest"), rows)


def unfinished_films():
    """Of the newest films: those without a summary, and those that share their title with another one."""
    films = list(Film.objects.listed().order_by("-created", "-id")[:FILMS_LOOKED_AT])
    titles = {film.title for film in films}
    same = (
        Film.objects.listed()
        .filter(title__in=titles)
        .order_by("-id")
        .values_list("title", "pk")[:HIDDEN_MOST]
    )
    by_title = defaultdict(set)
    for title, key in [*same, *((film.title, film.pk) for film in films)]:
        by_title[fold(title)].add(key)
    rows = []
    for film in films:
        if len(by_title[fold(film.title)]) > 1:
            rows.append(DashboardRow(str(film), page(film), gettext("another one has this title")))
        elif not film.summary:
            rows.append(DashboardRow(str(film), page(film), gettext("no summary")))
    return section(
        gettext("Films to complete"),
        listed(Film, "incomplete"),
        rows,
        empty=gettext("All of the newest ones are complete."),
    )


def unsourced_trivia():
    week = timezone.now() - FIRST_WEEK
    claims = Trivia.objects.listed().filter(status="unsourced", created__gte=week).select_related("film")
    rows = [
        DashboardRow(claim.title, page(claim), str(claim.film))
        for claim in claims.order_by("-created", "-id")[: COUNTED_UP_TO + 1]
    ]
    return section(gettext("Claims of this week without a source"), listed(Trivia, "unsettled"), rows)


def newest_members():
    week = timezone.now() - FIRST_WEEK
    members = User.objects.filter(date_joined__gte=week).order_by("-date_joined")[: COUNTED_UP_TO + 1]
    rows = [
        DashboardRow(
            member.username,
            page(member),
            date_format(timezone.localtime(member.date_joined), "SHORT_DATETIME_FORMAT"),
        )
        for member in members
    ]
    return section(gettext("Joined this week"), listed(User), rows, empty=gettext("Nobody yet."))


def out_of_sight():
    """How much the staff has hidden, each a link to its list."""
    hidden = [
        (kind, kind.objects.filter(state=State.REMOVED))
        for kind in (Moment, Song, Trivia, Review, Comment, Film)
    ]
    hidden.append((Tag, removed_tags(Tag.objects.all())))
    hidden.append((DiaryEntry, DiaryEntry.objects.filter(removal__isnull=False)))
    rows = []
    for model, found in hidden:
        number = found.order_by()[: HIDDEN_MOST + 1].count()
        if number:
            name = capfirst(model._meta.verbose_name_plural)
            rows.append(DashboardRow(name, listed(model, "hidden"), up_to(number, HIDDEN_MOST)))
    return Section(
        gettext("Hidden by staff"), listed(Moment, "hidden"), rows, empty=gettext("Nothing is hidden.")
    )


def given_up():
    """Letters that were not sent, pictures that were not made."""
    rows = [
        DashboardRow(str(work), page(work), f"{work.exception_class_path} · {_ago(work.finished_at)}")
        for work in Work.objects.given_up()[: COUNTED_UP_TO + 1]
    ]
    return section(
        gettext("Work given up"),
        listed(Work),
        rows,
        empty=gettext("All background work is done or on its way."),
    )


def age(target):
    return gettext("waiting for %(time)s") % {"time": timesince(target.created)}


def _ago(moment):
    return gettext("%(time)s ago") % {"time": timesince(moment)}


def _reasons_of(report):
    sentence = ngettext(
        "%(target)s · %(reason)s · %(number)d report",
        "%(target)s · %(reason)s · %(number)d reports",
        report.reporters,
    )
    why = report.get_reason_display()
    return sentence % {"target": report, "reason": why, "number": report.reporters}


def section(title, url, rows, **options):
    return Section(title, url, rows[:ROWS_SHOWN], up_to(len(rows), COUNTED_UP_TO), **options)


def up_to(number, most):
    return f"{most:,}+" if number > most else f"{number:,}" if number else ""


def page(instance):
    kind = getattr(instance, "kind", instance._meta.model_name)
    return reverse(f"admin:{instance._meta.app_label}_{kind}_change", args=[instance.pk])


def listed(model, show=""):
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    return f"{address}?show={show}" if show else address
