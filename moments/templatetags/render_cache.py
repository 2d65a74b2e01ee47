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

# What changes without a change of what is shown.
NOT_ON_A_CARD = {
    *("_state", "_prefetched_objects_cache", "hot", "edited", "nonce"),
    *("last_read", "new_in_thread", "my_last_reads"),  # of the viewer: what is new is said by itself
}
NOT_IN_A_COMMENT = {"_state", "_prefetched_objects_cache", "body", "best", "nonce", "parent_id", "root_id"}

# What stands around the replies of a comment, and what ends it, by the kind of step.
BETWEEN = {"open": "<ol>", "close": "</ol>", "end": "</details></li>"}


@register.simple_tag(takes_context=True)
def role_of(context, target):
    return target.role_of(context["request"].viewer)


@register.simple_tag(takes_context=True)
def card(context, post, place):
    """A post's card as the viewer sees it; the first of a list (`place` 0) loads its picture at once."""
    viewer = context["request"].viewer
    options = {
        "role": post.role_of(viewer),
        "hiding": None if post.is_veiled else hiding_for(post, viewer),
        "in_film": bool(context.get("in_film")),
        "by_one": bool(context.get("by_one")),
        "lazy": place > 0,
        "new_comments": post.new_comments,
    }
    shown = (shown_on_card(post), as_key(options))
    known = {"post": post, "film": post.film, **options}
    return rendered("posts/_card_body.html", shown, known, ago=ago(post.created, timezone.now()))


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


def shown_on_card(post):
    """All that a card tells of its post: when anything of it changes, the card is rendered anew."""
    film, author = post.film, post.author
    own = [(name, value) for name, value in vars(post).items() if name not in NOT_ON_A_CARD]
    others = (film.title, film.slug, film.palette, author and author.username)
    tallies = [(tally.feeling, tally.house, tally.count) for tally in post.tallies.all()]
    tags = [(tag.name, tag.slug) for tag in post.tag_list]
    return as_key((own, others, tallies, tags))
