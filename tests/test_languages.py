"""Every text of ours can be translated: pages, mails and errors are walked in a language made for that."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from moments.ledger.sentences import ACTIONS, SENTENCES, SUBJECTS
from moments.models import Action, Report
from reelive.error_pages import BODY_REFUSED, database_away, plain_page, refused_body
from tests.support.makers import make_comment, make_member, moderator
from tests.support.pseudo_language import (
    CODE,
    is_ours,
    outside_brackets,
    pseudo,
    texts_of_members,
    unmarked,
)
from tests.support.rows import for_each
from tests.support.walk import NAMES, VERBS, address, gotten, one_of_everything

pytestmark = pytest.mark.one_database

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
# Not for people: what programs read.
FOR_MACHINES = re.compile(r"robots|sitemap|export|key$|art$|card$|feed$|still")
PAGES = sorted(name for name in set(NAMES) - VERBS if not FOR_MACHINES.search(name))
FOR_VISITORS = ("account_login", "account_signup", "account_reset_password", "account_inactive")
FOR_ONESELF = (
    *("settings", "account_logout", "account_email", "profile-edit", "account-delete", "usersessions_list"),
    *("account_change_password", "mfa_index", "mfa_activate_totp", "mfa_add_webauthn", "mfa_list_webauthn"),
)
ERRORS = [
    ("400", {}),
    ("403", {}),
    ("403_csrf", {"typed": {}}),
    ("404", {}),
    ("405", {}),
    ("410", {"sentence": ""}),
    ("413", {}),
    ("413_draft", {"sign_in": "/"}),
    ("422", {"sentence": "", "typed": {"body": "1"}}),
    ("429", {"sentence": "", "typed": {"body": "1"}}),
    ("500", {"typed": {"body": "1"}, "files": True}),
    ("503", {"sent": True}),
]
MAILS = sorted(path for path in TEMPLATES.rglob("*_subject.txt"))
MESSAGES = sorted(path for path in TEMPLATES.rglob("messages/*.txt"))


@pytest.fixture
def world(moment):
    return one_of_everything(moment)


@pytest.fixture
def in_xa(xa):
    with translation.override(xa):
        yield xa


def visitor(member=None):
    client = Client(raise_request_exception=False, headers={"Accept-Language": CODE})
    if member:
        client.force_login(member)
    return client


def walk(client, addresses):
    """What is not in the language of the walk, by the name of the page; also in its piece for htmx."""
    found, members = {}, texts_of_members()
    for name, url in addresses.items():
        for response in gotten(client, url):
            if response.status_code >= 500:
                found[name] = ["The page is broken."]
            if response.status_code == 200 and "html" in response["Content-Type"]:
                assert response["Content-Language"] == CODE
                found.setdefault(name, []).extend(unmarked(response.content.decode(), members))
    return {name: sorted(set(texts)) for name, texts in found.items() if texts}


@pytest.fixture
def addresses(world, moment, mia, seb):
    """All pages, in a world that shows members what they see of themselves: reports, outcomes and flags."""
    comment = moment.comments.listed().first()
    for target in (moment, comment):
        Report.objects.file(seb, target, "spam", "Rubbish of mine")
    Report.objects.close(comment, moderator(), "kept", "Nothing wrong")
    moment.label(seb, "unkind")
    moment.label(make_member("third"), "wrong")
    return {name: address(name, world) for name in PAGES}


# Every text.


@pytest.mark.parametrize("who", [None, "seb", "mia"])
def test_every_page_is_ready_for_languages(who, xa, addresses):
    client = visitor(who and User.objects.get(username=who))
    assert walk(client, addresses) == {}


def test_the_pages_of_accounts_are_ready_for_languages(xa, mia):
    assert walk(visitor(), {name: reverse(name) for name in FOR_VISITORS}) == {}
    assert walk(visitor(mia), {name: reverse(name) for name in FOR_ONESELF}) == {}


def test_refused_forms_are_ready_for_languages(xa, mia):
    for client, name in (
        (visitor(), "account_signup"),
        (visitor(), "account_login"),
        (visitor(mia), "profile-edit"),
    ):
        response = client.post(reverse(name), {"username": "!", "theme": "plaid"})
        assert response.status_code == 422
        assert unmarked(response.content.decode(), texts_of_members()) == []


@pytest.mark.parametrize(("name", "context"), ERRORS, ids=[name for name, _context in ERRORS])
def test_every_error_page_is_ready_for_languages(name, context, in_xa):
    assert unmarked(render_to_string(f"{name}.html", context)) == []


def test_errors_outside_of_the_site_are_in_the_language_of_the_browser(in_xa, monkeypatch):
    monkeypatch.setattr("reelive.error_pages.logger.error", lambda *_args, **_options: None)
    away = database_away(Exception(), RequestFactory().get("/"))
    sentences = [refused_body(status).content.decode() for status in BODY_REFUSED]
    sentences.append(plain_page(499, pseudo("No template")).content.decode())
    assert unmarked(away.content.decode()) == []
    assert [text for text in sentences if is_ours(outside_brackets(text)[0])] == []


@pytest.mark.parametrize("path", MAILS, ids=lambda path: path.name.removesuffix("_subject.txt"))
@pytest.mark.parametrize("code", ["", "1234"])
def test_every_mail_is_ready_for_languages(path, code, in_xa, rf):
    facts = dict.fromkeys(
        ("email", "from_email", "to_email", "deleted_email", "provider", "ip", "lasts"), "1"
    )
    facts |= {"activate_url": "1", "site_url": "", "user": SimpleNamespace(username="1"), "code": code}
    facts["timestamp"] = timezone.now()
    prefix = str(path.relative_to(TEMPLATES)).removesuffix("_subject.txt")
    for part in ("subject", "message"):
        text = render_to_string(f"{prefix}_{part}.txt", facts)
        lines = [line for line in outside_brackets(text)[0].splitlines() if "/accounts/" not in line]
        assert [line for line in lines if is_ours(line)] == []


@pytest.mark.parametrize("path", MESSAGES, ids=lambda path: path.stem)
def test_every_message_is_ready_for_languages(path, in_xa):
    text = render_to_string(str(path.relative_to(TEMPLATES)), {"email": "1"})
    assert not is_ours(outside_brackets(text)[0])


def test_the_walk_finds_what_nobody_marked():
    page = f'<p title="Plain">{pseudo("Signed in as <b>%(name)s</b>")} and more</p>' % {"name": "mia"}
    assert unmarked(page) == ["Plain", "and more"]
    assert unmarked(page, ["Plain", "and more"]) == []


def test_every_action_and_subject_of_the_ledger_has_its_words(moment, mia):
    assert set(Action.values) == set(SENTENCES) == set(ACTIONS)
    comment = make_comment(moment, mia)
    assert {moment.ledger_subject, comment.ledger_subject, moment.film.ledger_subject} <= set(SUBJECTS)


# What is marked in the source, also where no page of the walk comes by.


def plain_texts(template):
    """What of a template stands between its tags and marks."""
    text = re.sub(r"\{%\s*comment\b.*?endcomment\s*%\}|\{#.*?#\}", " ", template, flags=re.S)
    text = re.sub(r"\{%\s*blocktranslate\b.*?endblocktranslate\s*%\}", " ", text, flags=re.S)
    text = re.sub(r"\{% block bodyclass .*", "", text)
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", text, flags=re.S)
    text = re.sub(r"<(script|style|code|pre|kbd)\b.*?</\1>", " ", text, flags=re.S)
    read = re.findall(r'\s(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
    return [*read, *re.sub(r"<[^>]*>", "\n", text).splitlines()]


@for_each("folder", sorted({path.parent for path in TEMPLATES.rglob("*.*")}), ids=str)
def test_every_text_of_a_template_is_marked(folder):
    paths = [path for path in folder.glob("*.*") if path.suffix in {".html", ".txt"}]
    found = {
        path.name: [line.strip() for line in plain_texts(path.read_text()) if is_ours(line)] for path in paths
    }
    assert {name: texts for name, texts in found.items() if texts} == {}
