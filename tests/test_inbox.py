"""The pages on which a member reads what they are told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.models import Appeal, Follow, ListWriter, Notification, NotificationChoice, Report, ThreadChoice
from moments.models.notification import OF_ONESELF
from moments.notifications.kinds import KINDS_BY_SLUG
from tests.support.makers import make_comment, make_copies, make_list, make_member, make_moment, make_trivia
from tests.support.notifications import choose_mail, inbox_of, news_of, tell_all, unread_of
from tests.support.rows import for_each

INBOX = "/notifications/"


@pytest.fixture
def reply(moment, mia, seb):
    """Seb answers mia."""
    tell_all()
    comment = make_comment(moment, seb, "I cried too. >!He leaves her.!<")
    tell_all(timezone.now())
    return comment


@pytest.fixture
def notification(reply, mia):
    return Notification.objects.get(member=mia)


def test_the_inbox_leads_to_the_very_place(as_mia, mia, reply, notification):
    page = as_mia.get(INBOX).content.decode()
    assert f'action="/notifications/{notification.pk}/open/"' in page
    answer = as_mia.post(f"/notifications/{notification.pk}/open/")
    assert answer["Location"] == reply.get_absolute_url()
    assert unread_of(mia) == 0


def test_what_was_said_stands_below_without_its_spoilers(as_mia, reply):
    page = as_mia.get(INBOX).content.decode()
    assert "I cried too. ▒▒▒" in page
    assert "He leaves her" not in page


def test_nothing_is_said_of_a_moment_that_the_member_has_not_seen(as_seb, film, mia, seb):
    spoiler = make_moment(film, mia, "The last look", spoiler=True)
    parent = make_comment(spoiler, seb)
    make_comment(spoiler, mia, "Five years later she is married.", parent=parent)
    assert ("reply", "mia") in news_of(seb)
    # Somebody who once wrote there went back to not having seen it.
    page = as_seb.get(INBOX).content.decode()
    assert "The last look" not in page
    assert "married" not in page


def test_the_bell_shows_the_number_on_every_page(as_mia, reply):
    assert 'class="bell-number" aria-hidden="true">1<' in as_mia.get("/about/").content.decode()


def test_a_row_is_marked_as_read_and_as_unread(as_mia, mia, notification):
    as_mia.post(f"/notifications/{notification.pk}/read/")
    assert unread_of(mia) == 0
    as_mia.post(f"/notifications/{notification.pk}/unread/")
    assert unread_of(mia) == 1


def test_what_came_after_the_page_was_shown_stays_unread(as_mia, moment, mia, seb, notification):
    shown = notification.updated.timestamp()
    moment.upvote(seb)
    tell_all()
    as_mia.post("/notifications/read/", {"until": repr(shown)})
    assert unread_of(mia) == 1
    assert Notification.objects.get(member=mia, read=None).kind == "upvote"


def test_undoing_brings_back_what_was_just_read_and_nothing_else(as_mia, mia, moment, seb, reply):
    Notification.objects.update(read=timezone.now() - timedelta(days=1))
    other = make_comment(make_moment(moment.film, mia), seb)
    tell_all(timezone.now())
    assert other.pk
    assert unread_of(mia) == 1
    as_mia.post("/notifications/read/", {"until": repr(timezone.now().timestamp())})
    assert unread_of(mia) == 0
    read = Notification.objects.order_by("-read").first().read
    as_mia.post(f"/notifications/unread/?at={read.timestamp()!r}")
    assert unread_of(mia) == 1


@for_each("until", ["", "nan", "inf", "-1e400", "soon", "1" * 400])
def test_a_time_that_is_none_is_not_found(as_mia, notification, until):
    assert as_mia.post("/notifications/read/", {"until": until}).status_code == 404


@for_each("verb", ["open", "read", "unread"])
def test_those_of_others_are_not_found(as_seb, notification, verb):
    assert as_seb.post(f"/notifications/{notification.pk}/{verb}/").status_code == 404
    notification.refresh_from_db()
    assert notification.read is None


def test_visitors_are_asked_to_sign_in(client, db):
    assert client.get(INBOX)["Location"].startswith(reverse("account_login"))


def test_what_a_member_does_not_want_to_hear_of_is_not_told(as_mia, mia, moment, seb):
    form = as_mia.get("/notifications/settings/").context["form"]
    chosen = {field.name: field.initial for field in form if field.name != "upvote"}
    as_mia.post("/notifications/settings/", chosen)
    assert NotificationChoice.objects.get(member=mia, kind="upvote").site is False
    choose_mail(mia, upvote="never")
    moment.upvote(seb)
    make_comment(moment, seb)
    assert news_of(mia) == [("comment", "seb")]


def test_a_member_chooses_for_a_thread(as_seb, moment, seb):
    as_seb.post(f"/posts/{moment.pk}/thread/", {"level": "all"})
    assert ThreadChoice.objects.level_of(seb, moment) == "all"
    page = as_seb.get(moment.get_absolute_url()).content.decode()
    assert 'value="all" aria-pressed="true"' in page
    assert as_seb.post(f"/posts/{moment.pk}/thread/", {"level": "loud"}).status_code == 404


def test_the_inbox_costs_the_same_however_full_it_is(as_mia, mia, moment, seb):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            as_mia.get(INBOX)
        return len(captured)

    for number in range(3):
        post = make_moment(moment.film, mia)
        make_comment(post, seb)
        post.upvote(make_member(f"member-{number}"))
    tell_all()
    few = queries()
    one = Notification.objects.filter(kind="comment").first()
    copies = make_copies(one, 20, subject=lambda number: f"post/{10**6 + number}")
    make_copies(one.persons.get(), 20, notification_id=lambda number: copies[number].pk)
    assert queries() == few


def test_a_page_holds_so_many_and_leads_to_the_older_ones(as_mia, mia, notification):
    copies = make_copies(notification, 30, subject=lambda number: f"post/{10**6 + number}")
    make_copies(notification.persons.get(), 30, notification_id=lambda number: copies[number].pk)
    first = as_mia.get(INBOX)
    rows = [row for day in first.context["days"] for row in day["rows"]]
    second = as_mia.get(INBOX, {"after": first.context["next_cursor"]})
    rest = [row for day in second.context["days"] for row in day["rows"]]
    assert (len(rows), len(rest), len({row.pk for row in rows + rest})) == (25, 6, 31)


def test_old_ones_go_after_half_a_year(mia, notification):
    now = notification.updated + timedelta(days=180)
    Notification.objects.expire(now)
    assert unread_of(mia) == 1
    Notification.objects.expire(now + timedelta(seconds=1))
    assert not Notification.objects.exists()
    assert User.objects.get(pk=mia.pk).unread_notifications == 0


def test_every_kind_of_news_has_a_sentence(film, moment, mia, seb, keith):
    """Each names the person who did it, where there is one, and what it is about."""
    claim = make_trivia(film, mia)
    for number in range(5):
        member = make_member(f"member-{number}")
        claim.judge(member, "confirm")
        claim.label(member, "unkind")
    remark = make_comment(moment, mia)
    make_comment(moment, seb, parent=remark)
    make_comment(moment, seb, "For @mia.")
    make_comment(moment, seb)
    ThreadChoice.objects.choose(mia, claim, "all")
    remark.upvote(seb)
    moment.upvote(seb)
    moment.feel(seb, "joy")
    moment.relive(seb)
    film.summary = "Two dreamers."
    film.revise(mia)
    film.revisions.get().restore(seb)
    Follow.objects.follow(seb, person=mia), Follow.objects.follow(mia, person=seb)
    User.objects.filter(pk=mia.pk).update(is_private=True)
    Follow.objects.follow(keith, person=mia)
    ListWriter.objects.invite(make_list(seb), seb, "mia")
    Report.objects.file(mia, make_moment(film, seb), "spam")
    Report.objects.get().keep(keith, "It is fine.")
    spam = make_comment(moment, mia, "Buy this.")
    spam.remove(keith, "spam")
    Appeal.objects.lodge(spam, mia, "No.").reply(keith, "Yes.")
    spam.restore(keith)
    tell_all()
    rows = inbox_of(mia)
    assert {row.kind for row in rows} == set(KINDS_BY_SLUG) - {"thread", *OF_ONESELF}
    for row in rows:
        assert "%" not in row.sentence
        assert "None" not in row.sentence
        assert row.newest_person is None or row.newest_person in row.sentence
