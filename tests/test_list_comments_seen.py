"""Who sees the comments on a list, and who is told of them: whoever may read the list and has its address."""

import json

import pytest
from django.utils import timezone

from moments.archives.exports.parts import PARTS_BY_NAME
from moments.archives.imports.finding import LeftOut, about_for
from moments.models import (
    Comment,
    Filter,
    Follow,
    LastRead,
    ListWriter,
    MemberList,
    Mute,
    Notification,
    ThreadChoice,
)
from moments.models.member_list import Visibility
from tests.support.makers import make_comment, make_list, make_member
from tests.support.notifications import inbox_of, news_of, said_of_list, tell_all, unread_of
from tests.support.pages import texts
from tests.support.rows import for_each

WORDS = "Pirouettes"
PRESSED = "main button[name=level][aria-pressed=true]"


@pytest.fixture
def best(moment, mia):
    return make_list(mia, moment, title="Dances")


@pytest.fixture
def remark(best, seb):
    return make_comment(best, seb, WORDS)


@pytest.fixture
def writer(best):
    """Tom, who writes in the list too."""
    tom = make_member("tom")
    ListWriter.objects.create(member_list=best, member=tom, accepted=timezone.now())
    return tom


@pytest.fixture
def guest(db):
    return make_member("guest")


def places(remark):
    """Wherever a comment is shown besides the page of its list."""
    return [
        *(remark.link, f"{remark.link}history/", f"{remark.link}send/"),
        *("/members/seb/comments/", "/members/seb/comments/feed/", "/members/seb/comments/feed.json"),
        *(f"/search/?q={WORDS}", f"/search/?q={WORDS}&kind=comments"),
    ]


def found_in(client, remark):
    """Where it is shown: its words, or the way to it among what was found."""
    return [place for place in places(remark) if is_shown(remark, place, client.get(place).text)]


def is_shown(remark, place, page):
    return f'href="{remark.link}"' in page if place.startswith("/search/") else WORDS in page


def threads(best):
    return [best.link, best.thread_url, f"{best.thread_url}feed/", f"{best.thread_url}feed.json"]


def test_what_is_said_on_a_public_list_is_found_everywhere(client, best, remark):
    assert [place for place in threads(best) if WORDS not in client.get(place).text] == []
    found = found_in(client, remark)
    assert {remark.link, *places(remark)[3:6]} <= set(found)
    assert any(place.startswith("/search/") for place in found)


@for_each("visibility", [Visibility.PRIVATE, Visibility.UNLISTED])
@for_each("is_member", [False, True])
def test_by_its_number_nobody_finds_it_who_lacks_the_address(
    visibility, is_member, client, best, remark, guest
):
    MemberList.objects.update(visibility=visibility)
    if is_member:
        client.force_login(guest)
    assert found_in(client, remark) == []
    verbs = ("reply", "upvote", "unvote", "labels", "label", "report", "join", "send", "history", "delete")
    answers = [client.post(f"{remark.link}{verb}/") for verb in verbs]
    assert [answer for answer in answers if answer.status_code == 200] == []
    assert Comment.objects.count() == 1


def test_who_was_at_an_unlisted_list_reads_on(client, best, remark, guest):
    MemberList.objects.update(visibility=Visibility.UNLISTED)
    client.force_login(guest)
    assert client.get(remark.link).status_code == 404
    assert WORDS in client.get(best.link).text
    assert client.get(remark.link).status_code == 200
    assert client.post(remark.reply_url, {"body": "I do"}).status_code == 302
    assert not [place for place in found_in(client, remark) if place.startswith("/search/")]


def test_a_visitor_reads_an_unlisted_thread_and_may_join_by_its_address(client, best, remark):
    MemberList.objects.update(visibility=Visibility.UNLISTED)
    page = client.get(best.link)
    assert texts(page, ".comment .prose") == [WORDS]
    assert f"{remark.link}join/" not in page.text
    assert client.get(f"{best.link}join/?deed=comment").status_code == 200


def test_a_private_thread_is_for_those_who_write_in_it(client, best, remark, mia, writer, seb):
    MemberList.objects.update(visibility=Visibility.PRIVATE)
    for member, codes in ((mia, [200, 200]), (writer, [200, 200]), (seb, [404, 404])):
        client.force_login(member)
        assert [client.get(address).status_code for address in (best.link, remark.link)] == codes
    client.force_login(mia)
    assert client.get(f"{best.thread_url}feed/").status_code == 404
    assert WORDS not in client.get("/members/seb/").text


def test_a_private_account_is_read_by_followers(client, best, remark, mia, guest):
    type(mia).objects.filter(pk=mia.pk).update(is_private=True)
    client.force_login(guest)
    assert found_in(client, remark) == []
    Follow.objects.create(member=guest, person=mia)
    assert remark.link in found_in(client, remark)


def test_whom_one_mutes_is_not_met(client, best, remark, mia, guest):
    Mute.objects.add(guest, mia)
    client.force_login(guest)
    assert [place for place in found_in(client, remark) if place != remark.link and "members" in place] == []
    assert not [place for place in found_in(client, remark) if place.startswith("/search/")]


def test_the_word_that_one_mutes_is_hidden(client, best, remark, guest):
    client.force_login(guest)
    client.post("/mutes/", {"kind": "word", "name": WORDS})
    assert Filter.objects.count() == 1
    assert not [place for place in found_in(client, remark) if place.startswith("/search/")]


def test_its_author_exports_it_and_no_words_of_a_private_list(best, remark, seb):
    def row():
        _cursor, (found,) = PARTS_BY_NAME["comments"].batch(seb, 0)
        return found

    assert (row()["list"], row()["post"], row()["body"]) == (best.link, "", WORDS)
    MemberList.objects.update(visibility=Visibility.PRIVATE)
    assert row()["list"] == f"/lists/{best.pk}/"


# Who is told.


def test_owner_and_co_writers_hear_of_a_comment(best, mia, writer, seb):
    make_comment(best, seb, WORDS)
    assert news_of(mia) == news_of(writer) == [("comment", "seb")]
    (row,) = inbox_of(mia)
    assert (row.sentence, row.excerpt) == (
        said_of_list("Dances", "comment", "@seb", about_comment=True),
        WORDS,
    )


def test_an_answer_and_a_mention_are_told(best, remark, mia, guest, seb):
    make_comment(best, mia, "As @guest says.", parent=remark)
    assert news_of(seb) == [("reply", "mia")]
    assert [row.sentence for row in inbox_of(guest)] == [
        said_of_list("Dances", "mention", "@mia", about_comment=True)
    ]


def test_a_vote_is_told_and_leads_to_the_comment(as_seb, best, remark, mia, seb):
    remark.upvote(mia)
    tell_all()
    (row,) = inbox_of(seb)
    assert row.sentence == said_of_list("Dances", "upvote", "@mia", about_comment=True)
    assert as_seb.post(f"/notifications/{row.pk}/open/").url == remark.link


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.UNLISTED])
def test_who_lacks_the_address_is_not_told(visibility, best, mia, guest):
    MemberList.objects.update(visibility=visibility)
    make_comment(best, mia, "For @guest.")
    assert news_of(guest) == []


def test_who_was_there_is_told(best, mia, guest):
    MemberList.objects.update(visibility=Visibility.UNLISTED)
    LastRead.objects.mark(guest.pk, best, timezone.now())
    make_comment(best, mia, "For @guest.")
    assert news_of(guest) == [("mention", "mia")]


def test_what_was_told_goes_when_the_list_turns_private(best, mia, guest):
    make_comment(best, mia, "For @guest.")
    tell_all()
    assert unread_of(guest) == 1
    best.visibility = Visibility.PRIVATE
    best.revise(mia)
    tell_all()
    assert (unread_of(guest), inbox_of(guest)) == (0, [])


def test_one_chooses_what_one_hears_of_a_thread(client, best, mia, writer, guest, seb):
    for member, level in ((mia, "nothing"), (writer, "replies"), (guest, "all")):
        client.force_login(member)
        address = f"{best.link}thread/"
        assert client.post(address, {"level": level, "next": best.link}).url == f"{best.link}#comments"
        assert texts(client.get(address), "main button[name=level][aria-pressed=true]") == [
            ThreadChoice.Level(level).label
        ]
    make_comment(best, seb)
    assert [news_of(member) for member in (mia, writer, guest)] == [[], [], [("thread", "seb")]]


def test_an_import_brings_comments_to_lists_that_are_found(best, seb):
    assert about_for(seb, {"list": best.link}) == best
    MemberList.objects.update(visibility=Visibility.PRIVATE)
    for address in (best.link, "/lists/1/", 7):
        with pytest.raises(LeftOut):
            about_for(seb, {"list": address})


def test_notifications_of_a_list_go_with_it(best, mia, seb):
    make_comment(best, seb)
    tell_all()
    MemberList.objects.drop()
    mia.refresh_from_db()
    assert (Notification.objects.count(), mia.unread_notifications) == (0, 0)


def test_a_feed_of_comments_names_the_list(client, best, remark):
    feed = json.loads(client.get(f"{best.thread_url}feed.json").content)
    assert feed["title"] == "Reelive: Comments on Dances"
    assert [item["title"] for item in feed["items"]] == ["seb on Dances"]
