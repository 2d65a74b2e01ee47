"""Which letters members get who chose nothing, and how one ends them all by one press."""

from datetime import timedelta

from django.utils import timezone

from moments.models import Mailing, NotificationChoice, Report
from moments.notifications.choices import choices_of
from tests.support.makers import make_comment, make_member
from tests.support.notifications import choose_mail, send_all, tell_all
from tests.support.pages import the
from tests.support.rows import for_each

SETTINGS = "/notifications/settings/"
STOP, AGAIN = "/notifications/letters/stop/", "/notifications/letters/again/"


def topics_of(member):
    tell_all()
    return set(Mailing.objects.filter(member=member).values_list("topic", flat=True))


def mail_of(member):
    return {kind: choice.mail for kind, choice in choices_of(member).items()}


def test_flags_on_what_is_mine_and_outcomes_of_my_reports_come_the_next_morning(moment, mia, seb, keith):
    for number in range(4):
        moment.label(make_member(f"member-{number}"), "unkind")
    assert topics_of(mia) == {"daily"}
    Report.objects.file(seb, moment, "spam")
    moment.remove(keith, "spam")
    assert topics_of(seb) == {"daily"}


def test_all_letters_end_by_one_press_and_come_back_by_another(as_mia, mia, moment, seb):
    choose_mail(mia, upvote="at-once", comment="never")
    NotificationChoice.objects.filter(kind="upvote").update(site=False, push=True)
    before = choices_of(mia)
    assert STOP in as_mia.get(SETTINGS).text
    page = as_mia.post(STOP, follow=True)
    assert STOP not in page.text
    assert set(mail_of(mia).values()) == {"never"}
    moment.upvote(seb)
    assert topics_of(mia) == set()
    as_mia.post(the(page, ".toast form")["action"])
    assert choices_of(mia) == before
    rows = NotificationChoice.objects.filter(member=mia).values_list("kind", "mail")
    assert {kind: mail for kind, mail in rows if mail} == {"upvote": "at-once", "comment": "never"}


def test_a_letter_that_waits_is_not_sent(as_mia, mia, moment, seb, mailoutbox):
    make_comment(moment, seb)
    assert topics_of(mia) == {"daily"}
    as_mia.post(STOP)
    send_all(timezone.now() + timedelta(days=2))
    assert (mailoutbox, Mailing.objects.count()) == ([], 0)


@for_each("chosen", ["", "n", "x" * 25, "-" * 26, "n" * 24 + "é"])
def test_what_was_never_chosen_is_not_found(as_mia, mia, chosen):
    assert as_mia.post(f"{AGAIN}?chosen={chosen}").status_code == 404
    assert not NotificationChoice.objects.exists()


def test_visitors_are_asked_to_sign_in(client, db):
    for address in (STOP, AGAIN):
        assert client.post(address).status_code == 302
    assert not NotificationChoice.objects.exists()
