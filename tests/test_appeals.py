"""Appeals: the author asks in public, once; a moderator answers in public, once."""

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import Appeal, LedgerEntry
from moments.models.refusals import Appealed
from tests.support.makers import make_comment
from tests.support.pages import links, select, texts

PLEA = "It was a recipe, and no pill was for sale."


@pytest.fixture
def removed(moment, seb, keith):
    comment = make_comment(moment, seb, "Take two of these and call me.")
    comment.remove(keith, "spam", "It sells pills.")
    return comment


def appeal_url(target):
    return reverse("appeal", args=[target.removal_id])


def row_page(client, target):
    return client.get(target.removal.get_absolute_url()).content.decode()


def test_author_appeals_in_public(as_seb, client, removed):
    assert appeal_url(removed) in links(as_seb.get(removed.post.get_absolute_url()))
    response = as_seb.post(appeal_url(removed), {"text": PLEA})
    assert response["Location"] == f"{removed.removal.get_absolute_url()}#appeal"
    client.logout()
    page = row_page(client, removed)
    assert PLEA in page
    assert len(select(page, "#appeal blockquote")) == 1, "there is no answer yet"
    assert "Take two of these" not in page


def test_the_row_of_a_removal_leads_its_author_alone_to_the_appeal(client, removed, seb, mia):
    page = removed.removal.get_absolute_url()
    found = []
    for viewer in (None, mia, seb):
        client.logout()
        if viewer:
            client.force_login(viewer)
        found.append(appeal_url(removed) in links(client.get(page)))
    assert found == [False, False, True]
    client.post(appeal_url(removed), {"text": PLEA})
    assert appeal_url(removed) not in links(client.get(page)), "one appeals once"


def test_an_appeal_and_its_answer_are_in_the_ledger_without_their_words(as_seb, removed, seb, keith):
    appeal = Appeal.objects.lodge(removed, seb, PLEA)
    appeal.reply(keith, "You are right: it is back.")
    told = list(LedgerEntry.objects.order_by("number").values_list("action", "actor", "target", "note"))
    assert told[1:] == [
        ("appeal", "seb", f"comment/{removed.pk}", ""),
        ("answer", "keith", f"comment/{removed.pk}", ""),
    ]


def test_each_row_about_an_appeal_shows_it_and_leads_to_the_others(client, removed, seb, keith):
    Appeal.objects.lodge(removed, seb, PLEA).reply(keith, "You are right.")
    removed.restore(keith)
    removed.remove(keith, "illegal")
    shown = [PLEA in client.get(f"/ledger/{number}/").content.decode() for number in range(1, 6)]
    assert shown == [True, True, True, False, False]
    numbers = [row.number for row in client.get("/ledger/2/").context["others"]]
    assert numbers == [5, 4, 3, 1]


def test_nobody_is_offered_the_appeal_of_a_former_member(client, removed, seb):
    delete_account(seb, take_texts=False)
    page = client.get(removed.post.get_absolute_url())
    assert links(page, ".tombstone") == [removed.removal.get_absolute_url()]


def test_an_appeal_is_lodged_once(removed, seb):
    Appeal.objects.lodge(removed, seb, PLEA)
    with pytest.raises(Appealed):
        Appeal.objects.lodge(removed, seb, "And another thing.")
    assert LedgerEntry.objects.filter(action="appeal").count() == 1


def test_a_second_removal_may_be_appealed_against_anew(removed, seb, keith):
    Appeal.objects.lodge(removed, seb, PLEA)
    removed.restore(keith)
    removed.remove(keith, "spam")
    assert Appeal.objects.lodge(removed, seb, PLEA) is not None


def test_nobody_appeals_for_others_or_against_what_was_restored(client, removed, mia, keith, seb):
    url = appeal_url(removed)
    for viewer in (mia, keith):
        client.force_login(viewer)
        assert client.get(url).status_code == client.post(url, {"text": PLEA}).status_code == 404
    removed.restore(keith)
    client.force_login(seb)
    assert client.post(url, {"text": PLEA}).status_code == 404
    assert Appeal.objects.count() == 0


def test_too_short_an_appeal_comes_back(as_seb, removed):
    response = as_seb.post(appeal_url(removed), {"text": "No!"})
    assert response.status_code == 422
    assert "No!" in response.content.decode()


def test_staff_answers_once_and_in_public(client, removed, seb, keith):
    appeal = Appeal.objects.lodge(removed, seb, PLEA)
    client.force_login(keith)
    assert PLEA in client.get("/admin/").content.decode()
    url = f"/admin/moments/appeal/{appeal.pk}/reply/"
    assert client.post(url, {"confirmed": "yes"}).status_code == 422
    for answer in ("It is back.", "It stays away."):
        client.post(url, {"confirmed": "yes", "answer": answer})
    client.logout()
    page = row_page(client, removed)
    assert "It is back." in page
    assert "It stays away." not in page


def test_nobody_judges_their_own_appeal_or_brings_back_what_is_their_own(moment, mia, keith):
    moment.remove(keith, "spam")
    appeal = Appeal.objects.lodge(moment, mia, PLEA)
    assert [appeal.reply(mia, "You are right."), moment.restore(mia)] == [False, False]
    assert [appeal.reply(keith, "You are right."), moment.restore(keith)] == [True, True]
    moment.remove(mia, "spam", "A slip of mine.")
    assert moment.restore(mia) is True


def test_the_words_of_an_appeal_go_for_one_of_the_four_reasons(client, removed, seb, keith):
    appeal = Appeal.objects.lodge(removed, seb, "He lives at 5 Elm Street.")
    client.force_login(keith)
    url = reverse("admin:moments_appeal_strike", args=[appeal.pk])
    assert client.post(url, {"confirmed": "yes"}).status_code == 422
    for _ in range(2):
        client.post(url, {"confirmed": "yes", "reason": "private", "note": "An address."})
    row = LedgerEntry.objects.get(action="strike")
    assert (row.actor, row.reason, row.note, row.target) == (
        "keith",
        "private",
        "An address.",
        f"comment/{removed.pk}",
    )
    assert appeal.reply(keith, "It stays removed.") is True
    client.logout()
    page = row_page(client, removed)
    assert len(select(page, "#appeal blockquote")) == 2
    assert texts(page, "#appeal .prose") == ["It stays removed."]
    assert "Elm Street" not in page


def test_who_answers_reads_what_was_removed_and_finds_it(client, removed, seb, keith):
    appeal = Appeal.objects.lodge(removed, seb, PLEA)
    client.force_login(keith)
    for _ in range(2):
        page = client.get(reverse("admin:moments_appeal_change", args=[appeal.pk])).content.decode()
        assert "Take two of these and call me." in page
        assert reverse("admin:moments_comment_change", args=[removed.pk]) in page
        removed.restore(keith)


def test_an_appeal_is_text_and_no_markup(client, removed, seb):
    Appeal.objects.lodge(removed, seb, "<script>alert(1)</script> <b>please</b>")
    page = row_page(client, removed)
    assert "<script>alert" not in page
    assert "<b>please" not in page


def test_an_appeal_outlives_its_author(client, removed, seb):
    Appeal.objects.lodge(removed, seb, PLEA)
    delete_account(seb, take_texts=False)
    page = row_page(client, removed)
    assert texts(page, "#appeal .prose") == [PLEA]
    assert links(page, "#appeal") == []
