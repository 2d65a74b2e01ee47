"""Reports: made in private, weighed, judged by moderators, and their outcome told to those who made them."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Comment, LedgerEntry, Post, Report
from moments.ranking import report_weight
from reelive.ratelimit import LIMITS
from tests.conftest import differences, make_comment, make_member, make_moment, make_trivia, moderator

SPAM = {"reason": "spam", "note": "It sells pills, says sixtoes."}


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, "Buy pills at my shop.")


@pytest.fixture
def verdict(film, mia, keith):
    claim = make_trivia(film, keith)
    claim.judge(mia, "dispute", "Buy pills of mine instead.")
    return claim.verdict_of(mia)


@pytest.fixture
def things(moment, comment, verdict, mia):
    return {"post": moment, "comment": comment, "verdict": verdict, "member": mia}


@pytest.fixture
def as_keith(client, keith):
    client.force_login(keith)
    return client


def address(word, thing):
    return reverse(f"{word}-report", args=[thing.username if word == "member" else thing.pk])


def filed(member, thing, reason="spam", note=""):
    return Report.objects.file(member, thing, reason, note)[0]


# Making one.


@pytest.mark.parametrize("word", ["post", "comment", "verdict", "member"])
def test_a_report_keeps_what_was_said_then(word, as_seb, seb, things):
    thing = things[word]
    assert as_seb.post(address(word, thing), SPAM)["Location"] == "/reports/"
    report = Report.objects.get()
    assert (report.member, report.thing, report.reason, report.state) == (seb, thing, "spam", "open")
    said = {
        "post": "A Lovely Night",
        "comment": "Buy pills at my shop.",
        "verdict": "of mine",
        "member": "mia",
    }
    said = said[word]
    assert said in report.snapshot
    if word == "comment":
        thing.revise("Sorry, wrong window.")
        assert said in Report.objects.get().snapshot


@pytest.mark.parametrize("word", ["post", "comment", "verdict", "member"])
def test_one_report_is_open_for_each_member_and_thing(word, as_seb, seb, keith, things):
    thing = things[word]
    for _ in range(2):
        assert as_seb.post(address(word, thing), SPAM).status_code == 302
    assert "reported" in as_seb.get(address(word, thing)).content.decode()
    assert Report.objects.count() == 1
    filed(keith, thing)
    Report.objects.settle(thing, moderator(), "kept", "It is fine.")
    assert as_seb.post(address(word, thing), SPAM).status_code == 302
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == ["kept", "kept", "open"]


def test_a_report_is_on_one_thing(moment, comment, seb, mia):
    for targets in ({}, {"post": moment, "comment": comment}, {"comment": comment, "person": mia}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(member=seb, reason="spam", **targets)
    filed(seb, moment)
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(member=seb, reason="illegal", post=moment)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        ({}, "Choose what it is."),
        ({"reason": "ugly"}, "ugly"),
        ({"reason": "other", "note": "  "}, "Say what it is"),
        ({"reason": "spam", "note": "x" * 1001}, "1000"),
    ],
)
def test_a_report_says_why(as_seb, moment, form, says):
    answer = as_seb.post(address("post", moment), form)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert form.get("note", "").strip() in answer.content.decode()
    assert Report.objects.count() == 0


def test_twenty_reports_a_day_are_enough(as_seb, film, mia, monkeypatch):
    monkeypatch.setitem(LIMITS, "report", (2, 86400))
    answers = [as_seb.post(address("post", make_moment(film, mia)), SPAM) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert int(answers[2]["Retry-After"]) > 3600
    assert SPAM["note"] in answers[2].content.decode()
    assert as_seb.post(address("post", Post.objects.order_by("pk").first()), SPAM).status_code == 302


# Who may.

STATES = {
    "visible": lambda thing: None,
    "withheld": lambda thing: getattr(thing, "post", thing).film.remove(moderator(), "spam"),
    "removed": lambda thing: thing.remove(moderator(), "spam"),
    "deleted": lambda thing: thing.take_back(),
}


@pytest.mark.parametrize("role", ["visitor", "author", "other", "moderator"])
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("word", ["post", "comment"])
def test_who_may_report_what(role, state, word, client, things, mia, seb, keith):
    thing, person = things[word], {"author": mia, "other": seb, "moderator": keith}.get(role)
    STATES[state](thing)
    if person:
        client.force_login(person)
    answer = client.post(address(word, thing), SPAM)
    if role == "visitor":
        assert answer["Location"].startswith("/accounts/login/")
    elif state != "visible":
        assert answer.status_code == 404
    else:
        assert answer.status_code == (404 if role == "author" else 302)
    may = state == "visible" and role in ("other", "moderator")
    assert Report.objects.count() == may


def test_who_is_gone_or_oneself_is_not_reported(client, mia, seb):
    client.force_login(seb)
    assert "It is yours" in client.get(address("member", seb)).content.decode()
    assert client.post(address("member", seb), SPAM).status_code == 404
    mia.suspend(moderator(), "Sold pills.")
    assert client.post(address("member", mia), SPAM).status_code == 404
    assert Report.objects.count() == 0


# The queue.


def test_older_accounts_weigh_more():
    weights = [report_weight(timedelta(days=days)) for days in (0, 9, 99)]
    assert weights == [1.0, 2.0, 3.0]
    assert report_weight(timedelta(days=-1)) == 1.0


def test_the_heaviest_is_judged_first_and_of_equals_the_oldest(film, mia, seb, keith):
    first, second, third = (make_moment(film, mia) for _ in range(3))
    for thing, reporters in ((first, [seb]), (second, [seb]), (third, [seb, keith])):
        for member in reporters:
            filed(member, thing)
    queue = list(Report.objects.queue())
    assert [report.post_id for report in queue] == [third.pk, first.pk, second.pk]
    assert [report.voices for report in queue] == [2, 1, 1]
    assert queue[0].pile == pytest.approx(2 * report_weight(timedelta(days=30)))


def test_the_site_may_ask_for_a_look_itself(moment, keith):
    Report.objects.flag(moment, "The first post of a new member is nothing but a link.")
    Report.objects.flag(moment, "The same again.")
    report = Report.objects.get()
    assert (report.member, report.reason) == (None, "other")
    assert report.keep(keith, "A fine link.")


def test_the_front_page_of_the_staff_begins_with_what_is_reported(as_keith, seb, comment):
    assert "Nothing is reported." in as_keith.get("/admin/").content.decode()
    filed(seb, comment)
    Report.objects.update(created=comment.created - timedelta(days=3))
    page = as_keith.get("/admin/").content.decode()
    assert page.index("Open reports") < page.index("First posts of new members")
    assert "the oldest waiting for 3\xa0days" in page
    assert "Buy pills at my shop." in page
    assert "a comment on a moment of La La Land (2016): spam or malware, 1 report" in page


def test_moderators_read_what_it_said_beside_what_it_says(as_keith, seb, comment):
    report = filed(seb, comment, "other", "He sells things.")
    comment.revise("Sorry, wrong window.")
    page = as_keith.get(reverse("admin:moments_report_change", args=[report.pk])).content.decode()
    for shown in ("Buy pills at my shop.", "Sorry, wrong window.", "He sells things.", "seb"):
        assert shown in page
    listed = as_keith.get(reverse("admin:moments_report_changelist")).content.decode()
    assert "a comment on a moment" in listed


def test_nobody_judges_what_is_their_own(client, film, seb, keith):
    own = make_moment(film, keith)
    report = filed(seb, own)
    client.force_login(keith)
    assert "Nothing is reported." in client.get("/admin/").content.decode()
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


def test_a_member_of_the_group_of_moderators_may_judge(client, seb, comment):
    bill = moderator()
    bill.groups.add(bill.groups.model.objects.get(name="Moderators"))
    client.force_login(bill)
    report = filed(seb, comment)
    url = reverse("admin:moments_report_keep", args=[report.pk])
    assert client.post(url, {"confirmed": "yes", "outcome": "It is a joke."}).status_code == 302
    assert Report.objects.get().state == "kept"


# Outcomes.


def judge(client, verb, report, **form):
    url = reverse(f"admin:moments_report_{verb}", args=[report.pk])
    return client.post(url, {"confirmed": "yes", **form})


@pytest.mark.parametrize("verb", ["keep", "act"])
def test_an_outcome_is_a_sentence_for_all_who_reported_it(verb, as_keith, seb, comment):
    others = [filed(make_member("tracy"), comment)]
    report = filed(seb, comment)
    assert judge(as_keith, verb, report).status_code == 422, "without a sentence there is no outcome"
    assert judge(as_keith, verb, report, outcome="It is a quotation.").status_code == 302
    assert {row.outcome for row in Report.objects.all()} == {"It is a quotation."}
    assert {row.state for row in Report.objects.all()} == {{"keep": "kept", "act": "acted"}[verb]}
    assert Comment.objects.get().is_visible
    assert set(User.objects.filter(outcomes=1)) == {seb, others[0].member}
    assert LedgerEntry.objects.count() == 0


def test_a_removal_from_the_queue_closes_all_reports_on_it(as_keith, seb, comment):
    filed(make_member("tracy"), comment)
    report = filed(seb, comment)
    assert judge(as_keith, "remove", report).status_code == 422
    assert judge(as_keith, "remove", report, reason="spam", note="It sells pills.").status_code == 302
    assert Comment.objects.get().state == "removed"
    assert {(row.state, row.outcome) for row in Report.objects.all()} == {
        ("acted", "Removed: spam or malware. Row 1 of the ledger.")
    }


@pytest.mark.parametrize("word", ["post", "comment", "verdict"])
def test_a_removal_elsewhere_closes_them_too(word, things, seb, keith):
    thing = things[word]
    filed(seb, thing)
    thing.remove(keith, "copyright")
    assert (Report.objects.get().state, Report.objects.get().closed_by) == ("acted", keith)
    assert User.objects.get(pk=seb.pk).outcomes == 1


def test_the_reporter_hears_and_says_so(as_seb, seb, keith, comment, moment):
    assert "new outcome" not in as_seb.get("/").content.decode()
    filed(seb, comment), filed(seb, moment)
    comment.remove(keith, "spam")
    assert "1 new outcome" in as_seb.get("/").content.decode()
    page = as_seb.get("/reports/").content.decode()
    assert "Removed: spam or malware." in page
    assert page.count(">new</span>") == 1
    assert as_seb.post("/reports/heard/")["Location"] == "/reports/"
    as_seb.post("/reports/heard/")
    assert "new outcome" not in as_seb.get("/reports/").content.decode()
    assert User.objects.get(pk=seb.pk).outcomes == 0
    assert not any(differences().values())


def test_recount_repairs_the_number_of_outcomes(seb, keith, comment):
    filed(seb, comment).keep(keith, "Fine.")
    User.objects.update(outcomes=5)
    call_command("recount", stdout=StringIO())
    assert set(User.objects.values_list("username", "outcomes")) >= {("seb", 1), ("keith", 0)}


@pytest.mark.parametrize("word", ["post", "comment"])
def test_the_words_of_what_its_author_deleted_are_kept_until_it_is_judged(word, things, seb, keith):
    thing = things[word]
    filed(seb, thing).keep(keith, "A quotation.")
    filed(seb, thing)
    thing.take_back()
    judged, waiting = Report.objects.order_by("pk")
    assert judged.snapshot == ""
    assert waiting.snapshot
    waiting.keep(keith, "It is gone.")
    assert Report.objects.get(pk=waiting.pk).snapshot == ""


# What nobody is told.


def test_who_reported_stays_between_them_and_the_moderators(client, mia, keith, film):
    tracy = make_member("tracy")
    post = make_moment(film, mia, "Pills", body="Buy pills.")
    remark = make_comment(post, mia, "More pills.")
    for thing in (post, remark, mia):
        Report.objects.file(tracy, thing, "spam", "This hurts, says sixtoes.")
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
    assert User.objects.get(pk=seb.pk).outcomes == 1
    delete_account(mia, True)
    assert User.objects.get(pk=seb.pk).outcomes == 0


@pytest.mark.parametrize(
    "leaves",
    [lambda mia, verdict: verdict.trivia.withdraw_verdict(mia), lambda mia, _: delete_account(mia, False)],
)
def test_an_outcome_about_a_verdict_that_was_taken_back_is_no_news_any_more(leaves, seb, keith, mia, verdict):
    filed(seb, verdict).keep(keith, "It is an opinion.")
    filed(keith, verdict)
    assert User.objects.get(pk=seb.pk).outcomes == 1
    leaves(mia, verdict)
    assert User.objects.get(pk=seb.pk).outcomes == 0
    assert not any(differences().values())


def test_a_verdict_is_reported_from_its_place_and_judged_as_all_is(client, seb, keith, mia, verdict):
    link = f'href="/verdicts/{verdict.pk}/report/"'
    shown = []
    for reader in (seb, mia):
        client.force_login(reader)
        shown.append(link in client.get(verdict.trivia.get_absolute_url()).content.decode())
    assert shown == [True, False]
    filed(seb, verdict)
    assert client.get("/standing/").status_code == 200
    client.force_login(keith)
    page = client.get(reverse("admin:moments_report_change", args=[Report.objects.get().pk])).content.decode()
    assert "The same." in page
    assert reverse("admin:moments_verdict_change", args=[verdict.pk]) in page
    assert "Buy pills of mine instead." in page
    url = reverse("admin:moments_report_remove", args=[Report.objects.get().pk])
    client.post(url, {"confirmed": "yes", "reason": "spam", "note": ""})
    assert Report.objects.get().outcome == "Removed: spam or malware. Row 1 of the ledger."
    client.force_login(seb)
    assert "trivia of La La Land" in client.get("/reports/").content.decode()
    assert client.get(address("verdict", verdict)).status_code == 404


# What it costs.


@pytest.mark.parametrize("number", [1, 30])
def test_lists_of_reports_cost_the_same_for_any_number(
    client, film, mia, seb, keith, number, django_assert_max_num_queries
):
    for _ in range(number):
        post = make_moment(film, mia)
        for thing in (post, make_comment(post, mia)):
            filed(seb, thing)
    client.force_login(seb)
    with django_assert_max_num_queries(3):
        assert client.get("/reports/").content.decode().count("Reported ") == min(2 * number, 25)
    client.force_login(keith)
    with django_assert_max_num_queries(8):
        client.get(reverse("admin:moments_report_changelist"))
