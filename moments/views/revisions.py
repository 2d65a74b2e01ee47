"""The history of a post or comment: what edits changed, and its author's say in what was said before."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from moments.history import LABELS, edits
from moments.models import Comment, Post, Revision
from moments.views.horizons import unveiled, veiled_page
from moments.views.paging import page_of, whole_or_more
from reelive.ratelimit import check
from reelive.shortcuts import member_required, sign_in_first

PAGE = 10
NEWEST = ("-id",)


def post_history(request, post_id):
    posts = Post.objects.listed().visible_to(request.user).select_related("film", "author")
    post = get_object_or_404(posts.veiled_for(request.user), pk=post_id)
    return _history(request, post, post)


def comment_history(request, comment_id):
    comments = Comment.objects.listed().visible_to(request.user).select_related("author")
    comment = get_object_or_404(comments.with_posts(request.user), pk=comment_id)
    return _history(request, comment, comment.post)


def _history(request, subject, post):
    if not unveiled(request, post):
        return veiled_page(request, post, show=f"{subject.history_url}?show=1")
    revisions = subject.revisions.select_related("editor", "entry", "withdrawal")
    page = page_of(request, revisions, NEWEST, size=PAGE)
    context = {
        "subject": subject,
        "post": post,
        "film": post.film,
        "edits": list(edits(page.items, _newer(request, subject, page.items), subject.texts)),
        "next_cursor": page.next_cursor,
        "editable": subject.can_be_edited_by(request.user),
    }
    return whole_or_more(request, "revisions/history.html", "revisions/_list.html", context)


def _newer(request, subject, revisions):
    """What was said right after a page of revisions that does not begin with the newest."""
    if not revisions or "after" not in request.GET:
        return None
    newer = subject.revisions.kept().filter(pk__gt=revisions[0].pk).order_by("pk")
    return newer.values_list("texts", flat=True).first()


def revision_restore(request, revision_id):
    revision = get_object_or_404(Revision, pk=revision_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, revision.subject.history_url)
    subject = _own_subject(request, revision)
    check(subject.WORD, request.user)
    revision.restore(request.user)
    return HttpResponseRedirect(subject.history_url)


@member_required
def revision_withdraw(request, revision_id):
    revision = get_object_or_404(Revision, pk=revision_id)
    subject = _own_subject(request, revision)
    withdrawn = request.method == "POST" and revision.withdraw(request.user)
    if withdrawn or revision.is_withdrawn:
        return HttpResponseRedirect(subject.history_url)
    context = {
        "revision": revision,
        "subject": subject,
        "version": [(LABELS[name], revision.texts[name]) for name in subject.READ],
        "edit_url": reverse(f"{subject.WORD}-edit", args=[subject.pk]),
    }
    refused = request.method == "POST"
    return render(request, "revisions/withdraw.html", context, status=422 if refused else 200)


def _own_subject(request, revision):
    subjects = type(revision.subject).objects.visible_to(request.user).editable_by(request.user)
    return get_object_or_404(subjects, pk=revision.subject.pk)
