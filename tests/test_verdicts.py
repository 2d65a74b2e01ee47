"""Verdicts: members confirm or dispute a claim; what comes of it is counted, and nobody sets it."""

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import Appeal, LedgerEntry, Post, Trivia, Verdict
from moments.models.feed import HOT
from moments.models.trivia import Status
from tests.conftest import differences, make_film, make_member, make_moment, make_trivia, moderator, plan_of

DISPUTE = {"stance": "dispute", "reason": "Three takes were joined.", "url": "https://example.org/takes"}
CONFIRM = {"stance": "confirm", "reason": "", "url": ""}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def claim(film, mia):
    return make_trivia(film, mia, "One take", body="The traffic scene was shot in a single take.")


def add(claim):
    return reverse("verdict-add", args=[claim.pk])


def withdraw(claim):
    return reverse("verdict-withdraw", args=[claim.pk])


def tally(claim):
    """What is stored of the claim, and agrees with its rows."""
    assert differences() == {}
    stored = Trivia.objects.get(pk=claim.pk)
    return stored.status, stored.confirms, stored.disputes


def judged_by(claim, confirms=0, disputes=0):
    for number in range(confirms + disputes):
        judge = make_member(f"judge{claim.pk}x{number}")
        claim.judge(judge, **(CONFIRM if number < confirms else DISPUTE))


# The verbs.


def test_a_verdict_counts_once_and_the_same_again_changes_nothing(claim, seb):
    assert [claim.judge(seb, **DISPUTE), claim.judge(seb, **DISPUTE)] == [True, False]
    assert tally(claim) == ("unsourced", 0, 1)


def test_who_thinks_again_has_one_verdict_and_it_is_new(claim, seb):
    claim.judge(seb, **DISPUTE)
    before = Verdict.objects.get()
    assert claim.judge(seb, **CONFIRM)
    after = Verdict.objects.get()
    assert (after.pk, after.said) == (before.pk, CONFIRM)
    assert after.created > before.created
    assert tally(claim) == ("unsourced", 1, 0)


def test_withdrawing_twice_changes_nothing_more(claim, seb, keith):
    claim.judge(seb, **DISPUTE), claim.judge(keith, **CONFIRM)
    assert [claim.withdraw_verdict(seb), claim.withdraw_verdict(seb)] == [True, False]
    assert tally(claim) == ("unsourced", 1, 0)


def test_five_verdicts_and_a_clear_majority_settle_a_claim_and_unsettle_it(claim, seb):
    judged_by(claim, disputes=4)
    assert tally(claim) == ("unsourced", 0, 4)
    claim.judge(seb, **DISPUTE)
    assert tally(claim) == ("disputed", 0, 5)
    claim.judge(seb, **CONFIRM)
    assert tally(claim) == ("disputed", 1, 4)
    claim.withdraw_verdict(seb)
    assert tally(claim) == ("unsourced", 0, 4)


@pytest.mark.parametrize("state", ["visible", "removed", "deleted", "withheld"])
@pytest.mark.parametrize("role", ["author", "member", "moderator", "visitor"])
def test_only_others_judge_and_only_what_can_be_read(role, state, claim, film, mia, seb, keith, client):
    people = {"author": mia, "member": seb, "moderator": keith}
    if state == "withheld":
        film.remove(moderator(), "spam")
    elif state != "visible":
        claim.take_back() if state == "deleted" else claim.remove(moderator(), "spam")
    allowed = state == "visible" and role in ("member", "moderator")
    if role in people:
        client.force_login(people[role])
        assert Trivia.objects.get(pk=claim.pk).judge(people[role], **DISPUTE) == allowed
    response = client.post(add(claim), DISPUTE)
    expected = 302 if allowed or role == "visitor" else 404 if state != "visible" else 422
    assert (response.status_code, Verdict.objects.count()) == (expected, allowed)


@pytest.mark.parametrize("state", ["visible", "removed", "deleted", "withheld"])
@pytest.mark.parametrize("role", ["author", "judge", "other", "visitor"])
def test_only_whose_it_is_takes_a_verdict_back(role, state, claim, film, mia, seb, keith, client):
    people = {"author": mia, "judge": seb, "other": keith}
    claim.judge(seb, **DISPUTE)
    if state == "withheld":
        film.remove(moderator(), "spam")
    elif state != "visible":
        claim.take_back() if state == "deleted" else claim.remove(moderator(), "spam")
    if role in people:
        client.force_login(people[role])
    status = client.post(withdraw(claim)).status_code
    taken_back = (role, state) == ("judge", "visible")
    assert (status, Verdict.objects.count()) == (302 if state == "visible" else 404, not taken_back)
    assert differences() == {}


def test_a_claim_read_before_it_was_removed_takes_no_verdict(claim, seb):
    stale = Trivia.objects.get(pk=claim.pk)
    claim.remove(moderator(), "spam")
    assert not stale.judge(seb, **CONFIRM)
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
    assert Verdict.objects.get(member=seb).said == DISPUTE
    page = as_seb.get(claim.get_absolute_url()).text
    assert "You dispute it." in page
    assert "Three takes were joined." in page
    assert "No source yet, disputed by 1" in page


def test_taking_it_back_works_as_a_plain_form(as_seb, claim, seb):
    claim.judge(seb, **DISPUTE)
    response = as_seb.post(withdraw(claim))
    assert response["Location"] == claim.get_absolute_url() + "#verdicts"
    assert tally(claim) == ("unsourced", 0, 0)


@pytest.mark.parametrize(
    ("typed", "wrong"),
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
    assert "The claim is yours" in response.text
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
    answer = as_seb.post(add(claim), DISPUTE, headers=HTMX).text
    assert "<html" not in answer
    assert 'id="claim-status" hx-swap-oob="true"' in answer
    assert "No source yet, disputed by 1" in answer
    assert "Nobody has said anything yet." in as_seb.post(withdraw(claim), headers=HTMX).text


@pytest.mark.parametrize("path", [add, withdraw])
def test_a_moment_takes_no_verdict(path, as_seb, moment):
    assert as_seb.post(path(moment), DISPUTE).status_code == 404


def test_verdicts_count_as_votes_in_the_quota_and_the_text_is_kept(as_seb, claim, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: 1_800_000_000.0)
    answers = [as_seb.post(withdraw(claim)).status_code for _ in range(60)]
    response = as_seb.post(add(claim), DISPUTE)
    assert (set(answers), response.status_code) == ({302}, 429)
    assert int(response["Retry-After"]) >= 1
    assert response.context["verdict_form"]["reason"].value() == DISPUTE["reason"]
    assert Verdict.objects.count() == 0


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


@pytest.mark.parametrize(
    ("confirms", "disputes", "sourced", "words"),
    [
        (0, 0, False, "No source yet"),
        (0, 0, True, "Sourced"),
        (3, 1, True, "Sourced, confirmed by 3, disputed by 1"),
        (7, 1, False, "Confirmed by 7, disputed by 1"),
        (0, 5, True, "Disputed by 5"),
    ],
)
def test_cards_and_page_say_in_words_how_a_claim_stands(client, claim, confirms, disputes, sourced, words):
    claim.cite([("https://example.org/a", "A source")] if sourced else [])
    judged_by(claim, confirms, disputes)
    for url in (claim.get_absolute_url(), "/trivia/", "/films/la-la-land/trivia/"):
        assert f"{words}</span>" in client.get(url).text


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


# Lists by status.


@pytest.fixture
def claims(film, mia):
    """One claim of each status, and one more of another film."""
    titles = {"unsourced": "Bare", "sourced": "Cited", "confirmed": "Sure", "disputed": "Doubtful"}
    made = {status: make_trivia(film, mia, title) for status, title in titles.items()}
    made["sourced"].cite([("https://example.org/a", "A source")])
    judged_by(made["confirmed"], confirms=5)
    judged_by(made["disputed"], disputes=5)
    judged_by(make_trivia(make_film("Ponyo", year=2008), mia, "Doubtful too"), disputes=5)
    make_moment(film, mia)
    return titles


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("url", ["/trivia/", "/films/la-la-land/trivia/"])
def test_lists_of_trivia_are_narrowed_to_a_status(client, claims, url, status):
    response = client.get(f"{url}?status={status}")
    everywhere = {"Doubtful too"} if (url, status) == ("/trivia/", "disputed") else set()
    assert {post.title for post in response.context["posts"]} == {claims[status]} | everywhere
    current = [link["label"] for link in response.context["status_filter"] if link["current"]]
    assert current == [Status(status).label]


@pytest.mark.parametrize("url", ["/trivia/", "/films/la-la-land/trivia/", "/trivia/feed/"])
@pytest.mark.parametrize("status", ["true", "Disputed", "\x00", "disputed'"])
def test_a_status_that_is_none_is_not_found(client, film, url, status):
    assert client.get(url, {"status": status}).status_code == 404


def test_an_empty_status_says_so(client, claim):
    assert "No claim here is disputed." in client.get("/trivia/?status=disputed").text
    assert "No claim here is disputed." in client.get("/films/la-la-land/trivia/?status=disputed").text


def test_the_pages_of_a_status_keep_it(client, film, mia):
    for _ in range(30):
        make_trivia(film, mia)
    response = client.get("/trivia/?status=unsourced")
    assert "status=unsourced&amp;after=" in response.text
    response = client.get("/trivia/", {"status": "unsourced", "after": response.context["next_cursor"]})
    assert len(response.context["posts"]) == 5


def test_the_feed_keeps_the_status(client, claims):
    feed = client.get("/trivia/feed/?status=disputed").text
    assert ("Doubtful too" in feed, "Bare" in feed) == (True, False)
    assert "/trivia/feed/?status=disputed" in client.get("/trivia/?status=disputed").text
    of_film = "/films/la-la-land/trivia/"
    assert f"{of_film}feed/?status=disputed" in client.get(f"{of_film}?status=disputed").text


def test_a_list_by_status_walks_its_own_index(claims):
    posts = Post.objects.listed().of_kind("trivia").with_status("disputed").order_by(*HOT)
    sql, parameters = posts.values("pk").query.sql_with_params()
    plan = plan_of(sql % tuple(f"'{value}'" for value in parameters))
    assert "post_status_hot" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_nobody_of_the_staff_sets_a_status(client, keith, claim):
    client.force_login(keith)
    form = client.get(reverse("admin:moments_trivia_change", args=[claim.pk])).context["adminform"].form
    assert {"status", "confirms", "disputes"}.isdisjoint(form.fields)


# Taking the words of one out of sight.


def test_removed_words_leave_the_voice(client, claim, seb, keith):
    claim.judge(seb, **DISPUTE)
    verdict = Verdict.objects.get()
    assert verdict.remove(keith, "private", "It names a neighbour.") is True
    assert tally(claim) == ("unsourced", 0, 1)
    page = client.get(claim.get_absolute_url()).content.decode()
    assert "Three takes" not in page
    assert "example.org/takes" not in page
    assert "Removed: private data." in page
    assert '<a href="/ledger/1/">Row 1 of the ledger</a>' in page


def test_who_gave_a_removed_reason_reads_it_and_appeals(as_seb, claim, seb, keith):
    claim.judge(seb, **DISPUTE)
    Verdict.objects.get().remove(keith, "spam")
    page = as_seb.get(claim.get_absolute_url()).content.decode()
    assert "Three takes were joined." in page
    assert 'href="/ledger/1/appeal/"' in page
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
