"""An answer and the bell, the letter and the device: what is taken back on the way stops all that follows."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moments.models import Mute, Restrict
from moments.models.event import GRACE
from moments.models.refusals import Restricted
from moments.notifications import pushes
from tests.support.devices import make_device
from tests.support.makers import make_comment, make_moment, moderator
from tests.support.notifications import choose_mail, inbox_of, send_all, tell_all, unread_of
from tests.support.push_server import DeviceKeys, PushServer

WORDS = "It was the music."


@pytest.fixture
def answered(monkeypatch, film, mia, seb, keith):
    """Mia is answered by seb below a moment of keith's, and hears of it by all ways.

    Returns the moment, the answer, and the push service of her device.
    """
    with PushServer() as service:
        monkeypatch.setattr("reelive.web_push.INSIDE", frozenset([service.origin]))
        choose_mail(mia, reply="at-once")
        make_device(mia, f"{service.origin}/mia", DeviceKeys())
        moment = make_moment(film, keith, "The bench", position=5.0)
        mine = make_comment(moment, mia, "It was the light.")
        yield moment, make_comment(moment, seb, WORDS, parent=mine), service


def mute(_moment, answer, mia):
    Mute.objects.add(mia, answer.author)


def restrict(_moment, answer, mia):
    Restrict.objects.add(mia, answer.author)


def remove(_moment, answer, _mia):
    answer.remove(moderator(), "spam")


def delete(_moment, answer, _mia):
    answer.delete_by_author()


def remove_the_post(moment, _answer, _mia):
    moment.remove(moderator(), "spam")


def veil(moment, _answer, _mia):
    type(moment).objects.filter(pk=moment.pk).update(spoiler=True)


STEPS = ["before it is told", "before it is sent"]
STOPS = [mute, remove, delete, remove_the_post]


def go_through(step, act, moment, answer, mia):
    """Tell of the answer and send what is due, with the act before one of these."""
    for this in STEPS:
        if this == step:
            act(moment, answer, mia)
        tell_all()
    later = timezone.now() + GRACE + timedelta(minutes=5)
    send_all(later)
    while pushes.send_due(later):
        pass


def letters_to(member, outbox):
    """Others hear of other things meanwhile, such as a removal of what is theirs."""
    return [letter for letter in outbox if letter.to == [member.email]]


def all_told(mia, outbox, service):
    """The bell, the kinds in the inbox, the number of letters and of messages to the device."""
    kinds = [row.kind for row in inbox_of(mia)]
    return unread_of(mia), kinds, len(letters_to(mia, outbox)), len(service.taken)


def test_an_answer_is_heard_of_by_all_ways(answered, mia, mailoutbox):
    moment, answer, service = answered
    go_through("never", None, moment, answer, mia)
    assert all_told(mia, mailoutbox, service) == (1, ["reply"], 1, 1)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("act", STOPS)
def test_what_is_taken_back_on_the_way_stops_all_that_follows(act, step, answered, mia, mailoutbox):
    moment, answer, service = answered
    go_through(step, act, moment, answer, mia)
    assert all_told(mia, mailoutbox, service) == (0, [], 0, 0)


def test_whom_one_restricts_gets_through_no_more(answered, mia, mailoutbox):
    moment, answer, service = answered
    go_through(STEPS[0], restrict, moment, answer, mia)
    assert all_told(mia, mailoutbox, service) == (0, [], 0, 0)
    with pytest.raises(Restricted):
        make_comment(moment, answer.author, parent=answer.parent)


@pytest.mark.parametrize("step", STEPS)
def test_what_became_a_spoiler_on_the_way_is_told_without_its_words(step, answered, mia, mailoutbox):
    moment, answer, service = answered
    go_through(step, veil, moment, answer, mia)
    (row,) = inbox_of(mia)
    assert (row.excerpt, row.shown_post.is_veiled) == ("", True)
    (letter,) = letters_to(mia, mailoutbox)
    everything = letter.subject + letter.body + letter.alternatives[0].content
    assert [word for word in (WORDS, "The bench") if word in everything] == []
    assert len(service.taken) == 1
