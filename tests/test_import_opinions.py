"""What members thought of what others wrote, brought along: where the same words stand here, and once."""

from django.utils import timezone

from moments.archives.exports.parts import PARTS_BY_NAME
from moments.archives.imports.making import NOT_MADE, PARTS
from moments.labels import MEMBER_THRESHOLDS
from moments.ledger.chain import fingerprint
from moments.models import (
    CommentVote,
    Event,
    Follow,
    Label,
    LastRead,
    Notification,
    Restrict,
    Trivia,
    Verdict,
)
from tests.support.exports import make_export, opened, rows_of
from tests.support.imports import NOW, archive, bring, outcome
from tests.support.makers import make_comment, make_list, make_member, make_moment, make_trivia
from tests.support.notifications import tell_all
from tests.support.rows import for_each

SAID = "It was the light."


def vote(post, text=SAID, author="seb", uid="x/comment-upvotes/1"):
    return {
        "uid": uid, "post": post.get_absolute_url(), "author": f"/members/{author}/" if author else "",
        "fingerprint": fingerprint([text]), "created": NOW, "comment": "/comments/1/",
    }  # fmt: skip


def verdict(claim, **said):
    row = {"uid": "x/verdicts/1", "post": claim.get_absolute_url(), "state": "visible", "created": NOW}
    return row | {"stance": "dispute", "reason": "It was two takes.", "url": ""} | said


def test_every_part_is_made_again_or_says_why_not():
    assert set(PARTS_BY_NAME) - set(PARTS) == set(NOT_MADE)


def test_a_comment_is_upvoted_where_the_same_member_said_the_same(moment, mia, seb):
    make_comment(moment, seb, "Another."), make_comment(moment, mia, SAID)
    comment = make_comment(moment, seb, SAID)
    tell_all()
    rows = [vote(moment), vote(moment, uid="x/comment-upvotes/2")]
    rows += [vote(moment, "Never said.", uid="x/3"), vote(moment, author="tom", uid="x/4")]
    rows += [vote(moment, author="mia", uid="x/5"), vote(moment, author="", uid="x/6")]
    made = outcome(bring(mia, archive(**{"comment-upvotes": rows})))
    assert made == {"comment-upvotes": {"made": 1, "known": 1, "left out": 4}}
    (cast,) = CommentVote.objects.all()
    assert (cast.comment, cast.voter, cast.created.year) == (comment, mia, 2024)
    comment.refresh_from_db()
    assert (comment.votes, Event.objects.count()) == (1, 0)


@for_each("what", ["removed", "restricted", "withheld"])
def test_no_comment_out_of_reach_is_upvoted(what, moment, mia, seb, keith):
    comment = make_comment(moment, seb, SAID)
    {
        "removed": lambda: comment.remove(keith, "spam"),
        "restricted": lambda: Restrict.objects.add(seb, mia),
        "withheld": lambda: moment.film.remove(keith, "spam"),
    }[what]()
    made = outcome(bring(mia, archive(**{"comment-upvotes": [vote(moment)]})))
    assert made == {"comment-upvotes": {"left out": 1}}
    assert CommentVote.objects.count() == 0


def test_of_a_comment_out_of_sight_an_export_has_the_address_alone(moment, mia, seb, keith):
    seen, gone = make_comment(moment, seb, SAID), make_comment(moment, seb, "Gone.")
    seen.upvote(mia), gone.upvote(mia)
    gone.remove(keith, "spam")
    first, second = rows_of(opened(make_export(mia)), "comment-upvotes")
    assert (first["author"], first["fingerprint"]) == ("/members/seb/", fingerprint([SAID]))
    assert (second["author"], second["fingerprint"]) == ("", "")
    assert second["comment"] == f"/comments/{gone.pk}/"


def test_a_verdict_is_given_once_and_told_to_nobody(film, mia, seb):
    claim = make_trivia(film, seb, "The Pier")
    for number in range(5):
        claim.judge(make_member(f"judge-{number}"), "dispute", "No.")
    claim.refresh_from_db()
    tell_all()
    Notification.objects.all().delete()
    rows = [verdict(claim), verdict(claim, uid="x/verdicts/2", stance="confirm")]
    made = outcome(bring(mia, archive(verdicts=rows)))
    assert made == {"verdicts": {"made": 1, "known": 1}}
    given = Verdict.objects.get(member=mia)
    assert (given.stance, given.reason, given.created.year) == ("dispute", "It was two takes.", 2024)
    assert Trivia.objects.get().disputes == 6
    tell_all()
    assert Notification.objects.count() == 0


def test_no_verdict_is_brought_along_that_could_not_be_given(film, moment, mia, seb, keith):
    own, locked = make_trivia(film, mia, "Mine"), make_trivia(film, seb, "Locked")
    open_one = make_trivia(film, seb, "Open")
    locked.lock(keith, "spam")
    odd = [
        {"reason": ""},
        {"reason": "x" * 501},
        {"stance": "maybe"},
        {"url": "javascript:1"},
        {"created": 5},
    ]
    odd += [{"state": "removed"}, {"post": moment.get_absolute_url()}, {"stance": ["dispute"]}]
    rows = [verdict(own), verdict(locked), *(verdict(open_one, **said) for said in odd)]
    rows = [row | {"uid": f"x/verdicts/{number}"} for number, row in enumerate(rows)]
    assert outcome(bring(mia, archive(verdicts=rows))) == {"verdicts": {"left out": len(rows)}}
    assert Verdict.objects.count() == 0


def test_whom_a_member_follows_here_is_not_restricted_for_their_name(mia, seb, keith):
    Follow.objects.follow(mia, person=seb)
    Follow.objects.follow(keith, person=mia)
    names = ("seb", "keith", "mia", "nobody")
    rows = [{"uid": f"x/restricts/{name}", "member": f"/members/{name}/", "created": NOW} for name in names]
    made = outcome(bring(mia, archive(restricts=rows)))
    assert made == {"restricts": {"known": 1, "made": 1, "left out": 2}}
    (restrict,) = Restrict.objects.all()
    assert (restrict.other, restrict.created.year) == (keith, 2024)
    assert not Follow.objects.filter(member=keith).exists(), "as if it had been done here"


def flag(**said):
    return {"uid": "x/flags/1", "kind": "unkind", "created": NOW, "comment": "", "fingerprint": ""} | said


def test_flags_come_along_once_and_nobody_is_told(moment, mia, seb):
    comment = make_comment(moment, seb, SAID)
    for number in range(MEMBER_THRESHOLDS["unkind"] - 1):
        comment.label(make_member(f"member-{number}"), "unkind")
    tell_all()
    at = {"post": moment.get_absolute_url(), "author": "/members/seb/"}
    of_comment = flag(**at, comment="/comments/9/", fingerprint=fingerprint([SAID]))
    rows = [of_comment, of_comment | {"uid": "x/flags/2"}]
    rows += [flag(**at, uid="x/flags/3", comment="/comments/9/"), flag(**at, uid="x/flags/4", kind="dull")]
    assert outcome(bring(mia, archive(flags=rows))) == {"flags": {"made": 1, "known": 1, "left out": 2}}
    assert outcome(bring(seb, archive(flags=[flag(**at)]))) == {"flags": {"made": 1}}
    comment.refresh_from_db(), moment.refresh_from_db()
    assert (comment.unkind_labels, moment.unkind_labels) == (MEMBER_THRESHOLDS["unkind"], 1)
    assert (Label.objects.get(member=mia).created.year, Event.objects.count()) == (2024, 0)


def test_what_was_read_here_stays_as_it_is(film, moment, mia, seb):
    other, hidden = make_moment(film, mia), make_list(mia, visibility="unlisted")
    LastRead.objects.mark(seb.pk, moment, timezone.now())
    rows = [{"uid": f"x/{post.pk}", "post": post.get_absolute_url(), "read": NOW} for post in (moment, other)]
    rows += [{"uid": "x/later", "post": moment.get_absolute_url(), "read": "never"}]
    rows += [{"uid": "x/hidden", "list": hidden.link, "read": NOW}]
    made = outcome(bring(seb, archive(**{"last-read": rows})))
    assert made == {"last-read": {"known": 1, "made": 1, "left out": 2}}
    assert [row.read.year for row in LastRead.objects.order_by("pk")] == [timezone.now().year, 2024]
