"""Letters that tell a member of something at once: whom they reach, what they say, what they leave out."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import Letter, User
from moments.models import Mailing, Mute, Notification, NotificationChoice, Progress
from moments.notifications import letters, mailings
from moments.spoilers.rules import UNSEEN
from reelive.models import Work
from tests.support.letters import BUSY, MIA, NEVER, work_on
from tests.support.makers import cast, make_comment, make_copies, make_member, make_moment
from tests.support.notifications import choose_mail, inbox_of, news_of, send_all, tell_all, unread_of
from tests.support.pseudo_language import texts_of_members, unmarked
from tests.support.tables import cells_with

SCENE = cast


@pytest.fixture
def eager(mia):
    """Mia hears of comments and replies at once."""
    choose_mail(mia, comment="at-once", reply="at-once")
    tell_all()
    return mia


@pytest.fixture
def queued(queued, mail_server):
    """Also the mails."""


def tell_and_send():
    tell_all(timezone.now())
    send_all()


def test_a_removal_is_told_by_a_letter_with_reason_row_and_appeal(moment, mia, keith, mailoutbox, settings):
    comment = make_comment(moment, mia, "Buy this.")
    tell_all()
    comment.remove(keith, "spam")
    tell_and_send()
    (letter,) = mailoutbox
    row = comment.removal_id
    assert (letter.to, letter.from_email) == ([MIA], settings.DEFAULT_FROM_EMAIL)
    assert comment.removal.get_reason_display() in letter.subject
    for text in (letter.body, letter.alternatives[0].content):
        assert f"{settings.SITE_URL}/ledger/{row}/" in text
        assert letters.WHERE_TO_APPEAL % {"number": row} in text


def test_a_comment_is_told_with_its_beginning_and_the_way_to_it(moment, eager, seb, mailoutbox, settings):
    comment = make_comment(moment, seb, "I cried too. >!He leaves her.!<")
    tell_and_send()
    (letter,) = mailoutbox
    assert letter.subject == inbox_of(eager)[0].sentence
    for text in (letter.body, letter.alternatives[0].content):
        assert "I cried too. ▒▒▒" in text
        assert "leaves" not in text
        assert f"{settings.SITE_URL}/comments/{comment.pk}/" in text
        assert f"{settings.SITE_URL}/notifications/settings/" in text


def test_the_task_process_tells_and_sends_by_itself(moment, eager, seb, worker, mail_server):
    make_comment(moment, seb)
    while worker.turn():
        pass
    assert [letter["To"] for letter in mail_server.letters] == [MIA]


def test_one_letter_tells_of_each_piece_of_news_once(moment, eager, seb, mailoutbox):
    make_comment(moment, seb)
    tell_and_send()
    send_all()
    make_comment(make_moment(moment.film, eager, "The Planetarium"), seb)
    tell_and_send()
    assert ["A Lovely Night" in letter.body for letter in mailoutbox] == [True, False]
    assert "The Planetarium" in mailoutbox[1].body


def test_who_did_not_choose_letters_gets_none_at_once(moment, mia, seb, mailoutbox):
    make_comment(moment, seb)
    moment.upvote(seb)
    tell_all()
    send_all()
    assert mailoutbox == []
    choose_mail(mia, comment="never", upvote="never")
    Mailing.objects.all().delete()
    make_comment(moment, seb)
    tell_all()
    assert not Mailing.objects.exists()


def test_news_may_come_by_mail_and_not_stand_in_the_inbox(moment, eager, seb, mailoutbox):
    NotificationChoice.objects.filter(member=eager, kind="comment").update(site=False)
    make_comment(moment, seb)
    tell_all(timezone.now())
    Notification.objects.mark_read(eager, Notification.objects.all(), timezone.now())
    send_all()
    assert len(mailoutbox) == 1
    assert news_of(eager) == []
    assert unread_of(eager) == 0


@pytest.mark.parametrize("end", ["read", "removed", "deleted", "muted", "unwanted", "suspended", "left"])
def test_what_changed_until_the_letter_is_sent_is_left_out(
    end, moment, eager, seb, keith, worker, mail_server
):
    comment = make_comment(moment, seb)
    tell_and_send()
    assert Letter.objects.count() == 1
    if end == "read":
        Notification.objects.mark_read(eager, Notification.objects.all(), timezone.now())
    elif end == "removed":
        comment.remove(keith, "spam")
    elif end == "deleted":
        comment.delete_by_author()
    elif end == "muted":
        Mute.objects.add(eager, seb)
    elif end == "unwanted":
        choose_mail(eager, comment="never")
    elif end == "suspended":
        eager.suspend(keith, "For a test.")
    else:
        delete_account(eager, take_texts=False)
    assert worker.work()
    assert (mail_server.letters, Letter.objects.count()) == ([], 0)


def test_what_goes_while_the_mail_server_is_away_is_left_out_as_well(
    moment, eager, seb, worker, mail_server, clock
):
    mail_server.plans = [BUSY]
    first = make_comment(moment, seb, "What a dance.")
    make_comment(make_moment(moment.film, eager), seb, "What a song.")
    tell_and_send()
    worker.work()
    first.delete_by_author()
    work_on(worker, clock)
    (letter,) = mail_server.letters
    text = letter.get_body(("plain",)).get_content()
    assert ("What a song." in text, "What a dance." in text) == (True, False)


def test_a_letter_gives_no_title_away_that_is_veiled(film, mia, seb, mailoutbox):
    choose_mail(seb, reply="at-once")
    spoiler = make_moment(film, mia, "The last look", spoiler=True)
    parent = make_comment(spoiler, seb)
    Progress.objects.set_progress_of_all(seb, {film.pk: UNSEEN})
    make_comment(spoiler, mia, "Five years later she is married.", parent=parent)
    tell_all()
    send_all()
    (letter,) = mailoutbox
    for text in (letter.subject, letter.body, letter.alternatives[0].content):
        assert "last look" not in text.lower().replace("-", " ")
        assert "married" not in text


def test_nothing_that_members_write_is_markup_in_a_letter(film, mia, seb, mailoutbox):
    choose_mail(mia, comment="at-once")
    make_comment(make_moment(film, mia, "<img src=x> & <b>"), seb, "`<script>alert(1)</script>`")
    tell_all()
    send_all()
    (letter,) = mailoutbox
    html = letter.alternatives[0].content
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;" in html
    assert "<script" not in html
    assert "<img src=x> & <b>" in letter.body


def test_a_letter_tells_so_much_and_then_where_the_rest_is(moment, eager, seb, mailoutbox, settings):
    make_comment(moment, seb)
    tell_all(timezone.now())
    one = Notification.objects.get(kind="comment")
    copies = make_copies(one, 30, subject=lambda number: f"post/{10**6 + number}")
    make_copies(one.persons.get(), 30, notification_id=lambda number: copies[number].pk)
    send_all()
    (letter,) = mailoutbox
    assert letter.body.count(inbox_of(eager)[0].sentence) == letters.MOST_TOLD
    assert f"{settings.SITE_URL}/notifications/\n" in letter.body


def test_a_letter_can_be_stopped_by_mail_programs_and_is_answered_by_no_machine(
    moment, eager, seb, worker, mail_server, settings
):
    make_comment(moment, seb)
    tell_and_send()
    worker.work()
    (letter,) = mail_server.letters
    assert letter["List-Unsubscribe"].strip().startswith(f"<{settings.SITE_URL}/notifications/unsubscribe/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (letter["Auto-Submitted"], letter["Precedence"]) == ("auto-generated", "bulk")
    assert letter["Message-ID"].endswith(f"@{settings.SITE_HOST}>")
    kinds = [part.get_content_type() for part in letter.iter_parts()]
    assert kinds == ["text/plain", "text/html"]


def test_a_letter_that_waits_says_nothing_in_any_table(moment, eager, seb, worker):
    make_comment(moment, seb)
    tell_and_send()
    assert Letter.objects.count() == 1
    assert cells_with(MIA, {"accounts_user.email"}) == set()
    assert cells_with(inbox_of(eager)[0].sentence) == set()


def test_letters_that_somebody_waits_for_go_first(moment, eager, seb, worker):
    make_comment(moment, seb)
    tell_and_send()
    assert Work.objects.get().priority < 0


def test_a_letter_is_in_the_language_of_its_member(xa, moment, eager, seb, mailoutbox):
    User.objects.filter(pk=eager.pk).update(language=xa)
    make_comment(moment, seb)
    tell_and_send()
    (letter,) = mailoutbox
    assert letter.subject.startswith("⟦@seb ")
    assert unmarked(letter.alternatives[0].content, texts_of_members()) == []
    lines = letter.body.splitlines()
    (stop,) = (place for place, line in enumerate(lines) if "/notifications/unsubscribe/" in line)
    assert lines[stop - 1].startswith("⟦")


# Whom letters reach.


@pytest.mark.parametrize("verified, arrives", [(True, 1), (False, 0)])
def test_only_confirmed_addresses_get_letters(verified, arrives, moment, eager, seb, mailoutbox, settings):
    settings.MAIL_IS_ON = True
    EmailAddress.objects.create(user=eager, email=MIA, verified=verified, primary=True)
    make_comment(moment, seb)
    tell_and_send()
    assert len(mailoutbox) == arrives


def test_an_address_that_is_refused_for_good_gets_no_more_letters(moment, eager, seb, worker, mail_server):
    mail_server.plans = [NEVER]
    make_comment(moment, seb)
    tell_and_send()
    worker.work()
    assert User.objects.get(pk=eager.pk).mail_refused is not None
    make_comment(make_moment(moment.film, eager), seb)
    tell_and_send()
    assert (mail_server.letters, Letter.objects.count()) == ([], 0)


def test_an_address_that_was_refused_is_told_and_confirmed_anew(client, mia, mailoutbox, settings):
    settings.MAIL_IS_ON = settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
    EmailAddress.objects.create(user=mia, email=MIA, verified=True, primary=True)
    client.force_login(mia)
    assert "data-no-mail" not in client.get("/notifications/settings/").text
    mia.note_refusal([MIA.upper()])
    assert "data-no-mail" in client.get("/notifications/settings/").text
    assert "data-refused" in client.get("/accounts/email/").text
    asked = client.post("/accounts/email/", {"action_send": "", "email": MIA})
    (code,) = re.findall(r"^\W*([A-Z0-9-]{6,12})$", mailoutbox[0].body, re.M)
    client.post(asked["Location"], {"code": "WRONG1"})
    assert User.objects.get(pk=mia.pk).mail_refused
    client.post(asked["Location"], {"code": code})
    assert User.objects.get(pk=mia.pk).mail_refused is None
    assert "data-no-mail" not in client.get("/notifications/settings/").text


def test_a_refusal_of_another_address_says_nothing_of_the_members_own(mia):
    mia.note_refusal(["mia@elsewhere.example"])
    assert User.objects.get(pk=mia.pk).mail_refused is None


def test_an_address_that_is_full_today_gets_letters_tomorrow(moment, eager, seb, worker, mail_server, clock):
    mail_server.plans = [{"RCPT": "452 mailbox full: {}"}]
    make_comment(moment, seb)
    tell_and_send()
    work_on(worker, clock)
    assert User.objects.get(pk=eager.pk).mail_refused is None
    assert len(mail_server.letters) == 1


def test_a_letter_that_can_never_be_planned_does_not_stop_the_others(
    moment, eager, seb, mailoutbox, monkeypatch
):
    choose_mail(seb, reply="at-once")
    make_comment(moment, eager, parent=make_comment(moment, seb))
    tell_all(timezone.now())
    real = mailings.rows_for

    def fail_first(member, *args):
        if member == eager:
            raise ValueError
        return real(member, *args)

    monkeypatch.setattr(mailings, "rows_for", fail_first)
    send_all()
    assert [letter.to for letter in mailoutbox] == [[seb.email]]
    assert not Mailing.objects.filter(topic="comment").exists()


def test_planning_costs_the_same_for_one_and_for_many(moment, eager, seb, django_assert_max_num_queries):
    members = [make_member(f"member-{number}") for number in range(30)]
    Mailing.objects.plan([(member.pk, "daily", "Europe/Berlin") for member in members], timezone.now())
    with django_assert_max_num_queries(4):
        Mailing.objects.plan([(member.pk, "daily", "Europe/Berlin") for member in members], timezone.now())
    assert Mailing.objects.count() == 30
