"""Reports on films, by everybody, judged as all reports are."""

import pytest

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Report
from tests.support.admin import page as page_of
from tests.support.admin import section_of
from tests.support.makers import make_film
from tests.support.pages import links, select, text_of
from tests.support.reports import SPAM, address, filed, judge


def test_a_film_is_reported_by_everybody_also_by_who_added_it(as_mia, film, mia, seb):
    film.added_by = mia
    film.save(update_fields=["added_by"])
    assert address("film", film) in links(as_mia.get(film.get_absolute_url()))
    assert as_mia.post(address("film", film), SPAM).status_code == 302
    assert filed(seb, film)
    assert Report.objects.queue().get().reporters == 2


def test_facts_are_kept_as_they_were_when_they_were_reported(film, mia, seb):
    film.summary = "Buy pills."
    film.revise(mia)
    report = filed(seb, film)
    film.revisions.get().restore(seb)
    assert "Buy pills." in report.snapshot
    assert [line for line in report.snapshot.splitlines() if line.rstrip().endswith(":")] == []


def test_a_report_on_a_film_is_judged_as_all_is(as_keith, client, film, seb, keith):
    report = filed(seb, film)
    page = as_keith.get(page_of(report)).content.decode()
    assert select(page, ".case-said h3") == []  # it says what it said
    assert page_of(film) in links(page)
    (row,) = section_of(as_keith.get("/admin/"), Report).rows
    assert str(report) in f"{row.label} {row.note}"
    assert judge(as_keith, "act", report, outcome="The facts were put back.").status_code == 302
    client.force_login(seb)
    told = client.get("/reports/")
    assert "The facts were put back." in text_of(told)
    assert film.get_absolute_url() in links(told)


def test_a_film_is_removed_from_the_queue_and_leads_nowhere(as_keith, client, film, seb):
    report = filed(seb, film)
    assert judge(as_keith, "remove", report, reason="private", note="A number.").status_code == 302
    assert (film.__class__.objects.get().state, Report.objects.get().outcome) == (
        "removed",
        "remove:1:private",
    )
    admin = as_keith.get(page_of(report))
    client.force_login(seb)
    told = client.get("/reports/")
    assert Report.objects.get().outcome_text in text_of(told)
    for page in (admin, told):
        assert film.get_absolute_url() not in links(page, "body")
    assert as_keith.post(address("film", film), SPAM).status_code == 404


def test_a_merge_closes_the_reports_on_the_film_that_went(film, seb, keith):
    twin = make_film("Lalaland")
    filed(seb, twin), filed(seb, film)
    twin.merge_into(keith, film)
    closed, waiting = Report.objects.order_by("pk")
    assert (closed.state, closed.outcome) == ("acted", "merge:1:")
    assert (waiting.state, User.objects.get(pk=seb.pk).unread_report_results) == ("open", 1)
    assert closed.link == twin.get_absolute_url()


def test_a_report_on_a_film_that_was_renamed_meanwhile_is_taken(as_seb, film, mia):
    before = address("film", film)
    film.title = "City of Stars"
    film.revise(mia)
    assert as_seb.post(before, SPAM).status_code == 302
    assert Report.objects.get().film == film


@pytest.mark.parametrize("take_texts", [True, False])
def test_reports_on_a_film_stay_without_the_name_of_who_left(take_texts, film, seb):
    filed(seb, film, "private", "It has my number.")
    delete_account(seb, take_texts)
    report = Report.objects.get()
    assert (report.member, report.target) == (None, film)
    assert report.note == ("" if take_texts else "It has my number.")
    assert film.title in report.snapshot
