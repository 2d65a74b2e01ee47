"""The cases of the queue of reports, one after the other: what staff see, and where a decision leads."""

import re

from django.urls import reverse

from moments.models import Report
from reelive.images import read
from tests.support.admin import listed
from tests.support.makers import make_comment, make_moment
from tests.support.pages import select, texts, the
from tests.support.pictures import picture
from tests.support.reports import filed, judge


def case(report):
    return reverse("admin:moments_report_change", args=[report.pk])


def test_a_case_begins_with_the_facts_and_tells_who_wrote_it(as_keith, seb, mia, moment, keith):
    make_comment(moment, mia, "Pills, once.").remove(keith, "spam")
    mia.suspend(keith, "Spam."), mia.reinstate(keith, "It was a mistake.")
    page = as_keith.get(case(filed(seb, make_comment(moment, mia, "Pills, again."))))
    assert texts(page, ".case > section")[0].count("Pills, again.") == 1
    record = texts(page, ".case-record li")
    assert [re.search(r"\d+", line)[0] for line in record[1:]] == ["1", "1"]
    assert [form["action"].split("/")[-2] for form in select(page, ".decision form")] == [
        "remove",
        "keep",
        "act",
    ]
    assert not select(page, ".decision[open]")


def test_the_picture_of_what_is_reported_is_shown(as_keith, seb, moment):
    moment.attach_still(read(picture()))
    moment.save()
    assert the(as_keith.get(case(filed(seb, moment))), ".evidence-picture")["src"] == moment.still_url


def test_after_each_decision_comes_the_next_case(as_keith, film, mia, seb):
    first, second, third = (filed(seb, make_moment(film, mia)) for _ in range(3))
    page = as_keith.get(case(second))
    ways = {link["rel"]: link["href"] for link in select(page, ".case-place a")}
    assert ways == {"prev": case(first), "next": case(third)}
    assert judge(as_keith, "keep", second, outcome="Fine.").url == case(third)
    assert judge(as_keith, "remove", third, reason="spam").url == case(first)
    assert judge(as_keith, "act", first, outcome="Done.").url == listed(Report)


def test_a_refused_decision_stays_at_its_case(as_keith, seb, moment):
    refused = judge(as_keith, "keep", filed(seb, moment))
    assert (refused.status_code, Report.objects.get().state) == (422, "open")


def test_a_case_leads_to_what_else_can_be_done_and_back(as_keith, seb, mia, moment):
    report = filed(seb, moment)
    links = [link["href"] for link in select(as_keith.get(case(report)), ".case-elsewhere a")]
    lock = reverse("admin:moments_moment_lock", args=[moment.pk])
    assert any(link.startswith(lock) for link in links)
    assert any(link.startswith(reverse("admin:accounts_user_suspend", args=[mia.pk])) for link in links)
    asked = as_keith.get(next(link for link in links if link.startswith(lock)))
    assert the(asked, "input[name=next]")["value"] == case(report)


def test_the_cases_of_ones_own_are_no_step_of_the_walk(client, film, mia, seb, keith):
    own, other = filed(seb, make_moment(film, keith)), filed(seb, make_moment(film, mia))
    client.force_login(keith)
    page = client.get(case(other))
    assert page.context["place"].of == 1
    assert case(own) not in page.text
