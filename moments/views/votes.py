"""Casting and withdrawing an upvote: two verbs each, both idempotent."""

from django.shortcuts import get_object_or_404, render

from moments.models import Comment, Post
from moments.views.lookup import post_for_verb
from reelive.ratelimit import check
from reelive.shortcuts import back_to, sign_in_first


def post_upvote(request, post_id):
    return _vote_on_post(request, post_id, Post.upvote)


def post_withdraw(request, post_id):
    return _vote_on_post(request, post_id, Post.withdraw_vote)


def _vote_on_post(request, post_id, verb):
    post = post_for_verb(request, post_id)
    return _vote(request, post, verb)


def comment_upvote(request, comment_id):
    return _vote_on_comment(request, comment_id, Comment.upvote)


def comment_withdraw(request, comment_id):
    return _vote_on_comment(request, comment_id, Comment.withdraw_vote)


def _vote_on_comment(request, comment_id, verb):
    comment = get_object_or_404(Comment.objects.visible_to(request.user).listed(), pk=comment_id)
    return _vote(request, comment, verb, anchor=f"#c{comment.pk}")


def _vote(request, target, verb, anchor=""):
    if not request.user.is_authenticated:
        return sign_in_first(request, target.link)
    check("vote", request.user)
    verb(target, request.user)
    target.my_vote = verb in (Post.upvote, Comment.upvote) and target.can_be_upvoted_by(request.user)
    if request.htmx:
        return render(request, "votes/_vote.html", {"thing": target, "role": target.role_of(request.user)})
    return back_to(request, target.link, anchor)
