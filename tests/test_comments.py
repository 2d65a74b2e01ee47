"""Comments: their place in the thread, counters, tombstones, drafts."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from moments.models import Comment, Post, State
from moments.threads import FOLD_DEPTH, MAX_DEPTH
from tests.support.database import plan_of
from tests.support.makers import make_comment, make_moment
from tests.support.pages import select, texts
from tests.support.rows import for_each


def said(context):
    """What the comments of a page say, in their order."""
    html = (step.node.comment.body_html for step in context["thread"] if step.kind == "item")
    return [strip_tags(text).strip() for text in html]


def counts(comment):
    stored = Comment.objects.get(pk=comment.pk)
    return stored.reply_count, stored.descendants


def test_a_reply_knows_its_parent_its_root_and_its_depth(moment, mia, seb):
    first = make_comment(moment, mia)
    reply = make_comment(moment, seb, parent=first)
    answer = make_comment(moment, mia, parent=reply)
    assert [(c.parent, c.root, c.depth) for c in (first, reply, answer)] == [
        (None, None, 0),
        (first, first, 1),
        (reply, first, 2),
    ]
    assert [counts(c) for c in (first, reply, answer)] == [(1, 2), (1, 0), (0, 0)]
    assert Post.objects.get(pk=moment.pk).comment_count == 3


def test_the_deepest_reply_becomes_a_sibling(moment, mia):
    comment = make_comment(moment, mia)
    for _ in range(MAX_DEPTH + 2):
        comment = make_comment(moment, mia, parent=comment)
    assert comment.depth == MAX_DEPTH


def test_a_deleted_comment_loses_its_words_and_keeps_its_replies(moment, mia, seb):
    first = make_comment(moment, mia, "Regret")
    make_comment(moment, seb, "Reply that stays", parent=first)
    assert [first.delete_by_author(), first.delete_by_author()] == [True, False]
    stored = Comment.objects.get(pk=first.pk)
    assert (stored.state, stored.body, stored.body_html) == (State.DELETED, "", "")
    assert Post.objects.get(pk=moment.pk).comment_count == 1


def test_mentions_link_to_members_only(moment, mia, seb):
    comment = make_comment(moment, mia, "Ask @Seb, not @nobody-here.")
    assert [link["href"] for link in select(comment.body_html, "a")] == ["/members/seb/"]


def test_an_edit_after_five_minutes_is_marked(moment, mia):
    comment = make_comment(moment, mia)
    comment.revise("At once")
    assert comment.edited is None
    comment.created = timezone.now() - timedelta(minutes=6)
    comment.revise("Later")
    assert Comment.objects.get(pk=comment.pk).edited is not None


def test_a_comment_is_written_through_the_form_and_found_in_the_thread(as_seb, moment):
    response = as_seb.post(reverse("comment-add", args=[moment.pk]), {"body": "The **bench**."})
    comment = Comment.objects.get()
    assert response["Location"] == f"{moment.get_absolute_url()}#c{comment.pk}"
    assert "<strong>bench</strong>" in as_seb.get(moment.get_absolute_url()).content.decode()


@pytest.mark.django_db
def test_comments_are_sorted_by_votes_over_all_pages(as_seb, film, mia, seb, anna, monkeypatch):
    monkeypatch.setattr("moments.viewer.comment_place.THREAD_PAGE", 2)
    moment = make_moment(film, mia)
    for words, voters in (("One", [anna]), ("Two", [anna, seb]), ("None", []), ("One more", [anna])):
        comment = make_comment(moment, mia, words)
        for voter in voters:
            comment.upvote(voter)
    shown, query = [], {"sort": "top"}
    while query.get("after", True):
        with CaptureQueriesContext(connection) as queries:
            context = as_seb.get(moment.get_absolute_url(), query).context
        shown += said(context)
        query["after"] = context["more_cursor"]
    assert shown == ["Two", "One more", "One", "None"]
    walks = [query["sql"] for query in queries if "depth" in query["sql"] and "ORDER BY" in query["sql"]]
    assert any("comment_top" in plan_of(sql) for sql in walks)


def test_a_double_click_writes_one_comment(as_seb, moment):
    form = {"body": "Only once", "nonce": "6f1d7a0e-5a4e-4d0b-9a51-0c2f5a3a7f10"}
    places = {as_seb.post(reverse("comment-add", args=[moment.pk]), form)["Location"] for _ in range(2)}
    assert (Comment.objects.count(), len(places)) == (1, 1)


def test_a_reply_hangs_below_its_parent(as_seb, moment, mia):
    parent = make_comment(moment, mia)
    as_seb.post(reverse("comment-reply", args=[parent.pk]), {"body": "Yes"})
    assert Comment.objects.get(parent=parent).root == parent


@for_each("depth", [FOLD_DEPTH - 1, FOLD_DEPTH, MAX_DEPTH])
def test_who_replies_is_led_to_a_page_that_shows_the_reply(depth, as_seb, moment, mia):
    parent = make_comment(moment, mia)
    for _ in range(depth):
        parent = make_comment(moment, mia, parent=parent)
    response = as_seb.post(reverse("comment-reply", args=[parent.pk]), {"body": "Yes"}, follow=True)
    reply = Comment.objects.latest("pk")
    assert select(response, f"#c{reply.pk}")


def test_strangers_cannot_edit_or_delete(as_seb, moment, mia):
    comment = make_comment(moment, mia, "Mine")
    for name in ("comment-edit", "comment-delete"):
        assert as_seb.post(reverse(name, args=[comment.pk]), {"body": "Taken"}).status_code == 404
    assert Comment.objects.get().body == "Mine"


def test_what_a_signed_out_person_typed_waits_for_them(client, moment, seb):
    response = client.post(reverse("comment-add", args=[moment.pk]), {"body": "Typed before signing in"})
    assert response["Location"].startswith("/accounts/login/?next=")
    assert response["Location"].endswith("%23comment-form")
    client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
    assert "Typed before signing in" in client.get(moment.get_absolute_url()).content.decode()


def test_an_empty_comment_comes_back_with_a_sentence(as_seb, moment):
    response = as_seb.post(reverse("comment-add", args=[moment.pk]), {"body": " \u200b\x00 "})
    assert response.status_code == 422
    assert len(texts(response, ".errorlist li")) == 1


def test_seven_comments_in_a_minute_are_one_too_many_and_the_text_is_kept(as_seb, moment):
    url = reverse("comment-add", args=[moment.pk])
    for number in range(6):
        as_seb.post(url, {"body": f"Remark {number}"})
    response = as_seb.post(url, {"body": "The seventh"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "The seventh" in response.content.decode()


def test_a_long_thread_goes_on_by_cursor(as_seb, film, mia, monkeypatch):
    monkeypatch.setattr("moments.viewer.comment_place.THREAD_PAGE", 4)
    moment = make_moment(film, mia)
    tops = [make_comment(moment, mia, f"Top {number}") for number in range(3)]
    for top in tops:
        make_comment(moment, mia, f"Below {top.body}", parent=top)
    context = as_seb.get(moment.get_absolute_url(), {"sort": "old"}).context
    assert said(context) == ["Top 0", "Below Top 0", "Top 1", "Below Top 1"]
    context = as_seb.get(moment.get_absolute_url(), {"sort": "old", "after": context["more_cursor"]}).context
    assert said(context) == ["Top 2", "Below Top 2"]
    assert context["more_cursor"] is None


def test_an_order_is_offered_from_two_comments_on(client, moment, mia):
    for number, offered in ((1, False), (2, True)):
        make_comment(moment, mia)
        tabs = select(client.get(moment.get_absolute_url()), ".thread-head .tabs a")
        assert bool(tabs) is offered, number


def test_a_thread_of_tombstones_does_not_say_that_nobody_spoke(client, moment, mia):
    nobody_spoke = texts(client.get(moment.get_absolute_url()), "#comments-title")
    make_comment(moment, mia).delete_by_author()
    page = client.get(moment.get_absolute_url())
    assert len(select(page, ".thread .tombstone")) == 1
    assert texts(page, "#comments-title") != nobody_spoke
