"""Who reported stays between them and the moderators, also when somebody leaves."""

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Report
from tests.support.counters import differences
from tests.support.makers import make_comment, make_member, make_moment
from tests.support.pages import select
from tests.support.reports import address, filed

# What nobody is told.


def test_who_reported_stays_between_them_and_the_moderators(client, mia, keith, film):
    tracy = make_member("tracy")
    post = make_moment(film, mia, "Pills", body="Buy pills.")
    remark = make_comment(post, mia, "More pills.")
    for target in (post, remark, mia):
        Report.objects.file(tracy, target, "spam", "This hurts, says sixtoes.")
    remark.remove(keith, "spam")
    urls = [
        "/", "/ledger/", "/ledger/export.jsonl", "/ledger/feed/", "/ledger/1/", post.get_absolute_url(),
        f"/comments/{remark.pk}/", "/members/mia/", "/members/mia/comments/", "/reports/", "/search/?q=pills",
    ]  # fmt: skip
    for person in (None, mia):
        if person:
            client.force_login(person)
        for url in urls:
            answer = client.get(url)
            page = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert b"tracy" not in page, url
            assert b"sixtoes" not in page, url


def test_the_reports_of_a_member_are_for_nobody_else_and_no_cache(as_seb, seb, keith, comment):
    filed(keith, comment, "other", "sixtoes")
    page = as_seb.get("/reports/")
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    assert "sixtoes" not in page.content.decode()


def test_a_list_of_reports_names_nothing_of_what_it_is_about(as_seb, seb, moment):
    filed(seb, moment)
    assert moment.title not in as_seb.get("/reports/").content.decode()


# Leaving.


@pytest.mark.parametrize("take_texts", [True, False])
def test_who_leaves_is_not_named_by_their_reports(take_texts, moment, seb, keith, mia):
    filed(seb, moment, "spam", "I know him from school.")
    filed(keith, seb)
    own = make_comment(moment, seb, "My own words.")
    filed(keith, own)
    delete_account(seb, take_texts)
    on_moment, on_own = Report.objects.order_by("pk")
    assert (on_moment.member, on_moment.note) == (None, "" if take_texts else "I know him from school.")
    assert on_own.snapshot == ("" if take_texts else "My own words.")
    assert on_moment.keep(keith, "Fine.")
    assert not any(differences().values())


def test_an_outcome_about_somebody_who_left_is_no_news_any_more(seb, keith, mia):
    filed(seb, mia).act(keith, "Suspended.")
    assert User.objects.get(pk=seb.pk).unread_report_results == 1
    delete_account(mia, True)
    assert User.objects.get(pk=seb.pk).unread_report_results == 0


@pytest.mark.parametrize(
    "leaves",
    [lambda mia, verdict: verdict.trivia.revoke_verdict(mia), lambda mia, _: delete_account(mia, False)],
)
def test_an_outcome_about_a_verdict_that_was_taken_back_is_no_news_any_more(leaves, seb, keith, mia, verdict):
    filed(seb, verdict).keep(keith, "It is an opinion.")
    filed(keith, verdict)
    assert User.objects.get(pk=seb.pk).unread_report_results == 1
    leaves(mia, verdict)
    assert User.objects.get(pk=seb.pk).unread_report_results == 0
    assert not any(differences().values())


def test_a_verdict_is_reported_from_its_place_and_judged_as_all_is(client, seb, keith, mia, verdict):
    link = f'href="/verdicts/{verdict.pk}/report/"'
    shown = []
    for viewer in (seb, mia):
        client.force_login(viewer)
        shown.append(link in client.get(verdict.trivia.get_absolute_url()).content.decode())
    assert shown == [True, False]
    filed(seb, verdict)
    assert client.get("/record/").status_code == 200
    client.force_login(keith)
    page = client.get(reverse("admin:moments_report_change", args=[Report.objects.get().pk])).content.decode()
    assert select(page, ".case-said h3") == []  # it says what it said
    assert reverse("admin:moments_verdict_change", args=[verdict.pk]) in page
    assert "Buy pills of mine instead." in page
    url = reverse("admin:moments_report_remove", args=[Report.objects.get().pk])
    client.post(url, {"confirmed": "yes", "reason": "spam", "note": ""})
    assert Report.objects.get().outcome == "remove:1:spam"
    client.force_login(seb)
    assert str(Report.objects.get())[1:] in client.get("/reports/").content.decode()
    assert client.get(address("verdict", verdict)).status_code == 404
