"""Threads and comments: members read and reply, and edit or delete what they wrote."""

from dataclasses import replace
from urllib.parse import parse_qs, urlencode, urlsplit

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django_htmx.http import HttpResponseClientRedirect

from moments import threads
from moments.forms import CommentForm
from moments.labels import hiding_for
from moments.models import Comment, Draft
from moments.models.comment import BEST, SORTS
from moments.models.comment_row import CommentRow, comments_below, page_of_tops, replies_to, short_thread
from moments.notifications.choices import thread_levels
from moments.viewer import comment_place, new_comments
from moments.viewer.draft_saving import begun, is_draft, save_draft, sent
from moments.viewer.lookup import find_list, list_for_verb, post_for_verb, post_to_comment
from moments.viewer.veiled import is_shown, veiled_page
from moments.viewer.waiting_deeds import Deed, deed_on, keep_deed
from reelive import markdown
from reelive.formpages import done, form_page, made
from reelive.listpages import page_read
from reelive.pagination import cursor_after
from reelive.shortcuts import back_to, came_from, member_required, sign_in_first
from reelive.toasts import toast

REPLIES_AT_ONCE = 1_000
SORT_LABELS = {
    "best": pgettext_lazy("order of comments", "Best"),
    "top": pgettext_lazy("order of comments", "Most upvoted"),
    "new": pgettext_lazy("order of comments", "New"),
    "old": pgettext_lazy("order of comments", "Oldest"),
}


def thread_context(request, about):
    """What one page of the thread of a post or list shows: top comments in order, each with its replies."""
    sort = _known(request.GET.get("sort"))
    rows, more_cursor = _rows_of_page(request, about, SORTS[sort])
    seen = new_comments.read_before(request, about)
    new_comments.mark_new(rows, request.viewer.itself, seen)
    thread = list(threads.flatten(threads.build(rows, sort)))
    since = {"since": seen.timestamp()} if seen else {}
    new = new_comments.chain_new(thread)
    return {
        "about": about,
        "last_visit": seen,
        "thread": thread,
        "new": new,
        "is_new_behind": bool(more_cursor and seen) and len(new) < (about.new_in_thread or 0),
        "more_cursor": more_cursor,
        "since": since.get("since"),
        "sort": sort,
        "thread_levels": thread_levels(request.viewer, about) if request.viewer.is_authenticated else [],
        "sort_tabs": [
            {
                "label": label,
                "url": f"?{urlencode({'sort': key} | since)}#comments",
                "current": key == sort,
            }
            for key, label in SORT_LABELS.items()
        ],
    }


def _known(sort):
    return sort if sort in SORTS else "best"


def _rows_of_page(request, about, order):
    """The comments of one page of the thread, and the cursor behind them where there are more."""
    viewer, most = request.viewer.itself, comment_place.THREAD_PAGE
    if about.comment_count <= most and not request.GET.get("after"):
        rows = short_thread(about, viewer, order, threads.FOLD_DEPTH, most)
        if rows is not None:
            return rows, None
    page = page_read(request, lambda after: page_of_tops(about, viewer, order, after, most))
    tops, more_cursor = _fitting(page, order)
    return [*tops, *replies_to(tops, viewer, order, threads.FOLD_DEPTH, REPLIES_AT_ONCE)], more_cursor


def _fitting(page, order):
    """The top comments that fill a page together with their replies, and the cursor behind the last of them.

    There is always at least one, however many replies it has.
    """
    filled = 0
    for number, comment in enumerate(page.items):
        filled += 1 + comment.descendants
        if filled > comment_place.THREAD_PAGE and number:
            return page.items[:number], cursor_after(page.items[number - 1], order)
    return page.items, page.next_cursor


def comment(request, comment_id):
    """A comment on a page of its own: the comment that it answers stands above it, its replies below."""
    comments = Comment.objects.visible_to(request.viewer).select_related(
        "author", "parent__author", "removal"
    )
    comments = comments.with_about(request.viewer).with_my_vote(request.viewer).with_undo(request.viewer)
    comment = get_object_or_404(comments, pk=comment_id)
    if not is_shown(request, comment.about):
        return veiled_page(request, comment.about, show=f"{comment.get_absolute_url()}?show=1")
    if request.GET.get("show"):
        return HttpResponseRedirect(comment.get_absolute_url())
    depth = comment.depth + threads.FOLD_DEPTH
    row = CommentRow.of(comment)
    rows = [row, *comments_below(comment, request.viewer, BEST, depth, REPLIES_AT_ONCE)]
    node = next(node for node in threads.build(rows) if node.comment is row)
    context = {"comment": comment, "post": comment.post, "about": comment.about, "film": comment.about.film}
    return render(
        request,
        "comments/page.html",
        context | {"thread": list(threads.flatten([node]))},
    )


def comment_add(request, post_id):
    find = post_to_comment if request.user.is_authenticated else post_for_verb
    return _add(request, find(request, post_id))


def list_comment_add(request, name, slug):
    return _add(request, list_for_verb(request, name, slug))


def _add(request, about):
    place = {about.model_name: about}
    if not request.user.is_authenticated:
        return _sign_in_with(request, deed_on(about, "comment", draft=about.link), "#comment-form")
    form = CommentForm(request.POST)
    if is_draft(request) and (saved := save_draft(request, form, form="comment", **place)):
        return saved
    comment = _published(request, form, about)
    if comment:
        return _arrived(request, comment, about)
    return form_page(
        request, "comments/reply.html", form, about=about, film=about.film, sort=_chosen(request)
    )


def list_thread(request, name, slug):
    """The thread of a list without its entries, page by page."""
    found = find_list(request, name, slug)
    if not found.is_visible:
        raise Http404
    response = thread_page(request, "member_lists/thread.html", found, {"member_list": found})
    if not found.is_public:
        add_never_cache_headers(response)
    return response


def thread_page(request, template, about, context):
    """Render a page with the thread of a post or list, and note that the viewer has read it."""
    now = timezone.now()  # what is said while the page is made is new the next time
    if request.viewer.is_authenticated:
        place = {"form": "comment", about.model_name: about.pk}
        context["comment_form"] = CommentForm(initial=begun(request, **place))
    context |= thread_context(request, about)
    response = render(request, template, context)
    request.viewer.mark_read(about, now, has_new=bool(context["new"]) or context["is_new_behind"])
    return response


def _sign_in_with(request, deed, anchor=""):
    """Sign in first. What was sent is said then, and until it is, it is the draft of its form."""
    answer = sign_in_first(request, deed.draft, anchor, [CommentForm])
    form = CommentForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and "draft" not in request.POST:
        said = {"detail": form.cleaned_data["body"], "nonce": form.cleaned_data["nonce"].hex}
        keep_deed(request, replace(deed, **said))
    return answer


def comment_reply(request, comment_id):
    if not request.user.is_authenticated:
        return _sign_in_with(request, Deed("comment", None, comment_id, draft=request.path))
    parents = (
        Comment.objects.listed()
        .found_by(request.viewer)
        .select_related("author", "root", "parent")
        .with_about(request.viewer)
        .with_muted(request.viewer)
    )
    parent = get_object_or_404(parents, pk=comment_id)
    about = parent.about
    # In a thread it stands beside the form for a new comment, so its fields need names of their own.
    place = {"form": Draft.Form.REPLY, "comment": parent}
    initial = begun(request, **place) or _quotation(request, parent)
    form = CommentForm(request.POST or None, initial=initial, auto_id=f"reply_{comment_id}_%s")
    if is_draft(request) and (saved := save_draft(request, form, **place, **{about.model_name: about})):
        return saved
    comment = _published(request, form, about, parent)
    if comment:
        return _arrived(request, comment, about)
    context = {"about": about, "film": about.film, "parent": parent, "sort": _chosen(request)}
    return form_page(request, "comments/reply.html", form, **context)


def _quotation(request, comment):
    """What a reply begins with that was asked to quote; nothing of what the viewer is not shown."""
    is_out_of_sight = comment.about.is_veiled or comment.is_muted or hiding_for(comment, request.viewer)
    if "quote" not in request.GET or is_out_of_sight:
        return {}
    return {"body": markdown.quoted(comment.body)}


def _published(request, form, about, parent=None):
    """The comment that was sent; None when the form was not sent or was refused."""

    def publish():
        return Comment(**{about.model_name: about}, author=request.user, **form.cleaned_data).publish(parent)

    comment = made(request, form, "comment", publish)
    if comment:
        sent(request, form)
    return comment


def _chosen(request):
    """The order of the thread in which somebody writes, by its form or by the page that the form is on."""
    asked = parse_qs(urlsplit(came_from(request)).query).get("sort", [""])[0]
    return _known(request.POST.get("sort") or asked)


def _arrived(request, comment, about):
    """Show the author the new comment at its place in the thread, in the order that they chose.

    Deeper ones stand on a page of their own, where their author has to find them.
    """
    setattr(comment, about.model_name, about)
    toast(request, _("Your comment is in the thread."))
    if request.htmx and not comment_place.is_folded(comment):
        return _in_place(request, comment)
    redirect = HttpResponseClientRedirect if request.htmx else HttpResponseRedirect
    return redirect(comment_place.place_of_new(comment, _chosen(request)))


def _in_place(request, comment):
    """The new comment, the heading above its thread and an empty form, each for its place on the page."""
    about = comment.about
    comment.count_thread()
    # What a query would say of it: it is new, and the viewer's own.
    comment.my_vote = comment.can_undelete = comment.is_muted = comment.has_muted_word = False
    node = threads.Node(CommentRow.of(comment))
    node.level = comment.depth
    context = {"about": about, "form": CommentForm(), "sort": _chosen(request)}
    return render(request, "comments/_arrived.html", context | {"thread": list(threads.flatten([node]))})


@member_required(draft_for=[CommentForm])
def comment_edit(request, comment_id):
    comment = _own(request, comment_id)
    about, place = comment.about, {"form": Draft.Form.COMMENT_EDIT, "comment": comment}
    draft = begun(request, **place) or {"body": comment.body}
    form = CommentForm(request.POST or None, initial=draft)
    if is_draft(request) and (saved := save_draft(request, form, **place, **{about.model_name: about})):
        return saved
    if done(request, form, "comment", lambda: comment.revise(form.cleaned_data["body"])):
        sent(request, form)
        return HttpResponseRedirect(comment.get_absolute_url())
    return form_page(request, "comments/edit.html", form, comment=comment, about=about, film=about.film)


@member_required
def comment_delete(request, comment_id):
    comment = _own(request, comment_id)
    if request.method == "POST":
        place = f"{comment.about.link}#c{comment.pk}"
        if comment.delete_by_author():
            toast(request, _("Your comment is deleted."), undo=reverse("comment-undelete", args=[comment.pk]))
        return back_to(request, place, f"#c{comment.pk}")
    context = {"comment": comment, "next": came_from(request)}
    return render(request, "comments/delete.html", context)


def comment_undelete(request, comment_id):
    """The author undoes the deletion of a comment, within a day."""
    deleted = Comment.objects.visible_to(request.viewer).with_undo(request.viewer).filter(can_undelete=True)
    comment = get_object_or_404(deleted.with_about(request.viewer), pk=comment_id)
    if not comment.undelete(request.user):
        raise Http404
    toast(request, _("Your comment is back."))
    return back_to(request, comment, f"#c{comment.pk}")


def _own(request, comment_id):
    comments = Comment.objects.visible_to(request.viewer).editable_by(request.viewer)
    comments = comments.with_about(request.viewer)
    return get_object_or_404(comments, pk=comment_id)
