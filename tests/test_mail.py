"""Letters: they arrive once although mail servers fail, and say how long their codes hold."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.urls import reverse
from django.utils import timezone

from accounts.mail import NOTICE_SECONDS, post
from accounts.models import Letter
from reelive.models import Work
from reelive.retries import PAUSES
from tests.support.letters import (
    BUSY,
    LATER,
    MIA,
    NEVER,
    SECRET,
    SPAM,
    forgotten,
    letter,
    state,
    work_on,
)


@pytest.fixture
def queued(queued, mail_server):
    """Also the mails."""


# A mail server that fails.


def test_letter_refused_at_first_arrives_once(worker, mail_server, clock):
    mail_server.plans = [BUSY, LATER, {"DATA": "451 the disk is full"}]
    post(letter())
    work_on(worker, clock)
    assert [(sent["To"], SECRET in sent["Subject"]) for sent in mail_server.letters] == [(MIA, True)]
    assert state() == ("SUCCESSFUL", 4, "")
    assert not Letter.objects.exists()


def test_letter_waits_longer_after_each_refusal(worker, mail_server, clock):
    mail_server.plans = [BUSY] * 3
    start = timezone.now()
    post(letter())
    for pause in PAUSES[:3]:
        worker.work()
        assert Work.objects.get().run_after == timezone.now() + pause
        clock.forward(pause)
    worker.work()
    assert len(mail_server.letters) == 1
    assert timezone.now() - start == sum(PAUSES[:3], timedelta(0))


@pytest.mark.parametrize("refusal, kind", [(NEVER, "SMTPRecipientsRefused"), (SPAM, "SMTPDataError")])
def test_refusal_for_good_is_taken_at_once(refusal, kind, worker, mail_server):
    mail_server.plans = [refusal]
    post(letter())
    worker.work()
    assert state() == ("FAILED", 1, kind)
    assert not Letter.objects.exists()


def test_notice_is_given_up_after_days(worker, mail_server, clock, client, keith):
    mail_server.plans = [BUSY] * 99
    start = timezone.now()
    post(letter())
    work_on(worker, clock)
    assert state() == ("FAILED", len(PAUSES) + 1, "SMTPConnectError")
    assert timedelta(days=1) < timezone.now() - start < timedelta(seconds=NOTICE_SECONDS)
    assert (mail_server.letters, Letter.objects.count()) == ([], 0)
    assert client.get("/readyz").json()["tasks"] == "1 given up"
    client.force_login(keith)
    assert "Send letter" in client.get(reverse("admin:reelive_work_changelist")).text


def test_code_is_given_up_when_it_is_worth_nothing(worker, mail_server, clock):
    mail_server.plans = [BUSY] * 99
    start = timezone.now()
    post(letter(), seconds=15 * 60)
    work_on(worker, clock)
    assert state() == ("FAILED", 5, "SMTPConnectError")
    assert timezone.now() - start <= timedelta(minutes=15)
    assert (mail_server.letters, Letter.objects.count()) == ([], 0)


def test_code_that_waited_for_a_worker_too_long_is_not_sent(worker, mail_server, clock):
    post(letter(), seconds=15 * 60)
    clock.forward(minutes=15)
    worker.work()
    assert state() == ("FAILED", 1, "TooLate")
    assert (mail_server.letters, Letter.objects.count()) == ([], 0)


def test_expired_letters_are_burned_though_nobody_tries_them(worker, clock):
    post(letter(), seconds=15 * 60), post(letter(), seconds=16 * 60)
    clock.forward(minutes=15)
    worker.tidy()
    assert Letter.objects.count() == 1


def test_letter_that_was_destroyed_cannot_be_tried_again(worker, mail_server, client, keith):
    mail_server.plans = [NEVER]
    post(letter())
    worker.work()
    work = Work.objects.get()
    assert not work.try_again(keith)
    client.force_login(keith)
    assert "Try again" not in client.get(reverse("admin:reelive_work_change", args=[work.pk])).text


# Sent once.


def test_letter_is_sent_once_though_its_row_could_not_be_dropped(worker, mail_server, clock, monkeypatch):
    def away(_letter):
        raise OperationalError

    post(letter())
    with monkeypatch.context() as lost:
        lost.setattr(Letter, "delete", away)
        worker.work()
    assert (len(mail_server.letters), Letter.objects.count()) == (1, 1)
    work_on(worker, clock)
    assert (len(mail_server.letters), Letter.objects.count()) == (1, 0)


def test_task_done_twice_sends_one_letter(worker, mail_server):
    post(letter())
    worker.work()
    Work.objects.update(status="READY")
    worker.work()
    assert len(mail_server.letters) == 1


def test_every_try_has_the_same_message_id(worker, mail_server, clock, settings):
    settings.SITE_HOST = "reelive.example"
    post(letter())
    kept = Letter.objects.get()
    kept.send(), kept.send()
    first, second = (sent["Message-ID"] for sent in mail_server.letters)
    assert first == second
    assert first.endswith("@reelive.example>")


# Where work is done at once.


def test_without_a_task_process_letters_are_sent_at_once(mail_server, client, mia):
    forgotten(client, MIA)
    assert [sent["To"] for sent in mail_server.letters] == [MIA]
    assert not Letter.objects.exists()


@pytest.mark.parametrize("refusal", [BUSY, LATER, NEVER, SPAM])
def test_refusal_is_no_error_of_the_page_and_not_in_the_log(refusal, mail_server, client, mia, full_log):
    mail_server.plans = [refusal]
    assert forgotten(client, MIA).status_code == 302
    assert not Letter.objects.exists()
    assert MIA not in full_log.text
    assert SECRET not in full_log.text


# What letters say.


@pytest.mark.parametrize(
    "seconds, words", [(600, "10 minutes"), (15 * 60, "15 minutes"), (2 * 3600, "2 hours")]
)
def test_code_for_a_new_password_holds_as_long_as_its_letter_and_page_say(
    seconds, words, client, mia, mailoutbox, settings
):
    settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = seconds
    forgotten(client, MIA)
    assert f"holds for {words} " in mailoutbox[0].body
    assert f"holds for {words}." in client.get(reverse("account_confirm_password_reset_code")).text


def test_code_for_an_address_holds_as_long_as_its_letter_and_page_say(client, db, mailoutbox, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 20 * 60
    newcomer = {"username": "laura", "email": "laura@example.org", "password1": "a fine old tune"}
    client.post(reverse("account_signup"), newcomer)
    assert "holds for 20 minutes " in mailoutbox[0].body
    assert "holds for 20 minutes." in client.get(reverse("account_email_verification_sent")).text


def test_code_waits_no_longer_than_it_holds(client, mia, settings, queued, clock):
    settings.ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
    forgotten(client, MIA)
    assert Letter.objects.get().expires == timezone.now() + timedelta(minutes=10)
