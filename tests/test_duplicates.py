"""The same words twice in five minutes: refused with a sentence, and nothing lost."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from moments.models import Comment, Moment, Post
from tests.support.makers import make_comment, make_moment
from tests.support.pictures import picture

SENTENCE = "You posted these very words a moment ago."
POST = {"title": "The bench", "body": "Two people, one bench, no kiss.", "tags": "night", "context": "Late."}


def ago(**span):
    return timezone.now() - timedelta(**span)


@pytest.fixture
def thread(moment):
    return reverse("comment-add", args=[moment.pk])


@pytest.fixture
def add(film):
    return reverse("moment-add", args=[film.slug])


def test_the_same_comment_comes_back_with_its_text(as_seb, moment, thread):
    as_seb.post(thread, {"body": "That bench!"})
    response = as_seb.post(thread, {"body": "  That bench!\r\n"})
    assert response.status_code == 422
    assert SENTENCE in response.text
    assert "That bench!" in response.context["form"]["body"].value()
    assert Post.objects.get().comment_count == Comment.objects.count() == 1


def test_the_same_words_in_another_thread_are_the_same_words(as_seb, film, mia, thread):
    as_seb.post(thread, {"body": "Buy my watches."})
    other = make_comment(make_moment(film, mia), mia)
    for url in (reverse("comment-add", args=[other.post_id]), reverse("comment-reply", args=[other.pk])):
        assert as_seb.post(url, {"body": "Buy my watches."}).status_code == 422
    assert Comment.objects.filter(body="Buy my watches.").count() == 1


@pytest.mark.parametrize("body", ["That bench?", "that bench!"])
def test_other_words_are_other_words(as_seb, thread, body):
    as_seb.post(thread, {"body": "That bench!"})
    assert as_seb.post(thread, {"body": body}).status_code == 302


def test_the_same_words_of_somebody_else_are_theirs(as_seb, moment, mia, thread):
    make_comment(moment, mia, "That bench!")
    assert as_seb.post(thread, {"body": "That bench!"}).status_code == 302


@pytest.mark.parametrize(("minutes", "status"), [(4.9, 422), (5.1, 302)])
def test_after_five_minutes_they_may_be_said_again(as_seb, seb, moment, thread, minutes, status):
    make_comment(moment, seb, "That bench!", created=ago(minutes=minutes))
    assert as_seb.post(thread, {"body": "That bench!"}).status_code == status


def test_who_deleted_a_comment_may_say_it_again(as_seb, seb, moment, thread):
    make_comment(moment, seb, "That bench!").delete_by_author()
    assert as_seb.post(thread, {"body": "That bench!"}).status_code == 302


def test_the_same_post_comes_back_with_all_that_was_typed(as_mia, add):
    as_mia.post(add, POST)
    response = as_mia.post(add, POST | {"anyway": "1", "context": "Later."})
    assert response.status_code == 422
    assert SENTENCE in response.text
    form = response.context["form"]
    assert {name: form[name].value() for name in POST} == POST | {"context": "Later."}
    assert Moment.objects.count() == 1


def test_a_post_of_the_same_title_and_other_words_is_taken(as_mia, add):
    as_mia.post(add, POST)
    assert as_mia.post(add, POST | {"anyway": "1", "body": "Two people, another bench."}).status_code == 302


def test_a_refused_moment_keeps_no_picture(as_mia, add, monkeypatch):
    as_mia.post(add, POST)
    kept = []
    monkeypatch.setattr(Moment, "attach_still", lambda moment, picture: kept.append(picture))
    again = POST | {"anyway": "1", "picture": picture(), "still_alt": "A violet square."}
    assert as_mia.post(add, again).status_code == 422
    assert kept == []


@pytest.mark.parametrize("kind", ["comment", "post"])
def test_a_second_click_on_the_same_form_leads_to_the_one_row(as_seb, moment, add, thread, kind):
    url, form = (thread, {"body": "That bench!"}) if kind == "comment" else (add, POST)
    form = form | {"nonce": str(uuid4())}
    first, second = as_seb.post(url, form), as_seb.post(url, form)
    assert (first.status_code, second["Location"]) == (302, first["Location"])


def test_what_is_refused_spends_nothing_of_the_quota(as_seb, thread, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: 1_800_000_000.0)
    answers = [as_seb.post(thread, {"body": "That bench!"}).status_code for _ in range(7)]
    assert answers == [302] + [422] * 6
    answers = [as_seb.post(thread, {"body": f"That bench, {turn}!"}).status_code for turn in range(6)]
    assert answers == [302] * 5 + [429]
