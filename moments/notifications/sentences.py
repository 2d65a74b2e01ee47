"""The sentences that say what happened, for the inbox, for letters and for devices."""

from django.utils.translation import gettext, ngettext_lazy, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from moments.labels import LABELS_BY_SLUG
from moments.models import Draft, Reason
from moments.models.homecoming import Problem
from moments.models.trivia import Status

# What one person did, by the kind of news and whether it is about a comment.
BY_ONE = {
    ("reply", True): _("%(person)s replied to your comment on %(post)s"),
    ("mention", True): _("%(person)s mentioned you in a comment on %(post)s"),
    ("mention", False): _("%(person)s mentioned you in %(post)s"),
    ("comment", True): _("%(person)s commented on what you shared: %(post)s"),
    ("thread", True): _("%(person)s commented on %(post)s"),
    ("upvote", False): _("%(person)s upvoted %(post)s"),
    ("upvote", True): _("%(person)s upvoted your comment on %(post)s"),
    ("feeling", False): _("%(person)s felt something at %(post)s"),
    ("diary", False): _("%(person)s relived %(post)s"),
    ("verdict", False): _("%(person)s judged %(post)s"),
    ("follow", False): _("%(person)s follows you"),
    ("request", False): _("%(person)s asks to follow you"),
    ("followed", False): _("%(person)s shared %(post)s"),
    ("undone", False): _("%(person)s put back older facts of %(film)s, which you had edited"),
}
# The same where it is about a list of a member.
BY_ONE_ON_LIST = {
    ("reply", True): _("%(person)s replied to your comment on the list “%(list)s”"),
    ("mention", True): _("%(person)s mentioned you in a comment on the list “%(list)s”"),
    ("comment", True): _("%(person)s commented on your list “%(list)s”"),
    ("thread", True): _("%(person)s commented on the list “%(list)s”"),
    ("upvote", False): _("%(person)s upvoted your list “%(list)s”"),
    ("upvote", True): _("%(person)s upvoted your comment on the list “%(list)s”"),
    ("invited", False): _("%(person)s invites you to write in the list “%(list)s”"),
}
BY_MANY_ON_LIST = {
    ("reply", True): ngettext_lazy(
        "%(person)s and %(others)d other replied to your comment on the list “%(list)s”",
        "%(person)s and %(others)d others replied to your comment on the list “%(list)s”",
        "others",
    ),
    ("comment", True): ngettext_lazy(
        "%(person)s and %(others)d other commented on your list “%(list)s”",
        "%(person)s and %(others)d others commented on your list “%(list)s”",
        "others",
    ),
    ("thread", True): ngettext_lazy(
        "%(person)s and %(others)d other commented on the list “%(list)s”",
        "%(person)s and %(others)d others commented on the list “%(list)s”",
        "others",
    ),
    ("upvote", False): ngettext_lazy(
        "%(person)s and %(others)d other upvoted your list “%(list)s”",
        "%(person)s and %(others)d others upvoted your list “%(list)s”",
        "others",
    ),
    ("upvote", True): ngettext_lazy(
        "%(person)s and %(others)d other upvoted your comment on the list “%(list)s”",
        "%(person)s and %(others)d others upvoted your comment on the list “%(list)s”",
        "others",
    ),
}
# The same of several people, by the number of the others.
BY_MANY = {
    ("reply", True): ngettext_lazy(
        "%(person)s and %(others)d other replied to your comment on %(post)s",
        "%(person)s and %(others)d others replied to your comment on %(post)s",
        "others",
    ),
    ("comment", True): ngettext_lazy(
        "%(person)s and %(others)d other commented on what you shared: %(post)s",
        "%(person)s and %(others)d others commented on what you shared: %(post)s",
        "others",
    ),
    ("thread", True): ngettext_lazy(
        "%(person)s and %(others)d other commented on %(post)s",
        "%(person)s and %(others)d others commented on %(post)s",
        "others",
    ),
    ("upvote", False): ngettext_lazy(
        "%(person)s and %(others)d other upvoted %(post)s",
        "%(person)s and %(others)d others upvoted %(post)s",
        "others",
    ),
    ("upvote", True): ngettext_lazy(
        "%(person)s and %(others)d other upvoted your comment on %(post)s",
        "%(person)s and %(others)d others upvoted your comment on %(post)s",
        "others",
    ),
    ("feeling", False): ngettext_lazy(
        "%(person)s and %(others)d other felt something at %(post)s",
        "%(person)s and %(others)d others felt something at %(post)s",
        "others",
    ),
    ("diary", False): ngettext_lazy(
        "%(person)s and %(others)d other relived %(post)s",
        "%(person)s and %(others)d others relived %(post)s",
        "others",
    ),
    ("verdict", False): ngettext_lazy(
        "%(person)s and %(others)d other judged %(post)s",
        "%(person)s and %(others)d others judged %(post)s",
        "others",
    ),
    ("follow", False): ngettext_lazy(
        "%(person)s and %(others)d other follow you", "%(person)s and %(others)d others follow you", "others"
    ),
    ("request", False): ngettext_lazy(
        "%(person)s and %(others)d other ask to follow you",
        "%(person)s and %(others)d others ask to follow you",
        "others",
    ),
    ("undone", False): ngettext_lazy(
        "%(person)s and %(others)d other put back older facts of %(film)s, which you had edited",
        "%(person)s and %(others)d others put back older facts of %(film)s, which you had edited",
        "others",
    ),
}
# What nobody is named for.
BY_NOBODY = {
    "removal": _("A moderator removed what you wrote, %(subject)s: %(reason)s"),
    "restored": _("A moderator restored what you wrote: %(subject)s"),
    "answer": _("A moderator answered your appeal about %(subject)s"),
    "export": _("Your export is ready: you can download it for a week"),
    "report": _("There is an outcome of your report: %(outcome)s"),
}
SETTLED = {
    Status.CONFIRMED: _("Members confirmed your trivia: %(post)s"),
    Status.DISPUTED: _("Members disputed your trivia: %(post)s"),
}
FLAGGED = {
    True: _("Members flagged your comment on %(post)s, so that it is hidden for some: %(flag)s"),
    False: _("Members flagged %(post)s, so that it is hidden for some: %(flag)s"),
}
FLAGGED_ON_LIST = _(
    "Members flagged your comment on the list “%(list)s”, so that it is hidden for some: %(flag)s"
)
# What members tell themselves.
BROUGHT = {
    "": _("What you brought from elsewhere is here"),
    Problem.NOT_WRITTEN: _("What you brought from elsewhere could not be written to its end"),
    Problem.NOT_UNDONE: _("What you brought from elsewhere could not be undone to its end"),
}
REMINDER = _("You wanted to be reminded of %(post)s")
YEARS_AGO = ngettext_lazy(
    "A year ago you relived %(post)s", "%(years)d years ago you relived %(post)s", "years"
)
YEARS_AGO_SEEN = ngettext_lazy("A year ago you saw %(film)s", "%(years)d years ago you saw %(film)s", "years")
SEEN = ngettext_lazy(
    "You have just seen %(film)s: its one moment is open to you",
    "You have just seen %(film)s: its %(moments)d moments are open to you",
    "moments",
)
SEEN_EPISODE = ngettext_lazy(
    "You have just seen %(film)s, S%(season)s E%(episode)s: its one moment is open to you",
    "You have just seen %(film)s, S%(season)s E%(episode)s: its %(moments)d moments are open to you",
    "moments",
)
SEEN_FIRST = _("You have just seen %(film)s: nobody has shared a moment of it yet")
SEEN_EPISODE_FIRST = _(
    "You have just seen %(film)s, S%(season)s E%(episode)s: nobody has shared a moment of it yet"
)
UNSHARED = _("Your scheduled post was not published and is a draft again: %(reason)s")
FOLLOWED_FILM = _("A film of somebody whom you follow is new here: %(film)s")
FILM_GONE = pgettext_lazy("in a sentence", "a film that is gone")


def sentence_of(notification):
    """What a notification says, in the language of now. It gives away no title that its member may not see.

    Args:
        notification: with its `person`, `number_heard`, `shown_post`, `shown_list`, `row`, `report` and
            `film`, as `moments.notifications.inbox` fetches them.
    """
    kind, detail = notification.kind, notification.detail
    words = {"post": notification.shown_post and _named(notification.shown_post)}
    if kind in BY_NOBODY:
        return str(BY_NOBODY[kind]) % _of_staff(notification)
    if kind == "reminder":
        return str(REMINDER) % words
    if kind == "brought":
        return str(BROUGHT[detail])
    if kind == "unshared":
        return str(UNSHARED) % {"reason": Draft.Refusal(detail).label}
    if kind == "seen":
        return _of_seen(notification)
    if kind == "years-ago":
        return _of_years_ago(notification, words | {"years": int(detail)})
    if kind == "settled":
        return str(SETTLED[detail]) % words
    if kind == "flag":
        return _of_flag(notification, words)
    words |= {"person": f"@{notification.person}", "film": notification.film or FILM_GONE}
    if kind == "followed" and not notification.post_id:
        return str(FOLLOWED_FILM) % words
    others = notification.number_heard - 1
    what = (kind, notification.comment_id is not None)
    if notification.shown_list:
        return _on_list(what, others, words | {"list": notification.shown_list.title})
    if others > 0 and what in BY_MANY:
        return BY_MANY[what] % (words | {"others": others})
    return str(BY_ONE[what]) % words


def _on_list(what, others, words):
    if others > 0 and what in BY_MANY_ON_LIST:
        return BY_MANY_ON_LIST[what] % (words | {"others": others})
    return str(BY_ONE_ON_LIST[what]) % words


def _of_flag(notification, words):
    words |= {"flag": LABELS_BY_SLUG[notification.detail].name}
    if notification.shown_list:
        return str(FLAGGED_ON_LIST) % (words | {"list": notification.shown_list.title})
    return str(FLAGGED[notification.comment_id is not None]) % words


def _of_years_ago(notification, words):
    """Of a moment, or of a film with whatever of it was seen that day."""
    if notification.shown_post:
        return YEARS_AGO % words
    return YEARS_AGO_SEEN % (words | {"film": notification.film.title if notification.film else FILM_GONE})


def _of_seen(notification):
    """How many moments of a film or episode are open, by `detail`: their number, the season, the episode."""
    number, *numbers = notification.detail.strip("/").split("/")
    words = {"film": notification.film.title if notification.film else FILM_GONE, "moments": int(number)}
    words |= dict(zip(("season", "episode"), numbers, strict=False))
    if not words["moments"]:
        return str(SEEN_EPISODE_FIRST if numbers else SEEN_FIRST) % words
    return (SEEN_EPISODE if numbers else SEEN) % words


def _named(post):
    """Its title between quotation marks, or what it is where the title stays veiled."""
    if post.is_veiled or not post.is_visible:
        return post.named
    return gettext("“%(title)s”") % {"title": post.title}


def _of_staff(notification):
    row, report = notification.row, notification.report
    return {
        "subject": row.described if row else "",
        "reason": dict(Reason.choices).get(row.reason, "") if row else "",
        "outcome": report.outcome_text or report.get_state_display() if report else "",
    }
