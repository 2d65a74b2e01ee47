"""Co-writers of a list, what members are told of lists, and what staff do to one."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.deletion import delete_account
from moments.models import (
    Event,
    LedgerEntry,
    ListEntry,
    ListWriter,
    MemberList,
    Mute,
    Notification,
    Report,
    Restrict,
)
from moments.models import list_writer as bounds
from moments.models.list_writer import NobodyToInvite, TooManyWriters, WritesEnough
from moments.models.refusals import Gone
from moments.notifications.sentences import BY_MANY_ON_LIST
from tests.support.counters import differences
from tests.support.ledger import verified
from tests.support.makers import make_list, make_member
from tests.support.notifications import inbox_of, said_of_list, tell_all
from tests.support.pages import select, texts
from tests.support.rows import for_each


@pytest.fixture
def best(moment, mia):
    """A private list of mia's."""
    return make_list(mia, moment, title="Dances", note="Mine.", visibility="private")


@pytest.fixture
def writer(best, mia, seb):
    """Seb, who accepted."""
    ListWriter.objects.invite(best, mia, "seb")
    row = ListWriter.objects.get()
    row.accept()
    return row


def sentences(member):
    tell_all()
    return list(Notification.objects.of(member).values_list("kind", flat=True))


# Inviting.


def test_an_invited_member_accepts_and_writes(client, best, mia, seb, film):
    client.force_login(mia)
    client.post(f"/lists/{best.pk}/writers/", {"name": "@Seb"})
    row = ListWriter.objects.get()
    client.force_login(seb)
    assert client.get(best.get_absolute_url()).status_code == 404
    assert texts(client.get("/members/seb/lists/"), ".list-people b") == ["Dances"]
    assert client.post(f"/lists/writers/{row.pk}/accept/").url == best.get_absolute_url()
    assert client.get(best.get_absolute_url()).status_code == 200
    assert texts(client.get("/members/seb/lists/"), "section h2")[1:] == ["Dances"]
    client.post(f"/films/{film.slug}/lists/", {"member_list": best.pk, "note": "Yours."})
    assert list(best.entries.order_by("position").values_list("writer__username", "note")) == [
        ("mia", "Mine."),
        ("seb", "Yours."),
    ]


def test_a_co_writer_orders_and_notes_and_takes_out(client, best, writer, seb, mia, film):
    ListEntry.objects.add(best, mia, film)
    first, second = best.entries.order_by("position")
    client.force_login(seb)
    client.post(f"/lists/entries/{second.pk}/up/")
    client.post(f"/lists/entries/{first.pk}/edit/", {"note": "Ours.", "place": 2})
    assert list(best.entries.order_by("position").values_list("pk", "note")) == [
        (second.pk, ""),
        (first.pk, "Ours."),
    ]
    client.post(f"/lists/entries/{first.pk}/remove/")
    assert list(best.entries.values_list("pk", flat=True)) == [second.pk]


def test_an_invitation_is_told_and_leads_to_where_it_is_answered(client, best, mia, seb):
    ListWriter.objects.invite(best, mia, "seb")
    assert sentences(seb) == ["invited"]
    client.force_login(seb)
    assert said_of_list("Dances", "invited", "@mia") in client.get("/notifications/").text
    told = Notification.objects.get()
    assert client.post(f"/notifications/{told.pk}/open/").url == "/members/seb/lists/"


def test_an_invitation_that_was_taken_back_is_not_told(client, best, mia, seb):
    ListWriter.objects.invite(best, mia, "seb")
    client.force_login(mia)
    client.post(f"/lists/writers/{ListWriter.objects.get().pk}/remove/")
    assert sentences(seb) == []
    ListWriter.objects.invite(best, mia, "seb")
    assert sentences(seb) == ["invited"]
    ListWriter.objects.drop(best, seb)
    assert sentences(seb) == []


@pytest.mark.parametrize("pairs", [Mute, Restrict])
def test_whom_one_does_not_hear_one_is_not_invited_by(pairs, client, best, mia, seb):
    pairs.objects.add(seb, mia)
    ListWriter.objects.invite(best, mia, "seb")
    assert sentences(seb) == []
    client.force_login(seb)
    assert texts(client.get("/members/seb/lists/"), ".list-people b") == []


@for_each("name", ["mia", "house", "nobody", "gone"])
def test_who_cannot_be_invited_is_not(name, best, mia):
    make_member("house"), make_member("gone", is_active=False)
    with pytest.raises(NobodyToInvite):
        ListWriter.objects.invite(best, mia, name)


def test_there_is_a_limit_to_co_writers(best, mia, writer, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_WRITERS", 1)
    make_member("other")
    assert ListWriter.objects.invite(best, mia, "seb") is False
    with pytest.raises(TooManyWriters):
        ListWriter.objects.invite(best, mia, "other")


def test_there_is_a_limit_to_lists_of_others(best, mia, seb, writer, monkeypatch):
    monkeypatch.setattr(bounds, "MOST_SHARED", 1)
    other = make_list(mia)
    ListWriter.objects.invite(other, mia, "seb")
    with pytest.raises(WritesEnough):
        other.writers.get().accept()
    assert ListWriter.objects.accepted().count() == 1


def test_only_the_owner_invites(best, seb, writer):
    make_member("other")
    with pytest.raises(Gone):
        ListWriter.objects.invite(best, seb, "other")


@for_each("verb", ["accept", "leave", "remove"])
def test_nobody_answers_for_another(verb, client, best, writer):
    client.force_login(make_member("other"))
    assert client.post(f"/lists/writers/{writer.pk}/{verb}/").status_code == 404
    client.logout()
    assert client.post(f"/lists/writers/{writer.pk}/{verb}/").status_code == 404
    assert ListWriter.objects.accepted().count() == 1


def test_who_left_writes_no_more(client, best, writer, seb, moment, film):
    client.force_login(seb)
    entry = best.entries.get()
    assert client.post(f"/lists/writers/{writer.pk}/leave/").url == "/members/seb/lists/"
    assert client.get(best.get_absolute_url()).status_code == 404
    with pytest.raises(Gone):
        entry.take_out(seb)
    with pytest.raises(Gone):
        ListEntry.objects.add(best, seb, film)


def test_co_writers_are_named_but_for_whom_the_viewer_muted(client, best, writer, mia, seb, film):
    ListEntry.objects.add(best, seb, film, "Loud words.")
    MemberList.objects.update(visibility="public")
    page = client.get(best.get_absolute_url())
    assert (texts(page, ".list-writers a"), "Loud words." in page.text) == (["@seb"], True)
    reader = make_member("reader")
    Mute.objects.add(reader, seb)
    client.force_login(reader)
    page = client.get(best.get_absolute_url())
    assert (texts(page, ".list-writers a"), "Loud words." in page.text, "@seb" in page.text) == (
        [],
        False,
        False,
    )


# Votes, reports and staff.


def test_upvotes_are_told_to_the_owner(client, mia, seb, moment):
    row = make_list(mia, moment, title="Dances")
    row.upvote(seb)
    assert sentences(mia) == ["upvote"]
    client.force_login(mia)
    assert said_of_list("Dances", "upvote", "@seb") in client.get("/notifications/").text
    row.upvote(make_member("tracy"))
    tell_all()
    two = BY_MANY_ON_LIST["upvote", False] % {"person": "@tracy", "others": 1, "list": "Dances"}
    assert two in client.get("/notifications/").text
    assert client.post(f"/notifications/{Notification.objects.get().pk}/open/").url == row.link


def test_an_upvote_that_was_taken_back_is_not_told(mia, seb):
    row = make_list(mia)
    row.upvote(seb), row.unvote(seb)
    assert sentences(mia) == []


def test_what_is_told_of_a_list_goes_and_comes_with_it(mia, seb, keith):
    row = make_list(mia)
    row.upvote(seb)
    tell_all()
    assert Notification.objects.of(mia).count() == 1
    row.delete_by_author(mia)
    assert sentences(mia) == []
    row.undelete(mia)
    assert sentences(mia) == ["upvote"]
    mia.refresh_from_db()
    assert (mia.unread_notifications, Event.objects.count()) == (1, 0)


def test_a_reported_list_is_kept_with_its_notes(as_seb, mia, moment, seb):
    row = make_list(mia, moment, title="Dances", body="All of them.", note="A note.")
    as_seb.post(row.report_url, {"reason": "spam", "note": ""})
    report = Report.objects.get()
    assert (report.target, report.snapshot) == (row, "Dances\n\nAll of them.\n\nA note.")
    assert [tag["href"] for tag in select(as_seb.get("/reports/"), ".reports-what a")] == [row.link]


def test_a_removed_list_has_a_tombstone_and_its_words_are_for_its_owner(client, mia, seb, moment, keith):
    row = make_list(mia, moment, title="Dances")
    address = row.get_absolute_url()
    Report.objects.file(seb, row, "spam")
    row.remove(keith, "spam", "Advertising.")
    assert client.get(address).url == f"/lists/{row.pk}/"
    page = client.get(f"/lists/{row.pk}/")
    assert ("Dances" in page.text, moment.title in page.text, "/ledger/1/" in page.text) == (
        False,
        False,
        True,
    )
    assert texts(client.get("/lists/"), ".list-row") == []
    client.force_login(seb)
    assert client.post(row.copy_url).status_code == 404
    client.force_login(mia)
    page = client.get(f"/lists/{row.pk}/")
    assert texts(page, "h1") == ["Dances"]
    assert select(page, ".list-verbs") == []
    assert (
        client.post(f"/lists/{row.pk}/edit/", {"title": "Again", "visibility": "public"}).status_code == 404
    )
    assert (Report.objects.get().state, verified()) == (
        "acted",
        "2 rows follow one another, 1 removed texts match.",
    )


def test_the_owner_of_a_removed_list_hears_of_it_and_appeals(client, mia, moment, keith):
    row = make_list(mia, moment)
    row.remove(keith, "spam")
    assert sentences(mia) == ["removal"]
    client.force_login(mia)
    assert inbox_of(mia)[0].sentence.endswith(f": {row.removal.get_reason_display()}")
    assert inbox_of(mia)[0].sentence in client.get("/notifications/").text
    client.post("/ledger/1/appeal/", {"text": "It is no spam."})
    assert LedgerEntry.objects.get(action="appeal").target == f"member_list/{row.pk}"
    row.restore(keith)
    assert client.get(row.get_absolute_url()).status_code == 200
    assert verified() == "4 rows follow one another, 0 removed texts match."


def test_staff_find_public_and_reported_lists(as_anna, mia, seb, best, writer):
    public = make_list(mia, title="Public")
    page = as_anna.get("/admin/moments/memberlist/")
    assert (public.title in page.text, best.title in page.text) == (True, False)
    Report.objects.file(seb, best, "spam")
    assert best.title in as_anna.get("/admin/moments/memberlist/").text
    assert "Mine." in as_anna.get(f"/admin/moments/memberlist/{best.pk}/change/").text


# Leaving.


@pytest.mark.parametrize("take_texts", [True, False])
def test_lists_go_with_their_owner(take_texts, best, writer, mia, seb):
    other = make_list(seb)
    other.upvote(mia)
    Report.objects.file(seb, best, "spam")
    delete_account(mia, take_texts)
    assert list(MemberList.objects.values_list("pk", "votes")) == [(other.pk, 0)]
    seb.refresh_from_db()
    assert (Report.objects.count(), seb.unread_notifications) == (0, 0)
    assert differences() == {}


def test_what_a_co_writer_put_there_stays_without_their_name(client, best, writer, mia, seb, film):
    ListEntry.objects.add(best, seb, film, "Yours.")
    delete_account(seb, True)
    client.force_login(mia)
    page = client.get(best.get_absolute_url())
    assert ("Yours." in page.text, "seb" in page.text) == (True, False)
    assert differences() == {}


def test_the_columns_of_a_list_are_recounted(best, writer, seb, film):
    ListEntry.objects.add(best, seb, film)
    MemberList.objects.update(entry_count=9, votes=9, hot=9, body_html="", visibility="public")
    found = set(differences())
    assert {"memberlist.votes/entry_count/comment_count", "memberlist.hot"} <= found
    assert [name for name in found if name.startswith("user.") and name.endswith("/list_count")] != []
    call_command("recount", stdout=StringIO())
    best.refresh_from_db()
    assert (best.entry_count, best.votes, differences()) == (2, 0, {})
