"""What a page has to take part by: feelings to choose, a diary form, a form for a comment.

It is kept by what it shows, and a form only as long as nobody has begun to fill it in: see
reelive.render_cache. The token of the viewer's forms, the number of a new comment and where it goes are put
in for each page alone.
"""

from functools import partial
from uuid import uuid4

from django import template
from django.template.loader import get_template
from django.utils import timezone

from moments.forms import DiaryEntryForm
from reelive.render_cache import rendered, renderer

register = template.Library()

DIARY_FIELDS = "posts/_diary_fields.html"
# All that a form that was not sent asks of the request that its page answers.
OF_MEMBER = {"viewer": {"is_authenticated": True}}


@register.simple_tag(takes_context=True)
def chips(context):
    """The feelings to choose at a moment, with those that the viewer has."""
    names = ("first_chips", "more_chips", "more_chosen", "post")
    known = {name: context[name] for name in names}
    known["is_member"] = context["request"].viewer.is_authenticated
    chosen = (*known["first_chips"], *known["more_chips"])
    shown = tuple((chip["feeling"].slug, chip["count"], chip["mine"]) for chip in chosen)
    return rendered("posts/_chips.html", (known["post"].pk, known["is_member"], shown), known)


@register.simple_tag
def feelings_left(post):
    """What a moment leaves; nothing of one that is veiled for the viewer."""
    if post.is_veiled:
        return ""
    weights, is_first_guess = post.reading
    shown = (tuple(weights.items()), is_first_guess, post.felt_by)
    return rendered("arc/_feelings_of.html", shown, {"post": post})


@register.simple_tag
def diary_fields(form):
    """The fields of the form for a diary entry; empty ones are the same for everybody until midnight.

    Args:
        form: None for an empty one, which is made when its fields are not kept.
    """
    if form and (form.is_bound or form.initial):
        return get_template(DIARY_FIELDS).render({"diary_form": form})
    return renderer(DIARY_FIELDS)(timezone.localdate(), lambda: {"diary_form": form or DiaryEntryForm()})


@register.simple_tag(takes_context=True)
def empty_comment_form(context, form):
    """The form for a new comment in a thread, for a member who has not begun one.

    It is the same in all threads of posts, and in all of lists, but for where it is sent.
    """
    about, sort = context["about"], context.get("sort", "")
    is_of_post = about.model_name == "post"
    known = {"form": form, "form_id": "comment-form", "request": OF_MEMBER, "sort": sort}
    known["about"] = {"film": is_of_post}
    of_page = {"csrf_token": partial(_token, context), "nonce": uuid4}
    of_page |= {"action": about.comment_add_url, "about_key": about.pk}
    return rendered("comments/_form.html", (is_of_post, sort), known, **of_page)


def _token(context):
    return context.get("csrf_token", "")
