"""Sending on: the small page with the address of a thing, the code to embed it, and the way to the Fediverse.

With a script the control that leads here opens the device's own sheet, or copies the address.
"""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from moments.forms import SpanForm
from moments.models import Comment, Post
from moments.models.member_list import Visibility
from moments.syndication.addresses import absolute
from moments.syndication.link_pictures import seen_by
from moments.syndication.listings import open_member
from moments.syndication.structured_data import sent_title, shown_title
from moments.viewer.lookup import find_film, find_list
from moments.viewer.member_numbers import days_asked, span_query
from moments.views.diary import open_year
from moments.views.embeds import frame_of
from reelive.web_names import host_of


@dataclass(frozen=True)
class Sent:
    """What is sent on.

    Args:
        title: what it is called to somebody of whom nothing is known.
        path: where it is.
        embed: the code that shows it on another site; empty where there is no card of it.
        asked: what the address of the small page says besides, by name.
    """

    title: str
    path: str
    embed: str = ""
    asked: dict[str, str] = field(default_factory=dict)

    @property
    def address(self):
        return absolute(self.path)

    @property
    def text(self):
        return f"{self.title}\n{self.address}"


def post_send(request, post_id):
    posts = Post.objects.listed().select_related("film").veiled_for(request.viewer)
    post = get_object_or_404(posts, pk=post_id)
    return sending_page(request, Sent(sent_title(post), post.link, frame_of(post)))


def comment_send(request, comment_id):
    comments = Comment.objects.listed().visible_to(request.viewer).with_about(request.viewer)
    comment = get_object_or_404(comments, pk=comment_id)
    title = _("A comment on %(post)s") % {"post": shown_title(comment.about)}
    return sending_page(request, Sent(title, comment.get_absolute_url()))


def film_send(request, film):
    film = find_film(request, film)
    return sending_page(request, Sent(str(film), film.get_absolute_url(), frame_of(film)))


def year_send(request, name, year):
    member = open_year(request, name, year)
    title = _("%(year)s in the diary of %(member)s") % {"year": year, "member": f"@{member.username}"}
    return sending_page(request, Sent(title, f"{member.get_absolute_url()}{year}/"))


def numbers_send(request, name):
    """What a member has seen in numbers, of the days that the address says."""
    member, form = open_member(request, name), SpanForm(request.GET)
    span = form.span if form.is_valid() else None
    path = f"{member.get_absolute_url()}numbers/{span_query(span)}"
    return sending_page(request, Sent(seen_by(member, span), path, asked=days_asked(span)))


def list_send(request, name, slug):
    """A list that others may read who have its address."""
    member_list = find_list(request, name, slug)
    if not member_list.is_visible or member_list.visibility == Visibility.PRIVATE:
        raise Http404
    return sending_page(request, Sent(member_list.title, member_list.get_absolute_url()))


def sending_page(request, sent):
    """The page for one thing; with a server of the Fediverse, a link that leads there with the text.

    It is a link and no redirect: this site sends nobody anywhere, and says where the link leads.
    """
    typed = request.GET.get("server", "")[:300]
    host = host_of(typed)
    context = {
        "sent": sent,
        "typed": typed,
        "host": host,
        "is_wrong": bool(typed) and not host,
        "onward": f"https://{host}/share?{urlencode({'text': sent.text})}" if host else "",
    }
    return render(request, "send_on/page.html", context, status=422 if context["is_wrong"] else 200)
