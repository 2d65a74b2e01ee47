"""The site as an app: its manifest and service worker, what may be kept, what other apps share."""

import json
import re
from contextlib import closing

from django.conf import settings as django_settings
from django.test import Client

from moments.viewer.offline import VIEWER_HEADER
from moments.views import app
from tests.support.makers import make_moment
from tests.support.pages import links, select, the, words_of
from tests.support.rows import for_each

MANIFEST = json.loads((django_settings.BASE_DIR / "static" / "manifest.webmanifest").read_text())


def test_each_release_has_a_service_worker_of_its_own_that_browsers_look_at_anew(client, db, monkeypatch):
    answer = client.get("/sw.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer["Cache-Control"] == "no-cache"
    assert "connect-src 'self'" in answer["Content-Security-Policy"]
    before = app.program()
    monkeypatch.setattr(app, "shell", lambda: ["/static/css/site.another.css"])
    releases = [re.search(r'RELEASE = "(\w{12})"', program)[1] for program in (before, app.program())]
    assert releases[0] != releases[1]


def test_all_that_the_worker_keeps_of_the_shell_is_there(client, db, settings):
    settings.WHITENOISE_USE_FINDERS = True
    assert len(app.shell()) > 40
    visitor, missing = Client(), []
    for address in app.shell():
        with closing(visitor.get(address)) as answer:
            missing += [address] if answer.status_code != 200 else []
    assert missing == []


def test_the_worker_has_no_names_twice():
    names = re.findall(r"^(?:async )?(?:function|const|let) (\w+)", app.program(), re.MULTILINE)
    assert sorted(names) == sorted(set(names))


def test_a_page_says_whose_it_is_without_naming_them(client, moment, mia, seb):
    assert VIEWER_HEADER not in client.get("/rules/")
    names = []
    for member in (mia, seb):
        client.force_login(member)
        names.append(client.get("/rules/")[VIEWER_HEADER])
        assert VIEWER_HEADER not in client.get("/sw.js")
        assert VIEWER_HEADER not in client.get(moment.art_url)
    assert re.fullmatch(r"[0-9a-f]{16}", names[0])
    assert names[0] != names[1]


def test_the_page_for_offline_is_the_same_for_everybody(client, db, mia):
    visitors = client.get("/offline/").content
    client.force_login(mia)
    assert "mia" not in client.get("/offline/").text
    assert client.get("/offline/").content == visitors


def test_relive_mode_of_a_film_is_listed_from_cover_to_end(client, film, moment, mia):
    later = make_moment(film, mia, "Later", position=moment.position + 1)
    relive = f"/films/{film.slug}/relive/"
    assert client.get(f"{relive}offline/").json() == {
        "title": "La La Land",
        "moments": 2,
        "pages": [relive, f"{relive}{moment.pk}/", f"{relive}{later.pk}/", f"{relive}end/"],
    }


def test_of_a_long_film_so_many_moments_are_kept(client, film, moment, mia, monkeypatch):
    monkeypatch.setattr(app, "MOST_MOMENTS", 1)
    make_moment(film, mia, "Later", position=moment.position + 1)
    assert client.get(f"/films/{film.slug}/relive/offline/").json()["moments"] == 1


def test_a_film_without_moments_cannot_be_kept(client, film):
    assert client.get(f"/films/{film.slug}/relive/offline/").status_code == 404
    assert select(client.get(film.get_absolute_url()), "[data-keep-film]") == []


def test_menu_and_foot_lead_to_the_app(client, db, mia):
    assert "/app/" in links(client.get("/"), "footer")
    client.force_login(mia)
    assert "/app/" in links(client.get("/"), ".menu")


# The manifest.


def test_shortcuts_lead_to_pages_that_are_there(as_mia):
    places = [shortcut["url"] for shortcut in MANIFEST["shortcuts"]]
    answers = {place: as_mia.get(place, follow=True) for place in places}
    assert [answer.status_code for answer in answers.values()] == [200] * 4
    assert answers["/diary/"].request["PATH_INFO"] == "/members/mia/diary/"


def test_the_app_has_icons_that_every_system_takes():
    sizes = {(icon["sizes"], icon.get("purpose", "any")) for icon in MANIFEST["icons"]}
    wanted = {(size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")}
    assert wanted - sizes == set()
    assert (MANIFEST["display"], MANIFEST["id"], MANIFEST["scope"]) == ("standalone", "/", "/")


# What other apps share.


@for_each("asked, begun", [
    ({"title": "Rain", "text": "Look"}, {"title": "Rain", "body": "Look"}),
    ({"url": "https://a.example/b"}, {"body": "https://a.example/b"}),
    ({"text": "Look", "url": "https://a.example/b"}, {"body": "Look\n\nhttps://a.example/b"}),
    ({"text": "See https://a.example/b", "url": "https://a.example/b"}, {"body": "See https://a.example/b"}),
    ({"title": "<b>Rain</b>"}, {"title": "<b>Rain</b>"}),
], ids=str)  # fmt: skip
def test_a_shared_text_goes_along_to_the_form(asked, begun, as_mia, film):
    page = as_mia.get("/share/receive/", asked, follow=True)
    form = as_mia.get(select(page, ".choose a.chip")[0]["href"])
    shown = {"title": the(form, "#id_title").get("value", ""), "body": the(form, "#id_body").text.strip()}
    assert {name: text for name, text in shown.items() if text} == begun


def test_nothing_shared_leads_to_the_plain_form(as_mia, film):
    assert as_mia.get("/share/receive/")["Location"] == "/share/"
    assert select(as_mia.get("/share/"), "[data-begun]") == []


def test_a_visitor_keeps_what_they_shared_until_they_have_signed_in(client, film):
    page = client.get("/share/receive/", {"title": "Rain"}, follow=True)
    assert words_of(the(page, "[data-begun]"))
    answer = client.get(select(page, ".choose a.chip")[0]["href"])
    assert "title%3DRain" in answer["Location"]


def test_what_is_sent_there_without_a_worker_is_refused(mia, film):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    assert client.post("/share/receive/", {"title": "Rain"}).status_code == 403
