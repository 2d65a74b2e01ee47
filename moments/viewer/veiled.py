"""The page that stands in the place of a veiled post."""

from django.shortcuts import render


def is_shown(request, post):
    """Whether the viewer sees the post. Asking to be shown it lifts its veil for good."""
    if post.is_veiled and request.GET.get("show"):
        request.viewer.reveal(post)
        post.is_veiled = False
    return not post.is_veiled


def veiled_page(request, post, show=""):
    """The page of a veiled post, without its words. `show` is the address that lifts the veil."""
    context = {
        "post": post,
        "film": post.film,
        "show": show or f"{post.link}?show=1",
        "progress": request.viewer.progress(post.film),
    }
    return render(request, "posts/veiled.html", context)
