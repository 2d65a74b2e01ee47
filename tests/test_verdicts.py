"""Verdicts: members confirm or dispute a claim, by verbs and by a form."""

from contextlib import nullcontext

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import Trivia, Verdict
from moments.models.mixins.judged import NOT_YOURS
from moments.models.refusals import Gone, Refused
from moments.templatetags.posts import claim_status
from tests.support.counters import differences
from tests.support.makers import make_trivia, moderator
from tests.support.pages import select, texts, the
from tests.support.rows import for_each
from tests.support.verdicts import CONFIRM, DISPUTE, add, judged_by, tally

HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(film, mia):
    return make_trivia(film, mia, "One take", body="The traffic scene was shot in a single take.")


def revoke(claim):
    return reverse("verdict-revoke", args=[claim.pk])


# The verbs.


def test_a_verdict_counts_once_and_the_same_again_changes_nothing(claim, seb):
    assert [claim.judge(seb, **DISPUTE), claim.judge(seb, **DISPUTE)] == [True, False]
    assert tally(claim) == ("unsourced", 0, 1)


def test_who_thinks_again_has_one_verdict_and_it_is_new(claim, seb):
    claim.judge(seb, **DISPUTE)
    before = Verdict.objects.get()
    assert claim.judge(seb, **CONFIRM)
    after = Verdict.objects.get()
    assert (after.pk, after.form_data) == (before.pk, CONFIRM)
    assert after.created > before.created
    assert tally(claim) == ("unsourced", 1, 0)


def test_revoking_twice_changes_nothing_more(claim, seb, keith):
    claim.judge(seb, **DISPUTE), claim.judge(keith, **CONFIRM)
    assert [claim.revoke_verdict(seb), claim.revoke_verdict(seb)] == [True, False]
    assert tally(claim) == ("unsourced", 1, 0)


def test_five_verdicts_and_a_clear_majority_settle_a_claim_and_unsettle_it(claim, seb):
    judged_by(claim, disputes=4)
    assert tally(claim) == ("unsourced", 0, 4)
    claim.judge(seb, **DISPUTE)
    assert tally(claim) == ("disputed", 0, 5)
    claim.judge(seb, **CONFIRM)
    assert tally(claim) == ("disputed", 1, 4)
    claim.revoke_verdict(seb)
    assert tally(claim) == ("unsourced", 0, 4)


@for_each("state", ["visible", "removed", "deleted", "withheld"])
@for_each("role", ["author", "member", "moderator", "visitor"])
def test_only_others_judge_and_only_what_can_be_read(role, state, claim, film, mia, seb, keith, client):
    people = {"author": mia, "member": seb, "moderator": keith}
    if state == "withheld":
        film.remove(moderator(), "spam")
    elif state != "visible":
        claim.delete_by_author() if state == "deleted" else claim.remove(moderator(), "spam")
    allowed = state == "visible" and role in ("member", "moderator")
    if role in people:
        client.force_login(people[role])
        with nullcontext() if allowed else pytest.raises(Refused):
            Trivia.objects.get(pk=claim.pk).judge(people[role], **DISPUTE)
    response = client.post(add(claim), DISPUTE)
    expected = 302 if allowed or role == "visitor" else 404 if state != "visible" else 422
    assert (response.status_code, Verdict.objects.count()) == (expected, allowed)


@for_each("state", ["visible", "removed", "deleted", "withheld"])
@for_each("role", ["author", "judge", "other", "visitor"])
def test_only_whose_it_is_takes_a_verdict_back(role, state, claim, film, mia, seb, keith, client):
    people = {"author": mia, "judge": seb, "other": keith}
    claim.judge(seb, **DISPUTE)
    if state == "withheld":
        film.remove(moderator(), "spam")
    elif state != "visible":
        claim.delete_by_author() if state == "deleted" else claim.remove(moderator(), "spam")
    if role in people:
        client.force_login(people[role])
    status = client.post(revoke(claim)).status_code
    taken_back = (role, state) == ("judge", "visible")
    assert (status, Verdict.objects.count()) == (302 if state == "visible" else 404, not taken_back)
    assert differences() == {}


def test_a_claim_read_before_it_was_removed_takes_no_verdict(claim, seb):
    stale = Trivia.objects.get(pk=claim.pk)
    claim.remove(moderator(), "spam")
    with pytest.raises(Gone):
        stale.judge(seb, **CONFIRM)
    assert Verdict.objects.count() == 0


def test_a_deleted_account_takes_its_verdict_along(claim, seb):
    judged_by(claim, disputes=4)
    claim.judge(seb, **DISPUTE)
    delete_account(seb, take_texts=False)
    assert tally(claim) == ("unsourced", 0, 4)


# The form.


def test_the_form_gives_the_verdict_and_leads_back_to_it(as_seb, claim, seb):
    response = as_seb.post(add(claim), DISPUTE)
    assert response["Location"] == claim.get_absolute_url() + "#verdicts"
    assert Verdict.objects.get(member=seb).form_data == DISPUTE
    page = as_seb.get(claim.get_absolute_url())
    assert page.context["mine"].stance == "dispute"
    assert len(select(page, "#verdicts .verdicts-mine p")) == 1
    assert "Three takes were joined." in page.text
    claim.refresh_from_db()
    assert texts(page, "#claim-status .status") == [claim_status(claim).text]
    assert "1" in texts(page, "#claim-status .status")[0]


def test_taking_it_back_works_as_a_plain_form(as_seb, claim, seb):
    claim.judge(seb, **DISPUTE)
    response = as_seb.post(revoke(claim))
    assert response["Location"] == claim.get_absolute_url() + "#verdicts"
    assert tally(claim) == ("unsourced", 0, 0)


@for_each(
    "typed, wrong",
    [
        ({"reason": "It was joined."}, "stance"),
        ({"stance": "maybe"}, "stance"),
        ({"stance": "dispute"}, "reason"),
        ({"stance": "dispute", "reason": " \u200b\x00 "}, "reason"),
        (DISPUTE | {"reason": "x" * 501}, "reason"),
        (DISPUTE | {"url": "javascript:alert(1)"}, "url"),
        (DISPUTE | {"url": "ftp://example.org/a"}, "url"),
        (DISPUTE | {"url": "https://example.org/" + "a" * 500}, "url"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["page", "fragment"])
def test_a_wrong_verdict_comes_back_with_a_sentence_and_all_that_was_typed(
    as_seb, claim, typed, wrong, headers
):
    response = as_seb.post(add(claim), typed, headers=headers)
    form = response.context["verdict_form"]
    assert (response.status_code, list(form.errors)) == (422, [wrong])
    assert {name: form[name].value() for name in typed} == typed
    assert ("<html" in response.text) == (not headers)
    assert Verdict.objects.count() == 0


def test_a_reason_of_five_hundred_characters_is_kept(as_seb, claim):
    as_seb.post(add(claim), DISPUTE | {"reason": "x" * 500})
    assert len(Verdict.objects.get().reason) == 500


def test_markup_in_a_reason_is_text(as_seb, claim, seb):
    claim.judge(seb, "dispute", "<script>alert(1)</script>\nand more")
    page = as_seb.get(claim.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>and more" in page


def test_ones_own_claim_is_for_others_to_judge(as_mia, claim):
    assert add(claim) not in as_mia.get(claim.get_absolute_url()).text
    response = as_mia.post(add(claim), DISPUTE)
    assert response.status_code == 422
    assert str(NOT_YOURS) in response.text
    assert Verdict.objects.count() == 0


def test_a_visitor_signs_in_and_finds_what_they_typed(client, claim, seb):
    response = client.post(add(claim), DISPUTE)
    assert response["Location"] == f"/accounts/login/?next=%2Ftrivia%2F{claim.pk}%2Fverdict%2F"
    client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
    form = client.get(add(claim)).context["verdict_form"]
    assert {name: form[name].value() for name in DISPUTE} == DISPUTE


def test_a_visitor_is_offered_the_way_in_and_no_form(client, claim):
    response = client.get(claim.get_absolute_url())
    assert f"/accounts/login/?next=/trivia/{claim.pk}/verdict/" in response.text
    assert "csrfmiddlewaretoken" not in response.text
    assert not response.cookies


def test_the_fragment_brings_the_status_along(as_seb, claim, seb):
    answers = [as_seb.post(address, DISPUTE, headers=HTMX) for address in (add(claim), revoke(claim))]
    for answer in answers:
        assert select(answer, "html") == []
        assert the(answer, "#claim-status")["data-hx-swap-oob"] == "true"
    before, after = (the(answer, "#claim-status").text for answer in answers)
    assert ("1" in before, "1" in after) == (True, False)


@pytest.mark.parametrize("path", [add, revoke])
def test_a_moment_takes_no_verdict(path, as_seb, moment):
    assert as_seb.post(path(moment), DISPUTE).status_code == 404


def test_verdicts_count_as_votes_in_the_quota_and_the_text_is_kept(as_seb, claim, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: 1_800_000_000.0)
    answers = [as_seb.post(revoke(claim)).status_code for _ in range(60)]
    response = as_seb.post(add(claim), DISPUTE)
    assert (set(answers), response.status_code) == ({302}, 429)
    assert int(response["Retry-After"]) >= 1
    assert response.context["verdict_form"]["reason"].value() == DISPUTE["reason"]
    assert Verdict.objects.count() == 0
