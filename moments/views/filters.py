"""What a viewer filters: tags, films, words, single posts where they are a member, and members where not."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import User
from moments.models import Film, Post, State, Tag
from moments.models.filter import FURTHEST, LENGTHS
from moments.viewer.filters import folded_word, why_filtered
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, require_member
from reelive.toasts import toast

MODELS = {"tag": Tag, "film": Film}
KEYED, LONGEST_KEY = ("tag", "film", "post", "member"), 18  # digits


def filter_add(request, column, key):
    """Mute a tag, a film or a word, or hide a post from one's lists."""
    name, value = _target(request, column, key)
    if column == "post":
        require_member(request, reverse("post", args=[value]))
    until = until_of(request)
    with _spending_one(request):
        request.viewer.add_filter(column, value, until)
    toast(request, sentence_of(column, name, until), undo=reverse("filter-remove", args=[column, key]))
    return back_to(request, reverse("mutes"))


def filter_remove(request, column, key):
    """Undo that, also for what is out of sight by now."""
    value = _value(column, key)
    before = dict(request.viewer.filtered())
    if (column, value) not in before:
        return back_to(request, reverse("mutes"))
    with _spending_one(request):
        request.viewer.remove_filter(column, value)
    until = before[column, value]
    again = f"?{urlencode({'until': until.isoformat()})}" if until else ""
    undo = reverse("filter-add", args=[column, key]) + again if column != "member" else ""
    toast(request, _("It is in your lists again."), undo=undo)
    return back_to(request, reverse("mutes"))


def _spending_one(request):
    """Spend a vote of a member; what visitors filter is kept in their own browser."""
    return spending("vote", request.user) if request.user.is_authenticated else nullcontext()


def _value(column, key):
    """The key of a row, or a word. Raises Http404 for what no filter can be of."""
    if column == "word" and key and folded_word(key) == key:
        return key
    if column in KEYED and len(key) <= LONGEST_KEY and key.isascii() and key.isdecimal():
        return int(key)
    raise Http404


def _target(request, column, key):
    """What is muted, as it is called, and its value. Raises Http404 for what the viewer may not see."""
    value = _value(column, key)
    if column == "word":
        return f"“{value}”", value
    if column == "member":
        raise Http404  # they are muted by their name
    if column == "post":
        post = get_object_or_404(Post.objects.open_to(request.viewer).veiled_for(request.viewer), pk=value)
        return post.shown_title, value
    row = get_object_or_404(MODELS[column].objects.listed(), pk=value)
    return name_of(column, row), value


def name_of(column, row):
    names = {"tag": lambda: f"#{row.name}", "member": lambda: f"@{row.username}"}
    return names.get(column, lambda: row.title)()


def sentence_of(column, name, until):
    """What is said when something was muted: `name` is what it is called."""
    if column == "post":
        return _("It is left out of your lists from now on.")
    if until is None:
        return _("Muted: %(name)s.") % {"name": name}
    return _("Muted until %(time)s: %(name)s.") % {"name": name, "time": named_time(until)}


def named_time(until):
    return date_format(timezone.localtime(until), "SHORT_DATETIME_FORMAT")


def until_of(request):
    """Until when something is muted: as the form chose, or as it was before somebody undid it; None for good.

    Raises Http404 for what no form of ours says.
    """
    length = request.POST.get("lasts", "")
    if length:
        if length not in LENGTHS:
            raise Http404
        return timezone.now() + timedelta(days=LENGTHS[length])
    if "until" not in request.GET:
        return None
    try:
        until = datetime.fromisoformat(request.GET["until"])
        is_near = abs(until - timezone.now()) <= FURTHEST
    except (TypeError, ValueError) as error:  # it is no time, or has no zone
        raise Http404 from error
    if not is_near:
        raise Http404
    return until


def reasons_of(request, post):
    """Why a post that the viewer has opened is left out of their lists, each with what undoes it."""
    names = {"film": post.film.title, "post": ""} | {tag.pk: f"#{tag.name}" for tag in post.tag_list}
    return [
        {
            "column": column,
            "name": value if column == "word" else names.get(value if column == "tag" else column),
            "undo": reverse("filter-remove", args=[column, value]),
        }
        for column, value in why_filtered(request.viewer, post)
    ]


def filter_choice_of(request, column, row):
    """Whether the viewer mutes a film or tag, and the address that changes it."""
    is_muted = row.pk in getattr(request.viewer.filters, column)
    name = row.name if column == "tag" else row.slug
    return {
        "column": column,
        "name": name_of(column, row),
        "is_muted": is_muted,
        "url": reverse("filter-remove" if is_muted else "filter-add", args=[column, row.pk]),
        # A form has a token of its viewer's in it: a page that visitors share has a link in its place.
        "has_form": is_muted or request.viewer.is_authenticated,
        "ask_url": f"{reverse('mutes')}?{urlencode({'kind': column, 'q': name})}",
    }


def menu_choices_of(request, post):
    """What the viewer may mute from the menu of a post: itself, its film, its tags unless it is veiled."""
    viewer, targets = request.viewer, [("film", post.film)]
    if not post.is_veiled:
        targets += [("tag", tag) for tag in post.tag_list if tag.is_visible]
    choices = [filter_choice_of(request, column, row) for column, row in targets]
    if not viewer.is_authenticated or post.author_id == viewer.pk:
        return choices
    is_hidden = post.pk in viewer.filters.post
    url = reverse("filter-remove" if is_hidden else "filter-add", args=["post", post.pk])
    return [{"column": "post", "is_muted": is_hidden, "url": url, "has_form": True}, *choices]


def filter_rows(request):
    """All that the viewer filters, by column: what each is called, where it leads and until when."""
    filtered = request.viewer.filtered()
    posts = Post.objects.listed().filter(film__state=State.VISIBLE).for_diary(request.viewer)
    members = User.objects.filter(is_active=True)
    tables = {"tag": Tag.objects.listed(), "film": Film.objects.listed(), "post": posts, "member": members}
    found = {column: table.in_bulk(_keys(filtered, column)) for column, table in tables.items()}
    rows = {column: [] for column in ("member", "tag", "word", "film", "post")}
    for (column, value), until in filtered:
        target = found.get(column, {}).get(value)
        rows[column].append(_row(column, value, target, until))
    return rows


def _keys(filtered, column):
    return [value for (name, value), _until in filtered if name == column]


def _row(column, value, target, until):
    """What is out of sight by now is not named, and can be taken off the list all the same."""
    if column == "word":
        name = value
    elif target is None:
        name = _("Something that is no longer here")
    else:
        name = target.shown_title if column == "post" else name_of(column, target)
    url = "" if target is None else target.link if column == "post" else target.get_absolute_url()
    undo = reverse("filter-remove", args=[column, value])
    if column == "member" and target:
        undo = reverse("member-unmute", args=[target.username])
    return {"name": name, "url": url, "until": until, "undo": undo}
