"""What letters say lies nowhere, and goes with the account."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from accounts.adapter import AccountAdapter
from accounts.deletion import delete_account
from accounts.mail import post
from accounts.models import Letter, User
from reelive.models import Work
from reelive.sealing import seal, unseal
from tests.support.letters import (
    LATER,
    MIA,
    NEVER,
    SECRET,
    forgotten,
    letter,
    state,
    work_on,
)
from tests.support.tables import cells_with

KEPT_FOR_MEMBERS = {"accounts_user.email", "account_emailaddress.email"}


@pytest.fixture
def queued(queued, mail_server):
    """Also the mails."""


# What lies where.


@pytest.mark.parametrize(
    "plans", [[], [LATER], [NEVER], [{"DATA": "451 busy"}]], ids=["well", "later", "never", "busy"]
)
def test_no_table_and_no_log_holds_a_code_or_an_address(
    plans, worker, mail_server, clock, client, mia, full_log
):
    EmailAddress.objects.create(user=mia, email=MIA, verified=True, primary=True)
    codes = []
    generate = AccountAdapter.generate_password_reset_code
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            AccountAdapter,
            "generate_password_reset_code",
            lambda adapter: codes.append(generate(adapter)) or codes[-1],
        )
        client.get(forgotten(client, MIA)["Location"])
    mail_server.plans = list(plans)
    for _ in range(3):
        assert cells_with(MIA, KEPT_FOR_MEMBERS) == set()
        assert cells_with(codes[0]) == set()
        worker.work()
        clock.forward(minutes=2)
    assert Work.objects.get().status in ("SUCCESSFUL", "FAILED")
    assert MIA not in full_log.text
    assert codes[0] not in full_log.text


def test_no_table_holds_the_address_of_a_stranger(worker, mail_server, client):
    forgotten(client, "laura@example.org")
    assert cells_with("laura@example") == set()
    worker.work()
    assert mail_server.letters[0]["To"] == "laura@example.org"
    assert cells_with("laura@example") == set()


def test_tables_are_looked_through(mia):
    assert cells_with(MIA) == {"accounts_user.email"}


def test_sealed_text_is_read_with_the_key_or_the_one_before_it(settings):
    sealed = seal("a code", "letter")
    assert unseal(sealed, "letter") == "a code"
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new one"
    assert unseal(sealed, "letter") == "a code"


def test_letter_sealed_with_a_lost_key_is_given_up(worker, settings):
    post(letter())
    settings.SECRET_KEY = "another one"
    worker.work()
    assert state() == ("FAILED", 1, "InvalidToken")
    assert not Letter.objects.exists()


# Leaving.


@pytest.fixture
def leaving(client, seb):
    """Seb, on the page on which he deletes his account."""
    client.post(reverse("account_login"), {"login": "seb", "password": "correct horse"})
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    EmailAddress.objects.create(user=seb, email=seb.email, verified=True, primary=True)
    return client


@pytest.mark.parametrize("plans", [[], [LATER], [NEVER]], ids=["well", "later", "never"])
def test_what_waits_goes_with_the_account_and_the_goodbye_arrives(
    plans, worker, mail_server, clock, leaving, seb
):
    forgotten(Client(), seb.email)
    AccountAdapter(SimpleNamespace(META={}, headers={})).send_mail(
        "account/email/account_already_exists", seb.email, {}
    )
    assert [waiting.member for waiting in Letter.objects.all()] == [seb, seb]
    leaving.post(reverse("account-delete"), {"texts": "leave"})
    assert [waiting.member for waiting in Letter.objects.all()] == [None]
    mail_server.plans = list(plans)
    work_on(worker, clock)
    arrived = [] if plans == [NEVER] else ["Your Reelive account is deleted"]
    assert [sent["Subject"] for sent in mail_server.letters] == arrived
    assert cells_with("seb@example") == set()


def test_address_is_in_no_table_while_the_goodbye_waits(worker, leaving):
    leaving.post(reverse("account-delete"), {"texts": "leave"})
    assert Letter.objects.count() == 1
    assert cells_with("seb@example") == set()


def test_notice_of_a_change_goes_with_the_account(worker, mail_server, leaving, seb):
    leaving.post(
        reverse("account_change_password"),
        {"oldpassword": "correct horse", "password1": "a fine old tune", "password2": "a fine old tune"},
    )
    assert Letter.objects.get().member == seb
    delete_account(User.objects.get(pk=seb.pk), take_texts=False)
    assert not Letter.objects.exists()


# Letters of the version before.


def test_letters_that_lay_open_are_sealed_or_gone(worker, mail_server, mia):
    old = {"task_path": "accounts.mail.deliver", "backend_name": "default", "run_after": None}
    open_letter = {"args": ["Hello", f"Enter {SECRET}.", "noreply@reelive.example", [MIA]], "kwargs": {}}
    for status in ("READY", "RUNNING", "FAILED", "SUCCESSFUL"):
        DBTaskResult.objects.create(status=status, args_kwargs=open_letter, traceback=f"no {MIA}", **old)
    seal_letters = import_module("accounts.migrations.0008_letters").seal_letters
    seal_letters(apps, SimpleNamespace(connection=connection))
    assert [waiting.member for waiting in Letter.objects.all()] == [mia, mia]
    assert cells_with(MIA, KEPT_FOR_MEMBERS) == cells_with(SECRET) == set()
    while worker.work():
        pass
    assert [(sent["To"], sent["Subject"]) for sent in mail_server.letters] == [(MIA, "Hello")] * 2
