"""Members follow members, films, people, tags and artists, and see who follows whom."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from accounts.models import User
from moments.models import Follow, FollowRequest, Tag
from moments.models.mute import without_muted
from moments.syndication import listings
from moments.viewer.lookup import find_film, find_member, find_person
from moments.viewer.suggestions import suggestions_for
from reelive.listpages import page_of
from reelive.ratelimit import spending
from reelive.shortcuts import back_to, member_required, require_member

# How the addresses of what is followed begin.
NOUNS = {"person": "member", "film": "film", "tag": "tag", "credited": "person", "artist": "artist"}


def follow_choice_of(request, name="", **what):
    """The button by which the viewer follows something or ends that; None for oneself and the house.

    It looks the same to those who are restricted: they are not told.
    """
    person = what.get("person")
    if person and (person.is_house or person.pk == request.viewer.pk):
        return None
    choice = follow_choice(Follow.objects.follows(request.viewer, **what), name, **what)
    if person and person.is_private and not choice["follows"]:
        asked = FollowRequest.objects.filter(member=request.viewer.pk, person=person)
        choice = follow_choice(False, has_asked=asked.exists(), **what)
    return choice


def follow_choice(follows, name="", has_asked=False, **what):
    """The same where it is known whether the viewer follows it; `name` is what an artist is called."""
    ((column, target),) = what.items()
    word = {"person": "username"}.get(column, "slug")
    word = target if column == "artist" else getattr(target, word)
    sign = {"person": "@", "tag": "#"}.get(column, "")
    verb = "unfollow" if follows or has_asked else "follow"
    url = reverse(f"{NOUNS[column]}-{verb}", args=[word])
    return {
        "follows": follows,
        "has_asked": has_asked,
        "url": url,
        "name": f"{sign}{name or target}",
        "id": f"{column}-{word}",
    }


def member_follow(request, name):
    return _change(request, True, person=find_member(name))


def member_unfollow(request, name):
    """A suspended member can be unfollowed, too."""
    return _change(request, False, person=get_object_or_404(User, username=name.lower()))


def film_follow(request, film):
    return _change(request, True, film=find_film(request, film))


def film_unfollow(request, film):
    return _change(request, False, film=find_film(request, film))


def person_follow(request, person):
    return _change(request, True, credited=find_person(request, person))


def person_unfollow(request, person):
    return _change(request, False, credited=find_person(request, person))


def tag_follow(request, tag):
    return _change(request, True, tag=_tag(tag))


def tag_unfollow(request, tag):
    return _change(request, False, tag=_tag(tag))


def artist_follow(request, artist):
    return _change(request, True, listings.artist(request, artist).target, artist=artist)


def artist_unfollow(request, artist):
    """Also when the last of their songs is gone."""
    try:
        name = listings.artist(request, artist).target
    except Http404:
        if not Follow.objects.follows(request.viewer, artist=artist):
            raise
        name = artist
    return _change(request, False, name, artist=artist)


def _tag(slug):
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=slug).of_now
    if not tag.is_visible:
        raise Http404
    return tag


def _change(request, begins, name="", **what):
    ((column, target),) = what.items()
    place = reverse("artist", args=[target]) if column == "artist" else target.get_absolute_url()
    require_member(request, place)
    verb = Follow.objects.follow if begins else Follow.objects.unfollow
    with spending("vote", request.user):
        verb(request.user, **what)
    if not request.htmx:
        return back_to(request, place)
    follow = follow_choice_of(request, name, **what)
    return render(request, "follows/_button.html", {"follow": follow, "address": place})


def member_followers(request, name):
    return _people(request, listings.followers(request, name), "member")


def member_following(request, name):
    return _people(request, listings.following(request, name), "person")


def _people(request, listing, column):
    """A page of those who follow a member, or of whom the member follows, each with the viewer's button."""
    page = page_of(request, listing.rows, listing.order)
    context = {
        "listing": listing,
        "member": listing.target,
        "tab": "followers" if column == "member" else "following",
        "rows": [_row(row, column, request.viewer) for row in page.items],
        "next_cursor": page.next_cursor,
    }
    return render(request, "follows/list.html", context)


def suggested_rows(viewer):
    """The same of members whom the viewer may want to follow."""
    choices = ((member, follow_choice(False, person=member)) for member in suggestions_for(viewer))
    return [
        {
            "kind": "person",
            "target": member,
            "name": choice["name"],
            "url": member.get_absolute_url(),
            "follow": choice,
        }
        for member, choice in choices
    ]


def _row(follow, column, viewer):
    """What stands in a row: the member, or on one's own page also a film, a person, a tag or an artist."""
    kind = next(kind for kind in NOUNS if getattr(follow, column if kind == "person" else kind))
    target = getattr(follow, column if kind == "person" else kind)
    choice = follow_choice(follow.is_followed, getattr(follow, "artist_name", ""), **{kind: target})
    is_person = kind == "person"
    url = reverse("artist", args=[target]) if kind == "artist" else target.get_absolute_url()
    can_follow = not is_person or not (target.is_house or target.pk == viewer.pk)
    return {
        "kind": kind,
        "target": target,
        "name": choice["name"],
        "url": url,
        "follow": can_follow and choice,
    }


@member_required
@never_cache
def requests(request):
    """Who asks to follow the member, whose account is private or was."""
    rows = FollowRequest.objects.filter(person=request.user, member__is_active=True).select_related("member")
    page = page_of(request, without_muted(rows, request.viewer, "member"), ("-id",))
    return render(request, "follows/requests.html", {"rows": page.items, "next_cursor": page.next_cursor})


def request_accept(request, request_id):
    return _answer(request, request_id, FollowRequest.accept)


def request_decline(request, request_id):
    return _answer(request, request_id, FollowRequest.decline)


def _answer(request, request_id, verb):
    rows = FollowRequest.objects.filter(person=request.user.pk).select_related("member", "person")
    verb(get_object_or_404(rows, pk=request_id))
    return HttpResponseRedirect(reverse("requests"))
