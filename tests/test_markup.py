"""Every page is made of sound HTML: nothing is unclosed, misplaced, called twice or leads nowhere."""

import pytest
from django.contrib import admin
from django.urls import resolve, reverse

from reelive.error_pages import plain_page, too_many
from reelive.staff import StaffAdmin
from tests.support.accounts import GUARDED_PAGES, OPEN_PAGES, OWN_PAGES, confirm_it_is_me
from tests.support.admin import listed, page
from tests.support.markup import faults, faults_of
from tests.support.pages import links
from tests.support.rows import for_each
from tests.support.walk import FORM_PAGES, address, scene_of_everything

pytestmark = pytest.mark.one_database
HEAD = "<h1>Scenes</h1>"
OF_STAFF = [model for model, of_staff in admin.site._registry.items() if isinstance(of_staff, StaffAdmin)]


SCENE = scene_of_everything


@pytest.fixture
def world(staged):
    return staged["world"]


@for_each("broken", [
    "<p>One<b>Two</p>", "<ul><li>One</ul>", "<p>One</p></div>", "<div/>", "<section>",
    '<b id="a"></b><i id="a"></i>', '<label for="a">A</label>', '<p aria-describedby="a">A</p>',
    '<a href="#a">A</a>', '<button popovertarget="a">A</button>', '<a href="/"><button>A</button></a>',
    '<button><input name="a"></button>', '<a href="/"><span tabindex="0">A</span></a>',
    '<a href="/"><b><a href="/x">A</a></b></a>', "<form><div><form></form></div></form>",
    "<p><div>A</div></p>", "<span><ul></ul></span>", "<ul><p>A</p></ul>", "<ul><ul></ul></ul>",
    "<table><tr></tr></table>", "<dl><p>A</p></dl>", "<h3>A</h3>", "<h1>Again</h1>",
    "<article><p>A</p></article>", '<img src="/a.png">', '<img alt="">',
    '<input type="hidden" name="a" aria-invalid="true">', '<p class="a" class="b">A</p>',
])  # fmt: skip
def test_a_reader_that_is_strict_finds_what_is_broken(broken):
    assert len(faults(HEAD + broken)) == 1


@for_each("sound", [
    "<ul><li><p>One</p></li></ul>", "<p>A <b>b</b><br>c</p>", '<label for="a">A</label><input id="a">',
    '<a href="/"><span>A</span></a>', "<details><summary><h2>A</h2></summary><div>B</div></details>",
    '<svg><path d="M0 0"/></svg>', "<h2>A</h2><h3>B</h3><h2>C</h2>", "<article><h2>A</h2></article>",
    '<a href="/"><input type="hidden" name="a"></a>', "<table><tbody><tr><td>A</td></tr></tbody></table>",
])  # fmt: skip
def test_a_reader_that_is_strict_has_nothing_against_what_is_sound(sound):
    assert faults(HEAD + sound) == []


def test_every_refused_form_is_sound(as_mia, world):
    names = sorted(name for name in FORM_PAGES if not name.endswith("-delete"))
    answers = {name: as_mia.post(address(name, world), {"date": "never"}) for name in names}
    refused = {name: answer for name, answer in answers.items() if answer.status_code == 422}
    assert {"moment-add", "film-edit", "diary-entry-edit", "verdict-add"} <= set(refused)
    assert faults_of(refused) == {}


def test_every_page_of_an_account_is_sound(client, as_mia, mia):
    confirm_it_is_me(as_mia)
    names = [*OWN_PAGES, *GUARDED_PAGES, "profile-edit"]
    assert faults_of({name: as_mia.get(reverse(name)) for name in names}) == {}
    as_mia.logout()
    assert faults_of({name: client.get(reverse(name)) for name in OPEN_PAGES}) == {}


def test_every_refused_form_at_the_door_is_sound(client, db):
    names = ["account_login", "account_signup", "account_reset_password"]
    answers = {name: client.post(reverse(name), {}) for name in names}
    assert [answer.status_code for answer in answers.values()] == [422] * len(names)
    assert faults_of(answers) == {}


@for_each("status", [400, 413, 500, 503])
def test_every_page_of_trouble_is_sound_and_leads_on(status):
    answer = plain_page(status, "", {"typed": ["It rains\nand stays."], "sent": True, "files": True})
    assert faults_of({status: answer}) == {}
    assert all(resolve(link.partition("?")[0]) for link in links(answer, "body"))


def test_every_refusal_is_sound(client, as_mia, mia, rf):
    slow = rf.post("/preview/", {"body": "It rains."})
    slow.user, slow.htmx = mia, False
    answers = {404: client.get("/nowhere/"), 405: client.get("/preview/"), 429: too_many(slow, 30)}
    client.handler.enforce_csrf_checks = True
    answers[403] = client.post("/preview/", {"body": "It rains."})
    assert [answer.status_code for answer in answers.values()] == list(answers)
    assert faults_of(answers) == {}


def test_every_page_of_the_staff_is_sound(as_keith, world):
    addresses = ["/admin/", *(listed(model) for model in OF_STAFF)]
    for model in OF_STAFF:
        row = model._default_manager.first()
        verbs = [verb.name for verb in admin.site.get_model_admin(model).verbs]
        addresses += [page(row, name) for name in ("change", "history", *verbs) if row]
    assert faults_of({address: as_keith.get(address) for address in addresses}) == {}
