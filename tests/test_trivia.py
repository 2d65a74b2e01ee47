"""Trivia: the status follows from sources and verdicts; nobody sets it."""

import pytest

from moments.models import Trivia, Verdict
from moments.models.trivia import status
from moments.templatetags.posts import claim_status
from tests.support.makers import make_member, make_trivia
from tests.support.pages import texts


@pytest.mark.parametrize(
    ("sources", "confirms", "disputes", "expected"),
    [
        (0, 0, 0, "unsourced"),
        (1, 0, 0, "sourced"),
        (0, 4, 0, "unsourced"),
        (0, 5, 0, "confirmed"),
        (2, 0, 5, "disputed"),
        (2, 3, 3, "sourced"),
        (0, 9, 1, "confirmed"),
        (1, 1, 9, "disputed"),
    ],
)
def test_a_status_needs_a_quorum_and_a_clear_majority(sources, confirms, disputes, expected):
    assert status(sources, confirms, disputes) == expected


def test_citing_and_judging_settle_the_claim(film, mia):
    claim = make_trivia(film, mia)
    claim.cite([("https://example.org/a", "A source")])
    assert Trivia.objects.get().status == "sourced"
    for number in range(5):
        judge = make_member(f"judge{number}")
        Verdict.objects.create(trivia=claim, member=judge, stance="dispute", reason="No.")
    claim.update_status()
    stored = Trivia.objects.get()
    assert (stored.status, stored.confirms, stored.disputes) == ("disputed", 0, 5)


def test_the_page_shows_the_sources_and_who_disputes(client, film, mia, seb):
    claim = make_trivia(film, mia, "One take")
    claim.cite([("https://example.org/a", "The making of")])
    Verdict.objects.create(trivia=claim, member=seb, stance="dispute", reason="Three takes were joined.")
    claim.update_status()
    response = client.get(claim.get_absolute_url())
    page = response.content.decode()
    assert "The making of" in page
    assert "Three takes were joined." in page
    claim.refresh_from_db()
    assert (claim.status, claim.disputes) == ("sourced", 1)
    assert texts(response, "#claim-status .status") == [claim_status(claim).text]
    assert texts(client.get("/trivia/"), ".card .status") == [claim_status(claim).text]
