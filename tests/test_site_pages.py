"""About, Rules, Privacy and Contact: our texts, those of who runs the site, and the ways that lead there."""

import pytest
from django.urls import reverse

from moments.models import LedgerEntry, SitePage
from tests.support.admin import form_data, listed, page
from tests.support.pages import links, select, the
from tests.support.rows import for_each

NAMES = [name.value for name in SitePage.Name]


@for_each("name", NAMES)
def test_each_page_has_a_text_and_a_title_of_its_own(client, db, name):
    answer = client.get(f"/{name}/")
    heading = str(SitePage.Name(name).label)
    assert the(answer, "h1").text == heading
    assert the(answer, "title").text.startswith(heading)
    assert len(the(answer, "main .prose").text.split()) > 60


def test_they_are_there_before_any_row_is(client, db):
    SitePage.objects.all().delete()
    assert [client.get(f"/{name}/").status_code for name in NAMES] == [200] * 4


def test_foot_sitemap_and_sign_up_lead_there(client, db):
    foot = links(client.get("/"), "footer")
    assert [f"/{name}/" for name in NAMES if f"/{name}/" not in foot] == []
    sitemap = client.get(reverse("sitemap-section", args=["pages", 1])).text
    assert [name for name in NAMES if f"/{name}/</loc>" not in sitemap] == []
    assert {"/privacy/", "/rules/"} <= set(links(client.get(reverse("account_signup"))))


def rewrite(client, name, body, why="Our own words."):
    row = SitePage.objects.get(name=name)
    data = form_data(client.get(page(row))) | {"body": body, "why": why}
    return client.post(page(row), data)


def test_those_who_run_the_site_write_their_own(as_keith, client, keith):
    assert rewrite(as_keith, "rules", "Be **kind**. <script>alert(1)</script>").status_code == 302
    answer = client.get("/rules/")
    assert the(answer, "main .prose strong").text == "kind"
    assert select(answer, "main .prose script") == []
    row = LedgerEntry.objects.get()
    assert (row.actor, row.action, row.target) == ("keith", "edit", "page/rules")
    assert row.note == "Text. Our own words."
    assert row.target_url == "/rules/"
    assert "“Rules”" in row.described


def test_an_emptied_page_is_ours_again(as_keith, client):
    rewrite(as_keith, "about", "Something else.")
    rewrite(as_keith, "about", "")
    assert "Something else." not in client.get("/about/").text
    assert len(the(client.get("/about/"), "main .prose").text.split()) > 60


def test_it_is_not_rewritten_without_a_reason_or_by_moderators(as_keith, client, anna):
    assert rewrite(as_keith, "about", "Something else.", why="").status_code == 200
    client.force_login(anna)
    assert client.get(listed(SitePage)).status_code == 403
    assert client.post(page(SitePage.objects.get(name="about")), {"body": "Mine."}).status_code == 403
    assert not SitePage.objects.exclude(body="").exists()
    assert not LedgerEntry.objects.exists()


@pytest.mark.parametrize("address", ["", "desk@example.org"])
def test_the_address_of_those_who_run_the_site_is_shown_where_they_gave_one(client, db, settings, address):
    settings.CONTACT_EMAIL = address
    found = [link for link in links(client.get("/contact/")) if link.startswith("mailto:")]
    assert found == ([f"mailto:{address}"] if address else [])
