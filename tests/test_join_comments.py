"""What a visitor wrote is said once they are a member, and leads to itself in the thread."""

from uuid import uuid4

from django.urls import reverse

from moments.models import Comment
from tests.support.joining import PAIR, ask, sign_in
from tests.support.pages import messages_of, select, the


def test_a_comment_is_said_and_leads_to_itself(client, moment, mia, seb):
    page = sign_in(client, ask(client, moment, deed="comment", text="That *lamp*."))
    comment = Comment.objects.get(body="That *lamp*.")
    assert page.redirect_chain[-1][0] == f"{moment.get_absolute_url()}#c{comment.pk}"
    assert select(page, f"#c{comment.pk}")
    assert len(messages_of(page)) == 2
    client.logout()
    reply = sign_in(client, ask(client, comment, deed="comment", text="Which one?"))
    assert reply.redirect_chain[-1][0].endswith(f"#c{Comment.objects.get(body='Which one?').pk}")


def test_a_comment_sent_after_the_session_ended_is_said(client, moment, mia, seb):
    sent = {"body": "That *lamp*.", "nonce": uuid4().hex}
    page = sign_in(client, client.post(reverse("comment-add", args=[moment.pk]), sent))
    comment = Comment.objects.get()
    assert (comment.body, comment.author, comment.nonce.hex) == (sent["body"], seb, sent["nonce"])
    assert page.redirect_chain[-1][0] == f"{moment.get_absolute_url()}#c{comment.pk}"
    assert the(page, "#comment-form textarea").text.strip() == "", "it is no draft any more"
    client.logout()
    page = sign_in(client, client.post(comment.reply_url, {"body": "Which one?"}))
    reply = Comment.objects.get(parent=comment)
    assert page.redirect_chain[-1][0] == f"{moment.get_absolute_url()}#c{reply.pk}"
    assert the(client.get(comment.reply_url), "textarea").text.strip() == ""


def test_it_stays_a_draft_where_it_is_refused(client, moment, keith, seb):
    client.post(reverse("comment-add", args=[moment.pk]), {"body": "My words."})
    moment.lock(keith)
    client.post("/accounts/login/", PAIR)
    assert not Comment.objects.exists()
    moment.unlock(keith)
    assert the(client.get(moment.get_absolute_url()), "#comment-form textarea").text.strip() == "My words."
