"""A member's page: posts and comments. The diary has pages of its own."""

from django.http import HttpResponseRedirect
from django.shortcuts import render

from moments.models import Comment, Post
from moments.models.feed import NEW
from moments.views.lookup import find_member
from moments.views.paging import page_of, render_list
from moments.views.silences import silence_of


def member(request, name):
    if name != name.lower():
        return HttpResponseRedirect(request.path.lower())
    member = find_member(name)
    page = page_of(
        request,
        Post.objects.listed().filter(author=member).for_cards(request.user, with_muted=True),
        NEW,
    )
    silence = silence_of(request, member)
    return render_list(request, "members/member.html", page, member=member, tab="posts", silence=silence)


def member_comments(request, name):
    member = find_member(name)
    comments = Comment.objects.listed().filter(author=member, post__state="visible")
    page = page_of(request, comments.with_posts(request.user), ("-id",))
    context = {
        "member": member,
        "tab": "comments",
        "comments": page.items,
        "next_cursor": page.next_cursor,
    }
    return render(request, "members/member.html", context)
