"""Private feeds: whoever has the address reads what its member would, and nobody else reads anything."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Follow, Notification, PrivateFeed
from moments.models.private_feed import hash_of
from moments.notifications.unsubscribing import address_of, holder_of
from reelive.logs import LineFormatter
from tests.support.atom import entries, links, read
from tests.support.makers import make_comment, make_moment, moderator
from tests.support.notifications import tell_all, unread_of
from tests.support.pages import select
from tests.support.rows import for_each

BASE = "http://localhost:8000"
PURPOSES = ["notifications", "following"]


def feed_at(token, purpose="notifications", form="atom"):
    return f"/feeds/{token}/{purpose}.{form}"


@pytest.fixture
def told(moment, mia, seb):
    """Mia is told of a comment by seb."""
    comment = make_comment(moment, seb, "I was there.")
    tell_all()
    return comment


# What it tells.


@pytest.mark.parametrize("form", ["atom", "json"])
def test_it_tells_what_the_inbox_tells_to_who_has_the_address(form, client, told, mia, moment):
    url = feed_at(PrivateFeed.objects.renew(mia, "notifications"), form=form)
    sentence = "@seb commented on what you shared: “A Lovely Night”"
    if form == "atom":
        feed = read(client, url)
        assert (entries(feed), links(feed)["self"]) == ([sentence], f"{BASE}{url}")
        assert entries(feed, "content") == ["<p>I was there.</p>"]
        return
    feed = client.get(url).json()
    (item,) = feed["items"]
    assert (item["title"], item["url"]) == (sentence, f"{BASE}/comments/{told.pk}/")
    assert feed["feed_url"] == f"{BASE}{url}"


def test_to_read_it_reads_nothing_on_the_site(client, told, mia):
    client.get(feed_at(PrivateFeed.objects.renew(mia, "notifications")))
    assert unread_of(mia) == 1


@pytest.mark.parametrize("form", ["atom", "json"])
def test_it_tells_what_the_member_follows(form, client, film, mia, seb):
    Follow.objects.follow(seb, person=mia)
    make_moment(film, mia, "The bench")
    tell_all()
    url = feed_at(PrivateFeed.objects.renew(seb, "following"), "following", form)
    titles = entries(read(client, url)) if form == "atom" else [
        item["title"] for item in client.get(url).json()["items"]
    ]  # fmt: skip
    assert titles == ["The bench · La La Land"]


def test_more_of_the_same_news_is_another_entry(client, told, mia, seb, moment):
    url = feed_at(PrivateFeed.objects.renew(mia, "notifications"))
    before = entries(read(client, url), "id")
    Notification.objects.update(updated="2026-11-30T12:00:01Z")
    assert len({*before, *entries(read(client, url), "id")}) == 2


def test_what_is_veiled_for_the_member_stays_veiled(client, film, mia, seb):
    post = make_moment(film, mia, "He leaves her", spoiler=True)
    mine = make_comment(post, seb, "I cried.")
    make_comment(post, mia, "The piano closes.", parent=mine)
    tell_all()
    url = feed_at(PrivateFeed.objects.renew(seb, "notifications"))
    text = client.get(url).text
    assert len(entries(read(client, url))) == 1
    assert [secret for secret in ("leaves", "piano", post.slug) if secret in text] == []


def test_what_revealed_it_in_a_browser_does_not_reveal_it_here(as_seb, film, mia, seb):
    post = make_moment(film, mia, "He leaves her", spoiler=True)
    mine = make_comment(post, seb, "I cried.")
    make_comment(post, mia, "The piano closes.", parent=mine)
    tell_all()
    as_seb.get(f"{post.get_absolute_url()}?show=1", follow=True)
    assert "piano" not in as_seb.get(feed_at(PrivateFeed.objects.renew(seb, "notifications"))).text


def test_what_is_removed_or_muted_is_told_no_more(client, told, mia, seb):
    url = feed_at(PrivateFeed.objects.renew(mia, "notifications"))
    told.remove(moderator(), "spam")
    assert entries(read(client, url)) == []


# Who reads it.


@for_each("purpose", PURPOSES)
@for_each("form", ["atom", "json"])
def test_it_is_kept_by_nobody_and_needs_no_cookie(purpose, form, client, mia):
    response = client.get(feed_at(PrivateFeed.objects.renew(mia, purpose), purpose, form))
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert "Cookie" not in response.get("Vary", "")


def test_whose_session_asks_makes_no_difference(as_seb, told, mia):
    url = feed_at(PrivateFeed.objects.renew(mia, "notifications"))
    assert as_seb.get(url).content == Client().get(url).content


def test_an_address_is_for_one_purpose(client, mia):
    token = PrivateFeed.objects.renew(mia, "notifications")
    answers = [client.get(feed_at(token, *rest)).status_code for rest in (
        ["notifications"], ["following"], ["notifications", "xml"], ["saved"],
    )]  # fmt: skip
    assert answers == [200, 404, 404, 404]


def test_a_new_address_ends_the_one_before(client, mia):
    first, second = (PrivateFeed.objects.renew(mia, "notifications") for _ in range(2))
    assert [client.get(feed_at(token)).status_code for token in (first, second)] == [404, 200]
    assert PrivateFeed.objects.count() == 1


def test_the_address_of_who_is_suspended_is_dead_and_lives_again_with_them(client, mia):
    token = PrivateFeed.objects.renew(mia, "notifications")
    mia.suspend(moderator(), "Spam.")
    assert client.get(feed_at(token)).status_code == 404
    mia.reinstate(moderator())
    assert client.get(feed_at(token)).status_code == 200


def test_the_address_of_who_left_is_gone(client, mia):
    token = PrivateFeed.objects.renew(mia, "notifications")
    delete_account(mia, take_texts=True)
    assert (client.get(feed_at(token)).status_code, PrivateFeed.objects.count()) == (404, 0)


@for_each("token", ["x", "é" * 40, "a" * 101, "%00", "..", "'--"])
def test_a_made_up_address_is_not_found(token, client, mia):
    PrivateFeed.objects.renew(mia, "notifications")
    assert client.get(feed_at(token)).status_code == 404


def test_the_hash_alone_is_kept_and_is_no_address(client, mia):
    token = PrivateFeed.objects.renew(mia, "notifications")
    (row,) = PrivateFeed.objects.values()
    assert row["token_hash"] == hash_of(token)
    assert [value for value in row.values() if token in str(value)] == []
    assert client.get(feed_at(row["token_hash"])).status_code == 404


def test_no_line_of_the_log_has_the_address(mia):
    token = PrivateFeed.objects.renew(mia, "notifications")
    message = f"Not Found: {feed_at(token)} and /feeds/{token}"
    line = LineFormatter().format(logging.LogRecord("django", logging.WARNING, "", 1, message, (), None))
    assert line.endswith("Not Found: /feeds/…/notifications.atom and /feeds/…")


def test_no_address_is_read_by_robots(client, mia):
    assert "Disallow: /feeds/" in client.get("/robots.txt").text.splitlines()


# The page.


def test_an_address_is_shown_once(as_mia, mia):
    page = as_mia.post(reverse("private-feeds"), {"purpose": "notifications"})
    shown = [field["value"] for field in select(page, "input[readonly]")]
    token = shown[0].split("/")[4]
    assert shown == [f"{BASE}{feed_at(token, form=form)}" for form in ("atom", "json")]
    assert PrivateFeed.objects.holder_of(token, "notifications") == mia
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    assert token not in as_mia.get(reverse("private-feeds")).text


def test_an_address_is_revoked(as_mia, mia, client):
    token = PrivateFeed.objects.renew(mia, "following")
    as_mia.post(reverse("private-feed-revoke", args=["following"]))
    assert (PrivateFeed.objects.count(), client.get(feed_at(token, "following")).status_code) == (0, 404)
    assert as_mia.post(reverse("private-feed-revoke", args=["following"])).status_code == 302


def test_what_is_no_purpose_is_not_found(as_mia):
    assert as_mia.post(reverse("private-feeds"), {"purpose": "saved"}).status_code == 404
    assert PrivateFeed.objects.count() == 0


def test_new_addresses_have_a_limit(as_mia):
    answers = [as_mia.post(reverse("private-feeds"), {"purpose": "following"}).status_code for _ in range(21)]
    assert answers == [200] * 20 + [429]


def test_the_links_in_letters_are_renewed(as_mia, mia):
    old = address_of(mia, "daily").strip("/").rpartition("/")[2]
    assert holder_of(old) == (mia, "daily")
    as_mia.post(reverse("letter-links-renew"))
    assert holder_of(old) is None
    new = address_of(User.objects.get(pk=mia.pk), "daily").strip("/").rpartition("/")[2]
    assert holder_of(new) == (mia, "daily")


def test_the_settings_lead_there(as_mia):
    (link,) = select(as_mia.get("/accounts/"), 'a[href="/notifications/feeds/"]')
    assert link.get_text(strip=True).startswith("Private feeds")
