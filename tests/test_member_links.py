"""Links of members: their own pages elsewhere, and the name by which the Fediverse knows them."""

from accounts.models import User
from tests.support.makers import make_moment, moderator
from tests.support.pages import select
from tests.support.rows import for_each

PROFILE = "/accounts/profile/"


def send(client, **fields):
    form = {"theme": "system", "time_zone": "UTC", "spoiler_stance": "veil", "bio": "", **fields}
    return client.post(PROFILE, form)


def links_of(name):
    return User.objects.values_list("links", "fediverse").get(username=name)


def test_links_are_shown_as_those_of_the_member(as_mia, client):
    typed = "https://example.org/mia\r\n\r\n  https://mastodon.social/@mia \nhttps://example.org/mia"
    assert send(as_mia, links=typed, fediverse="mia@Mastodon.Social").status_code == 302
    addresses = ["https://example.org/mia", "https://mastodon.social/@mia"]
    assert links_of("mia") == (addresses, "@mia@mastodon.social")
    shown = select(client.get("/members/mia/"), ".member-links a")
    assert [(link["href"], link["rel"]) for link in shown] == [
        (address, "me nofollow ugc noopener") for address in addresses
    ]
    assert [link.get_text(strip=True) for link in shown] == ["example.org/mia", "mastodon.social/@mia"]
    assert select(as_mia.get(PROFILE), "#id_links")[0].text.split() == addresses


@for_each("typed", [
    "http://example.org/", "javascript:alert(1)", "https://example", "https://127.0.0.1/", "https://localhost/",
    "https://user@example.org/", "https://example.org:8443/", "https://example.org/ x", "x",
    "//example.org/", "https://пример.рф/", "https://example.org/" + "a" * 200,
    'https://e.org/"><b>',
    "HTTPS://example.org/", "https://[::1]/", "\n".join(f"https://example.org/{n}" for n in range(5)),
])  # fmt: skip
def test_what_is_no_link_comes_back_as_it_was_typed(typed, as_mia):
    page = send(as_mia, links=typed)
    assert (page.status_code, links_of("mia")[0]) == (422, [])
    assert page.context["form"]["links"].value() == typed


@for_each("typed", [
    "mia", "@mia", "@mia@", "@mia@localhost", "@mia@127.0.0.1", "@mi a@example.org", "@mia@example.org/x",
    "@@example.org", "@mia@example.org@b.org", "@.mia@example.org", '@"><b>@example.org',
    "@" + "a" * 65 + "@a.org",
])  # fmt: skip
def test_what_is_no_address_in_the_fediverse_comes_back(typed, as_mia):
    page = send(as_mia, fediverse=typed)
    assert (page.status_code, links_of("mia")[1]) == (422, "")
    assert page.context["form"]["fediverse"].value() == typed


def test_posts_name_the_creator_where_they_gave_an_address(client, film, mia, seb):
    own, other = make_moment(film, mia), make_moment(film, seb)
    User.objects.filter(pk=mia.pk).update(fediverse="@mia@example.social")
    found = [
        select(client.get(post.get_absolute_url()), "meta[name='fediverse:creator']") for post in (own, other)
    ]
    assert [[meta["content"] for meta in metas] for metas in found] == [["@mia@example.social"], []]
    mia.suspend(moderator(), "Spam.")
    assert select(client.get(own.get_absolute_url()), "meta[name='fediverse:creator']") == []


def test_who_gave_no_links_shows_no_list(client, mia):
    assert select(client.get("/members/mia/"), ".member-links") == []


def test_staff_take_links_away_and_say_so_in_the_ledger(admin_client, mia):
    User.objects.filter(pk=mia.pk).update(links=["https://example.org/"], fediverse="@mia@example.social")
    page = f"/admin/accounts/user/{mia.pk}/change/"
    assert "https://example.org/" in admin_client.get(page).text
    admin_client.post(page, {"bio": "", "remove_links": "on"})
    assert links_of("mia") == ([], "")
