"""Lists that members put together: all of them, those of a member, one of them, and what its owner does."""

from django.db.models import Q
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.cache import cache_control, never_cache

from moments.forms import MemberListForm
from moments.graphics.barcode import barcode
from moments.models import LastRead, ListWriter, MemberList
from moments.models.list_writer import MOST_SHARED
from moments.models.member_list import NEW, PICTURES_PAINTED, Visibility
from moments.models.mixins.pictured import vary_scenes
from moments.syndication import member_listings
from moments.viewer.lookup import find_list, list_for_verb, own_list
from moments.views.comments import thread_page
from moments.views.mutes import mute_choices_of
from moments.views.votes import unvote, upvote
from reelive.formpages import done, form_page, made
from reelive.headers import for_other_sites
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import member_required, members_alone, require_member, sign_in_first, take_draft
from reelive.toasts import toast

ORDERS = {"": pgettext_lazy("list of posts", "Hot"), "new": pgettext_lazy("list of posts", "New")}
MOST_COLOURS = 5 * PICTURES_PAINTED


def lists(request):
    """The public lists of all members."""
    listing = member_listings.member_lists_of_all(request)
    page = page_of(request, LastRead.objects.laid_over(listing.rows, request.viewer), listing.order)
    chosen = listing.chosen.get("order", "")
    tabs = [
        {
            "label": label,
            "url": f"{listing.path}?order={key}" if key else listing.path,
            "current": key == chosen,
        }
        for key, label in ORDERS.items()
    ]
    context = {"listing": listing, "lists": page.items, "next_cursor": page.next_cursor, "order_tabs": tabs}
    return render(request, "member_lists/all.html", context)


def member_lists(request, name):
    """The lists of a member. On their own page stand those that nobody else finds, and invitations."""
    listing = member_listings.member_lists(request, name)
    is_own = listing.target.pk == request.viewer.pk
    rows = (
        MemberList.objects.filter(author=listing.target).select_related("author") if is_own else listing.rows
    )
    if is_own:
        rows = rows.visible_to(request.viewer)
    page = page_of(request, LastRead.objects.laid_over(rows, request.viewer), NEW)
    context = {
        "listing": listing,
        "member": listing.target,
        "tab": "lists",
        "lists": page.items,
        "next_cursor": page.next_cursor,
        "is_own": is_own,
    }
    if is_own:
        context |= _shared_with(request.viewer)
    return render(request, "member_lists/of_member.html", context)


def _shared_with(viewer):
    """What others ask the viewer to write in, and the lists of others in which they write."""
    asked = ListWriter.objects.invitations_to(viewer).filter(member_list__author__is_active=True)
    shared = MemberList.objects.listed().filter(
        ListWriter.objects.condition(viewer.pk), author__is_active=True
    )
    shared = LastRead.objects.laid_over(shared.select_related("author"), viewer)
    return {
        "invitations": asked.select_related("member_list__author").order_by("-id")[:MOST_SHARED],
        "shared": shared.order_by(*NEW)[:MOST_SHARED],
    }


def member_list(request, name, slug):
    """A list with its entries."""
    return _list_page(request, find_list(request, name, slug))


def list_by_number(request, list_id):
    """A list by its id. One that was removed is read here: its own address has words of its title.

    Who counts numbers up finds no list that is unlisted.
    """
    lists = MemberList.objects.visible_to(request.viewer).select_related("author", "removal")
    found = get_object_or_404(lists.with_my_vote(request.viewer), pk=list_id)
    if found.is_removed:
        return _list_page(request, found)
    if not found.is_public and not found.is_written_by(request.viewer):
        raise Http404
    return HttpResponseRedirect(found.get_absolute_url())


def _list_page(request, found):
    viewer = request.viewer
    is_writer, readable = found.is_written_by(viewer), found.can_be_read_by(viewer)
    rows = found.entries.shown_to(viewer, is_writer) if readable else found.entries.none()
    listing = member_listings.entries_of_list(found, rows)
    page = page_of(request, rows.with_targets(viewer), listing.order)
    vary_scenes([entry.post for entry in page.items if entry.post_id])
    context = {
        "listing": listing,
        "member_list": found,
        "readable": readable,
        "entries": page.items,
        "next_cursor": page.next_cursor,
        "is_writer": is_writer and found.is_visible,
        "is_owner": found.author_id == viewer.pk,
        "writers": found.writers.shown_to(viewer).select_related("member").order_by("id") if readable else (),
        "source": _source(found, viewer),
        "mute_choices": mute_choices_of(request, found.author),
    }
    response = _with_thread(request, found, context)
    if not found.is_public:
        add_never_cache_headers(response)
    return response


def _with_thread(request, found, context):
    """Below the first entries stands the thread; it has pages of its own besides."""
    if found.is_visible and "after" not in request.GET:
        return thread_page(request, "member_lists/list.html", found, context)
    return render(request, "member_lists/list.html", context | {"about": found})


def _source(found, viewer):
    """The list that it was copied from, while the viewer would find that anyway."""
    if found.source_id is None:
        return None
    findable = Q(visibility=Visibility.PUBLIC) | Q(author=viewer.pk or 0)
    lists = MemberList.objects.open_to(viewer).filter(findable).select_related("author")
    return lists.filter(pk=found.source_id).first()


@for_other_sites
@cache_control(public=True, max_age=31_536_000, immutable=True)
def list_cover(request, colours):
    """The cover of a list. The address holds all that it is made of, so it never changes."""
    painted = ["#" + colour for colour in colours.split("-")]
    if len(painted) > MOST_COLOURS:
        raise Http404
    try:
        svg = barcode([painted])
    except ValueError as error:
        raise Http404 from error
    return HttpResponse(svg, content_type="image/svg+xml")


@member_required(draft_for=[MemberListForm])
@never_cache
def list_add(request):
    """A new list."""
    fresh = MemberList(author=request.user)
    form = MemberListForm(request.POST or None, instance=fresh, initial=take_draft(request))
    new = made(request, form, "post", lambda: _published(form))
    if new:
        toast(
            request,
            _("Your list is here. Add to it from the page of a film or a post."),
        )
        return HttpResponseRedirect(new.get_absolute_url())
    return form_page(request, "member_lists/form.html", form)


def _published(form):
    new = form.save(commit=False)
    new.nonce = form.cleaned_data["nonce"]
    new.publish()
    return new


@member_required(draft_for=[MemberListForm])
@never_cache
def list_edit(request, list_id):
    """Its title, its description, and who sees it; for its owner alone."""
    found = own_list(request, list_id)
    form = MemberListForm(request.POST or None, instance=found, initial=take_draft(request))
    if done(request, form, "edit", lambda: form.save(commit=False).revise(request.user)):
        toast(request, _("Your list is saved."))
        return HttpResponseRedirect(found.get_absolute_url())
    return form_page(request, "member_lists/form.html", form, member_list=own_list(request, list_id))


@member_required
@never_cache
def list_delete(request, list_id):
    found = own_list(request, list_id)
    if request.method == "POST":
        found.delete_by_author(request.user)
        toast(request, _("Your list is deleted."), undo=reverse("list-undelete", args=[found.pk]))
        return HttpResponseRedirect(reverse("member-lists", args=[request.user.username]))
    return render(request, "member_lists/delete.html", {"member_list": found})


@members_alone
def list_undelete(request, list_id):
    found = get_object_or_404(MemberList.objects.select_related("author"), author=request.user, pk=list_id)
    if not found.undelete(request.user):
        raise Http404
    toast(request, _("Your list is back."))
    return HttpResponseRedirect(found.get_absolute_url())


def list_copy(request, name, slug):
    """A private copy of what the viewer sees of a list; it names where it comes from."""
    found = list_for_verb(request, name, slug)
    require_member(request, found.link)
    with spending("post", request.user):
        copy = found.copy_for(request.viewer)
    if found.author_id == request.user.pk:
        said = _("This copy has what you wrote in the list, and is private until you say otherwise.")
    else:
        said = _("This copy is yours without the words of others, and private until you say otherwise.")
    toast(request, said)
    return HttpResponseRedirect(copy.get_absolute_url())


def list_upvote(request, name, slug):
    found = list_for_verb(request, name, slug)
    return upvote(request, found) if request.user.is_authenticated else sign_in_first(request, found.link)


def list_unvote(request, name, slug):
    found = list_for_verb(request, name, slug)
    return unvote(request, found) if request.user.is_authenticated else sign_in_first(request, found.link)
