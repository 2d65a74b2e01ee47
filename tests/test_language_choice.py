"""Whose language a page or a letter is in: the member's, or the browser's."""

import re

import pytest
from allauth.core.context import request_context
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.models import User
from reelive.languages import language_of_browser
from reelive.page_cache import PageCache


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("de", "de"),
        ("de-AT,en;q=0.5", "de"),
        ("DE", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr,de;q=0.5", "de"),
        ("fr, *", "en"),
        ("x" * 5000, "en"),
        ("\x00;;;q=,", "en"),
    ],
)
def test_browsers_get_the_first_of_their_languages_that_the_site_has(header, language, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    assert language_of_browser(header) == language


def test_with_one_language_no_header_is_read(monkeypatch):
    monkeypatch.setattr("reelive.languages.parse_accept_lang_header", None)
    assert language_of_browser("de,en;q=0.5") == "en"


def page_in(client, **options):
    response = client.get(reverse("films"), **options)
    lang = re.search('<html lang="([^"]*)"', response.content.decode())[1]
    assert response["Content-Language"] == lang
    return lang


def test_visitors_get_the_language_of_their_browser(xa, client, db):
    assert page_in(client) == "en"
    assert page_in(client, headers={"Accept-Language": "fr,en-XA;q=0.8"}) == xa
    assert "Accept-Language" in client.get(reverse("films"))["Vary"]


def test_members_get_the_language_that_they_chose(xa, as_mia, mia):
    assert page_in(as_mia, headers={"Accept-Language": xa}) == xa
    User.objects.filter(pk=mia.pk).update(language="en")
    assert page_in(as_mia, headers={"Accept-Language": xa}) == "en"
    User.objects.filter(pk=mia.pk).update(language="tlh")
    assert page_in(as_mia, headers={"Accept-Language": xa}) == xa


def test_with_one_language_caches_need_not_tell_answers_apart(client, db):
    response = client.get(reverse("films"), headers={"Accept-Language": "de"})
    assert response["Content-Language"] == "en"
    assert "Accept-Language" not in response.get("Vary", "")


def test_a_member_chooses_among_the_languages_and_the_browser(xa, as_mia, mia):
    form = as_mia.get(reverse("profile-edit")).context["form"]
    assert [value for value, _label in form.fields["language"].choices] == ["", "en", xa]
    facts = {name: form[name].value() or "" for name in ("bio", "theme", "time_zone", "spoiler_stance")}
    as_mia.post(reverse("profile-edit"), facts | {"language": xa})
    assert User.objects.get(pk=mia.pk).language == xa


def test_mails_are_in_the_language_of_their_member(xa, mia, rf, mailoutbox):
    User.objects.filter(pk=mia.pk).update(language=xa)
    mia.refresh_from_db()
    request = rf.get("/")
    request.user = mia
    with request_context(request):
        AccountAdapter().send_notification_mail("account/email/password_set", mia)
        mia.language = ""
        AccountAdapter().send_notification_mail("account/email/password_set", mia)
    assert [mail.subject.startswith("⟦") for mail in mailoutbox] == [True, False]


def test_pages_are_kept_for_each_language_and_for_no_made_up_one(settings, tmp_path, db):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    asked = []

    def site(environ, start_response):
        asked.append(environ["HTTP_ACCEPT_LANGUAGE"])
        start_response("200 OK", [])
        return HttpResponse(asked[-1])

    pages = PageCache(site, 60, tmp_path / "mark")
    for header in ("en", "de", "en-US", "de-AT,en;q=0.5", "tlh", "fr-x-1", "fr-x-2", "de;q=0.1"):
        environ = RequestFactory().get("/", headers={"Accept-Language": header}).environ
        environ.pop("HTTP_COOKIE", None)
        pages(environ, lambda *_answer: None)
    assert asked == ["en", "de"]
    assert len(pages.pages) == 2
