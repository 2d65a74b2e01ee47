"""A member's own record: all of it for themselves, and nothing of who reported or labelled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import Report
from tests.support.makers import make_comment, make_member, make_moment, make_song


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
    return client.get("/record/").content.decode()


def test_a_member_reads_all_that_was_made_of_theirs(client, record):
    client.force_login(User.objects.get(pk=record.pk))
    shown = page(client)
    for part in (
        "A song of La La Land (2016): Copyright notice",
        "Unkind <b>1</b>",
        "Wrong fact <b>2</b>",
        "The Dance of mia",
        "No street is named by mia.",
        "Sold pills.",
    ):
        assert part in shown


def test_nobody_is_told_who_or_what_is_still_open(client, record):
    client.force_login(User.objects.get(pk=record.pk))
    shown = page(client)
    for part in ("tracy", "sixtoes", "seb", "Waiting"):
        assert part not in shown
    assert shown.count("No street is named by mia.") == 1, "however many reported it"


def test_who_did_nothing_yet_has_a_clean_record(as_seb):
    shown = page(as_seb)
    for part in ("Nothing of yours is removed.", "Nobody flagged anything", "There was nothing to judge."):
        assert part in shown
    assert "first day" not in shown
    assert "6 in 10 minutes" in shown


def test_on_the_first_day_half_of_each_limit_holds(client, db):
    client.force_login(make_member("tracy", date_joined=timezone.now() - timedelta(hours=2)))
    shown = page(client)
    assert "first day" in shown
    assert "3 in 10 minutes" in shown


def test_the_page_costs_the_same_for_a_long_record(client, film, mia, seb, django_assert_max_num_queries):
    client.force_login(mia)
    for _ in range(30):
        moment = make_moment(film, mia)
        make_comment(moment, mia).label(seb, "unkind")
        Report.objects.file(seb, moment, "spam")
        Report.objects.close(moment, seb, "kept", "Fine.")
    with django_assert_max_num_queries(13):
        assert "Unkind <b>30</b>" in page(client)
