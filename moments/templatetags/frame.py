"""What stands around the content of every page: head, bars, menu and foot, kept by what they show,
and the scripts of a page with a thread.

Such a part knows no request. It is rendered from a few facts, and from no others, so that they name it; the
token of the viewer's forms and the address of the page are put in for each page alone.
"""

from functools import cache
from typing import NamedTuple

from django import template
from django.urls import reverse
from django.utils import timezone

from reelive.render_cache import rendered

register = template.Library()

# What each part shows. What it needs for one page alone is in `of_this_page`.
FACTS_OF_PART = {
    "_styles.html": ("theme",),
    "_scripts.html": ("is_member", "unread"),
    "_app_script.html": ("is_member", "unread"),
    "_topbar.html": ("member", "here", "theme", "year"),
    "_footer.html": ("is_member", "theme", "head"),
    "_bottombar.html": ("member", "here", "is_own_page"),
    "comments/_scripts.html": (),
}


class Picture(NamedTuple):
    url: str


class FrameMember(NamedTuple):
    """What the bars say of a member to themselves."""

    pk: int
    username: str
    avatar: Picture | None
    is_house: bool
    is_staff: bool
    unread_notifications: int
    unread_report_results: int
    url: str


@register.simple_tag(takes_context=True)
def frame(context, part, head=""):
    """A part of the frame, by its template. `head` is the newest hash of the ledger, where it is known."""
    facts = context.get("frame_facts") or facts_of(context)
    facts = {name: head if name == "head" else facts[name] for name in FACTS_OF_PART[part]}
    return rendered(part, tuple(facts.values()), facts, **of_this_page(context))


@register.simple_tag(takes_context=True)
def frame_facts(context):
    """The facts of all parts, for a page that has several of them."""
    return facts_of(context)


def facts_of(context):
    request = context.get("request")  # error pages have none
    member = getattr(request, "user", None)
    shown = member_in_frame(member) if member and member.is_authenticated else None
    return {
        "member": shown,
        "is_member": shown is not None,
        "unread": shown.unread_notifications if shown else 0,
        "here": context.get("here", ""),
        "is_own_page": shown is not None and request.path == shown.url,
        "theme": context.get("theme", ""),
        "year": timezone.localtime().year,
    }


def member_in_frame(member):
    return FrameMember(
        member.pk,
        member.username,
        Picture(member.avatar.url) if member.avatar else None,
        member.is_house,
        member.is_staff,
        member.unread_notifications,
        member.unread_report_results,
        f"/members/{member.username}/",  # by hand, for it is asked on every page
    )


@cache
def feed_of_all():
    return reverse("home-feed")


def of_this_page(context):
    """What no other page shows, and no part keeps; each is looked up where a part has a place for it."""
    return {
        "csrf_token": lambda: context.get("csrf_token", ""),
        "address": lambda: context["request"].get_full_path() if "request" in context else "",
        "feed_url": lambda: getattr(context.get("meta"), "feed_url", "") or feed_of_all(),
    }
