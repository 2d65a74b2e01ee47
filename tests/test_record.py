"""A member's own record: all of it for themselves, and nothing of who reported or labelled."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import Report
from tests.support.makers import make_comment, make_member, make_moment, make_song
from tests.support.pages import the, words_of


@pytest.fixture
def record(film, mia, keith):
    """Mia's song was removed, a comment labelled, a moment reported and kept; and all the same of seb's."""
    tracy, seb = make_member("tracy"), make_member("seb")
    for author in (mia, seb):
        song, moment = make_song(film, author), make_moment(film, author, f"The Dance of {author}")
        comment = make_comment(moment, author)
        song.remove(keith, "copyright", f"The song of {author}.")
        comment.label(tracy, "unkind"), moment.label(tracy, "wrong"), moment.label(keith, "wrong")
        for reporter in (tracy, keith):
            Report.objects.file(reporter, moment, "private", "sixtoes lives there")
        Report.objects.close(moment, keith, "kept", f"No street is named by {author}.")
        Report.objects.file(tracy, author, "spam")
    mia.suspend(keith, "Sold pills.")
    mia.reinstate(keith)
    return mia


def page(client):
    return client.get("/record/")


def part(shown, name):
    """A section of the page."""
    return the(shown, f"section[aria-labelledby={name}]")


def numbers(element):
    return re.findall(r"\d+", words_of(element))


def test_a_member_reads_all_that_was_made_of_theirs(client, record):
    client.force_login(User.objects.get(pk=record.pk))
    shown = page(client)
    assert [(row.action, row.reason) for row in shown.context["removals"]] == [("remove", "copyright")]
    assert len(part(shown, "removed").select('a[href^="/ledger/"]')) == 3  # with a suspension and its end
    assert "Sold pills." in words_of(part(shown, "removed"))
    assert sorted(numbers(part(shown, "flagged").select_one(".labels"))) == ["1", "2"]
    assert "The Dance of mia" in words_of(part(shown, "flagged"))
    assert "No street is named by mia." in words_of(part(shown, "judged"))


def test_nobody_is_told_who_or_what_is_still_open(client, record):
    client.force_login(User.objects.get(pk=record.pk))
    shown = page(client).text
    for secret in ("tracy", "sixtoes", "seb"):
        assert secret not in shown
    assert shown.count("No street is named by mia.") == 1, "however many reported it"


def test_who_did_nothing_yet_has_a_clean_record(as_seb):
    shown = page(as_seb)
    for name in ("removed", "flagged", "judged"):
        assert part(shown, name).select("a, b, .labels") == []
        assert len(part(shown, name).select(".muted")) == 1
    limits = part(shown, "limits")
    assert (limits.select("time"), numbers(limits.select_one("dd"))) == ([], ["6", "10"])


def test_on_the_first_day_half_of_each_limit_holds(client, db):
    client.force_login(make_member("tracy", date_joined=timezone.now() - timedelta(hours=2)))
    limits = part(page(client), "limits")
    assert (len(limits.select("time")), numbers(limits.select_one("dd"))) == (1, ["3", "10"])


def test_the_page_costs_the_same_for_a_long_record(client, film, mia, seb, django_assert_max_num_queries):
    client.force_login(mia)
    for _ in range(30):
        moment = make_moment(film, mia)
        make_comment(moment, mia).label(seb, "unkind")
        Report.objects.file(seb, moment, "spam")
        Report.objects.close(moment, seb, "kept", "Fine.")
    with django_assert_max_num_queries(13):
        shown = page(client)
    assert numbers(part(shown, "flagged").select_one(".labels")) == ["30"]
