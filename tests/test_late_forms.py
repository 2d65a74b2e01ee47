"""A form arrives after something happened to what it is about: it waits, and is refused or taken along."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction
from django.urls import reverse

from accounts.models import Allowance
from moments.models import Comment, Moment, Restrict, Revision, Trivia
from moments.models.refusals import Gone, Locked, Restricted, Suspended
from reelive import ratelimit
from reelive.exceptions import Refused
from tests.support.counters import differences
from tests.support.makers import make_comment, make_moment, make_revision, make_trivia
from tests.support.races import at_once, signed_in

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(people, moment):
    """A post of mia's, a claim, and a thread of two with the objects as a page has read them."""
    moment.revise()
    claim = make_trivia(moment.film, moment.author)
    comment = make_comment(moment, people[1], "What was said.")
    reply = make_comment(moment, people[0], "What was answered.", parent=comment)
    revision = make_revision(reply, body="What was answered first.")
    return {
        "film": moment.film,
        "post": Moment.objects.get(pk=moment.pk),
        "claim": Trivia.objects.get(pk=claim.pk),
        "comment": Comment.objects.select_related("post").get(pk=comment.pk),
        "reply": Comment.objects.select_related("post").get(pk=reply.pk),
        "revision": Revision.objects.get(pk=revision.pk),
        "fan": people[0],
        "mia": moment.author,
        "keith": people[2],
    }


def anew(row):
    """The row as somebody else reads it for themselves."""
    return type(row).objects.get(pk=row.pk)


VERBS = {
    "comment": lambda on: Comment(post=on["post"], author=on["fan"], body="Too late.").publish(),
    "reply": lambda on: Comment(post=on["post"], author=on["fan"], body="Late.").publish(on["comment"]),
    "edit": lambda on: on["reply"].revise("Too late."),
    "restore": lambda on: on["revision"].restore(on["fan"]),
    "upvote": lambda on: on["post"].upvote(on["fan"]),
    "upvote a comment": lambda on: on["comment"].upvote(on["fan"]),
    "label": lambda on: on["post"].label(on["fan"], "wrong"),
    "feel": lambda on: on["post"].feel(on["fan"], "joy"),
    "relive": lambda on: on["post"].relive(on["fan"]),
    "judge": lambda on: on["claim"].judge(on["fan"], "dispute", "Too late."),
    "edit the post": lambda on: on["post"].revise(["late"]),
    "share": lambda on: make_moment(on["film"], on["fan"]),
}
DEEDS = {
    "lock": lambda on: anew(on["post"]).lock(on["keith"]) and anew(on["claim"]).lock(on["keith"]),
    "remove": lambda on: (
        anew(on["post"]).remove(on["keith"], "spam") and anew(on["claim"]).remove(on["keith"], "spam")
    ),
    "delete": lambda on: anew(on["post"]).delete_by_author() and anew(on["claim"]).delete_by_author(),
    "remove the comment": lambda on: anew(on["comment"]).remove(on["keith"], "spam"),
    "delete the comment": lambda on: anew(on["comment"]).delete_by_author(),
    "remove the film": lambda on: anew(on["film"]).remove(on["keith"], "copyright"),
    "restrict": lambda on: Restrict.objects.add(on["mia"], on["fan"]),
    "be restricted by who is answered": lambda on: Restrict.objects.add(on["comment"].author, on["fan"]),
    "suspend": lambda on: anew(on["fan"]).suspend(on["keith"], "Spam."),
}
THREADED, WRITING = ("comment", "reply"), ("comment", "reply", "edit", "restore", "judge")
PRESSES = ("upvote", "label", "feel", "relive")
REFUSED = {
    "lock": {Locked: WRITING},
    "remove": {Gone: (*THREADED, *PRESSES, "judge", "edit the post")},
    "delete": {Gone: (*THREADED, *PRESSES, "judge", "edit the post")},
    "remove the comment": {Gone: ("reply", "upvote a comment")},
    "delete the comment": {Gone: ("reply", "upvote a comment")},
    "remove the film": {Gone: tuple(VERBS)},
    "restrict": {Restricted: (*WRITING, "upvote", "label")},
    "be restricted by who is answered": {Restricted: ("reply", "edit", "restore", "upvote a comment")},
    "suspend": {Suspended: tuple(verb for verb in VERBS if verb != "edit the post")},
}


def outcome(act, on):
    """What refuses it, or None."""
    try:
        act(on)
    except Refused as refusal:
        return Gone if isinstance(refusal, Gone) else type(refusal)
    return None


def expected(deed, verb):
    return next((refusal for refusal, verbs in REFUSED[deed].items() if verb in verbs), None)


@pytest.mark.parametrize("deed", DEEDS)
def test_what_happened_since_the_page_was_read_holds(deed, thread):
    assert DEEDS[deed](thread)
    before = differences()
    came_to = {verb: outcome(act, thread) for verb, act in VERBS.items()}
    assert came_to == {verb: expected(deed, verb) for verb in VERBS}
    assert differences() == before == {}


def until_it_waits(begun, other):
    """Go on once the other has begun, and on PostgreSQL, where that can be seen, once they wait for a row."""
    begun.wait()
    while connection.vendor == "postgresql" and not other.done():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return


def meanwhile(deed, act, on):
    """What comes of an act that begins when the deed is done, and not yet safe."""
    begun = Event()

    def acting():
        begun.set()
        try:
            return outcome(act, on)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            deed(on)
            other = pool.submit(acting)
            until_it_waits(begun, other)
        return other.result()


WAITED_FOR = [
    *(("lock", verb) for verb in WRITING),
    *(("remove", verb) for verb in (*THREADED, *PRESSES, "judge", "edit the post")),
    *(("delete", verb) for verb in ("reply", "upvote", "edit the post")),
    *(("delete the comment", verb) for verb in ("reply", "upvote a comment")),
    *(("remove the film", verb) for verb in ("comment", "edit", "upvote", "relive", "share")),
]


@pytest.mark.parametrize(("deed", "verb"), WAITED_FOR)
def test_who_comes_while_something_is_taken_away_waits_and_is_refused(deed, verb, thread):
    assert meanwhile(DEEDS[deed], VERBS[verb], thread) is expected(deed, verb)
    assert differences() == {}


@pytest.mark.parametrize("deed", ["lock", "remove", "remove the film", "delete"])
def test_what_came_first_stays_and_is_taken_along(deed, thread):
    """A comment that is written while a moderator comes is there, and nothing is lost count of."""
    assert meanwhile(VERBS["reply"], DEEDS[deed], thread) is None
    assert Comment.objects.filter(body="Late.").exists()
    assert differences() == {}


def test_everybody_at_once_in_one_thread_waits_for_nobody_for_ever(people, thread):
    """Each takes the rows in the same order, so that no circle of them is waiting for one another."""
    comment, post, film = thread["comment"], thread["post"], thread["film"]
    deeds = [
        lambda who: make_comment(anew(post), who, parent=anew(comment)),
        lambda who: anew(comment).delete_by_author(),
        lambda who: anew(thread["reply"]).revise(f"As {who} would say."),
        lambda who: anew(comment).upvote(who),
        lambda who: anew(post).relive(who),
        lambda who: anew(post).remove(who, "spam"),
        lambda who: make_moment(anew(film), who),
        lambda who: anew(film).remove(who, "copyright"),
    ]
    at_once(lambda one: outcome(one[0], one[1]), list(zip(deeds, people, strict=True)))
    assert differences() == {}


@pytest.mark.parametrize("deed", ["restrict", "suspend"])
def test_a_refused_form_keeps_its_words_and_spends_nothing(deed, people, thread, monkeypatch):
    """The row changes when the view has read it: while the quota is being spent, and no sooner."""
    client, url = signed_in(thread["fan"]), reverse("comment-add", args=[thread["post"].pk])
    spend = ratelimit._spend_all

    def spend_late(*arguments):
        spend(*arguments)
        DEEDS[deed](thread)

    monkeypatch.setattr(ratelimit, "_spend_all", spend_late)
    response = client.post(url, {"body": "Too late."})
    assert (response.status_code, "Too late." in response.text) == (422, True)
    assert Comment.objects.filter(body="Too late.").count() == 0
    assert Allowance.objects.count() == 0
