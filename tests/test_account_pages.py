"""The pages of an account: how they look, who may open them, and that no cache keeps them."""

import re

from django.shortcuts import render
from django.test import Client
from django.urls import reverse

from accounts.forms.auth import ResetPasswordForm
from tests.support.accounts import GUARDED_PAGES, OPEN_PAGES, OWN_PAGES, confirm_it_is_me, sign_in
from tests.support.pages import select
from tests.support.rows import for_each


def wears_the_look(response):
    page = response.text
    assert [len(select(page, part)) for part in ("header.topbar", "h1")] == [1, 1]
    assert not re.search(r"style=|\son\w+=|placeholder=\"(?!Films)", page)
    scripts = re.findall(r"<script([^>]*)>", page)
    assert all("src=" in script or "application/json" in script for script in scripts)
    return True


@for_each("name", OPEN_PAGES)
def test_open_pages_wear_the_look(name, client, db):
    assert wears_the_look(client.get(reverse(name)))


@for_each("name", [*OWN_PAGES, *GUARDED_PAGES])
def test_pages_of_members_wear_the_look(name, as_mia):
    confirm_it_is_me(as_mia)
    response = as_mia.get(reverse(name))
    assert response.status_code == 200
    assert wears_the_look(response)


@for_each("template", ["request_login_code", "phone_change", "email"])
def test_pages_that_we_have_no_words_for_wear_the_look_too(template, rf, mia):
    request = rf.get("/")
    request.user, request.htmx = mia, False
    context = {"form": ResetPasswordForm(), "can_add_email": True}
    page = render(request, f"account/{template}.html", context).text
    assert len(select(page, ".sign-in-card.threshold-card") + select(page, ".page-main.narrow")) == 1
    assert select(page, ".button.is-gold")


@for_each("name", GUARDED_PAGES)
def test_what_touches_the_safety_of_an_account_takes_the_password_again(name, as_mia):
    response = as_mia.get(reverse(name))
    assert (
        response["Location"]
        == f"{reverse('account_reauthenticate')}?next={reverse(name).replace('/', '%2F')}"
    )


@for_each("name", [*OWN_PAGES, *GUARDED_PAGES])
def test_strangers_are_asked_to_sign_in(name, client, db):
    assert client.get(reverse(name)).status_code == 302


@for_each("name", [*OPEN_PAGES, *OWN_PAGES])
def test_no_cache_keeps_a_page_of_an_account(name, as_mia):
    assert "no-store" in as_mia.get(reverse(name))["Cache-Control"]


@for_each("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
@for_each("name", [*OPEN_PAGES, *OWN_PAGES, "theme"])
def test_no_page_answers_a_method_it_does_not_know(name, method, as_mia):
    assert as_mia.generic(method, reverse(name)).status_code == 405


def test_knocking_too_often_is_answered_with_when_to_come_back(client, db):
    for number in range(31):
        response = sign_in(client, f"nobody{number}", "wrong")
    assert (response.status_code, response["Retry-After"]) == (429, "60")
    assert len(select(response, "h1")) == 1


@for_each("name", [*OPEN_PAGES, *OWN_PAGES, *GUARDED_PAGES])
def test_every_form_is_checked_for_forgery(name, mia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    assert client.post(reverse(name), {"texts": "take"}).status_code == 403
