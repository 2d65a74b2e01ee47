"""Who follows a private member is accepted first, and what is for followers is shown to nobody else."""

import pytest
from django.test import Client

from accounts.models import User
from moments.models import Follow, FollowRequest, Mute, Restrict
from moments.models import follow as follows
from tests.support.makers import make_comment, make_member
from tests.support.notifications import inbox_of, news_of
from tests.support.walk import NAMES, VERBS, address, one_of_everything

NOTE = "quuxnote"
CLOSED = {
    "member-comments", "member-comments-feed", "member-diary", "member-diary-feed", "member-month",
    "member-year", "member-followers", "member-following",
    "member-lists", "member-lists-feed", "member-list", "member-list-feed",
    "list-comments", "list-comments-feed", "list-comments-json",
    "member-comments-json", "member-diary-json", "member-lists-json", "member-list-json",
    "year-send", "numbers-send", "list-send", "member-films", "member-numbers", "member-watchlist",
}  # fmt: skip
# Of those who may, some are led on or asked to sign in.
CLOSED_TOO = {"list", "list-report", "list-join", "list-thread-choice"}


@pytest.fixture
def private(mia):
    User.objects.filter(pk=mia.pk).update(is_private=True)
    mia.refresh_from_db()
    return mia


def ask(member, person):
    Follow.objects.follow(member, person=person)
    return FollowRequest.objects.filter(member=member, person=person).first()


def accepted(member, person):
    ask(member, person).accept()
    return Follow.objects.filter(member=member, person=person).exists()


def test_to_follow_a_private_member_is_to_ask_once(private, seb):
    ask(seb, private), ask(seb, private)
    assert FollowRequest.objects.count() == 1
    assert not Follow.objects.exists()
    assert news_of(private) == [("request", "seb")]
    assert "@seb" in inbox_of(private)[0].sentence


def test_who_is_accepted_follows_and_is_counted(private, seb):
    assert accepted(seb, private)
    assert not FollowRequest.objects.exists()
    private.refresh_from_db()
    assert private.follower_count == 1
    assert news_of(private) == []


def test_who_is_declined_does_not_follow_and_may_ask_again(private, seb):
    ask(seb, private).decline()
    assert not Follow.objects.exists()
    assert ask(seb, private)


def test_who_asked_can_take_it_back(private, seb):
    request = ask(seb, private)
    Follow.objects.unfollow(seb, person=private)
    request.accept()
    assert not Follow.objects.exists()
    assert news_of(private) == []


@pytest.mark.parametrize("end", [Restrict, "suspension"])
def test_who_is_restricted_or_suspended_is_not_accepted(private, seb, end):
    request = ask(seb, private)
    if end == "suspension":
        User.objects.filter(pk=seb.pk).update(is_active=False)
    else:
        end.objects.add(private, seb)
        assert ask(seb, private) is None
    request.accept()
    assert not Follow.objects.exists()


def test_who_follows_as_much_as_one_may_is_not_accepted_until_there_is_room(private, seb, film, monkeypatch):
    request = ask(seb, private)
    Follow.objects.follow(seb, film=film)
    monkeypatch.setattr(follows, "MOST_FOLLOWS", 1)
    request.accept()
    assert not Follow.objects.filter(person=private).exists()
    Follow.objects.unfollow(seb, film=film)
    request.accept()
    assert Follow.objects.filter(person=private).exists()


def test_who_followed_before_it_was_private_goes_on_to(mia, seb):
    Follow.objects.follow(seb, person=mia)
    User.objects.filter(pk=mia.pk).update(is_private=True)
    assert Follow.objects.follow(seb, person=mia) is False
    assert not FollowRequest.objects.exists()


def test_once_it_is_public_again_whoever_asked_may_just_follow(private, seb):
    ask(seb, private)
    User.objects.filter(pk=private.pk).update(is_private=False)
    assert Follow.objects.follow(seb, person=private) is True
    assert not FollowRequest.objects.exists()


def test_the_page_of_requests_accepts_and_declines(client, private, seb, keith):
    ask(seb, private), ask(keith, private)
    client.force_login(private)
    rows = {row.member.username: row.pk for row in client.get("/requests/").context["rows"]}
    assert set(rows) == {"seb", "keith"}
    client.post(f"/requests/{rows['seb']}/accept/")
    client.post(f"/requests/{rows['keith']}/decline/")
    assert list(Follow.objects.values_list("member__username", flat=True)) == ["seb"]
    assert not FollowRequest.objects.exists()


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_requests_of_others_are_not_found(as_seb, client, private, keith, verb):
    request = ask(keith, private)
    for _member_or_visitor in range(2):
        assert client.post(f"/requests/{request.pk}/{verb}/").status_code == 404
        client.logout()
    assert FollowRequest.objects.get() == request


def test_who_is_muted_is_not_on_the_page_of_requests(client, private, seb):
    ask(seb, private)
    Mute.objects.add(private, seb)
    client.force_login(private)
    assert client.get("/requests/").context["rows"] == []


def test_the_button_says_that_one_asked(as_seb, private, seb):
    ask(seb, private)
    page = as_seb.get("/members/mia/").content.decode()
    assert 'action="/members/mia/unfollow/"' in page


def statuses(client, world, names):
    return {name: client.get(address(name, world)).status_code for name in names}


def test_what_is_for_followers_is_not_found_by_others(moment, private, seb, keith):
    """A walk of every address: the private account closes its own pages and no others, and shows no diary."""
    world = one_of_everything(moment)
    moment.relive(private, note=NOTE, public=True)
    stranger, follower, visitor, moderator, self = (Client() for _one in range(5))
    tom = make_member("tom")
    accepted(tom, private)
    for client, member in ((stranger, seb), (follower, tom), (moderator, keith), (self, private)):
        client.force_login(member)
    pages = {name: stranger.get(address(name, world)) for name in sorted(set(NAMES) - VERBS)}
    assert {name for name, page in pages.items() if NOTE.encode() in b"".join(page)} == set()
    hidden = {name for name, page in pages.items() if page.status_code == 404}
    assert statuses(visitor, world, CLOSED) == dict.fromkeys(CLOSED, 404)
    for client in (follower, moderator, self):
        assert statuses(client, world, CLOSED) == dict.fromkeys(CLOSED, 200)
    User.objects.update(is_private=False)
    open_again = {name for name, status in statuses(stranger, world, hidden).items() if status != 404}
    assert open_again == CLOSED | CLOSED_TOO
    assert NOTE in stranger.get(address("member-diary", world)).content.decode()


def test_the_page_of_a_private_member_keeps_their_posts_and_nothing_else(as_seb, moment, private, seb):
    make_comment(moment, private)
    page = as_seb.get("/members/mia/")
    assert [post.title for post in page.context["posts"]] == [moment.title]
    assert page.context["summary"] is None
    for part in ("comments", "diary", "followers", "following"):
        assert f'"/members/mia/{part}/"' not in page.content.decode()


def test_lists_of_others_do_not_tell_whom_a_private_member_follows(as_seb, private, seb, keith):
    Follow.objects.follow(private, person=keith)
    assert as_seb.get("/members/keith/followers/").context["rows"] == []
    accepted(seb, private)
    rows = as_seb.get("/members/keith/followers/").context["rows"]
    assert [row["name"] for row in rows] == ["@mia"]


def test_a_private_diary_tells_no_author_who_does_not_follow(film, private, seb, moment):
    own = moment
    User.objects.filter(pk=seb.pk).update(is_private=True)
    own.relive(seb)
    assert news_of(private) == []
    accepted(private, User.objects.get(pk=seb.pk))
    own.relive(seb, date="2024-01-01")
    assert ("diary", "seb") in news_of(private)


def test_members_make_their_account_private_in_their_profile(as_seb, seb):
    form = as_seb.get("/accounts/profile/").context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    as_seb.post("/accounts/profile/", sent | {"is_private": "on"})
    seb.refresh_from_db()
    assert seb.is_private is True
