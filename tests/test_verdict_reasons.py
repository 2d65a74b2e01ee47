"""The reasons of verdicts: who reads them, and what is left of one that was removed."""

import pytest

from moments.models import Appeal, LedgerEntry, Verdict
from tests.support.makers import make_member, make_trivia
from tests.support.pages import links
from tests.support.verdicts import CONFIRM, DISPUTE, add, tally

HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(film, mia):
    return make_trivia(film, mia, "One take", body="The traffic scene was shot in a single take.")


# What is shown.


def test_reasons_are_read_newest_first_and_page_by_page(client, claim):
    for number in range(45):
        claim.judge(make_member(f"judge{number:02}"), "dispute", f"Reason {number}.")
    claim.judge(make_member("silent"), **CONFIRM)
    seen, cursor = [], ""
    for expected in (20, 20, 5):
        response = client.get(claim.get_absolute_url(), {"reasons": cursor} if cursor else {})
        reasons = [verdict.reason for verdict in response.context["verdicts"]]
        assert len(reasons) == expected
        seen, cursor = seen + reasons, response.context["older_reasons"]
    assert seen == [f"Reason {number}." for number in range(44, -1, -1)]
    assert cursor is None
    assert client.get(claim.get_absolute_url(), {"reasons": "garbage"}).status_code == 404


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_the_reasons_about_a_veiled_claim_stay_veiled(client, film, mia, seb, keith, headers):
    claim = make_trivia(film, mia, "They part", spoiler=True)
    claim.judge(keith, "dispute", "They never part.")
    client.force_login(seb)
    for response in (
        client.get(claim.get_absolute_url(), headers=headers),
        client.get(add(claim), headers=headers),
        client.post(add(claim), {"stance": "maybe"}, headers=headers),
    ):
        assert "They never part." not in response.text
        assert "They part" not in response.text
    client.get(f"{claim.get_absolute_url()}?show=1")
    assert "They never part." in client.get(claim.get_absolute_url()).text


# Taking the words of one out of sight.


def test_removed_words_leave_the_voice(client, claim, seb, keith):
    claim.judge(seb, **DISPUTE)
    verdict = Verdict.objects.get()
    assert verdict.remove(keith, "private", "It names a neighbour.") is True
    assert tally(claim) == ("unsourced", 0, 1)
    response = client.get(claim.get_absolute_url())
    page = response.content.decode()
    assert "Three takes" not in page
    assert "example.org/takes" not in page
    assert LedgerEntry.objects.get().get_reason_display() in page
    assert links(response, ".said .tombstone") == ["/ledger/1/"]


def test_who_gave_a_removed_reason_reads_it_and_appeals(as_seb, claim, seb, keith):
    claim.judge(seb, **DISPUTE)
    Verdict.objects.get().remove(keith, "spam")
    page = as_seb.get(claim.get_absolute_url())
    assert "Three takes were joined." in page.content.decode()
    assert "/ledger/1/appeal/" in links(page)
    as_seb.post("/ledger/1/appeal/", {"text": "I only said what I saw."})
    assert Appeal.objects.get().author == seb


def test_a_removed_reason_is_not_put_back_by_its_member(claim, seb, keith):
    claim.judge(seb, **DISPUTE)
    Verdict.objects.get().remove(keith, "spam")
    assert claim.judge(seb, **DISPUTE | {"reason": "Once more."}) is False
    assert Verdict.objects.get().reason == "Three takes were joined."
    Verdict.objects.get().restore(keith)
    assert claim.judge(seb, **DISPUTE | {"reason": "Once more."}) is True


def test_staff_removes_a_reason_in_the_admin(client, claim, seb, keith):
    claim.judge(seb, **DISPUTE)
    verdict = Verdict.objects.get()
    client.force_login(keith)
    url = f"/admin/moments/verdict/{verdict.pk}/remove/"
    client.post(url, {"confirmed": "yes", "reason": "spam", "note": "An advertisement."})
    verdict.refresh_from_db()
    row = LedgerEntry.objects.get()
    assert (verdict.state, verdict.removal, row.subject) == (
        "removed",
        row,
        "a verdict on trivia",
    )
