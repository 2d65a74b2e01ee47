"""Whole sentences about a post: its name, its status, why it is veiled or gone."""

from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from moments.models.kinds import POST_KINDS, Kind
from moments.models.trivia import Status
from reelive.formats import compact, counted, listed

register = template.Library()

STATUS_ICONS = {Status.UNSOURCED: "info", Status.DISPUTED: "dispute"}
CONFIRMED = ngettext_lazy("Confirmed by %(count)s", "Confirmed by %(count)s", "number")
DISPUTED = ngettext_lazy("Disputed by %(count)s", "Disputed by %(count)s", "number")
ALSO_CONFIRMED = ngettext_lazy("confirmed by %(count)s", "confirmed by %(count)s", "number")
ALSO_DISPUTED = ngettext_lazy("disputed by %(count)s", "disputed by %(count)s", "number")
CONFIRM_IT = ngettext_lazy("%(count)s member confirms it.", "%(count)s members confirm it.", "number")
DISPUTE_IT = ngettext_lazy("%(count)s member disputes it.", "%(count)s members dispute it.", "number")
SAY_IT_SPOILS = ngettext_lazy(
    "%(count)s member says that it spoils the story.",
    "%(count)s members say that it spoils the story.",
    "number",
)
SEEN_SO_FAR = ngettext_lazy(
    "You have seen %(open)s of %(count)s moment. What comes later is veiled.",
    "You have seen %(open)s of %(count)s moments. What comes later is veiled.",
    "number",
)
VEILED_COMMENTS = ngettext_lazy(
    "%(count)s comment is veiled with it.", "%(count)s comments are veiled with it.", "number"
)


@register.filter
def named(post):
    """The title, for use inside a sentence; what it is and of which film while it is veiled or gone."""
    return post.named


@register.filter
def target_name(target, about):
    """A post, or a comment on a post or list, as a heading calls it."""
    if target.model_name == "comment":
        return _("A comment on %(name)s") % {"name": named(about)}
    return named(about)


@register.filter
def kind_icon(kind):
    return POST_KINDS[kind].icon


@register.filter
def kind_name(kind):
    return Kind(kind).label


@register.simple_tag
def by_member(member, css=""):
    """The member's name as a link of the class `css`, or that they have left."""
    if member is None:
        return format_html("<span>{}</span>", _("a former member"))
    name = member.username
    # By hand: a page of comments shows hundreds of them.
    if css:
        return format_html('<a class="{}" href="/members/{}/">@{}</a>', css, name, name)
    return format_html('<a href="/members/{}/">@{}</a>', name, name)


@register.simple_tag
def byline(member):
    """Who shared something; what came with the site is by its editors."""
    name = by_member(member)
    if member and member.is_house:
        return format_html(_('from <a href="{}">the editors</a>'), f"/members/{member.username}/")
    return format_html(_("by {}"), name)


class ClaimStatus(NamedTuple):
    """What a claim amounts to: the classes of its badge, its icon and its words."""

    css: str
    icon: str
    text: str


@register.simple_tag
def claim_status(trivia):
    """The status of a claim, and the verdicts behind it in words."""
    is_doubted = bool(trivia.disputes) and trivia.status != Status.CONFIRMED
    return ClaimStatus(
        css=f"is-{trivia.status} is-doubted" if is_doubted else f"is-{trivia.status}",
        icon="dispute" if is_doubted else STATUS_ICONS.get(trivia.status, "check"),
        text=listed(_status_parts(trivia)),
    )


@register.simple_tag
def use_status(use):
    """What members make of where a song is heard, in words."""
    is_doubted = use.disputes > use.confirms
    said = [counted(use.confirms, ALSO_CONFIRMED)] if use.confirms else []
    said += [counted(use.disputes, ALSO_DISPUTED)] if use.disputes else []
    return ClaimStatus(
        css="is-disputed" if is_doubted else "is-confirmed" if use.confirms else "is-unsourced",
        icon="dispute" if is_doubted else "check" if use.confirms else "info",
        text=listed(said) or _("Nobody has confirmed it yet"),
    )


def _status_parts(trivia):
    for_it, against = trivia.confirms, trivia.disputes
    if trivia.status == Status.CONFIRMED:
        yield counted(for_it, CONFIRMED)
        for_it = 0
    elif trivia.status == Status.DISPUTED:
        yield counted(against, DISPUTED)
        against = 0
    else:
        yield str(Status(trivia.status).label)
    if for_it:
        yield counted(for_it, ALSO_CONFIRMED)
    if against:
        yield counted(against, ALSO_DISPUTED)


class Veil(NamedTuple):
    """Why a post is veiled: a heading and the sentences below it."""

    title: str
    sentences: list[str]


@register.simple_tag
def veil_of(post, progress):
    """Why the post is veiled for a viewer who has come as far as `progress`, or has not said how far."""
    if progress:
        return Veil(_("It lies beyond what you have seen"), list(_beyond(post, progress)))
    if post.spoiler:
        reason = _("The member who added it says that it spoils the story.")
    else:
        reason = counted(post.spoiler_labels, SAY_IT_SPOILS)
    return Veil(_("It gives away what happens"), [reason, _("Nothing of it is shown until you ask.")])


def _beyond(post, progress):
    film = {"film": post.film.title}
    if progress.is_start:
        yield _("You have not seen %(film)s yet.") % film
    else:
        yield _("You are not that far in %(film)s.") % film
    if post.kind == Kind.MOMENT:
        yield _("Its words and its picture stay veiled until you get there, or ask for them.")
    else:
        yield _("Its words stay veiled until you get there, or ask for them.")
    if post.comment_count:
        yield counted(post.comment_count, VEILED_COMMENTS)


@register.filter
def gone_title(post):
    """The heading of a post that was deleted or removed."""
    if post.state == "deleted":
        return _("Deleted by its author")
    return removal_text(post.removal)


@register.filter
def removal_text(removal):
    """Why a moderator removed something, in a few words; `removal` is its row of the ledger, or None."""
    if removal is None or not removal.reason:
        return _("Removed by a moderator")
    return _("Removed: %(reason)s") % {"reason": removal.get_reason_display()}


@register.filter
def verdicts_so_far(claim):
    """How many members confirm and dispute a claim, in sentences."""
    sentences = [counted(claim.confirms, CONFIRM_IT)] if claim.confirms else []
    sentences += [counted(claim.disputes, DISPUTE_IT)] if claim.disputes else []
    return " ".join(sentences) or _("Nobody has said anything yet.")


@register.filter
def context_label(kind):
    """What the second text of a post is about."""
    return POST_KINDS[kind].context_label


@register.filter
def body_label(kind):
    """What the form for a post asks for as its text."""
    return POST_KINDS[kind].body_label


@register.filter
def adding(kind):
    """The heading of the form for a new post."""
    return POST_KINDS[kind].adding


@register.filter
def sharing(kind, film):
    """The same with the name of the film."""
    return POST_KINDS[kind].sharing % {"film": film.title}


@register.filter
def more_about(kind):
    """The heading of the part of the form which is closed at first."""
    return POST_KINDS[kind].more_about


@register.filter
def editing(title, otherwise):
    """The heading of a form that edits what has this title, or `otherwise` for what is new and has none."""
    return _("Edit %(title)s") % {"title": title} if title else otherwise


@register.simple_tag
def progress_text(film, viewer, progress, open_count):
    """How far the viewer has seen the film and what is veiled, in a sentence or two.

    Args:
        progress: a ProgressPoint, or None when the viewer has not said how far.
        open_count: how many moments are not veiled, for somebody in the middle of the film.
    """
    if viewer.spoiler_stance == "show":
        return _("You asked to be shown everything: nothing is veiled.")
    if not progress:
        return _("Say how far you are, and what comes later is veiled.")
    if progress.is_all:
        return _("You have seen it all: nothing is veiled.")
    if progress.is_start:
        return _("You have not seen it: the story is veiled.")
    return counted(film.moment_count, SEEN_SO_FAR, open=compact(open_count))
