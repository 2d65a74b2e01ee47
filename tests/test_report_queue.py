"""The queue of reports: weighed, judged by moderators, and the outcome told to those who made them."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import User
from moments.models import Comment, LedgerEntry, Report
from moments.ranking import report_weight
from tests.support.admin import listed, section_of
from tests.support.counters import differences
from tests.support.makers import make_comment, make_film, make_member, make_moment, moderator
from tests.support.pages import select, texts, the
from tests.support.reports import filed, judge
from tests.support.rows import for_each

# The queue.


def test_older_accounts_weigh_more():
    weights = [report_weight(timedelta(days=days)) for days in (0, 9, 99)]
    assert weights == [1.0, 2.0, 3.0]
    assert report_weight(timedelta(days=-1)) == 1.0


def test_the_heaviest_is_judged_first_and_of_equals_the_oldest(film, mia, seb, keith):
    first, second, third = (make_moment(film, mia) for _ in range(3))
    for target, reporters in ((first, [seb]), (second, [seb]), (third, [seb, keith])):
        for member in reporters:
            filed(member, target)
    queue = list(Report.objects.queue())
    assert [report.post_id for report in queue] == [third.pk, first.pk, second.pk]
    assert [report.reporters for report in queue] == [2, 1, 1]
    assert queue[0].total_weight == pytest.approx(2 * report_weight(timedelta(days=30)))


def test_the_site_may_ask_for_a_look_itself(moment, keith):
    Report.objects.file_by_site(moment, "The first post of a new member is nothing but a link.")
    Report.objects.file_by_site(moment, "The same again.")
    report = Report.objects.get()
    assert (report.member, report.reason) == (None, "other")
    assert report.keep(keith, "A fine link.")


def test_the_front_page_of_the_staff_begins_with_what_is_reported(as_keith, seb, comment):
    assert section_of(as_keith.get("/admin/"), Report).rows == []
    report = filed(seb, comment)
    Report.objects.update(created=comment.created - timedelta(days=3))
    page = as_keith.get("/admin/")
    queue = section_of(page, Report)
    assert page.context["sections"][0] == queue
    assert texts(page, "#queue-1 .queue-note") == [" ".join(queue.note.split())]
    assert re.findall(r"\d+", queue.note) == ["3"]
    (row,) = queue.rows
    assert texts(page, "[aria-labelledby=queue-1] .queue-rows a") == [row.label]
    assert (row.url, row.label) == (
        reverse("admin:moments_report_change", args=[report.pk]),
        "Buy pills at my shop.",
    )
    assert all(word in row.note for word in (str(report), report.get_reason_display(), "1"))


def test_moderators_read_what_it_said_beside_what_it_says(as_keith, seb, comment):
    report = filed(seb, comment, "other", "He sells things.")
    comment.revise("Sorry, wrong window.")
    page = as_keith.get(reverse("admin:moments_report_change", args=[report.pk])).content.decode()
    for shown in ("Buy pills at my shop.", "Sorry, wrong window.", "He sells things.", "seb"):
        assert shown in page
    assert str(report) in as_keith.get(listed(Report)).content.decode()


def test_nobody_judges_what_is_their_own(client, film, seb, keith):
    own = make_moment(film, keith)
    report = filed(seb, own)
    client.force_login(keith)
    assert section_of(client.get("/admin/"), Report).rows == []
    for verb in ("change", "keep", "remove"):
        url = reverse(f"admin:moments_report_{verb}", args=[report.pk])
        assert client.get(url).status_code in {302, 404}
    client.post(url, {"confirmed": "yes", "outcome": "I like it.", "reason": "spam"})
    assert Report.objects.get().state == "open"


@pytest.mark.parametrize("person", ["visitor", "seb"])
def test_the_pages_of_reports_are_for_moderators(client, seb, keith, comment, person):
    report = filed(keith, comment)
    if person == "seb":
        client.force_login(seb)
    for url in (
        reverse("admin:moments_report_changelist"),
        reverse("admin:moments_report_change", args=[report.pk]),
        reverse("admin:moments_report_keep", args=[report.pk]),
    ):
        assert client.get(url).status_code in {302, 404}
        client.post(url, {"confirmed": "yes", "outcome": "Mine now."})
    assert Report.objects.get().state == "open"


def test_a_member_of_the_group_of_moderators_may_judge(client, seb, comment, moderators):
    bill = moderator()
    bill.groups.add(moderators)
    client.force_login(bill)
    report = filed(seb, comment)
    url = reverse("admin:moments_report_keep", args=[report.pk])
    assert client.post(url, {"confirmed": "yes", "outcome": "It is a joke."}).status_code == 302
    assert Report.objects.get().state == "kept"


# Outcomes.


def news_in(page):
    """How many outcomes the menu of the viewer says are new."""
    found = select(page, 'a[href="/reports/"] .badge')
    return int(re.search(r"\d+", found[0].text)[0]) if found else 0


@pytest.mark.parametrize("verb", ["keep", "act"])
def test_an_outcome_is_a_sentence_for_all_who_reported_it(verb, as_keith, seb, comment):
    others = [filed(make_member("tracy"), comment)]
    report = filed(seb, comment)
    assert judge(as_keith, verb, report).status_code == 422, "without a sentence there is no outcome"
    assert judge(as_keith, verb, report, outcome="It is a quotation.").status_code == 302
    assert {row.outcome for row in Report.objects.all()} == {"It is a quotation."}
    assert {row.state for row in Report.objects.all()} == {{"keep": "kept", "act": "acted"}[verb]}
    assert Comment.objects.get().is_visible
    assert set(User.objects.filter(unread_report_results=1)) == {seb, others[0].member}
    assert LedgerEntry.objects.count() == 0


def test_a_removal_from_the_queue_closes_all_reports_on_it(as_keith, seb, comment):
    filed(make_member("tracy"), comment)
    report = filed(seb, comment)
    assert judge(as_keith, "remove", report).status_code == 422
    assert judge(as_keith, "remove", report, reason="spam", note="It sells pills.").status_code == 302
    assert Comment.objects.get().state == "removed"
    assert {(row.state, row.outcome) for row in Report.objects.all()} == {("acted", "remove:1:spam")}


@for_each("word", ["post", "comment", "verdict", "film"])
def test_a_removal_elsewhere_closes_them_too(word, targets, seb, keith):
    target = targets[word]
    filed(seb, target)
    target.remove(keith, "copyright")
    assert (Report.objects.get().state, Report.objects.get().closed_by) == ("acted", keith)
    assert User.objects.get(pk=seb.pk).unread_report_results == 1


def test_the_reporter_hears_and_says_so(as_seb, seb, keith, comment, moment):
    assert news_in(as_seb.get("/")) == 0
    filed(seb, comment), filed(seb, moment)
    comment.remove(keith, "spam")
    assert news_in(as_seb.get("/")) == 1
    page = as_seb.get("/reports/")
    (closed,) = Report.objects.exclude(state="open")
    assert closed.outcome_text in page.content.decode()
    assert len(select(page, ".reports .badge.is-warn")) == 1
    assert "1" in the(page, ".reports-read p").text
    assert as_seb.post("/reports/read/")["Location"] == "/reports/"
    as_seb.post("/reports/read/")
    page = as_seb.get("/reports/")
    assert (news_in(page), select(page, ".reports-read")) == (0, [])
    assert User.objects.get(pk=seb.pk).unread_report_results == 0
    assert not any(differences().values())


def test_recount_repairs_the_number_of_outcomes(seb, keith, comment):
    filed(seb, comment).keep(keith, "Fine.")
    User.objects.update(unread_report_results=5)
    call_command("recount", stdout=StringIO())
    assert set(User.objects.values_list("username", "unread_report_results")) >= {("seb", 1), ("keith", 0)}


@pytest.mark.parametrize("word", ["post", "comment"])
def test_the_words_of_what_its_author_deleted_are_kept_until_it_is_judged(word, targets, seb, keith):
    target = targets[word]
    filed(seb, target).keep(keith, "A quotation.")
    filed(seb, target)
    target.delete_by_author()
    judged, waiting = Report.objects.order_by("pk")
    assert judged.snapshot == ""
    assert waiting.snapshot
    waiting.keep(keith, "It is gone.")
    assert Report.objects.get(pk=waiting.pk).snapshot == ""


# What it costs.


@pytest.mark.parametrize("number", [1, 30])
def test_lists_of_reports_cost_the_same_for_any_number(
    client, film, mia, seb, keith, number, django_assert_max_num_queries
):
    for _ in range(number):
        post = make_moment(film, mia)
        for target in (post, make_comment(post, mia), make_film()):
            filed(seb, target)
    client.force_login(seb)
    with django_assert_max_num_queries(3):
        assert client.get("/reports/").content.decode().count("Reported ") == min(3 * number, 25)
    client.force_login(keith)
    with django_assert_max_num_queries(8):
        client.get(reverse("admin:moments_report_changelist"))
