"""Sending on: the control, the small page that needs no script, and the way to the Fediverse."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from moments.models import Post
from reelive.web_names import host_of, is_host
from tests.support.makers import make_comment, make_list, make_moment, moderator
from tests.support.pages import select
from tests.support.rows import for_each

BASE = "http://localhost:8000"


@pytest.fixture
def things(film, moment, mia, seb):
    """What can be sent on: where it is, and the page that sends it."""
    comment, year = make_comment(moment, seb), moment.relive(mia).date.year
    dances = make_list(mia, moment, title="Dances")
    return {
        "post": (moment.get_absolute_url(), moment.send_url),
        "comment": (comment.get_absolute_url(), comment.send_url),
        "film": ("/films/la-la-land/", "/films/la-la-land/send/"),
        "year": (f"/members/mia/{year}/", f"/members/mia/{year}/send/"),
        "list": (f"/members/mia/lists/{dances.slug}/", f"/members/mia/lists/{dances.slug}/send/"),
    }


KINDS = ["post", "comment", "film", "year", "list"]


@for_each("kind", KINDS)
def test_its_page_has_the_address_to_copy(kind, client, things):
    path, send = things[kind]
    page = client.get(send)
    assert [field["value"] for field in select(page, "#address[readonly]")] == [BASE + path]
    assert [bool(link["data-copy"]) for link in select(page, f'a[href="{path}"][data-copy]')] == [True]
    codes = [field.text for field in select(page, "#embed[readonly]")]
    assert [select(code, "iframe")[0]["src"][:28] for code in codes] == (
        [f"{BASE}/embed/"] if kind in ("post", "film") else []
    )


@for_each("kind", ["post", "film", "year"])
def test_the_control_leads_there_and_says_what_to_send(kind, client, things):
    path, send = things[kind]
    controls = select(client.get(path), f'a[href="{send}"]')
    assert [(link["data-send"], bool(link["data-copy"])) for link in controls] == [(path, True)]


@pytest.mark.parametrize("viewer", ["visitor", "member"])
def test_every_comment_has_the_control(viewer, client, things, moment, mia):
    path, send = things["comment"]
    page = client.get(moment.get_absolute_url())
    if viewer == "member":
        client.force_login(mia)
        comment = moment.comments.get()
        page = client.get(comment.labels_url)
    assert [link["data-send"] for link in select(page, f'a[href="{send}"]')] == [path]


def test_addresses_by_hand_are_those_of_the_urlconf(moment, seb):
    comment = make_comment(moment, seb)
    assert moment.send_url == reverse("post-send", args=[moment.pk])
    assert comment.send_url == reverse("comment-send", args=[comment.pk])


# What it gives away.


def test_a_spoiler_is_sent_without_its_title(as_mia, film, mia):
    post = make_moment(film, mia, "He leaves her", spoiler=True)
    comment = make_comment(post, mia, "The piano closes.")
    for send in (post.send_url, comment.send_url):
        page = as_mia.get(send, {"server": "mastodon.social"})
        assert "leaves" not in page.text.replace(post.slug, "")
        assert "A spoiler for La La Land" in page.text
    (control,) = select(as_mia.get(post.get_absolute_url()), f'a[href="{post.send_url}"]')
    assert control["data-title"] == "A spoiler for La La Land – La La Land (2016)"


def test_what_is_gone_is_not_sent(client, film, mia, seb):
    removed, deleted = make_moment(film, mia), make_moment(film, mia)
    comment = make_comment(deleted, seb)
    removed.remove(moderator(), "spam"), deleted.delete_by_author(), comment.delete_by_author()
    urls = [
        removed.send_url,
        deleted.send_url,
        comment.send_url,
        "/members/mia/1999/send/",
        "/films/no/send/",
    ]
    assert [client.get(url).status_code for url in urls] == [404] * 5


def test_the_year_of_a_private_account_is_not_sent(client, things, mia):
    type(mia).objects.filter(pk=mia.pk).update(is_private=True)
    assert client.get(things["year"][1]).status_code == 404


@for_each("visibility, status", [("public", 200), ("unlisted", 200), ("private", 404)])
def test_a_private_list_is_not_sent(visibility, status, as_mia, mia, moment):
    kept = make_list(mia, moment, title="Kept", visibility=visibility)
    assert as_mia.get(f"{kept.get_absolute_url()}send/").status_code == status
    control = select(as_mia.get(kept.get_absolute_url()), "a[data-send]")
    assert len(control) == (visibility != "private")


# To the Fediverse.


@for_each("typed", [
    "mastodon.social", " Mastodon.Social ", "https://mastodon.social/@mia", "@mia@mastodon.social",
])  # fmt: skip
def test_a_server_gets_a_link_and_nobody_is_redirected(typed, client, moment):
    page = client.get(moment.send_url, {"server": typed})
    (link,) = select(page, 'a[rel~="noreferrer"]')
    address = urlsplit(link["href"])
    assert (page.status_code, address.scheme, address.netloc, address.path) == (
        200,
        "https",
        "mastodon.social",
        "/share",
    )
    text = f"A Lovely Night – La La Land (2016)\n{BASE}{moment.get_absolute_url()}"
    assert parse_qs(address.query) == {"text": [text]}


@for_each("typed", [
    "mastodon", "javascript:alert(1)", "evil.example:8080", "127.0.0.1", "[::1]", "localhost", "a..b",
    "-a.example", "a-.example", ".example", "example.", "a b.example", "a.example\\@b.example",
    "a" * 64 + ".example",
    "a.example%2f", "x" * 300, "a_b.example", "💥.example..", "//", "https://", "@", "1.2", "a.1", "\x00",
])  # fmt: skip
def test_what_is_no_server_gets_none_and_is_kept(typed, client, moment):
    page = client.get(moment.send_url, {"server": typed})
    assert (page.status_code, select(page, 'a[rel~="noreferrer"]')) == (422, [])
    assert [field["aria-invalid"] for field in select(page, "#server")] == ["true"]


def test_a_hostile_title_is_text(client, moment):
    hostile = '"><script>alert(1)</script>&text=x#'
    Post.objects.filter(pk=moment.pk).update(title=hostile)
    page = client.get(moment.send_url, {"server": "mastodon.social"})
    (link,) = select(page, 'a[rel~="noreferrer"]')
    assert parse_qs(urlsplit(link["href"]).query)["text"][0].startswith(hostile)
    assert [script for script in select(page, "script") if "alert" in script.text] == []


@for_each("typed, host", [
    ("例え.jp", "xn--r8jz45g.jp"), ("bücher.example", "xn--bcher-kva.example"), ("\udcff.example", ""),
    ("http://a.example/x?y#z", "a.example"), ("user:pass@a.example", "a.example"),
])  # fmt: skip
def test_names_of_any_script_are_understood(typed, host):
    assert host_of(typed) == host


@for_each("name, fits", [
    ("a.example", True), ("a-b.example", True), ("xn--r8jz45g.jp", True), ("a.xn--p1ai", True),
    ("example", False), ("A.example", False), ("a.example:80", False), ("1.1.1.1", False),
    ("a." * 130 + "example", False),
])  # fmt: skip
def test_the_name_of_a_host(name, fits):
    assert is_host(name) is fits
