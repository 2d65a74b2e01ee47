"""Reports: made in private, by whom and of what."""

import pytest
from django.db import IntegrityError, transaction

from moments.models import Post, Report
from reelive.ratelimit import LIMITS
from tests.support.makers import make_moment, moderator
from tests.support.reports import SPAM, address, filed
from tests.support.rows import for_each

# Making one.


@for_each("word", ["post", "comment", "verdict", "film", "member"])
def test_a_report_keeps_what_was_said_then(word, as_seb, seb, targets):
    target = targets[word]
    assert as_seb.post(address(word, target), SPAM | {"next": "/new/"})["Location"].startswith("/new/")
    report = Report.objects.get()
    assert (report.member, report.target, report.reason, report.state) == (seb, target, "spam", "open")
    said = {
        "post": "A Lovely Night",
        "comment": "Buy pills at my shop.",
        "verdict": "of mine",
        "film": "Year: 2016",
        "member": "mia",
    }
    said = said[word]
    assert said in report.snapshot
    if word == "comment":
        target.revise("Sorry, wrong window.")
        assert said in Report.objects.get().snapshot


@for_each("word", ["post", "comment", "verdict", "film", "member"])
def test_one_report_is_open_for_each_member_and_thing(word, as_seb, seb, keith, targets):
    target = targets[word]
    for _ in range(2):
        assert as_seb.post(address(word, target), SPAM).status_code == 302
    assert as_seb.get(address(word, target)).context["before"] == Report.objects.get()
    assert Report.objects.count() == 1
    filed(keith, target)
    Report.objects.close(target, moderator(), "kept", "It is fine.")
    assert as_seb.post(address(word, target), SPAM).status_code == 302
    assert list(Report.objects.order_by("pk").values_list("state", flat=True)) == ["kept", "kept", "open"]


def test_a_report_is_on_one_thing(moment, comment, seb, mia):
    film = moment.film
    for targets in (
        {},
        {"post": moment, "comment": comment},
        {"comment": comment, "person": mia},
        {"post": moment, "film": film},
    ):
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
    "visible": lambda target: None,
    "withheld": lambda target: getattr(target, "post", target).film.remove(moderator(), "spam"),
    "removed": lambda target: target.remove(moderator(), "spam"),
    "deleted": lambda target: target.delete_by_author(),
}


@for_each("role", ["visitor", "author", "other", "moderator"])
@for_each("state", STATES)
@for_each("word", ["post", "comment"])
def test_who_may_report_what(role, state, word, client, targets, mia, seb, keith):
    target, person = targets[word], {"author": mia, "other": seb, "moderator": keith}.get(role)
    STATES[state](target)
    if person:
        client.force_login(person)
    answer = client.post(address(word, target), SPAM)
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
    assert not client.get(address("member", seb)).context["may"]
    assert client.post(address("member", seb), SPAM).status_code == 404
    mia.suspend(moderator(), "Sold pills.")
    assert client.post(address("member", mia), SPAM).status_code == 404
    assert Report.objects.count() == 0
