"""The mailbox of a site without a mail server: what lies there, for how long, and who can read it."""

import stat
from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command

from accounts.deletion import delete_account
from accounts.mail import post
from reelive import mailbox
from tests.support.letters import MIA, SECRET, forgotten, letter, send_by
from tests.support.makers import make_comment
from tests.support.notifications import choose_mail, send_all, tell_all


@pytest.fixture(autouse=True)
def kept(folder, settings):
    send_by(settings, "reelive.mailbox.EmailBackend")
    return folder / "mailbox"


def shown(**options):
    answer = StringIO()
    call_command("mailbox", stdout=answer, **options)
    return answer.getvalue()


def test_a_letter_of_notifications_is_kept_and_shown(moment, mia, seb, settings, capfd):
    choose_mail(mia, comment="at-once")
    make_comment(moment, seb, "I cried too.")
    tell_all()
    send_all()
    text = shown()
    for line in (f"From: {settings.DEFAULT_FROM_EMAIL}", f"To: {MIA}", "Subject: @seb commented on"):
        assert line in text
    assert "I cried too." in text
    assert "I cried too." not in capfd.readouterr().out


def test_a_code_lies_in_no_mailbox_and_stands_in_the_log_as_before(client, mia, kept, capfd):
    forgotten(client, MIA)
    assert not kept.exists()
    assert "To: mia@example.org" in capfd.readouterr().out
    post(letter())
    assert not kept.exists()
    assert SECRET in capfd.readouterr().out


def test_nobody_but_the_owner_reads_what_is_kept(kept):
    mailbox.keep(b"Subject: a\n\nb\n")
    (file,) = kept.iterdir()
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, file)] == [0o700, 0o600]


def test_the_newest_stay_and_are_shown_first(kept, monkeypatch):
    monkeypatch.setattr(mailbox, "MOST_LETTERS", 5)
    for number in range(8):
        mailbox.keep(f"Subject: number {number}\n\nText.\n".encode())
    assert [letter["Subject"] for letter in mailbox.letters()] == [f"number {n}" for n in (7, 6, 5, 4, 3)]
    assert shown(last=2).count("Subject: number") == 2
    assert shown(last=-1) == "Letters shown: 0.\n"


def test_what_a_letter_holds_colours_no_terminal():
    message = EmailMessage("A red one", "\x1b[31mRed\x1b[0m\nand plain", "a@example.org", [MIA])
    mailbox.keep(message.message().as_bytes())
    text = shown()
    assert "\x1b" not in text
    assert "\\x1b[31mRed" in text


def test_letters_go_with_their_member(mia, seb, django_capture_on_commit_callbacks):
    for member in (mia, seb):
        message = EmailMessage("To you", "Text.", "a@example.org", [member.email])
        mailbox.keep(message.message().as_bytes())
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(mia, take_texts=False)
    assert [letter["To"] for letter in mailbox.letters()] == [seb.email]
