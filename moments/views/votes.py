"""Members upvote a post, comment or list and take the vote back. Doing either twice changes nothing more."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render

from moments.models import Comment, Post
from moments.models.refusals import Gone, Restricted
from moments.viewer.waiting_deeds import Deed, keep_deed
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, require_member, sign_in_first


def post_upvote(request, post_id):
    if not request.user.is_authenticated:
        return upvote(request, _post(request, post_id))
    try:
        return upvote(request, Post(pk=post_id))  # the verb reads what it needs from the row that it locks
    except Gone as gone:
        raise Http404 from gone


def post_unvote(request, post_id):
    return unvote(request, _post(request, post_id))


def comment_upvote(request, comment_id):
    return upvote(request, _comment(request, comment_id))


def comment_unvote(request, comment_id):
    return unvote(request, _comment(request, comment_id))


def upvote(request, target):
    if not request.user.is_authenticated:
        keep_deed(request, _deed(target))
        return sign_in_first(request, target.numbered_url)
    voted = True
    try:
        with spending("vote", request.user):
            target.upvote(request.user)
    except Restricted:  # nobody is told that they are restricted: the page shows what is so
        target.refresh_from_db(fields=["votes"])
        voted = target.vote_model.objects.of(request.user, target.pk).exists()
    return _answer(request, target, voted=voted)


def unvote(request, target):
    require_member(request, target.numbered_url)
    with spending("vote", request.user):
        target.unvote(request.user)
    return _answer(request, target, voted=False)


def _post(request, post_id):
    return get_object_or_404(Post.objects.open_to(request.viewer), pk=post_id)


def _comment(request, comment_id):
    return get_object_or_404(Comment.objects.visible_to(request.viewer).listed(), pk=comment_id)


def _answer(request, target, *, voted):
    """The vote as it is now. An author has no vote on their own post or comment, whatever was sent."""
    role = target.role_of(request.viewer)
    target.my_vote = voted and role != "author"
    if request.htmx:
        return render(request, "votes/_vote.html", {"target": target, "role": role})
    anchor = f"#c{target.pk}" if isinstance(target, Comment) else ""
    return back_to(request, target.numbered_url, anchor)


def _deed(target):
    """What is done when they have signed in again whose session has ended."""
    if isinstance(target, Comment):
        return Deed("upvote", target.post_id, target.pk, member_list=target.member_list_id)
    return Deed("upvote", target.pk)
