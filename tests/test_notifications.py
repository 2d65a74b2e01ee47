"""Whom an event reaches, and what it is then called."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Appeal, Event, Mute, Notification, Report, Restrict, ThreadChoice
from moments.models.event import GRACE
from moments.notifications import telling
from tests.support.makers import cast, make_comment, make_member, make_moment, make_trivia
from tests.support.notifications import inbox_of, news_of, tell_all, unread_of

ALL, REPLIES, NOTHING = ThreadChoice.Level

SCENE = cast


@pytest.fixture
def tom(db):
    return make_member("tom")


def test_a_comment_reaches_the_author_of_the_post(moment, mia, seb):
    make_comment(moment, seb)
    assert news_of(mia) == [("comment", "seb")]
    assert news_of(seb) == []
    assert unread_of(mia) == 1


def test_a_reply_reaches_the_author_of_the_comment(moment, mia, seb, tom):
    parent = make_comment(moment, seb)
    make_comment(moment, tom, parent=parent)
    assert news_of(seb) == [("reply", "tom")]
    assert news_of(mia) == [("comment", "tom")]


def test_who_is_mentioned_in_a_reply_hears_of_it_once(moment, mia, seb):
    parent = make_comment(moment, mia)
    make_comment(moment, seb, "As @mia said.", parent=parent)
    assert news_of(mia) == [("mention", "seb")]


def test_a_post_that_mentions_somebody_reaches_them(film, mia, seb):
    make_moment(film, mia, body="For @seb, who was there.")
    assert news_of(seb) == [("mention", "mia")]


def test_an_edit_tells_only_those_whom_it_mentions_for_the_first_time(moment, mia, seb, tom):
    comment = make_comment(moment, mia, "For @seb.")
    tell_all()
    Notification.objects.mark_read(seb, Notification.objects.all(), comment.created)
    comment.revise("For @seb and @tom.")
    assert news_of(tom) == [("mention", "mia")]
    tell_all()
    assert unread_of(seb) == 0


def test_many_who_do_the_same_share_a_row(moment, mia, seb, tom, keith):
    for member in (seb, tom, keith):
        moment.upvote(member)
    tell_all()
    (row,) = inbox_of(mia)
    assert (row.kind, row.people, row.newest_person) == ("upvote", 3, "keith")
    assert unread_of(mia) == 1


def test_a_vote_that_is_taken_back_at_once_is_told_to_nobody(moment, mia, seb):
    moment.upvote(seb)
    moment.unvote(seb)
    assert news_of(mia) == []


def test_a_vote_that_is_given_again_is_no_news(moment, mia, seb):
    moment.upvote(seb)
    tell_all()
    Notification.objects.mark_read(mia, Notification.objects.all(), moment.created)
    moment.unvote(seb)
    moment.upvote(seb)
    tell_all()
    assert unread_of(mia) == 0


def test_after_reading_only_those_count_who_came_later(moment, mia, seb, tom, keith):
    for member in (seb, tom):
        moment.upvote(member)
    tell_all()
    Notification.objects.mark_read(mia, Notification.objects.all(), timezone.now() + 2 * GRACE)
    moment.upvote(keith)
    tell_all(timezone.now() + 3 * GRACE)
    (row,) = inbox_of(mia)
    assert (row.people, row.newest_person, row.is_unread) == (1, "keith", True)


def test_feelings_and_diary_entries_reach_the_author(moment, mia, seb):
    moment.feel(seb, "joy")
    moment.relive(seb)
    assert sorted(news_of(mia)) == [("diary", "seb"), ("feeling", "seb")]


def test_a_verdict_and_the_status_that_it_settles_reach_the_author(film, mia, seb, tom):
    claim = make_trivia(film, mia)
    others = [seb, tom, *(make_member(f"member-{number}") for number in range(4))]
    for member in others:
        claim.judge(member, "confirm")
    assert sorted(news_of(mia)) == [("settled", None), ("verdict", others[-1].username)]


def test_flags_that_hide_it_reach_the_author_without_a_name(moment, mia):
    comment = make_comment(moment, mia)
    for number in range(4):
        comment.label(make_member(f"member-{number}"), "unkind")
    assert news_of(mia) == [("flag", None)]


def test_a_removal_a_restoring_and_an_answer_reach_the_author(moment, mia, keith):
    comment = make_comment(moment, mia)
    comment.remove(keith, "spam")
    appeal = Appeal.objects.lodge(comment, mia, "It was no spam.")
    appeal.reply(keith, "It was.")
    assert sorted(news_of(mia)) == [("answer", None), ("removal", None)]
    comment.restore(keith)
    assert ("restored", None) in news_of(mia)


def test_whoever_reported_hears_of_the_outcome(moment, mia, seb, keith):
    Report.objects.file(seb, moment, "spam")
    moment.remove(keith, "spam")
    assert ("report", None) in news_of(seb)


def test_nobody_is_told_of_what_they_did_themselves(moment, mia, keith):
    make_comment(moment, mia, "Said @mia herself.")
    mine = make_comment(moment, keith)
    mine.remove(keith, "spam")
    assert news_of(mia) == []
    assert news_of(keith) == []


@pytest.mark.parametrize("pair", [Mute, Restrict])
def test_whom_a_member_mutes_or_restricts_tells_them_nothing(moment, mia, seb, pair):
    parent = make_comment(moment, mia)
    comment = make_comment(moment, seb, parent=parent)
    pair.objects.add(mia, seb)
    assert news_of(mia) == []
    assert comment.pk


def test_what_a_muted_member_did_before_is_gone_from_inbox_and_bell(moment, mia, seb):
    make_comment(moment, seb)
    tell_all()
    assert unread_of(mia) == 1
    Mute.objects.add(mia, seb)
    assert news_of(mia) == []
    assert unread_of(mia) == 0
    Mute.objects.remove(mia, seb)
    assert news_of(mia) == [("comment", "seb")]
    assert unread_of(mia) == 1


@pytest.mark.parametrize("end", ["remove", "delete"])
def test_what_is_out_of_sight_is_gone_from_inbox_and_bell(moment, mia, seb, keith, end):
    comment = make_comment(moment, seb)
    tell_all()
    if end == "remove":
        comment.remove(keith, "spam")
    else:
        comment.delete_by_author()
    assert news_of(mia) == []
    assert unread_of(mia) == 0


def test_a_film_that_goes_takes_what_is_about_it_along(moment, mia, seb, keith):
    make_comment(moment, seb)
    tell_all()
    moment.film.remove(keith, "spam")
    assert [kind for kind, _person in news_of(mia)] == []
    assert unread_of(mia) == 0
    moment.film.restore(keith)
    assert news_of(mia) == [("comment", "seb")]
    assert unread_of(mia) == 1


def test_what_goes_before_it_was_told_is_told_to_nobody(moment, mia, seb):
    make_comment(moment, seb).delete_by_author()
    assert news_of(mia) == []


def test_a_thread_can_be_heard_whole_or_not_at_all(moment, mia, seb, tom):
    ThreadChoice.objects.choose(tom, moment, ALL)
    ThreadChoice.objects.choose(mia, moment, NOTHING)
    parent = make_comment(moment, seb)
    assert news_of(tom) == [("thread", "seb")]
    assert news_of(mia) == []
    ThreadChoice.objects.choose(seb, moment, NOTHING)
    make_comment(moment, tom, parent=parent)
    assert news_of(seb) == []


def test_an_author_may_hear_of_replies_alone(moment, mia, seb):
    ThreadChoice.objects.choose(mia, moment, REPLIES)
    mine = make_comment(moment, mia)
    make_comment(moment, seb)
    assert news_of(mia) == []
    make_comment(moment, seb, "An answer.", parent=mine)
    assert news_of(mia) == [("reply", "seb")]


def test_who_left_is_named_no_more(moment, mia, seb, tom):
    moment.upvote(seb)
    moment.upvote(tom)
    make_comment(moment, seb)
    tell_all()
    delete_account(seb, take_texts=False)
    assert news_of(mia) == [("upvote", "tom")]
    assert unread_of(mia) == 1


def test_what_somebody_did_who_left_meanwhile_is_told_to_nobody(moment, mia, seb):
    make_comment(moment, seb)
    delete_account(seb, take_texts=False)
    assert news_of(mia) == []
    assert not Event.objects.exists()


def test_the_number_on_the_bell_can_be_counted_anew(moment, mia, seb):
    make_comment(moment, seb)
    tell_all()
    User.objects.update(unread_notifications=7)
    call_command("recount", verbosity=0)
    assert unread_of(mia) == 1


def test_an_event_that_fails_is_tried_again(moment, mia, seb, monkeypatch):
    tell_all()
    make_comment(moment, seb)

    def fail(_event):
        raise OSError

    monkeypatch.setattr("moments.notifications.telling.news_of", fail)
    tell_all(timezone.now())
    event = Event.objects.get()
    assert event.attempts == 1
    monkeypatch.undo()
    tell_all(event.due)
    assert news_of(mia) == [("comment", "seb")]


def test_an_event_that_can_never_be_told_does_not_stop_the_others(moment, mia, seb, monkeypatch):
    make_comment(moment, seb)
    first = Event.objects.order_by("pk").first().pk
    make_comment(moment, seb)
    real = telling.news_of

    def fail_first(event):
        if event.pk == first:
            raise ValueError
        return real(event)

    monkeypatch.setattr(telling, "news_of", fail_first)
    tell_all()
    assert not Event.objects.exists()
    assert news_of(mia) == [("comment", "seb")]


def test_all_who_hear_of_a_thread_are_told_in_steps(
    moment, mia, seb, django_assert_max_num_queries, monkeypatch
):
    """Each step costs the same few statements, and the comment itself none for them."""
    monkeypatch.setattr(telling, "MEMBERS_AT_ONCE", 50)
    tell_all()
    joined = {"password": "!", "is_active": True}
    members = User.objects.bulk_create(User(username=f"member-{number}", **joined) for number in range(120))
    ThreadChoice.objects.bulk_create(
        ThreadChoice(member=member, post=moment, level=ALL) for member in members
    )
    comment = make_comment(moment, seb)
    event, now = Event.objects.get(comment=comment), timezone.now()
    steps = 0
    with django_assert_max_num_queries(33):
        while telling.tell_some(event.pk, now):
            steps += 1
    assert steps == 2
    assert Notification.objects.filter(kind="thread", comment=comment).count() == 120
    assert set(User.objects.filter(pk__in=[m.pk for m in members]).values_list("unread_notifications")) == {
        (1,)
    }
    assert unread_of(mia) == 1


def test_a_step_that_broke_off_is_done_again_without_doubles(moment, mia, seb, monkeypatch):
    ThreadChoice.objects.choose(seb, moment, ALL)
    tell_all()
    make_comment(moment, mia)
    monkeypatch.setattr(type(Notification.objects), "count_unread", lambda *_args: 1 / 0)
    event = Event.objects.get()
    with pytest.raises(ZeroDivisionError):
        telling.tell_some(event.pk, timezone.now())
    monkeypatch.undo()
    assert not Notification.objects.exists()
    assert news_of(seb) == [("thread", "mia")]
