"""A member's page with their posts and comments. The diary has pages of its own (see diary.py)."""

from django.http import HttpResponseRedirect
from django.shortcuts import render

from moments.models import Follow
from moments.syndication import listings
from moments.viewer.diary_lines import diary_of
from moments.viewer.favourites import favourites_of
from moments.viewer.member_summary import member_summary
from moments.views.follows import follow_choice_of
from moments.views.lists import cards_page
from moments.views.mutes import mute_choices_of
from reelive.listpages import page_of, render_list


def summary_of(member, viewer):
    return member_summary(member, viewer, diary_of(member, viewer))


def member(request, name):
    if name != name.lower():
        return HttpResponseRedirect(request.path.lower())
    listing = listings.member(request, name)
    page = cards_page(request, listing)
    is_open = Follow.objects.is_open(listing.target, request.viewer)
    context = {
        "is_closed": not is_open,
        "listing": listing,
        "member": listing.target,
        "tab": "posts",
        "by_one": True,
        "follow": follow_choice_of(request, person=listing.target),
        "mute_choices": mute_choices_of(request, listing.target),
        "summary": None if request.htmx or not is_open else summary_of(listing.target, request.viewer),
        "favourites": None if request.htmx else favourites_of(listing.target, request.viewer),
    }
    return render_list(request, "members/member.html", page, **context)


def member_comments(request, name):
    listing = listings.member_comments(request, name)
    page = page_of(request, listing.rows.with_about(request.viewer), listing.order)
    context = {
        "listing": listing,
        "member": listing.target,
        "tab": "comments",
        "summary": summary_of(listing.target, request.viewer),
        "comments": page.items,
        "next_cursor": page.next_cursor,
    }
    return render(request, "members/member.html", context)
