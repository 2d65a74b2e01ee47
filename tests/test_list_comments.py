"""Comments on lists: the thread below the entries, and all that one does in it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moments.models import Comment, CommentVote, Draft, LedgerEntry, MemberList, Report, Restrict
from moments.models.refusals import Gone, Locked, Restricted
from moments.viewer import comment_place
from tests.support.counters import differences
from tests.support.database import plan_of
from tests.support.ledger import verified
from tests.support.makers import make_comment, make_list, make_member
from tests.support.pages import select, texts, the
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}


@pytest.fixture
def best(moment, mia):
    return make_list(mia, moment, title="Dances")


@pytest.fixture
def remark(best, seb):
    """What seb says about it."""
    return make_comment(best, seb, "The *tap* dance!")


def said(page):
    return texts(page, ".comment .prose")


def count_of(best):
    return MemberList.objects.values_list("comment_count", flat=True).get(pk=best.pk)


def test_a_comment_is_about_one_thing(best, moment, mia):
    for about in ({}, {"post": moment, "member_list": best}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Comment.objects.create(author=mia, body="Words", **about)


def test_a_member_comments_and_comes_back_to_the_thread(as_seb, best, seb):
    page = as_seb.get(best.get_absolute_url())
    address = the(page, "#comment-form")["action"]
    answer = as_seb.post(address, {"body": "The tap dance!"})
    comment = Comment.objects.get()
    assert answer.url == f"/members/mia/lists/dances/#c{comment.pk}"
    assert (comment.about, comment.author, comment.film_id) == (best, seb, None)
    assert said(as_seb.get(answer.url)) == ["The tap dance!"]
    assert (count_of(best), differences()) == (1, {})


def test_with_htmx_the_comment_arrives_in_its_place(as_seb, best):
    answer = as_seb.post("/members/mia/lists/dances/comments/new/", {"body": "Here!"}, headers=HTMX)
    assert said(answer) == ["Here!"]
    assert texts(answer, "#comments-title") == ["1 comment"]


def test_a_comment_without_words_comes_back(as_seb, best):
    answer = as_seb.post("/members/mia/lists/dances/comments/new/", {"body": " "})
    assert (answer.status_code, Comment.objects.count()) == (422, 0)
    assert texts(answer, "h1") == ["Comment on Dances"]


def test_replies_stand_below_what_they_answer(as_mia, best, remark):
    quoted = as_mia.get(f"{remark.reply_url}?quote=1")
    assert "> The *tap* dance!" in quoted.text.replace("&gt;", ">")
    answer = as_mia.post(remark.reply_url, {"body": "Yes."})
    reply = Comment.objects.get(parent=remark)
    assert answer.url == f"/members/mia/lists/dances/#c{reply.pk}"
    assert texts(as_mia.get(best.link), "#comments ol ol .prose") == ["Yes."]
    assert Comment.objects.get(pk=remark.pk).reply_count == 1
    assert len(select(as_mia.get(best.link), ".comment-head .badge")) == 1


def test_the_thread_has_orders_and_pages_of_its_own(client, best, mia, seb, monkeypatch):
    monkeypatch.setattr(comment_place, "THREAD_PAGE", 2)
    for words in ("One", "Two", "Three"):
        make_comment(best, seb, words)
    page = client.get(f"{best.link}?sort=old")
    assert said(page) == ["One", "Two"]
    assert [tab["href"] for tab in select(page, ".thread-head a")][1] == "?sort=top#comments"
    more = the(page, "#comments .pager a")["href"]
    assert more.startswith("/members/mia/lists/dances/comments/?sort=old&after=")
    assert said(client.get(more.partition("#")[0])) == ["Three"]


def test_a_later_page_of_entries_leads_to_the_thread(client, best, remark):
    page = client.get(f"{best.link}?after=WzFd")
    assert page.status_code in (200, 404)
    assert "The tap dance!" in client.get(f"{best.link}comments/").text.replace("<em>", "").replace(
        "</em>", ""
    )


def test_a_comment_has_an_address_a_history_and_a_page_to_send(as_seb, best, remark):
    page = as_seb.get(remark.link)
    assert best.title in texts(page, "h1")[0]
    Comment.objects.update(created=timezone.now() - timedelta(hours=1))
    as_seb.post(remark.edit_url, {"body": "The waltz!"})
    history = as_seb.get(remark.history_url)
    assert history.status_code == 200
    assert "A comment on Dances" in history.text
    assert "A comment on Dances" in as_seb.get(remark.send_url).text
    assert texts(as_seb.get(remark.link), ".comment-head a")[-1] == "edited"


def test_hidden_spoilers_stay_hidden_until_they_are_shown(client, best, seb):
    make_comment(best, seb, "In the end >!they part!<.")
    assert select(client.get(best.link), "#comments .prose .spoiler")
    assert "they part" not in client.get(f"{best.link}comments/feed.json").text


def test_a_deletion_is_undone_within_a_day(as_seb, best, remark):
    assert as_seb.post(remark.delete_url).url == f"/members/mia/lists/dances/#c{remark.pk}"
    assert (count_of(best), Comment.objects.get().body) == (0, "")
    as_seb.post(f"/comments/{remark.pk}/undelete/")
    assert (count_of(best), Comment.objects.get().body) == (1, "The *tap* dance!")
    assert differences() == {}


def test_votes_and_flags(as_mia, mia, best, remark):
    as_mia.post(f"/comments/{remark.pk}/upvote/")
    as_mia.post(f"/comments/{remark.pk}/label/", {"kind": "off-topic"})
    remark.refresh_from_db()
    assert (remark.votes, remark.off_topic_labels, CommentVote.objects.count()) == (1, 1, 1)
    assert texts(as_mia.get("/upvoted/comments/"), ".said-about a")[0] == "Dances"
    assert len(select(as_mia.get(remark.labels_url), "input[name=kind]")) > 1
    as_mia.post(f"/comments/{remark.pk}/unvote/")
    assert (CommentVote.objects.count(), differences()) == (0, {})


def test_a_report_leads_to_a_removal_an_appeal_and_a_restoration(as_mia, best, remark, mia, seb, keith):
    as_mia.post(f"/comments/{remark.pk}/report/", {"reason": "spam"})
    assert str(Report.objects.get()) == "a comment on a list"
    remark.remove(keith, "spam")
    row = LedgerEntry.objects.get(target=f"comment/{remark.pk}")
    assert (row.subject, row.film, count_of(best)) == ("a comment on a list", None, 0)
    assert texts(as_mia.get(best.link), ".comment .tombstone")
    as_mia.force_login(seb)
    assert as_mia.post(f"/ledger/{row.number}/appeal/", {"text": "It was none."}).status_code == 302
    assert Comment.objects.get().restore(keith)
    assert (count_of(best), differences()) == (1, {})
    assert verified()


def test_moderators_sweep_it_away_with_all_by_its_author(as_keith, best, remark, seb):
    as_keith.post(f"/admin/accounts/user/{seb.pk}/sweep/", {"confirmed": "yes", "reason": "spam"})
    assert Comment.objects.get().state == "removed"


def test_a_locked_thread_takes_nothing_more(as_seb, best, remark, mia, keith):
    assert best.lock(keith)
    assert not select(as_seb.get(best.link), "#comment-form, [data-reply]")
    with pytest.raises(Locked):
        make_comment(best, mia)
    with pytest.raises(Locked):
        remark.revise("Other words.")
    assert LedgerEntry.objects.latest("number").subject == "a list"
    assert verified()
    assert MemberList.objects.get().unlock(keith)
    make_comment(best, mia)
    assert verified()


def test_staff_lock_a_list_from_its_page(as_keith, best):
    as_keith.post(f"/admin/moments/memberlist/{best.pk}/lock/", {"confirmed": "yes", "note": "Calm down."})
    assert MemberList.objects.get().locked


def test_whom_the_owner_restricts_says_nothing(best, mia, seb):
    Restrict.objects.add(mia, seb)
    with pytest.raises(Restricted):
        make_comment(best, seb)


@pytest.mark.parametrize("end", ["removed", "deleted"])
def test_a_list_takes_its_thread_along(end, as_seb, best, remark, mia, keith):
    best.remove(keith, "spam") if end == "removed" else best.delete_by_author(mia)
    assert [as_seb.get(url).status_code for url in (remark.link, remark.edit_url, remark.history_url)] == [
        404
    ] * 3
    with pytest.raises(Gone):
        remark.revise("Other words.")
    best.restore(keith) if end == "removed" else best.undelete(mia)
    assert as_seb.get(remark.link).status_code == 200
    assert differences() == {}


def test_a_list_that_is_gone_for_good_leaves_no_fault_in_the_proof(best, remark, mia, keith):
    remark.remove(keith, "spam")
    best.delete_by_author(mia)
    MemberList.objects.update(deleted=timezone.now() - timedelta(days=2))
    MemberList.objects.expire(timezone.now())
    assert (Comment.objects.count(), MemberList.objects.count()) == (0, 0)
    assert verified()


def test_what_is_new_is_marked_and_counted(as_mia, best, mia, seb):
    make_comment(best, seb, "Old")
    assert not select(as_mia.get(best.link), ".is-new")
    make_comment(best, seb, "New")
    assert texts(as_mia.get("/members/mia/lists/"), ".list-facts .badge") == ["1 new"]
    page = as_mia.get(best.link)
    assert texts(page, ".is-new .prose") == ["New"]
    assert texts(page, "[data-next-new] small") == ["1"]


def test_a_draft_of_a_comment_waits_for_its_member(as_seb, best, seb):
    as_seb.post("/members/mia/lists/dances/comments/new/", {"body": "Half a", "draft": "1"})
    draft = Draft.objects.get()
    assert (draft.about, draft.comment) == (best, None)
    page = as_seb.get("/drafts/")
    assert "Dances" in the(page, ".entry-film").text
    resumed = as_seb.get(the(page, ".entry h3 a")["href"].partition("#")[0])
    assert the(resumed, "#comment-form textarea").text.strip() == "Half a"
    as_seb.post(
        the(resumed, "#comment-form")["action"], {"body": "Half a", "nonce": draft.nonce, "draft_version": 1}
    )
    assert (Draft.objects.count(), Comment.objects.count()) == (0, 1)


def test_a_visitor_is_asked_to_join_and_what_they_said_is_said_then(client, best):
    link = the(client.get(best.link), "#comments a[data-join]")["href"]
    assert link == "/members/mia/lists/dances/join/?deed=comment"
    assert best.title in texts(client.get(link), "h1")[0]
    make_member("tom")
    kept = client.post(
        "/members/mia/lists/dances/join/", {"deed": "comment", "body": "Me too", "way": "sign-in"}
    )
    client.post(kept.url, {"login": "tom", "password": "correct horse"})
    comment = Comment.objects.get()
    assert (comment.about, comment.author.username, comment.body) == (best, "tom", "Me too")


def test_a_visitor_s_upvote_of_a_list_waits_until_they_have_joined(client, best):
    make_member("tom")
    kept = client.post("/members/mia/lists/dances/join/", {"deed": "upvote", "way": "sign-in"})
    client.post(kept.url, {"login": "tom", "password": "correct horse"})
    assert MemberList.objects.get().votes == 1


def test_names_of_the_thread_are_suggested(as_mia, best, remark):
    assert "seb" in as_mia.get(f"/mentions/suggest/?q=&list={best.pk}").text


def test_a_page_takes_as_many_queries_however_many_comment(as_mia, best, seb):
    make_comment(best, seb)
    few = queries_of(as_mia, best.link)
    for _each in range(20):
        make_comment(best, seb)
    assert queries_of(as_mia, best.link) == few


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@for_each("sort", ["best", "top", "new"])
def test_a_page_of_the_thread_walks_along_its_index(sort, client, best, remark, anna, monkeypatch):
    make_comment(best, anna)
    (whole,) = [sql for sql in asked_by(client, f"{best.link}?sort={sort}") if '"depth" <= (8)' in sql]
    with monkeypatch.context() as short:
        short.setattr(comment_place, "THREAD_PAGE", 1)
        walks = asked_by(client, f"{best.link}?sort={sort}")
    (tops,) = [sql for sql in walks if '"depth" = 0' in sql]
    assert [f"comment_list_{sort}" in plan_of(walk) for walk in (whole, tops)] == [True, True]


def test_the_comments_of_a_member_are_walked_from_the_newest_on(client, remark):
    (walk,) = [
        sql for sql in asked_by(client, "/members/seb/comments/") if "ORDER BY" in sql and "body_html" in sql
    ]
    assert "TEMP B-TREE" not in plan_of(walk)


def asked_by(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured if '"moments_comment"' in query["sql"]]
