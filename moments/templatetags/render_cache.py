"""Cards and comments, rendered once for all viewers who see the same, kept, and without a request.

How long ago they were written is no part of what is kept: see reelive.render_cache.
"""

from django import template
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.safestring import mark_safe

from moments.labels import hiding_for
from moments.templatetags.frame import of_this_page
from reelive.formats import ago, ago_at, teaser
from reelive.render_cache import as_key, rendered, renderer

register = template.Library()

CARD, COMMENT = "posts/_card_body.html", "comments/_comment.html"

# What stands around the replies of a comment, and what ends it, by the kind of step.
MARKUP_OF_STEP = {"open": "<ol>", "close": "</ol>", "end": "</details></li>"}


@register.simple_tag(takes_context=True)
def once(context, template, **shown):
    """A part of a page, kept by what is named here.

    It knows nothing else but whether a member looks, at which path the page lies, and what `of_this_page`
    puts in. Of a row it may show what was read of it; a row beside it is named as well.
    """
    request = context.get("request")  # error pages have none
    viewer = getattr(request, "viewer", None)
    is_member = bool(viewer and viewer.is_authenticated)
    asks = {"viewer": {"is_authenticated": is_member}, "path": getattr(request, "path", "")}
    known = shown | {"request": asks}
    return rendered(template, as_key(known), known, **of_this_page(context))


@register.simple_tag(takes_context=True)
def role_of(context, target):
    return target.role_of(context["request"].viewer)


@register.simple_tag(takes_context=True)
def card(context, post, place):
    """A post's card as the viewer sees it; the first of a list (`place` 0) loads its picture at once."""
    viewer, ago = context["request"].viewer, ago_at(timezone.now())
    return card_html(renderer(CARD), post, place, viewer, ago, *_where(context))


@register.simple_tag(takes_context=True)
def cards(context, posts):
    """The cards of a list, each as an item of it."""
    viewer, where, ago = context["request"].viewer.itself, _where(context), ago_at(timezone.now())
    render = renderer(CARD)
    items = [f"<li>{card_html(render, post, n, viewer, ago, *where)}</li>\n" for n, post in enumerate(posts)]
    return mark_safe("".join(items))  # noqa: S308


def _where(context):
    """Whether the cards stand on the page of their film, and whether on that of their author."""
    return bool(context.get("in_film")), bool(context.get("by_one"))


def card_html(render, post, place, viewer, ago, in_film, by_one):
    role, hiding = post.role_of(viewer), None if post.is_veiled else hiding_for(post, viewer)
    options = {"role": role, "hiding": hiding, "in_film": in_film, "by_one": by_one, "lazy": place > 0}
    later = {"ago": ago(post.created), "excerpt": lambda: teaser(post.excerpt)}
    return render(
        (post.shown, *options.values()),
        lambda: {"post": post, "new_comments": post.new_comments, **options},
        **later,
    )


@register.simple_tag(takes_context=True)
def veiled_card(context, post):
    """The card of a post that was found and gives too much away."""
    role = post.role_of(context["request"].viewer)
    return rendered("search/_veiled.html", (post.shown, role), {"post": post, "role": role})


@register.simple_tag
def film_row(film):
    """A film in a list, with its `cover`."""
    shown = (facts_of(film), film.cover and facts_of(film.cover))
    return rendered("films/_film.html", shown, {"film": film})


@register.simple_tag
def list_row(member_list, by_name=False):
    """A member's list in a list of them; `by_name` where they are by several members."""
    excerpt, name = member_list.excerpt, member_list.author.username
    known = {"member_list": member_list, "by_name": by_name, "has_excerpt": bool(excerpt)}
    facts = facts_of(member_list, "excerpt", "body", "body_html")
    shown = (facts, name, member_list.new_comments, by_name, bool(excerpt))
    return rendered("member_lists/_row.html", shown, known, excerpt=excerpt)


@register.simple_tag
def found_member(member):
    """A member among the results of a search."""
    shown = (member.pk, member.username, member.avatar.name, bool(member.excerpt))
    known = {"member": member, "has_excerpt": bool(member.excerpt)}
    return rendered("search/_member.html", shown, known, excerpt=member.excerpt)


@register.simple_block_tag
def found_group(content, group, is_alone):
    """The results of one kind, `content`, with their heading, which is not seen where they stand alone."""
    options = {"kind": group["kind"], "is_alone": is_alone, "is_cut": bool(group["url"])}
    shown, known = tuple(options.values()), options | {"label": group["label"]}
    return rendered("search/_group.html", shown, known, rows=content, url=group["url"])


@register.simple_tag(takes_context=True)
def found_comment(context, comment):
    """A comment among the results of a search."""
    about, hiding = comment.about, hiding_for(comment, context["request"].viewer)
    writer = comment.author and comment.author.username
    shown = (comment.pk, writer, comment.created, comment.votes, about.named, about.is_veiled, hiding)
    known = {"comment": comment, "about": about, "hiding": hiding}
    later = {"ago": ago(comment.created, timezone.now()), "excerpt": comment.excerpt}
    return rendered("search/_comment.html", shown, known, **later)


@register.simple_tag
def ledger_row(row, alone=False):
    """A row of the ledger, with the name that its film has now; `alone` on its own page."""
    shown, later = (facts_of(row), row.film_title, alone), {"ago": ago(row.created, timezone.now())}
    return rendered("ledger/_row.html", shown, {"row": row, "alone": alone}, **later)


@register.simple_tag
def tag_links(tags):
    """Tags with the number of their posts."""
    shown = tuple((tag.slug, tag.name, tag.post_count) for tag in tags)
    return rendered("tags/_links.html", shown, {"tags": tags})


def facts_of(row, *without):
    """The columns of a row as a part of a key, but for these."""
    known = vars(row)
    names = [field.attname for field in row._meta.concrete_fields if field.attname in known]
    values = [known[name] for name in names if name not in without]
    return tuple([str(value) if isinstance(value, FieldFile) else as_key(value) for value in values])


@register.simple_tag(takes_context=True)
def thread_list(context, steps):
    """A walk through a thread as nested lists; see moments.threads."""
    about, viewer, ago = context["about"], context["request"].viewer.itself, ago_at(timezone.now())
    facts = {
        "author": about.author_id,
        "is_public": about.is_public,
        "takes_replies": about.is_visible and not about.locked,
    }
    render = renderer(COMMENT)
    pieces = [
        MARKUP_OF_STEP.get(step.kind) or comment_item(render, step.node, viewer, ago, **facts)
        for step in steps
    ]
    return mark_safe("".join(pieces))  # noqa: S308


def comment_item(render, node, viewer, ago, author, is_public, takes_replies):
    """The beginning of a comment's item: all of it but the replies.

    Args:
        author: of what the thread is about.
    """
    comment = node.comment
    role = comment.role_of(viewer)
    # What is asked of a visitor begins with the number of the comment, which leads to no unlisted list.
    joins = role != "visitor" or is_public
    options = {
        "role": role,
        "joins": joins,
        "hiding": hiding_for(comment, viewer),
        "is_muted": comment.is_muted,
        "has_muted_word": comment.has_muted_word,
        "is_new": comment.is_new,
        "is_poster": comment.author_id is not None and comment.author_id == author,
        "takes_replies": joins and takes_replies,
        "for_staff": comment.is_removed and viewer.is_staff,
        "level": node.level,
        "continues": node.continues,
        "hidden_replies": node.hidden_replies,
    }
    shown = (comment.shown, comment.next_new, *options.values())
    return render(shown, lambda: {"comment": comment, **options}, ago=ago(comment.created))
