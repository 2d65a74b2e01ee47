"""What a member upvoted, the newest vote first. Nobody else sees it: a vote is a number to all others."""

from dataclasses import replace

from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from moments.models import Comment, CommentVote, PostVote, State
from moments.models.card_pages import chosen_cards
from reelive.listpages import growing_page_of, page_of, render_list
from reelive.pagination import in_order
from reelive.shortcuts import member_required

NEWEST_FIRST = ("-id",)
TABS = {"upvoted": _("Posts"), "upvoted-comments": _("Comments")}


@member_required
@never_cache
def upvoted(request):
    """Posts. Also by those whom the member mutes, since the choice was their own."""
    votes = PostVote.objects.filter(voter=request.user, post__state=State.VISIBLE)
    page = growing_page_of(request, votes, NEWEST_FIRST)
    page = replace(page, items=chosen_cards([vote.post_id for vote in page.items], request.viewer))
    return render_list(request, "upvoted/posts.html", page, tabs=_tabs("upvoted"))


@member_required
@never_cache
def upvoted_comments(request):
    shown = Comment.objects.listed().found_by(request.viewer).filter(pk=OuterRef("comment"))
    page = page_of(request, CommentVote.objects.filter(Exists(shown), voter=request.user), NEWEST_FIRST)
    comments = Comment.objects.listed().select_related("author").with_filtered(request.viewer)
    comments = in_order(comments.with_about(request.viewer), [vote.comment_id for vote in page.items])
    context = {"comments": comments, "next_cursor": page.next_cursor, "tabs": _tabs("upvoted-comments")}
    return render(request, "upvoted/comments.html", context)


def _tabs(current):
    return [
        {"label": label, "url": reverse(name), "current": name == current} for name, label in TABS.items()
    ]
