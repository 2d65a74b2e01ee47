"""Cards and comments, rendered once for all viewers who see the same, kept, and without a request.

How long ago they were written is no part of what is kept: see reelive.render_cache.
"""

from django import template
from django.utils import timezone
from django.utils.safestring import mark_safe

from moments.labels import hiding_for
from reelive.formats import ago
from reelive.render_cache import as_key, rendered

register = template.Library()

CARD = "posts/_card_body.html"
NOT_IN_A_COMMENT = {"_state", "_prefetched_objects_cache", "body", "best", "nonce", "parent_id", "root_id"}

# What stands around the replies of a comment, and what ends it, by the kind of step.
BETWEEN = {"open": "<ol>", "close": "</ol>", "end": "</details></li>"}


@register.simple_tag(takes_context=True)
def role_of(context, target):
    return target.role_of(context["request"].viewer)


@register.simple_tag(takes_context=True)
def card(context, post, place):
    """A post's card as the viewer sees it; the first of a list (`place` 0) loads its picture at once."""
    return card_html(post, place, context["request"].viewer, *_where(context))


@register.simple_tag(takes_context=True)
def cards(context, posts):
    """The cards of a list, each as an item of it."""
    viewer, where = context["request"].viewer, _where(context)
    items = (f"<li>{card_html(post, place, viewer, *where)}</li>\n" for place, post in enumerate(posts))
    return mark_safe("".join(items))  # noqa: S308


def _where(context):
    """Whether the cards stand on the page of their film, and whether on that of their author."""
    return bool(context.get("in_film")), bool(context.get("by_one"))


def card_html(post, place, viewer, in_film, by_one):
    role, hiding = post.role_of(viewer), None if post.is_veiled else hiding_for(post, viewer)
    options = {"role": role, "hiding": hiding, "in_film": in_film, "by_one": by_one, "lazy": place > 0}
    known = {"post": post, "new_comments": post.new_comments, **options}
    shown = (post.shown, *options.values())
    return rendered(CARD, shown, known, ago=ago(post.created, timezone.now()))


@register.simple_tag(takes_context=True)
def thread_list(context, steps):
    """A walk through a thread as nested lists; see moments.threads."""
    about, viewer, now = context["about"], context["request"].viewer, timezone.now()
    pieces = [BETWEEN.get(step.kind) or comment_item(step.node, about, viewer, now) for step in steps]
    return mark_safe("".join(pieces))  # noqa: S308


def comment_item(node, about, viewer, now):
    """The beginning of a comment's item: all of it but the replies."""
    comment = node.comment
    own = {name: value for name, value in vars(comment).items() if name not in NOT_IN_A_COMMENT}
    role = comment.role_of(viewer)
    # What is asked of a visitor begins with the number of the comment, which leads to no unlisted list.
    joins = role != "visitor" or about.is_public
    options = {
        "role": role,
        "joins": joins,
        "hiding": hiding_for(comment, viewer),
        "is_muted": own.get("is_muted", False),
        "has_muted_word": own.get("has_muted_word", False),
        "is_new": own.get("is_new", False),
        "is_poster": comment.author_id is not None and comment.author_id == about.author_id,
        "takes_replies": joins and about.is_visible and not about.locked,
        "for_staff": comment.is_removed and viewer.is_staff,
        "level": node.level,
        "continues": node.continues,
        "hidden_replies": node.hidden_replies,
    }
    writer = comment.author and (comment.author.username, comment.author.avatar.name)
    shown = (as_key(own), writer, as_key(options))
    known = {"comment": comment, **options}
    return rendered("comments/_comment.html", shown, known, ago=ago(comment.created, now))
