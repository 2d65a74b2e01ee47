"""The site as an app before a real browser: installed, offline, renewed, signed out of, and told of news."""

import json
import re

import pytest
from playwright.sync_api import expect

from moments.views import app

pytestmark = pytest.mark.django_db(transaction=True)
OFFLINE = "ERR_INTERNET_DISCONNECTED"


def test_browsers_find_nothing_that_keeps_the_site_from_being_installed(arrives):
    viewer = arrives()
    devtools = viewer.context.new_cdp_session(viewer.page)
    found = devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert json.loads(found["data"])["share_target"]["action"] == "/share/receive/"
    assert devtools.send("Page.getInstallabilityErrors")["installabilityErrors"] == []


def test_the_last_pages_are_there_offline_and_all_others_lead_to_a_list_of_them(arrives, moment, seb):
    viewer = arrives(seb)
    viewer.opens(moment.get_absolute_url())
    viewer.waits_for("pages ", moment.get_absolute_url())
    viewer.context.set_offline(True)
    viewer.opens(moment.get_absolute_url())
    viewer.arrives_at("A Lovely Night")
    expect(viewer.page.get_by_text("This page is as it was when you last saw it.")).to_be_visible()
    viewer.opens("/films/")
    viewer.arrives_at("You are offline")
    viewer.page.get_by_role("link", name="A Lovely Night").click()
    viewer.arrives_at("A Lovely Night")
    viewer.forgives(OFFLINE)


def test_nobody_sees_an_old_page_while_the_site_answers(arrives, moment, seb):
    viewer = arrives(seb)
    viewer.opens(moment.get_absolute_url())
    viewer.waits_for("pages ", moment.get_absolute_url())
    type(moment).objects.filter(pk=moment.pk).update(title="Another Night")
    viewer.opens(moment.get_absolute_url())
    viewer.arrives_at("Another Night")


def test_so_many_pages_are_kept_and_no_more(arrives, seb):
    viewer = arrives(seb)
    for number in range(31):
        viewer.page.goto(f"/search/?q={number}")
    viewer.opens("/rules/")
    viewer.waits_for("pages ", "/rules/")
    kept = viewer.kept("pages ")
    assert (len(kept), kept[0], kept[-1]) == (30, "/search/", "/rules/")


def test_pages_of_the_account_and_of_the_staff_are_not_kept(arrives, keith):
    viewer = arrives(keith)
    for path in ("/accounts/", "/admin/", "/share/", "/rules/"):
        viewer.opens(path)
    viewer.waits_for("pages ", "/rules/")
    assert viewer.kept("pages ") == ["/about/", "/rules/"]


def test_a_new_release_takes_over_without_loading_the_page_anew(arrives, seb, monkeypatch):
    viewer = arrives(seb)
    viewer.page.evaluate("document.body.dataset.same = 'yes'")
    assert len(viewer.caches("shell ")) == 1
    newer = re.sub(r'RELEASE = "\w+"', 'RELEASE = "next"', app.program())
    monkeypatch.setattr(app, "program", lambda: newer)
    viewer.page.evaluate("navigator.serviceWorker.ready.then((one) => one.update()).then(() => true)")
    viewer.until("async () => (await caches.keys()).filter((name) => !name.includes(' next')).length < 2")
    assert (viewer.caches("shell "), viewer.caches("pages ")) == (["shell next"], [])
    expect(viewer.page.locator("body[data-same=yes]")).to_have_count(1)
    viewer.opens("/rules/")
    viewer.waits_for("pages next", "/rules/")


def test_nothing_of_a_member_is_left_after_they_signed_out(arrives, moment, seb):
    viewer = arrives(seb)
    viewer.opens(moment.get_absolute_url())
    viewer.waits_for("pages ", moment.get_absolute_url())
    viewer.page.get_by_role("button", name="Your menu").click()
    viewer.page.get_by_role("button", name="Sign out").click()
    expect(viewer.page.get_by_role("link", name="Sign in").first).to_be_visible()
    viewer.until("async () => !(await caches.keys()).some((name) => /^(pages|film|viewer) /.test(name))")


def test_the_pages_of_one_member_are_gone_as_soon_as_another_one_is_there(arrives, moment, mia, seb):
    viewer = arrives(seb)
    viewer.opens(moment.get_absolute_url())
    viewer.waits_for("pages ", moment.get_absolute_url())
    viewer.sign_in(mia)
    viewer.opens("/rules/")
    viewer.waits_for("pages ", "/rules/")
    assert viewer.kept("pages ") == ["/rules/"]
    viewer.context.clear_cookies()
    viewer.opens("/about/")
    viewer.waits_for("pages ", "/about/")
    assert viewer.kept("pages ") == ["/about/"]


def test_a_picture_and_a_text_from_another_app_come_along_to_the_form(arrives, film, seb):
    viewer = arrives(seb)
    viewer.opens("/rules/")
    viewer.page.evaluate(SHARE)
    viewer.page.wait_for_url("**/share/?**")
    expect(viewer.page.get_by_text("The picture and the text that you shared come along")).to_be_visible()
    viewer.page.locator(".choose").get_by_role("link", name="A moment").first.click()
    expect(viewer.page.get_by_label("Title", exact=True)).to_have_value("A still")
    expect(viewer.page.get_by_text("The picture that you shared is in the form.")).to_be_visible()
    assert viewer.page.locator("[data-still] input[type=file]").evaluate(NAMES) == ["shared.png"]
    expect(viewer.page.locator("[data-still] img")).to_be_visible()
    assert viewer.caches("shared ") == []


# What a device does that shares into the site: it sends a form of its own, with no token in it.
SHARE = """async () => {
    const picture = new OffscreenCanvas(640, 360);
    picture.getContext("2d").fillRect(0, 0, 640, 360);
    const form = Object.assign(document.createElement("form"), {
        method: "POST", action: "/share/receive/", enctype: "multipart/form-data" });
    for (const [name, value] of [["title", "A still"], ["text", "Look"], ["url", "https://a.example/b"]]) {
        form.append(Object.assign(document.createElement("input"), { name, value }));
    }
    const held = new DataTransfer();
    held.items.add(new File([await picture.convertToBlob()], "mine.png", { type: "image/png" }));
    const file = Object.assign(document.createElement("input"), { type: "file", name: "picture" });
    file.files = held.files;
    form.append(file);
    document.body.append(form);
    form.submit();
}"""
NAMES = "(input) => [...input.files].map((file) => file.name)"
