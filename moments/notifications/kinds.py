"""The kinds of news: each is declared once, for the settings, the inbox and letters."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class NewsKind:
    """One kind of news.

    Attributes:
        label: what it is called in the settings.
        is_once: whether a person who does it again is not news.
        mail: how a letter about it is sent to members who have not chosen: "never", "at-once", "daily" or
            "weekly".
        push: whether devices of members who have not chosen show it.
    """

    slug: str
    label: Any
    is_once: bool = False
    mail: str = "weekly"
    push: bool = False


NEWS_KINDS = (
    NewsKind("reply", _("Replies to my comments"), mail="daily", push=True),
    NewsKind("mention", _("Mentions of me"), is_once=True, mail="daily", push=True),
    NewsKind("comment", _("Comments on what I shared"), mail="daily", push=True),
    NewsKind("thread", _("Comments in threads of which I want to hear everything")),
    NewsKind("follow", _("Members who follow me"), is_once=True),
    NewsKind("request", _("Requests to follow me"), is_once=True, mail="daily", push=True),
    NewsKind("invited", _("Invitations to write in a list"), is_once=True, mail="daily"),
    NewsKind("followed", _("New posts by whom or of what I follow, and new films of people")),
    NewsKind("upvote", _("Upvotes"), is_once=True),
    NewsKind("feeling", _("Feelings at my moments"), is_once=True),
    NewsKind("diary", _("Diary entries of my moments"), is_once=True),
    NewsKind("verdict", _("Verdicts on my trivia"), is_once=True),
    NewsKind("settled", _("My trivia is confirmed or disputed")),
    NewsKind("flag", _("Flags that veil or hide what I wrote"), mail="daily"),
    NewsKind("removal", _("A moderator removed something of mine"), mail="at-once", push=True),
    NewsKind("restored", _("A moderator restored something of mine"), mail="at-once", push=True),
    NewsKind("answer", _("Answers to my appeals"), mail="at-once", push=True),
    NewsKind("report", _("Outcomes of my reports"), mail="daily"),
    NewsKind("reminder", _("My reminders"), mail="never", push=True),
    NewsKind("years-ago", _("What I relived or saw on this day, years ago"), mail="never"),
    NewsKind("seen", _("Moments of what I have just seen on a player of mine"), mail="never", push=True),
    NewsKind("unshared", _("Scheduled posts of mine that could not be published"), mail="daily"),
    NewsKind("export", _("My export is ready"), mail="at-once"),
    NewsKind("brought", _("What I brought from elsewhere is here"), mail="never", push=True),
    NewsKind("undone", _("Facts of a film that I edited were put back")),
)
KINDS_BY_SLUG = {kind.slug: kind for kind in NEWS_KINDS}
