"""Leaving: what goes at once, what may stay, and that every counter agrees with its rows afterwards."""

import io

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from PIL import Image

from accounts.deletion import delete_account
from accounts.models import Allowance, User
from moments.models import (
    Comment,
    CommentVote,
    DiaryEntry,
    FeelingTally,
    Film,
    Moment,
    Post,
    PostVote,
    Reaction,
    State,
    Trivia,
    Verdict,
)
from reelive.images import read
from reelive.ratelimit import check
from tests.support.accounts import subject_of
from tests.support.makers import make_comment, make_member, make_moment, make_trivia, moderator
from tests.support.pages import messages_of, select, texts
from tests.support.rows import for_each


@pytest.fixture
def life(film, mia, seb):
    """Seb wrote, voted, felt, relived and judged, among what others did."""
    keith = make_member("keith")
    scene, own = make_moment(film, mia, "The Ending"), make_moment(film, seb, "The Dance")
    claim = make_trivia(film, mia, "The Envelope")
    remark, answer = make_comment(scene, mia), make_comment(scene, seb)
    reply = make_comment(scene, mia, parent=answer)
    for voter in (seb, keith):
        scene.upvote(voter), remark.upvote(voter)
    own.upvote(mia)
    for member in (seb, keith):
        scene.feel(member, "longing"), scene.relive(member)
        Verdict.objects.create(trivia=claim, member=member, stance="confirm")
    scene.feel(seb, "love")
    return {"scene": scene, "own": own, "remark": remark, "answer": answer, "reply": reply, "claim": claim}


@pytest.mark.parametrize("take_texts", [True, False])
def test_what_somebody_did_goes_and_the_counters_follow(take_texts, life, seb):
    delete_account(seb, take_texts)
    scene = Moment.objects.get(title="The Ending")
    assert (scene.votes, scene.felt_by, scene.relive_count) == (1, 1, 1)
    assert Film.objects.get().relive_count == 1
    assert Comment.objects.get(pk=life["remark"].pk).votes == 1
    assert [PostVote.objects.count(), CommentVote.objects.count()] == [2, 1]
    assert [Reaction.objects.count(), DiaryEntry.objects.count(), Verdict.objects.count()] == [1, 1, 1]
    tallies = dict(FeelingTally.objects.values_list("feeling", "count"))
    assert tallies == {"longing": 1, "love": 0}


@pytest.mark.parametrize("take_texts", [True, False])
def test_every_counter_agrees_with_its_rows_afterwards(take_texts, life, seb):
    delete_account(seb, take_texts)
    proof = io.StringIO()
    call_command("recount", "--check", stdout=proof)
    assert " 0 values differed" in proof.getvalue()


def test_texts_that_stay_lose_only_their_name(life, seb):
    delete_account(seb, take_texts=False)
    own = Moment.objects.get(title="The Dance")
    answer = Comment.objects.get(pk=life["answer"].pk)
    assert (own.author, own.state, own.votes) == (None, State.VISIBLE, 1)
    assert (answer.author, answer.body) == (None, life["answer"].body)


def test_a_second_click_finds_nobody_and_changes_nothing(life, seb):
    clicked_twice = User.objects.get(pk=seb.pk)
    delete_account(seb, take_texts=False)
    delete_account(clicked_twice, take_texts=True)
    assert Comment.objects.get(pk=life["answer"].pk).is_visible


def test_texts_that_go_leave_an_empty_place_for_the_replies(life, seb):
    delete_account(seb, take_texts=True)
    own, answer = Post.objects.get(pk=life["own"].pk), Comment.objects.get(pk=life["answer"].pk)
    assert (own.state, own.title, own.body, own.body_html) == (State.DELETED, "Deleted", "", "")
    assert (answer.state, answer.body, answer.reply_count) == (State.DELETED, "", 1)
    assert Comment.objects.get(pk=life["reply"].pk).body == life["reply"].body
    assert Film.objects.get().moment_count == 1
    assert Moment.objects.get(pk=life["scene"].pk).comment_count == 2


def test_texts_that_a_moderator_removed_go_too(life, seb):
    life["own"].remove(moderator(), "spam"), life["answer"].remove(moderator(), "spam")
    delete_account(seb, take_texts=True)
    own, answer = Post.objects.get(pk=life["own"].pk), Comment.objects.get(pk=life["answer"].pk)
    assert (own.body, own.state, answer.body, answer.state) == ("", State.DELETED, "", State.DELETED)
    assert Film.objects.get().moment_count == 1


@pytest.mark.parametrize("removed_before", [False, True])
def test_texts_that_are_withheld_with_their_film_do_not_come_back_with_it(life, film, seb, removed_before):
    film.refresh_from_db()
    if removed_before:
        life["own"].remove(moderator(), "spam")
    film.remove(moderator(), "spam")
    delete_account(seb, take_texts=True)
    film.restore(moderator())
    assert Post.objects.get(pk=life["own"].pk).state == State.DELETED
    assert Post.objects.get(pk=life["scene"].pk).state == State.VISIBLE


def test_a_status_is_settled_without_the_verdicts_that_went(life, seb):
    for number in range(3):
        judge = make_member(f"judge{number}")
        Verdict.objects.create(trivia=life["claim"], member=judge, stance="confirm")
    life["claim"].update_status()
    assert Trivia.objects.get().status == "confirmed"
    delete_account(seb, take_texts=False)
    assert Trivia.objects.get().status == "unsourced"


def test_the_picture_the_address_and_the_quotas_go(seb, django_capture_on_commit_callbacks):
    file = io.BytesIO()
    Image.new("RGB", (300, 300)).save(file, "PNG")
    seb.set_avatar(read(file))
    seb.save()
    EmailAddress.objects.create(user=seb, email=seb.email)
    check("vote", seb)
    with django_capture_on_commit_callbacks(execute=True):
        delete_account(seb, take_texts=False)
    assert not default_storage.exists(seb.avatar.name)
    assert not EmailAddress.objects.exists()
    assert not Allowance.objects.exists()


def test_a_failure_on_the_way_leaves_everything_as_it_was(life, seb, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError

    monkeypatch.setattr(User, "drop_avatar", fail)
    with pytest.raises(RuntimeError):
        delete_account(seb, take_texts=True)
    assert User.objects.filter(username="seb").exists()
    assert Moment.objects.get(title="The Dance").state == State.VISIBLE
    assert PostVote.objects.filter(voter=seb).exists()


# The page.


@pytest.fixture
def confirmed(client, seb):
    """Seb, having given his password again."""
    client.post(reverse("account_login"), {"login": "seb", "password": "correct horse"})
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    return client


def test_the_page_deletes_the_account_and_says_goodbye(confirmed, life, mailoutbox):
    response = confirmed.post(reverse("account-delete"), {"texts": "leave"})
    assert response["Location"] == "/"
    page = confirmed.get("/")
    assert len(messages_of(page)) == 2, "hello, and goodbye"
    assert not page.context["user"].is_authenticated
    assert not User.objects.filter(username="seb").exists()
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (
        ["seb@example.org"],
        subject_of("account_deleted"),
    )


def test_the_page_says_what_goes_and_what_stays_and_offers_an_export_first(confirmed):
    page = confirmed.get(reverse("account-delete"))
    assert [link["href"] for link in select(page, "main a.button:not(.is-quiet)")] == [reverse("export")]
    goes, stays = texts(page, "main .prose")
    assert "diary" in goes
    assert "moderation log" in stays


def test_the_page_takes_the_texts_when_asked_to(confirmed, life):
    confirmed.post(reverse("account-delete"), {"texts": "take"})
    assert Post.objects.get(pk=life["own"].pk).state == State.DELETED


@for_each("choice", ["", "both", "\x00"])
def test_nothing_happens_without_a_choice(choice, confirmed):
    response = confirmed.post(reverse("account-delete"), {"texts": choice})
    assert response.status_code == 422
    assert response.context["form"].errors["texts"]
    assert User.objects.filter(username="seb").exists()


def test_nothing_happens_without_the_password(as_seb):
    response = as_seb.post(reverse("account-delete"), {"texts": "take"})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(username="seb").exists()


def test_the_choice_made_before_the_password_is_kept(as_seb):
    asked = as_seb.post(reverse("account-delete"), {"texts": "leave"})["Location"]
    assert asked.endswith("?next=%2Faccounts%2Fdelete%2F")
    back = {"password": "correct horse", "next": reverse("account-delete")}
    as_seb.post(reverse("account_reauthenticate"), back)
    assert not User.objects.filter(username="seb").exists()


def test_every_device_is_signed_out(confirmed, seb):
    elsewhere = Client()
    elsewhere.post(reverse("account_login"), {"login": "seb", "password": "correct horse"})
    confirmed.post(reverse("account-delete"), {"texts": "leave"})
    assert elsewhere.get("/accounts/").status_code == 302
    assert not UserSession.objects.exists()
    assert Session.objects.count() <= 1
